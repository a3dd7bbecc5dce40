"""Somebody else's segment: a button that was passed on, a number that was guessed (`product.md` 1)."""

from collections.abc import Callable

import pytest
from office import Office
from roster import Roster

from bot.domain.criteria import Criteria
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segments import ActionKind


@pytest.fixture
def roster(office: Office) -> Roster:
    return Roster(office)


def acts(roster: Roster, who: Person) -> list[Callable[[], object]]:
    segment, anna = roster.segment, roster.knows_one("Anna")
    return [
        lambda: roster.segments.add(who, segment, anna),
        lambda: roster.segments.delete(who, segment),
        lambda: roster.membership.apply(who, segment, ActionKind.ADD, Criteria(), f"key:{who.id}"),
        lambda: roster.membership.go_back(who, segment),
        lambda: roster.membership.start_anew(who, segment),
        lambda: roster.pasting.paste(who, segment, "Anna"),
    ]


def refusals(roster: Roster, who: Person) -> set[str]:
    said = set()
    for act in acts(roster, who):
        with pytest.raises(Refusal) as refused:
            act()
        said.add(roster.office.people.text(who).say(refused.value.message))
    return said


def test_a_button_that_was_passed_on_tells_who_can(roster: Roster) -> None:
    wim = roster.office.joins("Wim")
    assert refusals(roster, wim) == {"Only Eva or an admin can change SEG0001."}


@pytest.mark.parametrize("visibility", ["own", "team"])
def test_what_somebody_may_not_see_is_not_told_from_what_is_gone(roster: Roster, visibility: str) -> None:
    pia = roster.office.joins("Pia")
    roster.office.sees(visibility)
    gone = "This segment is gone, or not yours to see."
    assert refusals(roster, pia) == {gone}
    assert roster.segments.numbered(pia, "SEG0001") is None
    assert roster.segments.active(pia) == []
    with pytest.raises(Refusal, match="gone, or not yours"):
        roster.segments.bring(pia, roster.segment)


@pytest.mark.parametrize("visibility", ["own", "team", "everyone"])
def test_the_teams_manager_and_an_admin_may(roster: Roster, visibility: str) -> None:
    ada = roster.office.joins("Ada", admin=True)
    max_, _ = roster.office.team_of("North", roster.office.joins("Max"), roster.eva)
    roster.office.sees(visibility)
    for who in (max_, ada):
        assert roster.segments.add(who, roster.segment, roster.knows_one(f"Known to {who.name}"))
