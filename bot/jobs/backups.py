"""The nightly backup of a SQLite database (`product.md` 12)."""

from datetime import datetime
from pathlib import Path

from storage.backup import nightly


def back_up(url: str, folder: Path, now: datetime) -> str:
    """Make tonight's backup unless it is there; PostgreSQL has its own programs for it."""
    made = nightly(url, folder, now.date())
    return f"Made {made.name}." if made else ""
