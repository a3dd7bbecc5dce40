"""The team that the demo shows: believable, the same each time, with something in it for a manager to look at."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.visits import LATE, RESTS, WEEKS, Visit, visits
from bot.domain.contacts import Contact, ContactType
from bot.domain.ids import ContactId, GroupId, PersonId, TemplateId, WorkspaceId
from bot.domain.interactions import Evaluation, Template
from bot.domain.people import Person

NAMES = ("Eva Lindqvist-Bakke", "Wim Peeters", "Max Aubert", "Kari Solheim", "Ola Fjeldstad")
CONTACTS = [
    Contact(id=ContactId(number), number=f"CT{number:06}", type=ContactType.PERSON, name="Anna Berg")
    for number in range(1, 161)
]
CALL = Template(id=TemplateId(1), group=GroupId(1), code="OUTGOING", description="Outgoing call")
PEOPLE = [
    Person(
        id=PersonId(number),
        workspace=WorkspaceId(1),
        slack_id=None,
        code=str(number),
        name=name,
        zone="Europe/Oslo",
    )
    for number, name in enumerate(NAMES)
]


def thought_up(now: datetime) -> list[Visit]:
    return visits(PEOPLE, CONTACTS, [CALL], now, seed=7)


@pytest.mark.parametrize("ahead", range(7))
def test_eight_weeks_hold_something_to_look_at_on_each_day_of_the_week(ahead: int) -> None:
    now = datetime(2026, 11, 16, 9, tzinfo=UTC) + timedelta(days=ahead)
    made = thought_up(now)
    today = now.date()
    assert made == thought_up(now)
    assert [one.logged_at for one in made] == sorted(one.logged_at for one in made)
    assert min(one.day for one in made) >= today - timedelta(weeks=WEEKS)
    assert max(one.logged_at for one in made) < now
    assert max(one.day for one in made if one.person.name.startswith("Ola")) <= today - RESTS
    kinds = Counter(
        {
            "canceled": sum(one.canceled for one in made),
            "failed": sum(one.said.failed for one in made),
            "late": sum(one.logged_at.date() - one.day >= LATE for one in made),
            "angry": sum(one.said.evaluation is Evaluation.VERY_NEGATIVE for one in made),
        }
    )
    assert min(kinds.values()) >= 3
    assert len({one.contact.id for one in made if one.day > today - timedelta(days=30)}) < len(CONTACTS)
