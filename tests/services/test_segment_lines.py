"""Lines and their header: what is inherited, what is a line's own (`domain.md` 2.5; acceptance lines 43-45)."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import TODAY, Office, Silence
from sqlalchemy import update

from bot.domain.contacts import Contact, ContactType
from bot.domain.ids import ContactId, SegmentId, TemplateId
from bot.domain.interactions import Correspondence, Evaluation
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.personal_lines import Typed, is_personal
from bot.domain.segment_values import Values, template_of, values_for
from bot.domain.segments import ActionKind, Line, Segment, SegmentState
from bot.services import segment_headers
from bot.services.contacts import Typed as Card
from bot.services.segment_headers import SegmentHeaders
from bot.services.segment_lines import SegmentLines
from bot.services.segments import Segments
from bot.views.segment_lines import reached
from storage.tables.contacts import contacts

TEMPLATES = ("MAILING", "OUTGOING", "BUS")


@dataclass
class Desk:
    """Eva with a segment of three contacts."""

    office: Office
    eva: Person
    segment: SegmentId
    contacts: tuple[ContactId, ...]
    segments: Segments
    headers: SegmentHeaders
    lines: SegmentLines

    def header(self) -> Segment:
        with self.office.store.read(self.eva.workspace) as work:
            found = work.segments.get(self.segment)
        assert found is not None
        return found

    def line(self, number: int) -> Line | None:
        with self.office.store.read(self.eva.workspace) as work:
            return work.segment_lines.get(self.segment, number)

    def comes_to(self, number: int) -> Values:
        """What the entry of a line would hold."""
        with self.office.store.read(self.eva.workspace) as work:
            header, line = self.header(), work.segment_lines.get(self.segment, number)
            assert line is not None
            used = template_of(header, line)
            contact = work.contacts.get(ContactId(line.contact or 0))
            return values_for(header, line, work.templates.get(used) if used else None, contact)

    def heads(self, **facts: Any) -> None:
        """Change the header in its form."""
        header = self.header()
        names = ("description", "salesperson", "day", "template", "correspondence", "ignore_contact")
        plain = {name: getattr(header, name) for name in (*names, "campaign", "text", "cost")}
        minutes = "" if header.duration is None else str(header.duration)
        typed = segment_headers.Typed(**{**plain, "duration": minutes, **facts})
        self.headers.save(self.eva, self.segment, header.revision, typed)

    def edits(self, number: int, **facts: Any) -> Any:
        """Change a line in its form, which shows what the line comes to."""
        opened = self.lines.open(self.eva, self.segment, number)
        typed = replace(opened.typed, template=None if opened.shares else opened.typed.template)
        if "template" in facts:
            now = replace(typed, template=facts["template"])
            before = typed.template
            typed = self.lines.with_template(self.eva, self.segment, number, now, before).typed
        return self.lines.save(self.eva, self.segment, number, opened.mark, replace(typed, **facts))


@pytest.fixture
def desk(office: Office) -> Desk:
    return a_desk(office)


def a_desk(office: Office) -> Desk:
    eva = office.joins("Eva")
    segments = Segments(office.store, office.people, Silence())
    headers = SegmentHeaders(office.store, office.people, segments)
    typed = segment_headers.Typed(
        description="Autumn mailing", salesperson=eva.id, day=TODAY, template=office.template("MAILING")
    )
    segment = headers.create(eva, f"segment:{office.store.ids()}", typed).id
    names = ("Anna Berg", "Bo Dahl", "Zoë O'Connor-Ødegård")
    contacts = tuple(office.knows(eva, name, "Fjordbygg AS") for name in names)
    for contact in contacts:
        segments.add(eva, segment, contact)
    lines = SegmentLines(office.store, office.people, segments)
    return Desk(office, eva, segment, contacts, segments, headers, lines)


def test_43_each_added_contact_has_the_template_of_the_header(desk: Desk) -> None:
    mailing = desk.office.template("MAILING")
    assert {desk.comes_to(number).template for number in (1, 2, 3)} == {mailing}


def test_44_a_header_change_reaches_the_lines_that_share_its_template(desk: Desk) -> None:
    desk.edits(2, template=desk.office.template("OUTGOING"))
    desk.heads(description="Winter mailing", text="Dear {{ contact.name }}")
    assert desk.comes_to(1).description == "Winter mailing"
    assert desk.comes_to(2).description == "Outgoing call"
    assert desk.comes_to(2).duration == 15
    assert (desk.comes_to(1).text, desk.comes_to(2).text) == ("Dear {{ contact.name }}", "")


@pytest.mark.parametrize("company", ["", "Fjordbygg AS"])
def test_45_a_line_shows_how_its_contact_is_reached(desk: Desk, company: str) -> None:
    contact = a_reachable(desk, company)
    desk.segments.add(desk.eva, desk.segment, contact.id)
    shown = desk.lines.open(desk.eva, desk.segment, 4).contact
    assert shown is not None
    assert reached(shown) == ("+47 1", "+47 2", "kari@nes.example")


def test_own_words_stay_and_everything_else_follows(desk: Desk) -> None:
    desk.edits(1, description="For Anna", evaluation=Evaluation.POSITIVE, text="Hi")
    desk.heads(description="Winter mailing", text="All", salesperson=None, day=TODAY + timedelta(3))
    comes = desk.comes_to(1)
    assert (comes.description, comes.text, comes.evaluation) == ("For Anna", "Hi", Evaluation.POSITIVE)
    assert comes.day == TODAY + timedelta(3)


def test_saving_a_form_that_nobody_touched_changes_nothing(desk: Desk) -> None:
    desk.edits(1, description="For Anna", correspondence=Correspondence.HARD_COPY)
    desk.edits(2, template=desk.office.template("BUS"))
    for number in (1, 2, 3):
        before = desk.line(number)
        desk.edits(number)
        assert desk.line(number) == before


def test_a_line_of_its_own_keeps_what_it_had_and_joins_its_header_again(desk: Desk) -> None:
    bus = desk.office.template("BUS")
    desk.edits(1, template=bus, text="My letter")
    desk.heads(day=TODAY + timedelta(9))
    assert desk.comes_to(1).day == TODAY
    desk.heads(template=bus, day=TODAY + timedelta(10))
    assert desk.comes_to(1).day == TODAY + timedelta(10)
    assert desk.comes_to(1).text == "My letter"
    line = desk.line(1)
    assert line is not None
    assert line.shares


def test_a_line_gets_a_salesperson_of_its_own(desk: Desk) -> None:
    eva, wim, max_ = (desk.office.joins(name) for name in ("Eva", "Wim", "Max"))
    saved = desk.edits(1, salesperson=wim.id)
    assert list(saved.problems) == ["segment_salesperson"]
    desk.office.team_of("North", max_, eva, wim)
    max_ = desk.office.joins("Max")
    opened = desk.lines.open(max_, desk.segment, 1)
    typed = replace(opened.typed, template=None, salesperson=wim.id)
    assert desk.lines.save(max_, desk.segment, 1, opened.mark, typed).problems is None
    desk.heads(salesperson=None)
    assert (desk.comes_to(1).salesperson, desk.comes_to(2).salesperson) == (wim.id, eva.id)
    before = desk.line(1)
    desk.edits(1)
    assert desk.line(1) == before


def test_a_line_that_leaves_its_header_keeps_its_salesperson(desk: Desk) -> None:
    with desk.office.store.writing() as connection:
        connection.execute(update(contacts).values(salesperson_id=None))
    desk.edits(1, template=desk.office.template("BUS"))
    assert desk.comes_to(1).salesperson == desk.eva.id


def test_as_the_header_takes_all_away(desk: Desk) -> None:
    desk.edits(1, template=desk.office.template("BUS"), text="Mine", evaluation=Evaluation.NEUTRAL)
    desk.lines.as_header(desk.eva, desk.segment, 1)
    line = desk.line(1)
    assert line is not None
    assert not is_personal(line)
    assert desk.comes_to(1) == desk.comes_to(2)


def test_choosing_the_template_anew_fills_what_was_not_typed(desk: Desk) -> None:
    desk.heads(text="Dear all")
    opened = desk.lines.open(desk.eva, desk.segment, 1)
    bus = desk.office.template("BUS")
    typed = replace(opened.typed, template=bus, description="Typed")
    shown = desk.lines.with_template(desk.eva, desk.segment, 1, typed, None)
    assert (shown.typed.description, shown.typed.text) == ("Typed", "")
    assert shown.typed.correspondence is Correspondence.HARD_COPY
    assert not shown.shares


def test_a_mistake_in_the_text_is_told_at_the_text(desk: Desk) -> None:
    before = desk.header().revision
    saved = desk.edits(1, text="Dear {{ contact.nmae }}", description="x" * 101)
    assert set(saved.problems) == {"line_text", "description"}
    line = desk.line(1)
    assert line is not None
    assert not is_personal(line)
    assert desk.header().revision == before


def test_a_long_text_stays_whole_when_its_beginning_is_left_alone(desk: Desk) -> None:
    long = "x" * 4000
    desk.edits(1, text=long)
    desk.edits(1, text=long[:3000], description="Mine")
    assert desk.comes_to(1).text == long


def test_a_change_meanwhile_gives_the_form_back_with_what_was_typed(desk: Desk) -> None:
    opened = desk.lines.open(desk.eva, desk.segment, 1)
    desk.edits(1, text="First")
    mine = replace(opened.typed, template=None, text="Second")
    saved = desk.lines.save(desk.eva, desk.segment, 1, opened.mark, mine)
    assert saved.meanwhile is not None
    assert saved.meanwhile.typed.text == "Second"
    assert desk.comes_to(1).text == "First"
    assert desk.lines.save(desk.eva, desk.segment, 1, saved.meanwhile.mark, mine).meanwhile is None
    assert desk.comes_to(1).text == "Second"


def test_what_happens_to_other_lines_does_not_disturb(desk: Desk) -> None:
    opened = desk.lines.open(desk.eva, desk.segment, 1)
    desk.edits(2, text="Other")
    saved = desk.lines.save(desk.eva, desk.segment, 1, opened.mark, replace(opened.typed, text="Mine"))
    assert saved.meanwhile is None


def test_a_removed_line_is_one_action_and_comes_back_as_it_was(desk: Desk) -> None:
    desk.edits(2, text="Mine")
    before = desk.line(2)
    desk.lines.remove(desk.eva, desk.segment, 2)
    with desk.office.store.begin(desk.eva.workspace) as work:
        last = work.segments.actions(desk.segment)[-1]
        assert work.segment_lines.get(desk.segment, 2) is None
        assert work.segment_lines.removed_by(desk.segment, last.number) == [2]
        work.segment_lines.bring_back(desk.segment, [2])
    assert (last.kind, last.removed, last.words) == (ActionKind.REMOVE_ONE, 1, "Bo Dahl (Fjordbygg AS)")
    assert desk.line(2) == before
    with pytest.raises(Refusal, match="somebody took it out"):
        desk.lines.open(desk.eva, desk.segment, 99)


def test_nothing_of_a_segment_that_is_being_logged_changes(desk: Desk) -> None:
    opened = desk.lines.open(desk.eva, desk.segment, 1)
    with desk.office.store.begin(desk.eva.workspace) as work:
        work.segments.turn(desk.segment, SegmentState.ACTIVE, SegmentState.LOGGING)
    acts = (
        lambda: desk.lines.save(desk.eva, desk.segment, 1, opened.mark, Typed(text="x")),
        lambda: desk.lines.as_header(desk.eva, desk.segment, 1),
        lambda: desk.lines.remove(desk.eva, desk.segment, 1),
    )
    for act in acts:
        with pytest.raises(Refusal, match="is being logged"):
            act()


def test_somebody_else_is_told_who_can_change_it(desk: Desk) -> None:
    wim = desk.office.joins("Wim")
    with pytest.raises(Refusal, match="can change"):
        desk.lines.open(wim, desk.segment, 1)


@dataclass
class Book:
    """How Business Central keeps it: each line is a copy, and the header's changes are copied to those that share."""

    header: dict[str, Any]
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    own: dict[int, set[str]] = field(default_factory=dict)

    def heads(self, facts: dict[str, Any]) -> None:
        before, self.header = self.header["template"], {**self.header, **facts}
        for number, line in self.lines.items():
            rejoins = line["template"] == self.header["template"] != before
            if line["template"] == before or rejoins:
                words = self.own[number] & ({"description", "text"} if rejoins else {*self.header})
                line.update({name: value for name, value in self.header.items() if name not in words})
                self.own[number] = words

    def edits(self, number: int, facts: dict[str, Any], template: str | None) -> None:
        line = self.lines[number]
        if template is not None and template != line["template"]:
            self._moves(number, template)
        inherited = self._inherited(line)
        for name, value in facts.items():
            if not (name in self.own[number] and line[name] == value):
                (self.own[number].discard if value == inherited[name] else self.own[number].add)(name)
            line[name] = value

    def _moves(self, number: int, template: str) -> None:
        line, own = self.lines[number], self.own[number]
        line["template"] = template
        own -= {"day"}
        comes = self.header if template == self.header["template"] else self._inherited(line)
        line.update({name: value for name, value in comes.items() if name not in own})

    def _inherited(self, line: dict[str, Any]) -> dict[str, Any]:
        if line["template"] == self.header["template"]:
            return self.header
        return {"template": line["template"], "description": f"<{line['template']}>", "text": ""}


