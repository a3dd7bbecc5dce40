"""The job that throws away what nobody needs any more (`product.md` 9)."""

from bot.services.tidying import Tidying


def tidy(tidying: Tidying) -> str:
    """Tidy up; return what was thrown away."""
    return tidying.run()
