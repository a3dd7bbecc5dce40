"""The job that takes contacts to their end which a kill left half-way between two (`product.md` 11)."""

from bot.services.removals import Removals


def finish_removals(removals: Removals) -> str:
    """Go on with contacts that are merged, deleted or brought back; return what was done."""
    return removals.run()
