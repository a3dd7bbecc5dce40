"""What people who have left leave behind: to whom it falls (`product.md` 1, 5)."""

from dataclasses import dataclass

from bot.domain.ids import PersonId, TeamId
from bot.domain.interactions import Form
from bot.domain.people import Person, Role


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Somebody who has left, and how many things of his wait for somebody else: drafts and follow-ups."""

    person: Person
    drafts: int
    tasks: int = 0


def falls_to(actor: Person, left: Person, managed: frozenset[TeamId]) -> bool:
    """Whether what somebody left behind falls to `actor`: the manager of his team, else admins.

    `managed` are the teams with a manager who is still there.
    """
    if left.active or left.id == actor.id:
        return False
    if left.team is not None and left.team in managed:
        return left.team in actor.manages
    return actor.role is Role.ADMIN


def inherited(form: Form, left: PersonId, heir: PersonId) -> PersonId:
    """Return the salesperson of a form that is taken over: the heir, unless it was meant for somebody else."""
    return heir if form.salesperson in (None, left) else form.salesperson
