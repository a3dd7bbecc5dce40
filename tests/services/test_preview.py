"""The preview and the run agree: what a line shows is what its entry holds (issue 4, laws)."""

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import Office, Silence
from running import Running
from sqlalchemy import select

from bot.domain.criteria import Criteria
from bot.domain.ids import ContactId, SegmentId
from bot.domain.interactions import Correspondence, Evaluation
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import ActionKind, Segment
from bot.services.membership import Membership
from bot.services.preview import AT_ONCE, Preview
from bot.views.preview import Row, Sheet
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entry_comments

TEXTS = (
    "",
    "Plain words",
    "Dear {{ contact.name }}, {{ today }}",
    "{{ contact.first_name | default('you') | upper }} of {{ contact.company }}: {{ salesperson.name }}",
    "{{ segment.number }} {{ contact.nmae }}",
)
HEADERS = [text for text in TEXTS if "nmae" not in text]


@pytest.fixture
def running(office: Office) -> Running:
    return Running(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def preview(office: Office, tmp_path: Path) -> Preview:
    return Preview(office.store, office.people, Silence(), tmp_path / "exports")


own = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(TEXTS),
        "description": st.sampled_from(["Mine", ""]),
        "evaluation": st.sampled_from(Evaluation),
        "correspondence": st.sampled_from(Correspondence),
        "template": st.sampled_from(["BUS", "OUTGOING"]),
        "duration": st.sampled_from([0, 45]),
        "cost": st.sampled_from(["", "12.50"]),
    },
)
heads = st.fixed_dictionaries(
    {"text": st.sampled_from(HEADERS), "ignore_contact": st.booleans()},
    optional={
        "correspondence": st.sampled_from(Correspondence),
        "duration": st.sampled_from([0, 5]),
        "cost": st.sampled_from(["", "3"]),
        "salesperson": st.none(),
    },
)


@given(heads, st.lists(own, min_size=4, max_size=4))
@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_preview_is_what_is_logged(
    running: Running, eva: Person, preview: Preview, header: dict[str, Any], lines: list[dict[str, Any]]
) -> None:
    segment = a_segment(running, eva, header)
    for number, facts in enumerate(lines, 1):
        template = {"template": running.office.template(facts["template"])} if "template" in facts else {}
        running.personalises(segment, number, **facts | template)
    shown = preview.page(eva, Sheet(segment.id)).rows
    run = running.logs(eva, segment, send=False, rest=True)
    fit = {row.line.number: row for row in shown if row.fault is None or row.fault.value == "no_address"}
    logged = {entry.line: entry for entry in running.entries(run.id)}
    assert set(fit) == set(logged)
    assert {line: of_row(row) for line, row in fit.items()} == {
        line: of_entry(running, entry) for line, entry in logged.items()
    }


def a_segment(running: Running, eva: Person, header: dict[str, Any]) -> Segment:
    """Four lines: two plain people, one without an address, one of a company that asked not to be recorded."""
    office = running.office
    plain = [office.knows(eva, "Anna Berg"), office.knows(eva, "Zoë O'Connor-Ødegård", "Fjordbygg AS")]
    silent, blocked = office.knows(eva, "Ola Moe"), office.knows(eva, "Kari Nes", "Havblikk AS")
    for contact in (*plain, blocked):
        running.alters(contact, email=f"a{contact}@x.example", correspondence=None)
    with office.store.read(eva.workspace) as work:
        company = next(one.company for one in work.contacts.many(frozenset({blocked})).values())
    running.alters(ContactId(company or 0), privacy_blocked=True)
    number = f"S{office.store.ids() % 10**12}"
    return running.segment(eva, [*plain, silent, blocked], number, **header)


def of_row(row: Row) -> tuple[Any, ...]:
    comes = row.values
    unsendable = comes.correspondence is Correspondence.EMAIL and row.contact and not row.contact.email
    return (
        comes.template,
        comes.description,
        row.text,
        comes.evaluation,
        None if unsendable else comes.correspondence,
        comes.day,
        comes.salesperson,
        comes.duration,
        comes.cost,
        comes.campaign,
        comes.language,
    )


