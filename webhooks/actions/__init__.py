"""What changes in this room: subscribing, managing, taking from the record, sending, writing, forgetting."""
