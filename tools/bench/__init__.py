"""How fast and how big: measured, each in a process of its own."""
