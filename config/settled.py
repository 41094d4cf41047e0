"""A process that is ready stops looking through what it will never throw away (docs/decisions/0079)."""

import gc


def settle() -> None:
    """What is in memory now stays until the process ends. Python went through all of it, again and again, while a long
    file was written: half of the time of the file."""
    gc.collect()
    gc.freeze()
