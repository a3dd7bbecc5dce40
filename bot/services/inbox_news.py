"""Telling people that something waits in their inbox: one message a day, which counts on (`product.md` 11)."""

from collections.abc import Iterable, Sequence

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import PersonId
from bot.domain.inbox import Kept
from bot.domain.people import Person, Role
from bot.services.people import People
from bot.views import inbox as views
from storage.work import Work

NAMED = 3
"""So many of those that arrived last are named in the message."""


def tell(work: Work, people: People, arrived: Sequence[Kept]) -> None:
    """Tell whom it concerns that something arrived which asks."""
    for person in _concerned(work, arrived).values():
        asks = work.inbox.count(whose(person))
        theirs = [one for one in arrived if whose(person) in (None, one.salesperson)]
        text = people.text(person)
        key = f"inbox:{person.id}:{text.today.isoformat()}"
        words = views.news(theirs[-NAMED:], asks, text)
        work.deliveries.say(
            f"{key}:{work.access.ids()}",
            DeliveryKind.ANSWER,
            person.id,
            words,
            answer=_place(work, person, key),
        )


def whose(person: Person) -> PersonId | None:
    """Return whose arrivals somebody answers: an admin everybody's."""
    return None if person.role is Role.ADMIN else person.id


def _place(work: Work, person: Person, key: str) -> str:
    work.deliveries.open_answer(key, person.id, None)
    return key


def _concerned(work: Work, arrived: Iterable[Kept]) -> dict[int, Person]:
    """Return the salespeople whom it concerns; admins where that is nobody whom Slack reaches."""
    owners = frozenset(one.salesperson for one in arrived if one.salesperson is not None)
    reached = {
        one.id: one for one in work.people.many(owners).values() if one.active and one.slack_id is not None
    }
    lost = any(one.salesperson not in reached for one in arrived)
    return {int(one.id): one for one in [*reached.values(), *(work.people.admins() if lost else ())]}
