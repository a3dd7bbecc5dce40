"""The interaction log page by page, on both databases (`product.md` 7; `domain.md` 2.10)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from office import TODAY, Office

from bot.domain.entries import COUNTED, PAGE, Asked, Filter, LogPage, Standing
from bot.domain.ids import ContactId, EntryId
from bot.domain.people import Person
from bot.domain.templates import ENTRY_SERIES


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg")


def ids(page: LogPage) -> list[EntryId]:
    return [listed.entry.id for listed in page.entries]


def mine(office: Office, person: Person) -> LogPage:
    return office.entry_lists.page(person, office.entry_lists.start(person))


def all_of(person: Person, *, canceled: bool = False, page: int = 0) -> Asked:
    return Asked(Filter(person=person.id, standing=Standing.ALL if canceled else Standing.LIVE), page)


def test_pages_of_ten_newest_first_by_the_day_of_the_interaction(
    office: Office, eva: Person, anna: ContactId
) -> None:
    logged = [office.logs(eva, anna, date=TODAY - timedelta(days=day % 5)) for day in range(17)]
    by_day = sorted(range(17), key=lambda one: (one % 5, -one))
    first = mine(office, eva)
    assert (first.count, first.pages, first.newer) == (17, 2, None)
    assert first.older is not None
    second = office.entry_lists.page(eva, first.older)
    assert ids(first) + ids(second) == [logged[one] for one in by_day]
    assert (len(first.entries), second.older, second.newer) == (PAGE, None, first.asked)


def test_a_full_last_page_leads_nowhere(office: Office, eva: Person, anna: ContactId) -> None:
    for _ in range(PAGE):
        office.logs(eva, anna)
    page = mine(office, eva)
    assert (page.count, page.pages, page.older, page.newer) == (PAGE, 1, None, None)


def test_a_page_that_is_gone_is_the_last_one(office: Office, eva: Person, anna: ContactId) -> None:
    entry = office.logs(eva, anna)
    assert ids(office.entry_lists.page(eva, all_of(eva, page=7))) == [entry]
    office.entry_acts.cancel(eva, [entry], None)
    nothing = office.entry_lists.page(eva, all_of(eva, page=7))
    assert (nothing.asked.page, nothing.count, nothing.entries) == (0, 0, ())


def test_mine_is_what_i_logged_or_am_the_salesperson_of(office: Office, eva: Person, anna: ContactId) -> None:
    max_, eva = office.team_of("North", office.joins("Max"), eva)
    own = office.logs(eva, anna)
    for_her = office.logs(max_, anna, salesperson=eva.id)
    his = office.logs(max_, anna)
    assert ids(mine(office, eva)) == [for_her, own]
    assert ids(office.entry_lists.page(max_, all_of(max_))) == [his, for_her]
    assert office.entry_lists.page(max_, all_of(max_)).count == 2
    assert ids(mine(office, max_)) == [for_her, own], "a manager begins with his team's"
    assert ids(office.entry_lists.page(eva, Asked(Filter()))) == [his, for_her, own]


def test_canceled_entries_stand_there_when_asked_for_and_undone_ones_never(
    office: Office, eva: Person, anna: ContactId
) -> None:
    live, canceled, undone = (office.logs(eva, anna) for _ in range(3))
    office.entry_acts.cancel(eva, [canceled], None)
    office.undo.operation(eva, office.entries.operation(eva, undone), None)
    assert ids(mine(office, eva)) == [live]
    page = office.entry_lists.page(eva, all_of(eva, canceled=True))
    assert (ids(page), page.count) == ([canceled, live], 2)
    assert [one.entry.id for one in page.live] == [live]
    assert [one.entry.id for one in page.canceled] == [canceled]


@pytest.mark.parametrize(
    ("visibility", "reader", "seen"),
    [
        ("everyone", "eva", {"eva", "wim", "pia"}),
        ("team", "eva", {"eva", "wim"}),
        ("own", "eva", {"eva"}),
        ("own", "max", {"eva", "wim"}),
        ("own", "ada", {"eva", "wim", "pia"}),
    ],
)
def test_everyones_goes_as_far_as_the_reader_may_see(
    office: Office, visibility: str, reader: str, seen: set[str]
) -> None:
    eva, wim, pia = (office.joins(name) for name in ("Eva", "Wim", "Pia"))
    ada = office.joins("Ada", admin=True)
    max_, eva, wim = office.team_of("North", office.joins("Max"), eva, wim)
    people = {"eva": eva, "wim": wim, "pia": pia, "max": max_, "ada": ada}
    anna = office.knows(ada, "Anna Berg")
    entries = {office.logs(people[name], anna): name for name in ("eva", "wim", "pia")}
    office.sees(visibility)
    page = office.entry_lists.page(people[reader], Asked(Filter()))
    assert {entries[entry] for entry in ids(page)} == seen
    assert page.count == len(seen)
    of_pia = office.entry_lists.page(people[reader], all_of(pia))
    assert {entries[entry] for entry in ids(of_pia)} == seen & {"pia"}


def test_own_includes_the_entries_of_others_with_my_contacts(office: Office, eva: Person) -> None:
    wim = office.joins("Wim")
    hers = office.logs(wim, office.knows(eva, "Bo Dahl"))
    office.logs(wim, office.knows(wim, "Carl Eng"))
    office.sees("own")
    assert ids(office.entry_lists.page(eva, Asked(Filter()))) == [hers]


def test_beyond_a_thousand_nothing_is_counted_but_everything_is_reached(
    office: Office, eva: Person, anna: ContactId
) -> None:
    entry = office.entries.get(eva, office.logs(eva, anna)).entry
    operation = office.entries.operation(eva, entry.id)
    with office.store.begin(office.workspace) as work:
        for _ in range(COUNTED + 10):
            new = EntryId(work.access.ids())
            number = int(work.numbers.take(ENTRY_SERIES))
            copy = replace(entry, id=new, number=number, form=None, draft=None)
            work.entries.add(copy, operation)
    last = office.entry_lists.page(eva, all_of(eva, page=100))
    assert (last.uncounted, last.pages, len(last.entries)) == (True, 100, PAGE)
    assert last.older is not None
    very_last = office.entry_lists.page(eva, last.older)
    assert (len(very_last.entries), very_last.older) == (1, None)
