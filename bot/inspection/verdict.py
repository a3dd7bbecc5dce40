"""What stands against keeping a file."""

from bot.domain.file_kinds import FileKind
from bot.inspection import office, texts
from bot.inspection.archive import Unfit
from bot.inspection.signs import refuse_others

_TEXTS = (FileKind.TXT, FileKind.CSV, FileKind.EML)


def verdict(kind: str, content: bytes) -> dict[str, str]:
    """Return the fault of a file and what was found in it, nothing where there is none."""
    try:
        _look(FileKind(kind), content)
    except Unfit as unfit:
        return {"fault": unfit.fault.value, "what": unfit.what}
    return {}


def _look(kind: FileKind, content: bytes) -> None:
    if kind in _TEXTS:
        return texts.look(kind, content)
    refuse_others(kind, content)
    if kind in office.MAINS:
        office.look(kind, content)
    return None
