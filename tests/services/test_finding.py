"""`/log find` and `/log list` against a workspace: who and what is meant, what is in doubt, what would find more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from office import TODAY, Office

from bot.domain.entries import Asked, Filter, Standing
from bot.domain.entry_controls import Relaxation, relaxed
from bot.domain.ids import ContactId, EntryId, PersonId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.views.asked import for_button, short, written
from bot.views.finding import Found


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva Lind")


@pytest.fixture
def wim(office: Office) -> Person:
    return office.joins("Wim Peeters")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg", "Fjordbygg AS")


def find(office: Office, actor: Person, line: str, start: Filter | None = None) -> Found:
    return office.entry_lists.find(actor, line, start=start or Filter())


def ids(found: Found) -> list[EntryId]:
    assert found.shown is not None
    return [listed.entry.id for listed in found.shown.page.entries]


def test_contact_colleague_template_and_period_are_found_by_what_people_call_them(
    office: Office, eva: Person, wim: Person, anna: ContactId
) -> None:
    own = office.logs(eva, anna, comment="the price list", template=office.template("ONSITE"))
    his = office.logs(wim, anna, comment="another price list", date=TODAY - timedelta(days=40))
    for line, expected in {
        '"price list" with:anna last:30d by:me': [own],
        "price with:anna berg": [own, his],
        "with:Fjordbygg": [own, his],
        "by:wim price": [his],
        f"by:<@{wim.slack_id}|wim>": [his],
        "by:all": [own, his],
        "as:visit": [own],
        'from:"5 weeks ago"': [own],
    }.items():
        found = find(office, eva, line)
        assert (ids(found), found.read.unread) == (expected, ()), line


def test_the_list_holds_ones_own_unless_somebody_is_named(
    office: Office, eva: Person, wim: Person, anna: ContactId
) -> None:
    own, his = office.logs(eva, anna, comment="late"), office.logs(wim, anna, comment="late")
    start = office.entry_lists.start(eva).filter
    assert ids(find(office, eva, "late", start)) == [own]
    assert ids(find(office, eva, "late by:wim", start)) == [his]
    assert ids(find(office, eva, "late by:all", start)) == [his, own]


def test_several_who_may_be_meant_are_offered_each_with_the_rest_of_the_line(
    office: Office, eva: Person, anna: ContactId
) -> None:
    mans = office.knows(eva, "Anna Bergmans")
    office.logs(eva, mans, comment="late")
    found = find(office, eva, "late with:anna")
    assert found.shown is None
    assert [sense.name for sense in found.read.senses] == ["Anna Berg · Fjordbygg AS", "Anna Bergmans"]
    assert found.read.senses[1].narrow(found.read.filter) == Filter(text="late", contact=mans)
    assert find(office, eva, 'with:"anna berg"').read.filter.contact == anna


def test_an_unknown_name_leads_to_who_may_be_meant(office: Office, eva: Person, anna: ContactId) -> None:
    found = find(office, eva, "with:bergg in:SEG9999 campaign:none")
    assert [one.part.typed for one in found.read.unread] == ["with:bergg", "in:SEG9999", "campaign:none"]
    assert [sense.narrow(Filter()).contact for sense in found.near] == [anna]


def test_what_finds_nothing_offers_only_what_would_find_something(
    office: Office, eva: Person, wim: Person, anna: ContactId
) -> None:
    old = office.logs(eva, anna, comment="late", date=TODAY - timedelta(days=40))
    shown = find(office, eva, "late last:7d by:me").shown
    assert shown is not None
    assert (shown.page.count, shown.wider) == (0, {Relaxation.ANY_TIME})
    office.entry_acts.cancel(eva, [old], None)
    office.logs(wim, anna, comment="late")
    shown = find(office, eva, "late by:me").shown
    assert shown is not None
    assert shown.wider == {Relaxation.ANYONE, Relaxation.CANCELED_TOO}


def test_nothing_that_he_may_not_read_is_found_counted_or_hinted_at(
    office: Office, eva: Person, wim: Person
) -> None:
    office.logs(wim, office.knows(wim, "Carl Eng"), comment="secret budget")
    office.sees("own")
    shown = find(office, eva, "secret last:7d by:me").shown
    assert shown is not None
    assert (shown.page.count, shown.wider) == (0, frozenset())


def test_a_manager_begins_with_his_team_or_with_all_of_several(
    office: Office, eva: Person, wim: Person
) -> None:
    max_ = office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    assert office.entry_lists.start(max_) == Asked(Filter(team=eva.team))
    max_, wim = office.team_of("South", max_, wim)
    assert office.entry_lists.start(max_) == Asked(Filter(salespeople=frozenset({max_.id, eva.id, wim.id})))


def test_a_filter_too_long_for_a_block_stands_behind_its_mark(office: Office, eva: Person) -> None:
    wanted = Filter(text="ø" * 120, contact=ContactId(5), standing=Standing.ALL)
    word = short(Asked(wanted, 3))
    assert len(word) < len(written(Asked(wanted, 3)))
    with pytest.raises(Refusal, match="days old"):
        office.entry_lists.recall(eva, word)
    office.entry_lists.shown(eva, Asked(wanted))
    assert office.entry_lists.recall(eva, word) == Asked(wanted, 3)
    plain = Asked(replace(wanted, text="ø"), 2)
    assert office.entry_lists.recall(eva, short(plain)) == plain


def test_a_button_carries_a_filter_however_long_it_is(office: Office, eva: Person) -> None:
    """150 characters outside the alphabet take 1,800, the salespeople of several teams more than the rest."""
    many = frozenset(map(PersonId, range(10_000, 10_100)))
    wanted = Filter(text="🧡" * 150, salespeople=many, standing=Standing.CANCELED)
    shown = office.entry_lists.shown(eva, Asked(wanted))
    assert shown.wider == set()
    assert len(for_button(Asked(wanted))) <= 2000
    assert office.entry_lists.recall(eva, for_button(Asked(wanted))) == Asked(wanted)
    entry = office.logs(eva, office.knows(eva, "Kari Nes"), comment=wanted.text)
    wider = Asked(replace(wanted, salespeople=many | {eva.id}, first=TODAY + timedelta(days=9)))
    empty = office.entry_lists.shown(eva, Asked(replace(wider.filter, standing=Standing.LIVE)))
    assert empty.wider == {Relaxation.ANY_TIME}
    lifted = Asked(relaxed(empty.page.asked.filter)[Relaxation.ANY_TIME])
    recalled = office.entry_lists.recall(eva, for_button(lifted))
    assert [one.entry.id for one in office.entry_lists.page(eva, recalled).entries] == [entry]
