"""The jobs that delete canceled entries for good: the scheduled purge, and what admins ordered (`product.md` 9)."""

from bot.services.deletions import Deletions
from bot.services.purge import Purge


def purge(service: Purge) -> str:
    """Announce what is due within a day, delete what was announced; return what happened."""
    return service.run()


def delete(deletions: Deletions) -> str:
    """Carry out what admins ordered; return what was deleted."""
    return deletions.run()