headings = st.fixed_dictionaries(
    {},
    optional={
        "description": st.sampled_from(["A", "B"]),
        "text": st.sampled_from(["", "x", "y"]),
        "day": st.sampled_from([TODAY, date(2026, 12, 1)]),
        "template": st.sampled_from(TEMPLATES),
    },
)
editings = st.fixed_dictionaries(
    {}, optional={"description": st.sampled_from(["A", "B", "C"]), "text": st.sampled_from(["", "x", "z"])}
)
acts = st.one_of(
    st.tuples(st.just(0), headings, st.none()),
    st.tuples(st.integers(1, 3), editings, st.one_of(st.none(), st.sampled_from(TEMPLATES))),
)


@given(st.lists(acts, max_size=12))
@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_lines_inherit_in_whatever_order_header_and_lines_change(
    desk: Desk, course: list[tuple[int, dict[str, Any], str | None]]
) -> None:
    templates = {code: desk.office.template(code) for code in TEMPLATES}
    desk = a_desk_anew(desk)
    book = Book({"template": "MAILING", "description": "Autumn mailing", "text": "", "day": TODAY})
    book.lines = {number: dict(book.header) for number in (1, 2, 3)}
    book.own = {number: set() for number in (1, 2, 3)}
    for number, facts, template in course:
        if number:
            given_template = {"template": templates[template]} if template else {}
            desk.edits(number, **facts, **given_template)
            book.edits(number, facts, template)
        else:
            coded = {**facts, **({"template": templates[facts["template"]]} if "template" in facts else {})}
            desk.heads(**coded)
            book.heads(facts)
        assert kept(desk, templates) == expected(desk, book, templates)


