"""Peak memory of this process. The system knows; nothing is guessed."""

import resource
import sys


def peak_memory() -> float:
    """The most memory this process ever held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
