"""PostgreSQL as Django knows it, but for one thing: base.py."""
