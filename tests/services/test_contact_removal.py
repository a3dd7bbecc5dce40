"""Two contacts become one, one is deleted, and Undo brings back what was (`product.md` 11; `domain.md` 3.9)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from office import TODAY, Office, Silence
from sqlalchemy import select

from bot.clock import FixedClock
from bot.domain.contacts import ContactType
from bot.domain.criteria import Criteria
from bot.domain.ids import ContactId, EntryId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.operations import OperationKind
from bot.domain.people import Person
from bot.domain.segments import ActionKind
from bot.services.contacts import Typed
from bot.services.removals import Removals
from bot.services.segment_gates import new_segment
from bot.services.tidying import Tidying
from storage.references import PLACES, memberships
from storage.removals import under_way
from storage.tables import metadata
from storage.tables.contacts import contacts
from storage.tables.removals import removed_contacts, removed_references


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


def merges(office: Office, ada: Person, survivor: ContactId, gone: ContactId, *fields: str) -> None:
    removal = office.contact_removal.merge(ada, f"key{office.store.ids()}", (survivor, gone), fields)
    office.removals.go_on(office.workspace, removal)


def deletes(office: Office, ada: Person, contact: ContactId) -> None:
    removal = office.contact_removal.delete(ada, f"key{office.store.ids()}", contact)
    office.removals.go_on(office.workspace, removal)


def contact_of(office: Office, actor: Person, entry: EntryId) -> ContactId | None:
    return office.entries.get(actor, entry).entry.contact


def segment_of(office: Office, actor: Person, number: str, *chosen: ContactId) -> SegmentId:
    with office.store.begin(office.workspace) as work:
        segment = new_segment(work, actor.id, number, TODAY)
        work.segments.add(segment)
        criteria = Criteria(contacts=frozenset(chosen)).written()
        action = work.segments.act(segment.id, ActionKind.PASTE, "Pasted", actor.id, criteria)
        work.segment_lines.add_in_order(segment.id, action, chosen)
    return segment.id


def in_segment(office: Office, segment: SegmentId) -> list[ContactId | None]:
    with office.store.read(office.workspace) as work:
        return [line.contact for line in work.segment_lines.page(segment, 0, 10)]


def everything(office: Office) -> dict[str, list[str]]:
    """All rows that name contacts, as they stand."""
    tables = {place.table for place in PLACES.values()} | {*memberships, contacts}
    with office.store.reading() as connection:
        return {
            table.name: sorted(
                repr(dict(row._mapping) | {"revision": 0, "created_at": 0, "changed_at": 0})
                for row in connection.execute(select(table))
            )
            for table in tables
            if table.name != "removed_contacts"
        }


def test_every_column_that_names_a_contact_is_moved() -> None:
    named = {
        f"{table.name}.{key.parent.name}"
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is contacts.c.id
    }
    assert named == set(PLACES) | {f"{table.name}.contact_id" for table in memberships}
    assert {len(place.keys) for place in PLACES.values()} <= {1, 2}


def test_all_that_names_the_one_names_the_other_and_undo_puts_it_back(office: Office, ada: Person) -> None:
    anna, anne = office.knows(ada, "Anna Berg", "Fjordbygg AS"), office.knows(ada, "Anne Berg")
    number = office.contacts.get(ada, anne).number
    office.contacts.edit(
        ada, anne, 0, Typed(type=ContactType.PERSON, name="Anne Berg", city="Oslo", phone="22 33")
    )
    entry = office.logs(ada, anne)
    office.tasks.follow_up(ada, entry, date(2026, 11, 27), "Send the list")
    office.types(ada, "draft", office.typed(anne, comment="half"), "1")
    both, one = segment_of(office, ada, "SEG1", anne, anna), segment_of(office, ada, "SEG2", anne)
    before = everything(office)
    merges(office, ada, anna, anne, "phone")
    survivor = office.contacts.get(ada, anna)
    assert (survivor.phone, survivor.city) == ("22 33", "")
    assert contact_of(office, ada, entry) == anna
    assert [draft.form.contact for draft, _ in office.postponed.waiting(ada)] == [anna]
    assert in_segment(office, both) == [anna]
    assert in_segment(office, one) == [anna]
    with pytest.raises(Refusal):
        office.contacts.get(ada, anne)
    assert [found.id for found in office.contacts.find(ada, number.lower())] == [anna]
    office.undo.latest(ada)
    office.removals.run()
    assert everything(office) == before
    assert {found.id for found in office.contacts.find(ada, number)} == {anne}


def test_a_company_brings_its_people_who_are_found_by_the_new_name(office: Office, ada: Person) -> None:
    anna, bob = office.knows(ada, "Anna Berg", "Fjordbygg"), office.knows(ada, "Bob Dahl", "Nordlys AS")
    new, old = (office.contacts.get(ada, one).company for one in (anna, bob))
    assert new
    assert old
    entry = office.logs(ada, bob)
    merges(office, ada, new, old)
    assert office.contacts.get(ada, bob).company == new
    assert office.entries.get(ada, entry).entry.company == new
    assert [found.id for found in office.contacts.find(ada, "bob fjord")] == [bob]
    assert office.contacts.find(ada, "bob nordlys") == []


def test_what_was_changed_meanwhile_stays_and_is_named(office: Office, ada: Person) -> None:
    anna, anne = office.knows(ada, "Anna Berg"), office.knows(ada, "Anne Berg")
    office.contacts.edit(ada, anne, 0, Typed(type=ContactType.PERSON, name="Anne Berg", phone="22 33"))
    office.types(ada, "draft", office.typed(anne), "1")
    merges(office, ada, anna, anne, "phone")
    office.types(ada, "draft", office.typed(office.knows(ada, "Carl Moe")), "2")
    stands = office.contacts.get(ada, anna)
    office.contacts.edit(
        ada, anna, stands.revision, Typed(type=ContactType.PERSON, name="Anna Berg", phone="44")
    )
    undone = office.undo.latest(ada)
    assert [message.values.get("n") for message in undone.left] == [None, 1]
    assert office.contacts.get(ada, anna).phone == "44"
    assert office.contacts.get(ada, anne).phone == "22 33"


def test_a_company_and_a_person_stay_two(office: Office, ada: Person) -> None:
    anna = office.knows(ada, "Anna Berg", "Fjordbygg AS")
    company = office.contacts.get(ada, anna).company
    assert company
    for pair in ((anna, company), (anna, anna)):
        with pytest.raises(Refusal):
            office.contact_removal.compare(ada, *pair)


def test_only_admins_merge_and_delete(office: Office, ada: Person) -> None:
    eva = office.joins("Eva")
    anna, anne = office.knows(ada, "Anna Berg"), office.knows(ada, "Anne Berg")
    for act in (
        lambda: office.contact_removal.compare(eva, anna, anne),
        lambda: office.contact_removal.merge(eva, "key", (anna, anne), ()),
        lambda: office.contact_removal.deletable(eva, anna),
        lambda: office.contact_removal.delete(eva, "key", anna),
    ):
        with pytest.raises(Refusal, match="Only an admin"):
            act()


def test_a_merge_that_was_cut_off_is_taken_to_its_end_by_the_job(office: Office, ada: Person) -> None:
    anna, anne = office.knows(ada, "Anna Berg"), office.knows(ada, "Anne Berg")
    entries = [office.logs(ada, anne) for _ in range(5)]
    slow = Removals(office.store, office.people, Silence(), at_once=2)
    removal = office.contact_removal.merge(ada, "key", (anna, anne), ())
    assert all(slow.step(office.workspace, removal) for _ in range(4))
    assert {contact_of(office, ada, entry) for entry in entries} == {anna, anne}
    with pytest.raises(Refusal, match="at this moment"):
        office.contact_removal.merge(ada, "other", (anne, anna), ())
    with pytest.raises(Refusal, match="under way"):
        office.undo.latest(ada)
    assert "1 contacts" in office.removals.run()
    assert {contact_of(office, ada, entry) for entry in entries} == {anna}
    assert office.contact_removal.merge(ada, "key", (anna, anne), ()) == removal
    assert office.undo.latest(ada).left == []
    with office.store.reading() as connection:
        assert under_way(connection)
    office.removals.run()
    assert {contact_of(office, ada, entry) for entry in entries} == {anne}


def test_a_deleted_persons_entries_go_to_the_company(office: Office, ada: Person) -> None:
    anna = office.knows(ada, "Anna Berg", "Fjordbygg AS")
    company, entry = office.contacts.get(ada, anna).company, office.logs(ada, anna)
    office.types(ada, "draft", office.typed(anna), "1")
    before = everything(office)
    deletes(office, ada, anna)
    assert contact_of(office, ada, entry) == company
    assert [draft.form.contact for draft, _ in office.postponed.waiting(ada)] == [None]
    office.undo.latest(ada)
    office.removals.run()
    assert everything(office) == before


def test_a_deleted_companys_entries_are_left_without_contact(office: Office, ada: Person) -> None:
    anna = office.knows(ada, "Anna Berg", "Fjordbygg AS")
    company = office.contacts.get(ada, anna).company
    assert company
    entry = office.logs(ada, company)
    deletes(office, ada, company)
    assert contact_of(office, ada, entry) is None
    assert office.contacts.get(ada, anna).company is None


def test_what_somebody_works_with_is_not_deleted(office: Office, ada: Person) -> None:
    anna, bob = office.knows(ada, "Anna Berg"), office.knows(ada, "Bob Dahl")
    entry = office.logs(ada, anna)
    task = office.tasks.follow_up(ada, entry, date(2026, 11, 27), "Send the list")
    segment_of(office, ada, "SEG1", bob)
    with pytest.raises(Refusal, match="open follow-ups"):
        office.contact_removal.delete(ada, "key", anna)
    with pytest.raises(Refusal, match="Remove the line"):
        office.contact_removal.delete(ada, "key", bob)
    office.undo.latest(ada)
    assert task
    deletes(office, ada, anna)


def test_two_segments_being_logged_hold_their_contacts(office: Office, ada: Person) -> None:
    anna, anne = office.knows(ada, "Anna Berg"), office.knows(ada, "Anne Berg")
    segment = segment_of(office, ada, "SEG1", anne)
    with office.store.begin(office.workspace) as work:
        found = work.segments.get(segment)
        assert found
        work.segments.turn(segment, found.state, type(found.state)("logging"))
    with pytest.raises(Refusal, match="being logged"):
        office.contact_removal.merge(ada, "key", (anna, anne), ())


def test_an_hour_later_nothing_is_known_any_more_of_what_went(
    office: Office, ada: Person, clock: FixedClock, tmp_path: Path
) -> None:
    anna, anne = office.knows(ada, "Anna Berg"), office.knows(ada, "Anne Berg")
    number = office.contacts.get(ada, anne).number
    office.logs(ada, anne)
    merges(office, ada, anna, anne)
    operation = office.undo.latest(ada).operation
    office.removals.run()
    merges(office, ada, anna, anne)
    clock.move(timedelta(hours=2))
    assert "traces of removed contacts" in Tidying(office.store, tmp_path).run()
    with office.store.reading() as connection:
        assert connection.execute(select(removed_references)).all() == []
        assert [row.before for row in connection.execute(select(removed_contacts))] == [{}, {}]
    assert [found.id for found in office.contacts.find(ada, number)] == [anna]
    assert operation.kind is OperationKind.MERGE