def kept(desk: Desk, templates: dict[str, TemplateId]) -> dict[int, dict[str, Any]]:
    codes = {identity: code for code, identity in templates.items()}
    found = {number: desk.comes_to(number) for number in (1, 2, 3)}
    return {
        number: {
            "template": codes[one.template or TemplateId(0)],
            "description": one.description,
            "text": one.text,
            "day": one.day,
        }
        for number, one in found.items()
    }


def expected(desk: Desk, book: Book, templates: dict[str, TemplateId]) -> dict[int, dict[str, Any]]:
    with desk.office.store.read(desk.eva.workspace) as work:
        names = {f"<{code}>": work.templates.by_id()[one].description for code, one in templates.items()}
    return {
        number: {**line, "description": names.get(line["description"], line["description"])}
        for number, line in book.lines.items()
    }


def a_desk_anew(desk: Desk) -> Desk:
    """The same desk with a fresh segment of the same contacts."""
    typed = segment_headers.Typed(
        description="Autumn mailing",
        salesperson=desk.eva.id,
        day=TODAY,
        template=desk.office.template("MAILING"),
    )
    fresh = desk.headers.create(desk.eva, f"segment:{desk.office.store.ids()}", typed).id
    for contact in desk.contacts:
        desk.segments.add(desk.eva, fresh, contact)
    return replace(desk, segment=fresh)


def a_reachable(desk: Desk, company: str) -> Contact:
    kind = ContactType.PERSON if company else ContactType.COMPANY
    card = Card(
        type=kind,
        name="Kari Nes",
        company_name=company,
        phone="+47 1",
        mobile="+47 2",
        email="kari@nes.example",
    )
    return desk.office.contacts.create(desk.eva, "test:kari", card)
