"""The script that the public downloads to count a ballot again. It shares no line with ballots/counting."""

from pathlib import Path

SCRIPT: Path = Path(__file__).with_name("recount.py")
