"""An admin's part of App Home: what is still to be set up, what went wrong, each with its button."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.checklist import Checklist, Look
from bot.domain.jobs import JobRun
from bot.domain.messages import n_
from bot.text import Text
from bot.views import kit
from bot.views.ids import Action
from bot.views.jobs import NAMES

JOBS = 5
NAMED = 5
_Line = tuple[str, InteractiveElement]
LOOKS = {
    Look.TEMPLATES: n_("Interaction templates are those that Saleslog brings along. Are they yours, too?"),
    Look.VISIBILITY: n_("Everyone reads every interaction, as shipped. Is that right?"),
    Look.REMINDERS: n_("Reminders come Monday to Friday from 9 to 17, as shipped. Is that when people work?"),
    Look.DIGESTS: n_(
        "Managers get a digest on Mondays at eight, as shipped. Weekday and channel can be chosen."
    ),
}
"""A line goes once its place was opened."""


def rows(found: Checklist, text: Text) -> list[Block]:
    """Return a line for each thing that is not done; nothing when all is."""
    lines = [*_to_set_up(found, text), *_gone_wrong(found, text)]
    if not lines:
        return []
    return [
        kit.line(kit.bold(text("For admins"))),
        *(kit.item([words], button, f"check.{place}") for place, (words, button) in enumerate(lines)),
    ]


def _to_set_up(found: Checklist, text: Text) -> Iterator[_Line]:
    if found.no_contacts:
        yield text("There are no contacts yet. Import a list of them."), _import(text)
    if found.no_teams:
        words = text("There are no teams yet: with one, its manager gets a digest.")
        yield words, kit.button(text("Teams"), Action.TEAMS)
    if found.leaderless:
        words = text("Nobody gets the digest of {teams}: no manager.", teams=_some(found.leaderless, text))
        yield words, kit.button(text("Teams"), Action.TEAMS)
    for look in found.unseen:
        yield text(LOOKS[look]), kit.named(text("Look"), text(LOOKS[look]), Action.LOOK_AT, look.value)


def _import(text: Text) -> InteractiveElement:
    return kit.button(text("Import"), Action.IMPORT_CONTACTS)


def _gone_wrong(found: Checklist, text: Text) -> Iterator[_Line]:
    for run in found.failed[:JOBS]:
        yield _failed(run, text), kit.button(text("Jobs"), Action.JOBS)
    if found.old_backup is not None:
        words = text("The last backup was made {when}.", when=text.day_within(found.old_backup.date()))
        yield words, kit.button(text("Jobs"), Action.JOBS)
    if found.undelivered:
        words = text.count("{n} message did not arrive.", "{n} messages did not arrive.", found.undelivered)
        yield words, kit.button(text("Jobs"), Action.JOBS)


def _failed(run: JobRun, text: Text) -> str:
    name = text(NAMES.get(run.name, run.name))
    return text("{job} failed: {error}.", job=name, error=run.error)


def _some(names: Sequence[str], text: Text) -> str:
    said, rest = ", ".join(names[:NAMED]), len(names) - NAMED
    return text("{names} and {n} more", names=said, n=rest) if rest > 0 else said
