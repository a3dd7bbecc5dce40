"""Whatever the order of arrival: the newest words of a form are kept, one entry is made, nothing ended revives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import Office

from bot.clock import FixedClock
from bot.domain.ids import ContactId, FormId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from storage import schema
from storage.store import open_store

TYPED = [(f"{second}.000000", f"words of second {second}") for second in range(1, 5)]


@dataclass(frozen=True)
class Screen:
    """Eva's form about Anna; every act of it may arrive at any time."""

    office: Office
    eva: Person
    anna: ContactId
    form: FormId

    def autosave(self, number: int) -> Callable[[], object]:
        at, words = TYPED[number]
        typed = self.office.typed(self.anna, comment=words)
        return lambda: self.office.types(self.eva, self.form, typed, at)

    def close(self) -> None:
        self.office.postponed.close(self.eva, self.form)

    def close_all(self) -> None:
        self.office.postponed.close_all(self.eva, self.form)

    def discard(self) -> None:
        self.office.postponed.discard(self.eva, self.form, None)

    def submit(self) -> None:
        typed = self.office.typed(self.anna, comment="submitted")
        self.office.interactions.log(self.eva, self.form, typed, twin_accepted=True)

    def arrives(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Refusal:
            return  # told to the person; what counts here is what was kept

    @property
    def entries(self) -> list[str]:
        latest = self.office.entries.latest(self.eva, 50)
        return [one.entry.comment for one in latest if one.entry.form == self.form]

    @property
    def waiting(self) -> list[str]:
        found = [draft for draft, _ in self.office.postponed.waiting(self.eva)]
        return [draft.form.comment for draft in found if draft.form_id == self.form]


Open = Callable[[], Screen]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """Open one new form after the other in one database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('drafts') / 'saleslog.db'}"
    schema.upgrade(url)
    clock = FixedClock(datetime(2026, 11, 20, 13, 2, tzinfo=UTC))
    store = open_store(url, clock)
    office = Office(store, clock)
    eva = office.joins("Eva")
    anna = office.knows(eva, "Anna Berg")
    yield lambda: Screen(office, eva, anna, FormId(f"form{store.ids()}"))
    store.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(len(TYPED))))
def test_the_newest_words_stay_in_whatever_order_they_arrive(opened: Open, order: list[int]) -> None:
    screen = opened()
    for number in order:
        screen.autosave(number)()
    assert screen.waiting == ["words of second 4"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choose=st.data())
def test_a_submission_in_any_order_with_all_else_is_one_entry_and_no_draft(
    opened: Open, choose: st.DataObject
) -> None:
    screen = opened()
    acts = [*(screen.autosave(number) for number in range(4)), screen.close, screen.close_all, screen.submit]
    for act in choose.draw(st.permutations([*acts, screen.submit])):
        screen.arrives(act)
    if screen.entries:
        assert (len(screen.entries), screen.waiting) == (1, [])
    else:  # closed untouched before a word arrived: the form was gone, and said so
        assert screen.waiting == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choose=st.data())
def test_a_discarded_form_never_comes_back_by_late_words(opened: Open, choose: st.DataObject) -> None:
    screen = opened()
    screen.autosave(0)()
    screen.discard()
    late = [
        *(screen.autosave(number) for number in range(1, 4)),
        screen.close,
        screen.close_all,
        screen.submit,
    ]
    for act in choose.draw(st.permutations(late)):
        screen.arrives(act)
    assert (screen.entries, screen.waiting) == ([], [])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choose=st.data())
def test_never_two_of_one_form_whatever_is_done_with_it(opened: Open, choose: st.DataObject) -> None:
    screen = opened()
    acts = [*(screen.autosave(number) for number in range(4)), screen.close, screen.close_all]
    acts += [screen.discard, screen.submit, screen.submit]
    for act in choose.draw(st.lists(st.sampled_from(acts), max_size=12)):
        screen.arrives(act)
    assert len(screen.entries) + len(screen.waiting) <= 1
