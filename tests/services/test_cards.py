"""The cards of contacts and salespeople: each reader sees what he may know of them (`product.md` 1, 3)."""

from datetime import timedelta
from typing import Any

import pytest
from office import TODAY, Office

from bot.domain.cards import Standing
from bot.domain.ids import ContactId
from bot.domain.people import Person
from bot.domain.segments import ActionKind
from bot.services.segment_gates import free_number, new_segment
from bot.views import kit, standings


@pytest.fixture
def team(office: Office) -> tuple[Person, Person, Person]:
    """Max manages Eva and Wim."""
    max_, eva, wim = office.team_of("North", *(office.joins(name) for name in ("Max", "Eva", "Wim")))
    return max_, eva, wim


@pytest.fixture
def anna(office: Office, team: tuple[Person, Person, Person]) -> ContactId:
    """Eva knows Anna: an interaction four days ago, a draft, a follow-up."""
    _, eva, _ = team
    anna = office.knows(eva, "Anna Berg", "Fjordbygg AS")
    entry = office.logs(eva, anna, date=TODAY - timedelta(days=4))
    office.tasks.follow_up(eva, entry, TODAY + timedelta(days=7), "about the lawsuit")
    office.types(eva, "draft", office.typed(anna, comment="between us", description="My secret"), "1.0")
    office.postponed.close_all(eva, "draft")
    return anna


def said(office: Office, reader: Person, standing: Standing) -> str:
    text = office.people.text(reader)
    words = kit.message(*standings.rows(standing, text))["text"]
    return f"{standings.since(standing, text)}\n{words}"


def standing(office: Office, reader: Person, contact: ContactId) -> str:
    return said(office, reader, office.contacts.card(reader, contact).standing)


def test_the_owner_sees_what_waits_with_a_contact(office: Office, team: Any, anna: ContactId) -> None:
    _, eva, _ = team
    seen = standing(office, eva, anna)
    for words in ("Last contact 4 days ago", "Postponed: My secret", "about the lawsuit"):
        assert words in seen


def test_a_manager_sees_whose_it_is_and_how_old(office: Office, team: Any, anna: ContactId) -> None:
    max_, _, _ = team
    seen = standing(office, max_, anna)
    assert "Postponed by Eva" in seen
    assert "Follow-up: Fri 27 Nov · Eva" in seen
    for words in ("secret", "between us", "lawsuit"):
        assert words not in seen


def test_a_colleague_sees_nothing_of_it(office: Office, team: Any, anna: ContactId) -> None:
    _, _, wim = team
    seen = standing(office, wim, anna)
    assert "Last contact 4 days ago" in seen
    for words in ("Eva", "Postponed", "Follow-up", "secret"):
        assert words not in seen
    office.sees("own")
    assert "Last contact" not in standing(office, wim, anna)


def test_a_company_tells_of_its_people_too(office: Office, team: Any, anna: ContactId) -> None:
    _, eva, _ = team
    company = office.contacts.get(eva, anna).company
    assert company is not None
    assert "Postponed: My secret" in standing(office, eva, company)


def test_a_contact_tells_of_the_segments_it_is_in(office: Office, team: Any, anna: ContactId) -> None:
    _, eva, wim = team
    with office.store.begin(office.workspace) as work:
        segment = new_segment(work, eva.id, free_number(work), TODAY)
        work.segments.add(segment)
        action = work.segments.act(segment.id, ActionKind.PASTE, "1 pasted contact", eva.id, {})
        work.segment_lines.add_in_order(segment.id, action, [anna])
    assert segment.number in standing(office, eva, anna)
    assert segment.number not in standing(office, wim, anna)


def test_a_salesperson_against_the_thirty_days_before(office: Office, team: Any, anna: ContactId) -> None:
    max_, eva, _ = team
    for ago in (29, 30, 31, 59, 60):
        office.logs(eva, anna, date=TODAY - timedelta(days=ago))
    card = office.cards.of(max_, eva)
    assert (card.now.interactions, card.now.contacts) == (2, 1)
    assert card.before.interactions == 3
    assert (card.team, card.managers) == ("North", ("Max",))
    assert card.may_log
    assert len(card.waiting) == 1


def test_a_colleague_sees_no_drafts_and_logs_for_nobody(office: Office, team: Any, anna: ContactId) -> None:
    _, eva, wim = team
    card = office.cards.of(wim, eva)
    assert card.now.interactions == 1
    assert (card.waiting, card.may_log) == ((), False)
    office.sees("own")
    assert (office.cards.of(wim, eva).now.interactions, office.cards.of(wim, eva).entries) == (0, ())


def test_who_has_left_is_found_and_nobody_logs_for_him(office: Office, team: Any, anna: ContactId) -> None:
    max_, eva, _ = team
    office.people.leaves(eva)
    (found,) = office.cards.find(max_, "eva", 10)
    assert not found.active
    assert not office.cards.of(max_, found).may_log
