"""List, export and digest tell of the same entries, whatever was logged and whatever is asked (issue 5, laws)."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import Office, Silence
from sqlalchemy import select

from bot.domain.entries import Asked, Filter, LogPage, Standing
from bot.domain.entry_exports import Limits, SheetFormat
from bot.domain.ids import ContactId, EntryId, OperationId
from bot.domain.interactions import Evaluation
from bot.domain.people import Person
from bot.services.entry_exports import EntryExports
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries as table

NAMES = ("eva", "wim", "pia")
DAYS = [date(2026, 11, day) for day in (9, 10, 19, 20)]
FATES = ("stays", "stays", "canceled", "undone")
SMALL = Limits(at_once=2)


class Firm:
    """Eva and Wim are Max's team; Pia is nobody's. Each has a contact of a company they share."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        people = [office.joins(name.title()) for name in NAMES]
        self.max, eva, wim = office.team_of("North", office.joins("Max"), *people[:2])
        self.ada = office.joins("Ada", admin=True)
        self.people: dict[str, Person] = {"eva": eva, "wim": wim, "pia": people[2], "max": self.max}
        self.people["ada"] = self.ada
        self.contacts = [
            office.knows(one, f"Anna {one.name}", "Fjordbygg AS") for one in (eva, wim, people[2])
        ]
        self.templates = [office.template(code) for code in ("OUTGOING", "BUS")]
        self.exports = EntryExports(office.store, office.people, Silence(), folder, SMALL)
        (self.team,) = self.max.manages
        self.members = frozenset({eva.id, wim.id})

    def logs(self, what: Mapping[str, Any]) -> None:
        """Log one entry, and let its fate come."""
        person = self.people[what["by"]]
        for_whom = self.people[what["for"]] if what["by"] == "ada" else person
        entry = self.office.logs(
            person,
            self.contacts[what["contact"]],
            template=self.templates[what["template"]],
            description=what["words"],
            date=what["day"],
            evaluation=what["evaluation"],
            attempt_failed=what["failed"],
            salesperson=for_whom.id,
        )
        if what["fate"] == "canceled":
            self.office.entries.cancel(person, entry, None)
        if what["fate"] == "undone":
            self.office.undo.operation(person, self.operation(entry), None)

    def operation(self, entry: EntryId) -> OperationId:
        with self.office.store.reading() as connection:
            found = connection.scalar(select(table.c.operation_id).where(table.c.id == entry))
        return OperationId(found or 0)

    def filter(self, asked: Mapping[str, Any]) -> Filter:
        named = dict(asked)
        if "person" in named:
            named["person"] = self.people[named["person"]].id
        if "salespeople" in named:
            named["salespeople"] = frozenset(self.people[one].id for one in named["salespeople"])
        if "team" in named:
            named["team"] = self.team
        if "contact" in named:
            named["contact"] = self.contact(named["contact"])
        if "template" in named:
            named["template"] = self.templates[named["template"]]
        return Filter(**named)

    def contact(self, which: int) -> ContactId:
        """The contact, or the company of them all."""
        if which < len(self.contacts):
            return self.contacts[which]
        with self.office.store.read(self.office.workspace) as work:
            first = work.contacts.get(self.contacts[0])
        assert first is not None
        assert first.company is not None
        return first.company

    def listed(self, reader: Person, wanted: Filter) -> list[int]:
        """The numbers of the entries on all pages."""
        page: LogPage = self.office.entry_lists.page(reader, Asked(wanted))
        found, count = [one.entry.number for one in page.entries], page.count
        while page.older is not None:
            page = self.office.entry_lists.page(reader, page.older)
            found += [one.entry.number for one in page.entries]
        assert count == len(found)
        return found

    def exported(self, reader: Person, wanted: Filter) -> list[int]:
        """The numbers of the entries in the file."""
        before = self.office.store.ids()
        self.exports.order(reader, f"key{before}", wanted, SheetFormat.CSV)
        self.exports.run()
        query = select(deliveries.c.payload).where(deliveries.c.kind == "file", deliveries.c.id > before)
        with self.office.store.reading() as connection:
            file = connection.scalar(query)
        if file is None:
            return []
        with Path(file["path"]).open(encoding="utf-8-sig", newline="") as opened:
            return [int(row["Entry No."]) for row in csv.DictReader(opened)]

    def told(self, wanted: Filter) -> int:
        """How many a digest counts."""
        with self.office.store.read(self.office.workspace) as work:
            return work.team_figures.sums(wanted).total.interactions


@pytest.fixture
def firm(office: Office, tmp_path: Path) -> Firm:
    return Firm(office, tmp_path / "exports")


logged = st.fixed_dictionaries(
    {
        "by": st.sampled_from([*NAMES, "ada"]),
        "for": st.sampled_from(NAMES),
        "contact": st.integers(0, 2),
        "template": st.integers(0, 1),
        "words": st.sampled_from(["Price list", "=1+1", "Visit, long"]),
        "day": st.sampled_from(DAYS),
        "evaluation": st.sampled_from([None, Evaluation.POSITIVE, Evaluation.VERY_NEGATIVE]),
        "failed": st.booleans(),
        "fate": st.sampled_from(FATES),
    }
)
asked = st.fixed_dictionaries(
    {},
    optional={
        "person": st.sampled_from([*NAMES, "ada"]),
        "salespeople": st.sets(st.sampled_from(NAMES), min_size=1),
        "team": st.none(),
        "contact": st.integers(0, 3),
        "template": st.integers(0, 1),
        "evaluations": st.frozensets(
            st.sampled_from([Evaluation.POSITIVE, Evaluation.VERY_NEGATIVE]), min_size=1
        ),
        "first": st.sampled_from(DAYS[:3]),
        "last": st.sampled_from(DAYS[1:]),
        "failed": st.booleans(),
        "standing": st.sampled_from(Standing),
        "text": st.sampled_from(["price", "visit long", "nothing"]),
    },
)
readers = st.tuples(st.sampled_from(["everyone", "team", "own"]), st.sampled_from([*NAMES, "max", "ada"]))


@given(st.lists(logged, min_size=1, max_size=4), st.lists(asked, min_size=2, max_size=3), readers)
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_list_export_and_digest_agree(
    firm: Firm, written: list[dict[str, Any]], wishes: list[dict[str, Any]], who: tuple[str, str]
) -> None:
    for one in written:
        firm.logs(one)
    visibility, name = who
    firm.office.sees(visibility)
    for wish in wishes:
        wanted, reader = firm.filter(wish), firm.people[name]
        assert firm.exported(reader, wanted) == firm.listed(reader, wanted), (wish, who)
        counted = replace(wanted, person=None, text="", salespeople=wanted.salespeople or firm.members)
        assert firm.told(counted) == len(firm.listed(firm.ada, counted)), wish
