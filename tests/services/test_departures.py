"""What people who have left leave behind falls to their manager, else to admins (`product.md` 1, 5)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from office import Office, Silence, profile
from ward import Ward

from bot.clock import FixedClock
from bot.domain.departures import LeftBehind
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person, Role
from bot.jobs.departures import notice_departures
from bot.services.departures import Departures, offered
from storage.store import Store, open_store

MONDAY = date(2026, 11, 23)


@pytest.fixture
def ward(office: Office) -> Ward:
    return Ward(office)


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


@pytest.fixture
def team(office: Office) -> list[Person]:
    """Max, who manages Eva and Wim."""
    return office.team_of("North", office.joins("Max"), office.joins("Eva"), office.joins("Wim"))


def leaves(ward: Ward, name: str) -> None:
    ward.office.people.refresh(ward.office.workspace, profile(name, deactivated=True))


def offers(ward: Ward, person: Person) -> list[tuple[str, int]]:
    with ward.office.store.read(person.workspace) as work:
        return [(one.person.name, one.drafts) for one in offered(work, person)]


def test_the_manager_takes_over_what_waits_and_nobody_else(
    ward: Ward, ada: Person, team: list[Person]
) -> None:
    max_, eva, wim = team
    forms = [ward.postpones(wim, words) for words in ("one", "two")]
    assert offers(ward, max_) == []
    leaves(ward, "Wim")
    assert [offers(ward, person) for person in (max_, eva, ada)] == [[("Wim", 2)], [], []]
    for person in (eva, ada):
        with pytest.raises(Refusal):
            ward.departures.take_over(person, wim.id)
    assert ward.departures.take_over(max_, wim.id).drafts == 2
    assert {draft.form_id for draft, _ in ward.office.postponed.waiting(max_)} == set(forms)
    assert {draft.form.salesperson for draft, _ in ward.office.postponed.waiting(max_)} == {max_.id}
    assert offers(ward, max_) == []
    with pytest.raises(Refusal):
        ward.departures.take_over(max_, wim.id)


def test_admins_take_over_where_no_manager_is_there(ward: Ward, ada: Person, team: list[Person]) -> None:
    wim = team[2]
    ward.postpones(wim)
    leaves(ward, "Wim")
    assert offers(ward, ada) == []
    leaves(ward, "Max")
    assert offers(ward, ada) == [("Wim", 1)]
    assert ward.departures.take_over(ada, wim.id).drafts == 1


def test_admins_take_over_from_somebody_without_a_team(ward: Ward, ada: Person, team: list[Person]) -> None:
    zoe = ward.office.joins("Zoe")
    ward.postpones(zoe)
    leaves(ward, "Zoe")
    assert [offers(ward, person) for person in (ada, team[0])] == [[("Zoe", 1)], []]


def test_open_follow_ups_are_taken_over_too(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    entry = ward.office.logs(wim, ward.office.knows(wim, "Bo"))
    task = ward.office.tasks.follow_up(wim, entry, MONDAY, "Ring Bo")
    done = ward.office.tasks.follow_up(wim, ward.office.logs(wim, ward.office.knows(wim, "Di")), MONDAY, "Di")
    ward.office.tasks.complete(wim, done.id)
    leaves(ward, "Wim")
    with ward.office.store.read(max_.workspace) as work:
        assert [(one.drafts, one.tasks) for one in offered(work, max_)] == [(0, 1)]
    assert ward.departures.take_over(max_, wim.id).tasks == 1
    assert [found.id for found, _ in ward.office.tasks.open_of(max_, 10)] == [task.id]
    assert offers(ward, max_) == []
    with ward.office.store.read(max_.workspace) as work:
        (line,) = [one for one in work.history.of(ItemKind.TASK, task.id) if one.actor_id == max_.id]
    assert (line.field, line.old, line.new) == ("salesperson", str(wim.id), str(max_.id))


def test_history_names_both(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    form = ward.postpones(wim)
    leaves(ward, "Wim")
    ward.departures.take_over(max_, wim.id)
    with ward.office.store.read(ward.office.workspace) as work:
        draft = work.drafts.of_form(form)
        assert draft is not None
        lines = work.history.of(ItemKind.DRAFT, draft.id)
    assert {(line.actor_id, line.field, line.old, line.new) for line in lines} == {
        (max_.id, "owner", str(wim.id), str(max_.id)),
        (max_.id, "salesperson", str(wim.id), str(max_.id)),
    }


def test_what_was_meant_for_somebody_else_stays_his(ward: Ward, team: list[Person]) -> None:
    max_, eva, wim = team
    contact = ward.office.knows(wim, "Anna")
    ward.office.types(wim, "form", ward.office.typed(contact, salesperson=eva.id), "1")
    leaves(ward, "Wim")
    ward.departures.take_over(max_, wim.id)
    (found,) = ward.office.postponed.waiting(max_)
    assert found[0].form.salesperson == eva.id


def test_what_was_taken_over_is_awake_and_its_messages_reach_the_heir(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    form = ward.postpones(wim)
    ward.snoozes(form, ward.office.clock.now() + timedelta(days=30))
    leaves(ward, "Wim")
    ward.departures.take_over(max_, wim.id)
    with ward.office.store.read(ward.office.workspace) as work:
        draft, answer = work.drafts.of_form(form), work.deliveries.answer(form)
    assert draft is not None
    assert draft.snoozed_until is None
    assert answer is not None
    assert (answer.person, answer.channel, answer.response_url) == (max_.id, None, None)


def test_it_is_resumed_and_logged_once_by_its_heir(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    form = ward.postpones(wim, "asked about delivery")
    leaves(ward, "Wim")
    ward.departures.take_over(max_, wim.id)
    opened = ward.office.forms.resume(max_, form)
    assert opened.form.comment == "asked about delivery"
    with ward.office.store.read(ward.office.workspace) as work:
        draft = work.drafts.of_form(form)
    assert draft is not None
    assert draft.form.contact is not None
    outcome = ward.office.submits(max_, form, ward.office.typed(draft.form.contact))
    assert outcome.entry is not None
    ward.office.people.refresh(ward.office.workspace, profile("Wim"))
    with pytest.raises(Refusal):
        ward.office.forms.resume(wim, form)


def test_only_what_still_waits_is_taken_over(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    gone, kept = ward.postpones(wim, "one"), ward.postpones(wim, "two")
    ward.office.postponed.discard(wim, gone, None)
    leaves(ward, "Wim")
    assert ward.departures.take_over(max_, wim.id) == LeftBehind(
        next(one for one in [ward.office.people.get(max_, wim.id)] if one), 1
    )
    assert [draft.form_id for draft, _ in ward.office.postponed.waiting(max_)] == [kept]


def test_somebody_who_is_back_keeps_his_drafts(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    ward.postpones(wim)
    leaves(ward, "Wim")
    ward.office.people.refresh(ward.office.workspace, profile("Wim"))
    with pytest.raises(Refusal):
        ward.departures.take_over(max_, wim.id)


def test_two_managers_at_once_share_nothing(
    ward: Ward, team: list[Person], database_url: str, clock: FixedClock, store: Store
) -> None:
    max_, eva, wim = team
    with store.begin(ward.office.workspace) as work:
        assert wim.team is not None
        work.people.let_manage(eva.id, wim.team)
        work.people.change(replace(eva, role=Role.MANAGER))
    eva = next(one for one in [ward.office.people.get(max_, eva.id)] if one)
    for number in range(5):
        ward.postpones(wim, str(number))
    leaves(ward, "Wim")
    other = open_store(database_url, clock)
    desks = [(ward.departures, max_), (Departures(other, Silence()), eva)]
    with ThreadPoolExecutor(2) as both:
        taken = list(both.map(lambda desk: _taken(*desk, wim), desks))
    other.close()
    assert sum(taken) == 5
    waiting = [ward.office.postponed.waiting(person) for person in (max_, eva)]
    assert [len(one) for one in waiting] == taken


def test_the_reminder_offers_it_every_morning_until_somebody_takes_it(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    ward.looks_after(max_)
    ward.postpones(wim, "a secret")
    leaves(ward, "Wim")
    assert ward.looks() == 1
    (said,) = ward.said(max_)
    assert "Wim has left: 1 postponed interaction" in said
    assert "secret" not in said
    ward.departures.take_over(max_, wim.id)
    ward.at(max_, MONDAY, time(9))
    assert ward.looks() == 1
    assert "a secret" in ward.said(max_)[1]


def test_somebody_whom_slack_has_forgotten_is_deactivated(ward: Ward, team: list[Person]) -> None:
    max_, _, wim = team
    ward.looks_after(max_)
    ward.postpones(wim)
    ward.office.people.leaves(wim)
    assert offers(ward, max_) == [("Wim", 1)]
    assert ward.looks() == 1
    assert ward.said(wim) == []


def test_a_refused_reminder_makes_us_ask_and_who_has_left_is_not_reminded_again(
    ward: Ward, team: list[Person]
) -> None:
    max_, eva, wim = team
    for person in (eva, wim):
        ward.postpones(person)
    ward.looks()
    ward.refused()
    asked = list[str]()

    def has_left(person: Person) -> bool:
        asked.append(person.name)
        return person.id == wim.id

    assert notice_departures(ward.reminders, ward.office.people, has_left) == "Found that 1 left Slack."
    assert sorted(asked) == ["Eva", "Wim"]
    assert notice_departures(ward.reminders, ward.office.people, lambda _: False) == ""
    ward.at(max_, MONDAY, time(9))
    ward.looks()
    assert [len(ward.said(person)) for person in team] == [1, 2, 1]


def _taken(departures: Departures, manager: Person, left: Person) -> int:
    try:
        return departures.take_over(manager, left.id).drafts
    except Refusal:
        return 0
