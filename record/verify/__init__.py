"""The script that the public downloads to verify a copy of the record. It shares no line with the site."""

from pathlib import Path

SCRIPT: Path = Path(__file__).with_name("verify_record.py")
