"""Real processes: started as an operator starts them, on files of their own, and ended the hard way."""

import os
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
PYTHON = sys.executable
# What tells settings.py that this is a test, or which servers the test run itself uses.
OURS = ("TESTING", "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE")


def environment(var: Path, **more: str) -> dict[str, str]:
    """What a process is told that knows nothing of pytest and writes under `var`."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS}
    kept = {name: value for name, value in kept.items() if not name.startswith(("PYTEST_", "COV_"))}
    return kept | {"VAR_DIR": str(var), "PYTHONPATH": str(HOUSE)} | more
