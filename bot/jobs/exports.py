"""The job that writes the exports that people ordered (`product.md` 7)."""

from bot.services.entry_exports import EntryExports


def export(entry_exports: EntryExports) -> str:
    """Write every export that nobody works on; return what was done."""
    return entry_exports.run()
