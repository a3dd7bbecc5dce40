"""An admin's checklist on App Home: what is opened there has been looked at."""

from collections.abc import Callable
from typing import Any

from bot.domain.checklist import Look
from bot.domain.people import Person
from bot.services.checklist import Checklists
from bot.views.ids import Action
from handlers import jobs, reminder_policy, setup, templates
from handlers.payloads import Malformed, Press
from handlers.routes import Routes, call

PLACES: dict[str, Callable[..., None]] = {
    Look.TEMPLATES: templates.show,
    Look.VISIBILITY: setup.ask_visibility,
    Look.REMINDERS: reminder_policy.ask,
    Look.DIGESTS: jobs.show,
}


def register(routes: Routes) -> None:
    """Add the listener."""
    routes.actions[Action.LOOK_AT] = look_at


def look_at(press: Press, checklists: Checklists, actor: Person, desk: dict[str, Any]) -> None:
    """Open the place that a line is about, and take the line off."""
    place = PLACES.get(press.value)
    if place is None:
        raise Malformed("a place that was never offered")
    call(place, desk)
    checklists.looked(actor, Look(press.value))
