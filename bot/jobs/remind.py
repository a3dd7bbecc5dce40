"""The job that reminds: drafts, follow-ups, snoozes (`product.md` 5)."""

from bot.services.reminders import Quiet, Reminders


def remind(reminders: Reminders, quiet: Quiet) -> int:
    """Remind everybody whose time has come; return how many were told something."""
    return reminders.remind(quiet)
