"""What changes in this room: following, telling, reading, choosing, sending."""
