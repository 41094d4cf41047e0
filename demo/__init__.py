"""A made-up estate, told through the actions of the site, for whoever wants to look before they decide."""
