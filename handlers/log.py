"""/log: the form, its subcommands, or one line."""

from collections.abc import Callable
from typing import Any

from bot.domain.people import Person
from bot.services.forms import Forms, Start
from bot.services.undo import Undo
from bot.text import Text
from bot.views import confirmations, kit
from handlers import (
    digests,
    entry_exports,
    entry_lists,
    inbox,
    interactions,
    lists,
    people,
    preferences,
    quick_log,
    setup,
)
from handlers.acks import Ack
from handlers.payloads import Command
from handlers.routes import call
from handlers.surface import Surface


def log(command: Command, desk: dict[str, Any]) -> None:
    """Answer `/log`: a subcommand's word wins, nothing opens the form, everything else is a quick log."""
    first, _, rest = command.text.strip().partition(" ")
    listener = SUBCOMMANDS.get(first.casefold(), quick_log.log)
    call(listener, {**desk, "words": rest.strip()})


def only_reads(text: str) -> bool:
    """Whether a `/log` line changes no data, so that it can be acknowledged before it is answered."""
    return subcommand(text) in SUBCOMMANDS.keys() - {"undo"}


def subcommand(text: str) -> str:
    """Return the first word of a line."""
    return text.strip().partition(" ")[0].casefold()


def form(slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form."""
    interactions.show(slack, forms, actor, forms.open(actor, Start()))


def again(slack: Surface, forms: Forms, actor: Person) -> None:
    """Open the form with the last contact and template."""
    interactions.show(slack, forms, actor, forms.open_again(actor))


def undo(slack: Surface, undo: Undo, actor: Person, text: Text, ack: Ack) -> None:
    """Take back the latest act, and name it."""
    undone = undo.latest(actor)
    ack()
    slack.reply(confirmations.sentence(text.say(undone.message)))


def usage(slack: Surface, text: Text) -> None:
    """Answer with examples that can be copied."""
    slack.reply(kit.message(kit.markup(text.page("help_log"))))


SUBCOMMANDS: dict[str, Callable[..., None]] = {
    "": form,
    "again": again,
    "undo": undo,
    "help": usage,
    "?": usage,
    "drafts": lists.drafts,
    "list": entry_lists.entries,
    "find": entry_lists.find,
    "export": entry_exports.export,
    "about": people.about,
    "digest": digests.digest,
    "inbox": inbox.show,
    "setup": setup.show,
    "settings": preferences.show,
}
