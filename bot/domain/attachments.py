"""Attachments of templates and entries, and why a file can be none (`domain.md` 1.15, `reliability.md` 7)."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.folding import fold
from bot.domain.ids import AttachmentId, TemplateId
from bot.domain.messages import Message, Refusal, n_

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_BYTES = 5 * 1024 * 1024
"""Of a letter, which is merged for each contact."""
MOST_ATTACHED = 10 * 1024 * 1024
"""Of any other file."""
MOST_MEMBERS = 1_000
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
RATIO_FROM = 1024 * 1024
"""A small part may well be blank space that packs to nothing."""
NAME_LIMIT = 100
_FILE_NAME_LIMIT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file without its content; `size` in bytes. Read-only while an entry is there that was logged with it."""

    id: AttachmentId
    name: str
    media_type: str
    size: int
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file with its content, as it goes to a contact."""

    name: str
    media_type: str
    content: bytes

    @property
    def is_letter(self) -> bool:
        """Whether it is merged for each contact."""
        return self.media_type == DOCX


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOf:
    """An interaction template, or one of its languages, with the file that hangs on it."""

    template: TemplateId
    code: str
    description: str
    language: str = ""
    letter: Attachment | None = None


class Fault(StrEnum):
    """Why a file can't be a letter, or no attachment at all."""

    TOO_LARGE = "too_large"
    TOO_LARGE_TO_ATTACH = "too_large_to_attach"
    EMPTY = "empty"
    NAME = "name"
    KIND = "kind"
    OLD_OFFICE = "old_office"
    OTHER = "other"
    SEVERAL = "several"
    NO_TEXT = "no_text"
    FORMULA = "formula"
    SCRIPT = "script"
    PROGRAM = "program"
    NOT_DOCX = "not_docx"
    LOCKED = "locked"
    UNPACKS = "unpacks"
    MACROS = "macros"
    OBJECTS = "objects"
    OUTSIDE = "outside"
    ENTITIES = "entities"
    TWICE = "twice"
    BROKEN = "broken"
    DAMAGED = "damaged"


_FAULTS = {
    Fault.TOO_LARGE: n_("The file is larger than 5 MB: make its pictures smaller."),
    Fault.TOO_LARGE_TO_ATTACH: n_(
        "The file is larger than 10 MB. Put a link to it into the comment instead."
    ),
    Fault.EMPTY: n_("The file is empty."),
    Fault.NAME: n_("The file's name holds a folder or hidden signs: rename the file."),
    Fault.KIND: n_("Files of this kind can't be attached. These can: {what}."),
    Fault.OLD_OFFICE: n_("This is an old format of Office: save it as .docx, .xlsx or .pptx."),
    Fault.OTHER: n_("The file is not what its name says, but {what}."),
    Fault.SEVERAL: n_("The file is two things in one: {what}. Save it anew from the program that made it."),
    Fault.NO_TEXT: n_("The file holds more than text: save it as plain text (UTF-8)."),
    Fault.FORMULA: n_("A cell would be taken for a formula, in line {what}. Put an apostrophe before it."),
    Fault.SCRIPT: n_("The file holds a script ({what}): print it to a PDF, which has none."),
    Fault.PROGRAM: n_("The e-mail carries a file that can't be attached: {what}."),
    Fault.NOT_DOCX: n_("This is no Word document: save it as .docx (Word document)."),
    Fault.LOCKED: n_("The file is protected by a password: save it without one."),
    Fault.UNPACKS: n_("The file is far larger once unpacked than a file can be."),
    Fault.MACROS: n_("The file holds macros: save it without them, as .docx, .xlsx or .pptx."),
    Fault.OBJECTS: n_("The file holds embedded programs or objects: take them out, pictures may stay."),
    Fault.OUTSIDE: n_("The file fetches something from elsewhere: {what}. Put it into the document itself."),
    Fault.ENTITIES: n_("The file holds XML entities, which no document needs."),
    Fault.TWICE: n_("The file holds the same part twice: open it and save it anew."),
    Fault.BROKEN: n_("The file can't be read: open it and save it anew."),
    Fault.DAMAGED: n_("The file is damaged, or not what its name says: open it and save it anew."),
}
_PLACE = n_("{part}, paragraph {paragraph} (“{words}”): {reason}")
_PART = n_("{part}: {reason}")
_PARTS = {
    "document": n_("Text"),
    "header": n_("Page header"),
    "footer": n_("Page footer"),
    "footnotes": n_("Footnotes"),
    "endnotes": n_("Endnotes"),
}


def refused(fault: Fault, what: str = "") -> Refusal:
    """Return the refusal of a file; `what` is what was found in it."""
    return Refusal(_FAULTS[fault], what=what)


def wrong_field(part: str, paragraph: int, words: str, reason: Message) -> Message:
    """Return what is wrong with a field of a letter, with its place; paragraph 0: it can't be told which."""
    name = Message(_PARTS.get(part, _PARTS["document"]))
    if not paragraph:
        return Message(_PART, {"part": name, "reason": reason})
    return Message(_PLACE, {"part": name, "paragraph": paragraph, "words": words, "reason": reason})


def file_stem(words: str) -> str:
    """Return words as part of a file's name: letters and digits of any script, hyphens, nothing else.

    What steers (folders, dots, control and direction marks) is left out, so that no name leads anywhere.
    """
    plain = unicodedata.normalize("NFKC", words)
    pieces = "".join(one if one.isalnum() else "-" for one in plain if one not in "'’").split("-")
    return "-".join(piece for piece in pieces if piece)[:_FILE_NAME_LIMIT].strip("-")


def file_name(number: int, name: str, ending: str) -> str:
    """Return what the file of one line is called, as in `00017-zoe-oconnor-odegard.docx`."""
    stem = file_stem(fold(name))
    return f"{number:05d}-{stem}.{ending}" if stem else f"{number:05d}.{ending}"


def line_of(file: str) -> int:
    """Return the line whose file bears this name, as `file_name` gave it."""
    return int(file.partition(".")[0].partition("-")[0])
