"""The yardstick: how fast bare Django can be on this machine and this database. It does almost nothing."""
