"""Text over description and comment, on both databases: found after every path that writes, gone after every other."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from office import TODAY, Office
from sqlalchemy import select

from bot.domain.entries import PAGE, Asked, Filter, Standing
from bot.domain.ids import ContactId, EntryId, SlackTeam
from bot.domain.people import EVERYTHING, Person
from bot.domain.purge import Selection
from bot.services.entries import Result
from storage.canceled import Mark
from storage.entry_pages import EntryPages
from storage.entry_words import Hits
from storage.tables.entry_words import entry_words


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg")


@pytest.fixture
def find(office: Office, eva: Person) -> Callable[..., list[EntryId]]:
    def found(words: str, **more: object) -> list[EntryId]:
        wanted = Filter(text=words, **more)  # type: ignore[arg-type]
        page = office.entry_lists.page(eva, Asked(wanted))
        assert page.count == len(page.entries)
        return [listed.entry.id for listed in page.entries]

    return found


Find = Callable[..., list[EntryId]]


def test_all_words_count_whole_or_begun_in_description_or_comment(
    office: Office, eva: Person, anna: ContactId, find: Find
) -> None:
    price = office.logs(eva, anna, description="Prijslijst", comment="Agreed the price list for next year")
    other = office.logs(eva, anna, comment="Price of blåbærsyltetøy, in Øst-Łódź")
    assert find("price list") == [price]
    assert find("LIST agr") == [price]
    assert find("prijs next") == [price]
    assert find("blabaer lodz ost") == [other]
    assert find("pric") == [other, price]
    assert find("ice") == []
    assert find("price tag") == []


def test_newest_first_by_the_day_of_the_interaction_and_among_other_filters(
    office: Office, eva: Person, anna: ContactId, find: Find
) -> None:
    days = (0, 400, 40, 1)
    made = {
        ago: office.logs(eva, anna, date=TODAY - timedelta(days=ago), comment="Delivery is late")
        for ago in days
    }
    assert find("late") == [made[ago] for ago in (0, 1, 40, 400)]
    assert find("late", first=TODAY - timedelta(days=30)) == [made[0], made[1]]
    assert find("late", last=TODAY - timedelta(days=30)) == [made[40], made[400]]
    assert find("late", contact=anna) == [made[ago] for ago in (0, 1, 40, 400)]
    assert find("late", contact=office.knows(eva, "Bo Dahl")) == []
    assert find("late", person=eva.id, first=TODAY) == [made[0]]


def test_what_was_corrected_is_found_by_its_new_words_alone(
    office: Office, eva: Person, anna: ContactId, find: Find
) -> None:
    entry = office.logs(eva, anna, comment="first words")
    assert find("first") == [entry]
    revision = office.entries.get(eva, entry).entry.revision
    result = Result(
        evaluation=None,
        attempt_failed=False,
        comment="second thoughts",
        duration="",
        cost="",
        opportunity=None,
    )
    office.entries.change_result(eva, entry, result, revision)
    assert find("first") == []
    assert find("thoughts") == [entry]
    assert find("outgoing") == [entry]


def test_what_is_deleted_for_good_is_in_no_index(
    office: Office, eva: Person, anna: ContactId, find: Find
) -> None:
    gone, stays = (office.logs(eva, anna, comment="secret words") for _ in range(2))
    office.entry_acts.cancel(eva, [gone], None)
    assert find("secret", standing=Standing.ALL) == [stays, gone]
    chosen = Selection(until=office.clock.now())
    with office.store.begin(office.workspace) as work:
        assert work.canceled.delete(chosen, Mark(chosen.after), 10).count == 1
    assert find("secret", standing=Standing.ALL) == [stays]
    with office.store.read(office.workspace) as work:
        assert work.entry_words.find(Filter(text="secret")).entries == (stays,)
        assert list(work.access.connection.scalars(select(entry_words.c.entry_id))) == [stays]


def test_only_what_the_reader_may_see_is_found_and_counted(
    office: Office, eva: Person, anna: ContactId, find: Find
) -> None:
    wim = office.joins("Wim")
    hers = office.logs(eva, anna, comment="about the budget")
    office.logs(wim, office.knows(wim, "Carl Eng"), comment="another budget")
    assert len(find("budget")) == 2
    office.sees("own")
    assert find("budget") == [hers]


def test_another_workspace_finds_nothing_of_it(office: Office, eva: Person, anna: ContactId) -> None:
    office.logs(eva, anna, comment="ours alone")
    south = Office(office.store, office.clock, SlackTeam("T0SOUTH"))
    lena = south.joins("Lena")
    assert south.entry_lists.page(lena, Asked(Filter(text="alone"))).count == 0


def test_common_words_are_turned_page_by_page_and_told_as_at_least(
    office: Office, eva: Person, anna: ContactId
) -> None:
    made = [office.logs(eva, anna, comment="price", date=TODAY - timedelta(days=n)) for n in range(PAGE + 2)]
    office.logs(eva, anna, comment="nothing of it")
    wanted, looked_at = Filter(text="price"), Hits(tuple(made[3:9]), complete=False)
    with office.store.read(office.workspace) as work:
        pages = EntryPages(work.access, {wanted: looked_at})
        first, second = (pages.page(Asked(wanted, number), EVERYTHING) for number in (0, 1))
    assert (first.at_least, first.count, first.older) == (True, PAGE, second.asked)
    assert (second.at_least, second.count, second.older) == (False, PAGE + 2, None)
    assert [listed.entry.id for page in (first, second) for listed in page.entries] == made


def test_of_several_people_and_of_a_team_each_ones_newest(office: Office, eva: Person) -> None:
    wim, max_ = office.joins("Wim"), office.joins("Max")
    max_, eva, wim = office.team_of("North", max_, eva, wim)
    anna = office.knows(eva, "Anna Berg")
    made = [
        office.logs(
            eva if n % 3 else wim,
            anna,
            date=TODAY - timedelta(days=n),
            salesperson=(eva if n % 3 else wim).id,
        )
        for n in range(PAGE + 4)
    ]
    office.logs(max_, anna)
    for wanted in (Filter(salespeople=frozenset({eva.id, wim.id})), Filter(team=eva.team)):
        pages = [office.entry_lists.page(max_, Asked(wanted, number)) for number in (0, 1)]
        assert [listed.entry.id for page in pages for listed in page.entries] == made
        assert pages[0].count == PAGE + 4