def of_entry(running: Running, entry: Any) -> tuple[Any, ...]:
    query = select(entry_comments.c.comment).where(entry_comments.c.entry_id == entry.id)
    with running.office.store.reading() as connection:
        comment = "\n".join(connection.scalars(query.order_by(entry_comments.c.line)))
    return (
        entry.template_id,
        entry.description,
        comment,
        entry.evaluation,
        entry.correspondence,
        entry.date,
        entry.salesperson_id,
        entry.duration,
        entry.cost,
        entry.campaign_id,
        entry.language,
    )


def test_only_the_faulty_ones_are_shown_to_be_mended(running: Running, eva: Person, preview: Preview) -> None:
    segment = running.segment(eva, running.people(eva, 25))
    running.personalises(segment, 24, text="{{ contact.nmae }}")
    running.moves(segment, 13, None)
    found = preview.page(eva, Sheet(segment.id, faulty=True))
    assert [row.line.number for row in found.rows] == [13, 24]
    assert found.count == 2
    last = preview.page(eva, Sheet(segment.id, page=99))
    assert last.sheet.page == last.last == 2
    assert [row.line.number for row in last.rows] == [21, 22, 23, 24, 25]


def test_a_deleted_contact_is_shown_as_nobody(running: Running, eva: Person, preview: Preview) -> None:
    segment = running.segment(eva, running.people(eva, 2), text="Dear {{ contact.name }}!")
    running.moves(segment, 1, None)
    row = preview.line(eva, segment.id, 1)
    assert (row.contact, row.text) == (None, "Dear !")
    with pytest.raises(Refusal, match="somebody took it out"):
        preview.line(eva, segment.id, 9)


def test_somebody_else_sees_nothing_of_it(running: Running, eva: Person, preview: Preview) -> None:
    running.office.sees("own")
    segment = running.segment(eva, running.people(eva, 1))
    wim = running.office.joins("Wim")
    acts = (
        lambda: preview.page(wim, Sheet(segment.id)),
        lambda: preview.line(wim, segment.id, 1),
        lambda: preview.export(wim, segment.id),
        lambda: preview.skipped(wim, segment.id),
    )
    for act in acts:
        with pytest.raises(Refusal, match="not yours"):
            act()


def test_the_file_has_every_line_once_whatever_the_page(
    running: Running, eva: Person, preview: Preview
) -> None:
    count = AT_ONCE + 3
    segment = running.segment(eva, [running.office.knows(eva, "Anna Berg")] * count, text="=1+1")
    running.personalises(segment, 1, evaluation=Evaluation.VERY_POSITIVE)
    assert preview.export(eva, segment.id) == count
    query = select(deliveries.c.payload).where(deliveries.c.kind == "file")
    with running.office.store.reading() as connection:
        payload = connection.execute(query).scalar_one()
    with Path(payload["path"]).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert payload["name"] == "SEG0900.csv"
    assert [int(row["Line"]) for row in rows] == list(range(1, count + 1))
    assert {row["Text"] for row in rows} == {"'=1+1"}
    assert [rows[0][name] for name in ("Correspondence Type", "Evaluation")] == ["Email", "Very Positive"]


def test_who_was_skipped_is_named_with_the_reason(running: Running, eva: Person, preview: Preview) -> None:
    office = running.office
    fit, excluded, blocked = (office.knows(eva, name) for name in ("Anna Berg", "Ola Moe", "Kari Nes"))
    for contact in (fit, excluded, blocked):
        running.alters(contact, city="Bergen")
    running.alters(excluded, exclude_from_segment=True)
    running.alters(blocked, privacy_blocked=True)
    segment = running.segment(eva, [])
    joined(running, eva, segment.id)
    _, found = preview.skipped(eva, segment.id)
    counted = next(counted for words, counted in found if "Bergen" in words)
    assert (counted.excluded, counted.blocked) == (1, 1)
    assert set(counted.skipped) == {"Ola Moe", "Kari Nes"}


def joined(running: Running, eva: Person, segment: SegmentId) -> None:
    membership = Membership(running.office.store, running.office.people, running.segments)
    criteria = Criteria(cities=frozenset({"Bergen"}))
    membership.apply(eva, segment, ActionKind.ADD, criteria, "once")
