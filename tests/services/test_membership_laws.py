"""Laws of membership: Add then Reduce restores, Go back restores exactly (`product.md` 8), on both databases."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office
from roster import Roster

from bot.domain.contacts import ContactType
from bot.domain.criteria import Criteria, read_criteria
from bot.domain.folding import fold
from bot.domain.ids import ContactId
from bot.domain.interactions import Evaluation
from bot.domain.pasted import lines_of
from bot.domain.segments import ActionKind, Line

CITIES = ("Bergen", "Oslo", "Tromsø")
often = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def roster(office: Office) -> Roster:
    """Two companies and their people in three cities; some excluded, some blocked."""
    roster = Roster(office)
    companies = [roster.company(f"Company {city}", city=city) for city in CITIES[:2]]
    for number in range(8):
        roster.knows_one(
            f"Person {number}",
            city=CITIES[number % 3],
            company=companies[number % 2] if number % 4 else None,
            exclude_from_segment=number == 5,
            privacy_blocked=number == 6,
        )
    return roster


filters = st.builds(
    Criteria,
    cities=st.frozensets(st.sampled_from(CITIES), max_size=2),
    types=st.frozensets(st.sampled_from(ContactType), max_size=1),
    words=st.sampled_from(("", "person", "comp", "3")),
)
options = {
    "expand_companies": st.booleans(),
    "allow_related_companies": st.booleans(),
    "ignore_exclusion": st.booleans(),
}
adding = st.builds(replace, filters, allow_existing=st.booleans(), **options)
taking = st.builds(replace, filters, entire_companies=st.booleans())
steps = st.lists(
    st.one_of(
        st.tuples(st.just(ActionKind.ADD), adding),
        st.tuples(st.just(ActionKind.REDUCE), taking),
        st.tuples(st.just(ActionKind.REFINE), taking),
        st.tuples(st.just("edit"), st.integers(0, 20)),
        st.tuples(st.just("back"), st.none()),
    ),
    max_size=12,
)


@dataclass
class Model:
    """What must be true: who was in before each action, and what each line's own values are."""

    roster: Roster

    def __post_init__(self) -> None:
        self.roster = Roster(self.roster.office, f"S{self.roster.office.store.ids()}"[:20])
        self.before: list[list[int]] = []
        self.known: dict[int, Line] = {}
        self.edits = 0

    def step(self, act: object, how: object) -> None:
        here = self.roster.lines()
        if isinstance(act, ActionKind) and isinstance(how, Criteria):
            self.before.append([line.number for line in here])
            self.roster.does(act, how)
        elif act == "edit" and isinstance(how, int) and here:
            self.edit(here[how % len(here)])
        elif act == "back" and self.before:
            self.roster.membership.go_back(self.roster.eva, self.roster.segment)
            assert [line.number for line in self.roster.lines()] == self.before.pop()
        self.check()

    def edit(self, line: Line) -> None:
        self.edits += 1
        own = replace(line, description=f"Own {self.edits}", evaluation=Evaluation.POSITIVE, text="Hello")
        with self.roster.office.store.begin(self.roster.office.workspace) as work:
            assert work.segment_lines.change(self.roster.segment, own)
        self.known[line.number] = own

    def check(self) -> None:
        """Every line is as it was known; a number is never given twice."""
        for line in self.roster.lines():
            assert self.known.setdefault(line.number, line) == line
        assert len(self.roster.actions()) == len(self.before)

    def undone(self) -> None:
        """Go back as long as there is something to go back to."""
        while self.before:
            self.step("back", None)
        assert self.roster.lines() == []


@often
@given(course=steps)
def test_go_back_restores_membership_order_and_personalisation(
    roster: Roster, course: list[tuple[object, object]]
) -> None:
    model = Model(roster)
    for act, how in course:
        model.step(act, how)
    model.undone()


@often
@given(first=filters, second=filters)
def test_add_then_reduce_restores_a_segment_in_which_nobody_matched(
    roster: Roster, first: Criteria, second: Criteria
) -> None:
    segment = Roster(roster.office, f"S{roster.office.store.ids()}"[:20])
    segment.does(ActionKind.ADD, first)
    segment.does(ActionKind.REDUCE, second)  # now nobody in it matches
    before = segment.lines()
    added = segment.does(ActionKind.ADD, second).added
    assert len(segment.lines()) == len(before) + added
    assert segment.does(ActionKind.REDUCE, second).removed == added
    assert segment.lines() == before


@often
@given(criteria=taking, first=filters)
def test_reduce_and_refine_share_out_the_lines(roster: Roster, first: Criteria, criteria: Criteria) -> None:
    segment = Roster(roster.office, f"S{roster.office.store.ids()}"[:20])
    segment.does(ActionKind.ADD, first)
    everybody = set(segment.contacts())
    segment.does(ActionKind.REDUCE, criteria)
    left = set(segment.contacts())
    segment.membership.go_back(segment.eva, segment.segment)
    segment.does(ActionKind.REFINE, criteria)
    stayed = set(segment.contacts())
    assert left | stayed == everybody
    assert not left & stayed


whole = st.builds(
    Criteria,
    words=st.text(max_size=20),
    contacts=st.frozensets(st.integers(1, 2**62).map(ContactId), max_size=3),
    types=st.frozensets(st.sampled_from(ContactType)),
    cities=st.frozensets(st.text(max_size=9), max_size=3),
    evaluations=st.frozensets(st.sampled_from(Evaluation)),
    not_met_since=st.none() | st.dates(),
    met_since=st.none() | st.dates(),
    mailing_groups=st.frozensets(st.integers(1, 2**62), max_size=3),
    allow_existing=st.booleans(),
    entire_companies=st.booleans(),
)


@given(criteria=whole)
def test_criteria_are_read_as_they_were_written(criteria: Criteria) -> None:
    assert read_criteria(criteria.written()) == criteria


@given(pasted=st.text(max_size=300))
def test_every_line_of_a_list_is_read_whatever_stands_there(pasted: str) -> None:
    for entered in lines_of(pasted):
        assert entered.line.strip()
        assert all(name == fold(name) for name, _ in entered.names)
