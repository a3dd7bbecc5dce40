"""The job that notes with entries whether their letters and mails arrived (`domain.md` 2.7)."""

from bot.services.settling import Settling


def note_letters(settling: Settling) -> str:
    """Note what was delivered; return how much."""
    return settling.run()
