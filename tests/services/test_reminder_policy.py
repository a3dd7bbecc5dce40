"""How people are reminded who chose nothing themselves."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import Office, Silence
from sqlalchemy import select

from bot.domain.messages import Refusal
from bot.domain.preferences import Typed
from bot.domain.reminder_policy import Policy
from bot.services.preferences import Preferences
from bot.services.reminder_policy import ReminderPolicy
from bot.services.rhythms import rhythm
from storage.tables.reminders import reminders

EARLY = Policy(days=frozenset({0, 1}), starts=time(7), ends=time(15, 30))
CHOSEN = Typed(
    days=frozenset(range(5)),
    starts=time(10),
    ends=time(18),
    zone=None,
    country=None,
    language=None,
    kept=frozenset(),
    first=None,
    last=None,
    reminders=True,
)


@given(
    st.builds(
        Policy,
        days=st.frozensets(st.integers(0, 6), min_size=1),
        starts=st.times(max_value=time(11)).map(lambda one: one.replace(second=0, microsecond=0)),
        ends=st.times(min_value=time(12)).map(lambda one: one.replace(second=0, microsecond=0)),
        reminders=st.booleans(),
    )
)
def test_a_policy_is_read_as_it_was_written(policy: Policy) -> None:
    assert Policy.parsed(policy.written) == policy


@pytest.mark.parametrize(
    "written", ["", "01234", "7 09:00-17:00", "0 17:00-09:00", "0 25:00-26:00", "always"]
)
def test_what_is_no_policy_is_none(written: str) -> None:
    assert Policy.parsed(written) is None


def test_the_policy_holds_for_who_chose_nothing_and_is_looked_at_at_once(office: Office) -> None:
    ada, eva, wim = office.joins("Ada", admin=True), office.joins("Eva"), office.joins("Wim")
    policies = ReminderPolicy(office.store, Silence())
    preferences = Preferences(office.store, office.people, Silence())
    later = office.clock.now() + timedelta(days=2)
    preferences.choose(wim, CHOSEN)
    with office.store.begin(office.workspace) as work:
        work.reminders.look_at(eva.id, later)
        work.reminders.look_at(wim.id, later)
    assert policies.now(ada) == Policy()
    assert policies.set(ada, EARLY) == {}
    assert preferences.of(eva) == EARLY.preferences
    assert preferences.of(wim).starts == time(10)
    with office.store.read(office.workspace) as work:
        assert rhythm(work, eva).preferences.ends == time(15, 30)
        rows = work.access.connection.execute(select(reminders.c.person_id, reminders.c.next_at)).all()
    due = {row.person_id: row.next_at for row in rows}
    assert due[eva.id] == office.clock.now()
    assert due[wim.id] == later


def test_a_policy_without_a_working_day_is_told_at_its_field(office: Office) -> None:
    ada = office.joins("Ada", admin=True)
    policies = ReminderPolicy(office.store, Silence())
    assert policies.set(ada, Policy(days=frozenset())).keys() == {"days"}
    assert policies.set(ada, Policy(starts=time(17), ends=time(9))).keys() == {"ends"}
    assert policies.now(ada) == Policy()


def test_only_admins_set_the_policy(office: Office) -> None:
    policies, eva = ReminderPolicy(office.store, Silence()), office.joins("Eva")
    with pytest.raises(Refusal, match="Only an admin"):
        policies.now(eva)
    with pytest.raises(Refusal, match="Only an admin"):
        policies.set(eva, EARLY)
