"""A pasted list: what stands on each line, and who may be meant by it (`product.md` 8)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.contacts import Contact
from bot.domain.folding import fold

MOST_LINES = 500
"""Lines that are read at once; the others come back."""

_CELLS = re.compile(r"[\t;]")
_SEVERAL = re.compile(r"[,;\s]+(?=[^\s,;]+@)")
_BETWEEN = re.compile(r"(?<=>)[,;\s]+")
_EMAIL = re.compile(r"[^\s<>,;()\[\]\"]+@[^\s<>,;()\[\]\"]+")
_BRACKETS = re.compile(r"^(?P<name>[^()]+)\((?P<company>.+)\)\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•·–]|\d{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Entered:
    """One line: it may be a number, an e-mail, or a name with or without its company."""

    line: str
    number: str
    emails: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    """Folded names with the folded company that must go with them, the likeliest reading first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What became of a pasted list: who joined, and the lines that are to be mended."""

    added: int = 0
    already: int = 0
    excluded: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    not_found: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, tuple[Contact, ...]], ...] = ()
    later: tuple[str, ...] = ()
    """Lines after the first 500, which were not read yet."""

    @property
    def to_mend(self) -> bool:
        """Whether some line did not say who was meant, or was not read yet."""
        return bool(self.not_found or self.ambiguous or self.later)


def lines_of(pasted: str) -> list[Entered]:
    """Return what stands on the lines of a list, each once; several addresses on a line are several."""
    written = (line for raw in pasted.splitlines() for line in _apart(_BULLET.sub("", raw).strip()))
    return [_entered(line) for line in dict.fromkeys(line for line in written if line)]


def meant(entered: Entered, known: Iterable[Contact]) -> tuple[Contact, ...]:
    """Return who of these is meant: by number, else by e-mail, else by the likeliest reading of the name."""
    everybody = list(known)
    by_number = [one for one in everybody if one.number.upper() == entered.number]
    by_email = [one for one in everybody if one.email and one.email.casefold() in entered.emails]
    readings = (
        [one for one in everybody if fold(one.name) == name and _works_at(one, company)]
        for name, company in entered.names
    )
    found = (by_number, by_email, *readings)
    return tuple({one.id: one for one in next((hits for hits in found if hits), ())}.values())


def _works_at(contact: Contact, company: str) -> bool:
    """Whether this is the contact's company, also without what stands behind it, as in “AS”."""
    return not company or f"{fold(contact.company_name)} ".startswith(f"{company} ")


def _apart(line: str) -> list[str]:
    if line.count("@") < 2 or "\t" in line:  # noqa: PLR2004 - one address, or the columns of a sheet
        return [line]
    between = _BETWEEN if ">" in line else _SEVERAL
    return [part.strip(" ,;") for part in between.split(line)]


def _entered(line: str) -> Entered:
    cells = [cell.strip() for cell in _CELLS.split(line) if cell.strip()]
    emails = tuple(one.casefold().strip(".") for one in _EMAIL.findall(line))
    name = _EMAIL.sub("", cells[0]).strip(" <>\"'") if cells else ""
    readings = dict.fromkeys(_readings(name, cells[1] if len(cells) > 1 else ""))
    return Entered(line, cells[0].upper() if cells else "", emails, tuple(readings))


def _readings(name: str, company: str) -> Iterator[tuple[str, str]]:
    """Yield how a line may be read: as it stands, with its company in brackets or after a comma, surname first."""
    if not fold(name):
        return
    if any(letter.isalpha() for letter in company) and "@" not in company:
        yield fold(name), fold(company)
        return
    yield fold(name), ""
    bracketed = _BRACKETS.match(name)
    if bracketed:
        yield fold(bracketed["name"]), fold(bracketed["company"])
    before, comma, after = name.partition(",")
    if comma and fold(after):
        yield fold(before), fold(after)
        yield fold(f"{after} {before}"), ""
