"""Files looked at at once, not in a process of their own: what tests of other rules need."""

from bot.domain.attachments import Fault, refused
from bot.domain.file_kinds import FileKind
from bot.inspection.quarantine import refuse_size
from bot.inspection.verdict import verdict


def look(kind: FileKind, content: bytes) -> None:
    """Look whether a file is what its name says, and harmless."""
    refuse_size(content)
    found = verdict(kind.value, content)
    if found:
        raise refused(Fault(found["fault"]), found["what"])
