"""A manager asks for his digest, looks behind its numbers, and changes when it comes (`product.md` 10)."""

from dataclasses import replace

import pytest
from seat import Seat

from bot.domain.ids import TeamId
from bot.domain.people import Role
from bot.playground.places import Place
from bot.playground.seeds import MAX, SALES


@pytest.fixture
def manager(eva: Seat) -> Seat:
    """Max, who manages Eva's team."""
    seat = eva.at(MAX)
    seat.types("/log drafts")
    seat.sees(seat.said)
    max_, member = seat.person, eva.person
    with eva.bot.store.begin(eva.workspace) as work:
        team = TeamId(work.people.add_team("North"))
        work.people.let_manage(max_.id, team)
        work.people.change(replace(max_, role=Role.MANAGER))
        work.people.change(replace(member, team=team))
    return seat


def test_a_manager_looks_at_the_digest_and_behind_it(eva: Seat, manager: Seat) -> None:
    eva.knows("Anna Berg")
    eva.types("/log call Anna 15m positive agreed the price list")
    eva.hears("Logged:")
    eva.types("/log digest")
    eva.hears("The digest of North goes to Max Aubert.")
    manager.types("/log digest")
    shown = manager.hears("so far")
    assert "Eva Lindqvist-Bakke: 1 interaction" in shown.text
    assert "data_table" in [block["type"] for block in shown.blocks]
    manager.presses_on(shown, "entries")
    assert "Anna Berg" in manager.hears("Interaction log entries").text
    manager.presses_on(shown, "digest_cadence.0")
    told = manager.hears("Digest of North")
    assert "Daily, Monday to Friday 08:00" in told.text
    manager.presses_on(told, "digest_cadence.1")
    assert manager.hears("Digest of North: Weekly, Monday 08:00").ts == told.ts
    manager.presses_on(shown, "digest.0")
    assert manager.hears("0 interactions with 0 contacts").ts == shown.ts


def test_the_form_refuses_a_channel_of_which_it_knows_nothing(manager: Seat) -> None:
    manager.types("/log settings")
    manager.sees_form("Settings")
    manager.presses("digest_settings")
    manager.sees_form("Digest")
    manager.acts.choose(
        manager.user, Place.view(manager.view.id), "channel", "field", {"selected_conversation": "C0NOWHERE1"}
    )
    assert "scope is missing" in str(manager.submits().response)
    manager.acts.choose(
        manager.user, Place.view(manager.view.id), "channel", "field", {"selected_conversation": SALES}
    )
    assert manager.submits().acked
    (digest,) = manager.bot.services["digests"].of(manager.person)
    assert digest.schedule.channel == SALES
