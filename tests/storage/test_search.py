"""Contact search on both databases: what is found, in which order, and that it stays in step."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import insert, text

from bot.clock import FixedClock
from bot.domain.contacts import Contact, ContactType, match_key, search_text
from bot.domain.ids import ContactId, PersonId, SlackTeam, WorkspaceId
from bot.domain.people import Person
from storage.people import create_workspace
from storage.search import Search
from storage.store import Store
from storage.tables.interactions import entries
from storage.work import Work

_NUMBERS = count(1)


def a_person(work: Work, code: str = "EVA") -> PersonId:
    person = PersonId(work.access.ids())
    work.people.add(
        Person(id=person, workspace=work.access.workspace, slack_id=None, code=code, name=f"{code} Seller")
    )
    return person


def a_contact(
    work: Work, name: str, company: Contact | None = None, salesperson: PersonId | None = None, **fields: str
) -> Contact:
    contact = Contact(
        id=ContactId(work.access.ids()),
        number=f"CT{next(_NUMBERS):06d}",
        type=ContactType.PERSON,
        name=name,
        company=company.id if company else None,
        company_name=company.name if company else "",
        salesperson=salesperson,
        **fields,  # type: ignore[arg-type]
    )
    work.contacts.add(contact, search_text(contact), match_key(contact))
    return contact


def a_company(work: Work, name: str, **fields: str) -> Contact:
    company = Contact(
        id=ContactId(work.access.ids()),
        number=f"CT{next(_NUMBERS):06d}",
        type=ContactType.COMPANY,
        name=name,
        **fields,  # type: ignore[arg-type]
    )
    work.contacts.add(company, search_text(company), match_key(company))
    return company


def names(work: Work, query: str, reader: PersonId | None = None) -> list[str]:
    return [found.name for found in work.search.find(query, reader or PersonId(0))]


@pytest.fixture
def anna(store: Store, workspace: WorkspaceId) -> Contact:
    with store.begin(workspace) as work:
        fjordbygg = a_company(work, "Fjordbygg AS", city="Bergen")
        a_company(work, "Annaland Vis B.V.", city="Middelburg")
        a_contact(work, "Piet Hendriksen", city="Ålesund")
        return a_contact(
            work, "Anna O'Connor-Ødegård", fjordbygg, email="anna.connor@post.no", city="Weißenburg"
        )


@pytest.mark.parametrize(
    "query",
    [
        "an",
        "anna",
        "ANNA ode",
        "ode anna",
        "ødegård",
        "odegard",
        "oconnor",
        "o'connor",
        "connor-ø",
        "fjordb",
        "anna.connor@post.no",
        "anna.connor@post.n",
        "anna.connor@po",
        "post.no anna",
        "weissen",
        "weißenburg",
        "anna fjo weis",
    ],
)
def test_a_contact_is_found_by_the_beginnings_of_its_words(
    query: str, anna: Contact, store: Store, workspace: WorkspaceId
) -> None:
    with store.read(workspace) as work:
        assert anna.name in names(work, query)


def test_every_word_must_fit(anna: Contact, store: Store, workspace: WorkspaceId) -> None:
    with store.read(workspace) as work:
        assert names(work, "anna connor middelburg") == []
        assert names(work, f"{anna.number} anna") == [anna.name]


@pytest.mark.parametrize(
    ("query", "name"),
    [("ordbyg", "Fjordbygg AS"), ("driks", "Piet Hendriksen"), ("piet driks", "Piet Hendriksen")],
)
def test_pieces_of_words_are_found(
    query: str, name: str, anna: Contact, store: Store, workspace: WorkspaceId
) -> None:
    with store.read(workspace) as work:
        assert name in names(work, query)


@pytest.mark.parametrize(
    "query",
    [
        "hendrikzen",
        "hendriken",
        "hendrikssen",
        "hendirksen",
        "jendriksen",
        "endriksen",
        "ehndriksen",
        "hendriksne",
        "hendeiks",
        "piet hendrikzen",
        "pieet hendriksem",
    ],
)
def test_one_typo_is_forgiven(query: str, anna: Contact, store: Store, workspace: WorkspaceId) -> None:
    with store.read(workspace) as work:
        assert names(work, query) == ["Piet Hendriksen"]


def test_a_typo_does_not_bring_in_others_where_something_fits(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        a_contact(work, "Kari Hansen")
        a_contact(work, "Kari Jansen")
        assert names(work, "hansen") == ["Kari Hansen"]


def test_own_and_recent_contacts_come_first_also_before_typing(
    store: Store, workspace: WorkspaceId, clock: FixedClock
) -> None:
    with store.begin(workspace) as work:
        eva = a_person(work)
        a_contact(work, "Berg Aa")
        a_contact(work, "Ola Berg", salesperson=eva)
        log(work, eva, a_contact(work, "Zoe Berg"))
        clock.move(timedelta(minutes=5))
        log(work, eva, a_contact(work, "Yngve Berg"))
        assert names(work, "", eva) == ["Yngve Berg", "Zoe Berg", "Ola Berg"]
        assert names(work, "berg", eva) == ["Yngve Berg", "Zoe Berg", "Ola Berg", "Berg Aa"]
        assert names(work, "") == []


def test_names_that_begin_so_come_before_companies_and_cities(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        for place in range(30):
            a_contact(work, f"Ola Nordmann {place}", city="Bergen")
        a_contact(work, "Bergliot Aas")
        a_contact(work, "Berg")
        assert names(work, "berg")[:2] == ["Berg", "Bergliot Aas"]
        assert len(names(work, "berg")) == 20


def test_blocked_contacts_are_found_and_marked(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        kari = a_contact(work, "Kari Moen")
        work.contacts.change(replace(kari, privacy_blocked=True), search_text(kari), match_key(kari))
        (found,) = work.search.find("kari", PersonId(0))
        assert found.privacy_blocked


def test_a_changed_contact_is_found_by_its_new_name_alone(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        before = a_contact(work, "Kari Moen", city="Hamar")
        after = replace(before, name="Kari Strand")
        assert work.contacts.change(after, search_text(after), match_key(after))
        assert names(work, "kari strand") == names(work, "hamar") == ["Kari Strand"]
        assert names(work, "moen") == names(work, "oen") == names(work, "moem") == []


def test_a_stale_change_leaves_the_index_alone(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        kari = a_contact(work, "Kari Moen")
        stale = replace(kari, name="Kari Strand", revision=7)
        assert not work.contacts.change(stale, search_text(stale), match_key(stale))
        assert names(work, "moen") == ["Kari Moen"]
        assert names(work, "strand") == []


def test_the_people_of_a_renamed_company_are_found_by_its_new_name(
    store: Store, workspace: WorkspaceId
) -> None:
    with store.begin(workspace) as work:
        company = a_company(work, "Fjordbygg AS")
        a_contact(work, "Kari Moen", company)
        renamed = replace(company, name="Havtech AS")
        work.contacts.change(renamed, search_text(renamed), match_key(renamed))
        assert set(names(work, "havtech")) == {"Kari Moen", "Havtech AS"}
        assert names(work, "fjordbygg") == names(work, "ordbyg") == []
        assert work.search.company_named("HAVTECH as") == company.id
        assert work.search.company_named("Fjordbygg AS") is None


def test_a_deleted_contact_is_found_no_more(anna: Contact, store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        work.contacts.remove(frozenset({anna.id}))
        assert names(work, "anna connor") == names(work, "onno") == []
        assert names(work, "anna") == ["Annaland Vis B.V."]
        assert (
            work.access.connection.execute(
                text("SELECT 1 FROM contact_words WHERE word LIKE '%oconnor'")
            ).all()
            == []
        )


def test_two_workspaces_see_nothing_of_each_other(
    anna: Contact, store: Store, workspace: WorkspaceId, clock: FixedClock
) -> None:
    other = WorkspaceId(store.ids())
    with store.writing() as connection:
        create_workspace(connection, other, SlackTeam("T0SOUTH"), clock)
    with store.begin(other) as work:
        a_contact(work, "Anna Zuid")
        for query in ("anna", "nna", "anma"):
            assert names(work, query) == ["Anna Zuid"]
        for query in ("odegard", "degar", "odegord", "fjordbygg"):
            assert names(work, query) == []


def test_by_prefix_words_tells_one_from_several(anna: Contact, store: Store, workspace: WorkspaceId) -> None:
    with store.read(workspace) as work:
        assert [found.name for found in work.search.by_prefix_words(["Anna", "Øde"], 1)] == [anna.name]
        assert len(work.search.by_prefix_words(["anna"], 1)) == 2
        assert len(work.search.by_prefix_words(["a"], 2)) == 3
        assert work.search.by_prefix_words(["anna", "nobody"], 5) == []
        assert work.search.by_prefix_words(["!"], 5) == work.search.by_prefix_words([], 5) == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "* OR *",
        "bc:* | d",
        "NEAR(",
        "%",
        "_",
        "\\",
        "x" * 10_000,
        "q " * 3000,
        "李 雷",
        "עברית",
        "½ ²",
        "🙂",
    ],
)
def test_hostile_queries_find_nothing_and_break_nothing(
    query: str, anna: Contact, store: Store, workspace: WorkspaceId
) -> None:
    with store.read(workspace) as work:
        assert names(work, query) == []
        assert work.contacts.any()


def test_letters_of_any_script_are_found(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        a_contact(work, "李雷 Ирина דוד")
        for query in ("李", "ирин", "דוד"):
            assert names(work, query) == ["李雷 Ирина דוד"]


def test_without_time_the_familiar_ones_are_shown(store: Store, workspace: WorkspaceId) -> None:
    with store.begin(workspace) as work:
        eva = a_person(work)
        a_contact(work, "Ola Berg", salesperson=eva)
        a_contact(work, "Kari Berg")
        hurried = Search(work.access, seconds=0)
        assert [found.name for found in hurried.find("berg", eva)] == ["Ola Berg"]
        assert work.contacts.count() == 2


def log(work: Work, person: PersonId, contact: Contact) -> None:
    now = work.access.clock.now()
    work.access.connection.execute(
        insert(entries).values(
            id=work.access.ids(),
            workspace_id=work.access.workspace,
            number=next(_NUMBERS),
            description="Call",
            date=now.date(),
            contact_id=contact.id,
            logged_by=person,
            logged_at=now,
        )
    )
