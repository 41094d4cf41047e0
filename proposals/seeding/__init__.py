"""Many made-up proposals at once, for measuring. They skip the actions and the record: never use them for show."""
