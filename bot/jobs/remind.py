"""The job that reminds: drafts, follow-ups, snoozes (`product.md` 5)."""

from bot.services.reminders import Quiet, Reminders


def remind(reminders: Reminders, quiet: Quiet) -> str:
    """Remind everybody whose time has come; return what was done."""
    told = reminders.remind(quiet)
    return f"Told {told} of what waits." if told else ""
