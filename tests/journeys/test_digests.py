"""A manager's Monday: the digest comes, he looks behind its numbers and changes when it comes (`product.md` 10)."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from bot.playground.seeds import EVA, MAX
from tests.journeys.desk import Desk

pytestmark = pytest.mark.browser
TO_MONDAY = timedelta(days=2, hours=20)
"""From Friday two in the afternoon to Monday at ten: Max has told no time zone yet, so eight is that of UTC."""


@pytest.fixture
def north(desk: Desk) -> Desk:
    """Max manages Eva, and his digest is due on Monday at eight."""
    eva, max_ = desk.eva.person, desk.eva.at(MAX).person
    with desk.eva.bot.store.begin(desk.eva.workspace) as work:
        work.teams.move(frozenset({eva.id}), work.people.add_team("North"))
        work.teams.let_manage(next(team.id for team in work.teams.all()), frozenset({max_.id}))
    desk.eva.bot.services["digest_rounds"].run()
    return desk


def test_the_digest_comes_on_monday_and_leads_to_what_it_counts(north: Desk) -> None:
    eva = north.sits(EVA)
    eva.writes("/log call Anna Berg 15m positive agreed the price list")
    eva.said("Logged: Outgoing call · Anna Berg")
    eva.writes("/log call Kari 45m very negative wants another supplier")
    eva.said("Logged: Outgoing call · Kari Nes")
    north.server.workspace.shift(TO_MONDAY.total_seconds())
    north.eva.bot.services["digest_rounds"].run()

    direct = north.server.workspace.directory.direct(MAX).id
    max_ = north.sits(MAX, direct)
    digest = max_.said("North, week 47 (16–22 Nov)")
    expect(digest).to_contain_text("1 very negative: Kari Nes (Havblikk Eiendom AS)")
    expect(digest).to_contain_text("2 interactions with 2 contacts, 1 h")
    expect(digest.get_by_role("img", name="Bar chart, Interactions per salesperson.")).to_be_visible()
    expect(digest.get_by_role("row", name="Eva Lindqvist-Bakke 2 2 60 1 0")).to_be_visible()

    digest.get_by_role("button", name="Show: 2 interactions").click()
    listed = max_.said("Interaction log entries")
    expect(listed).to_contain_text("Anna Berg")
    max_.said("North, week 47").get_by_role("button", name="Daily", exact=True).click()
    max_.said("Digest of North: Daily, Monday to Friday 08:00")
