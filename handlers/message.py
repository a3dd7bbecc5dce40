"""The message shortcut: log an interaction from something that somebody wrote."""

from bot.domain.mentions import as_typed
from bot.domain.people import Person
from bot.services.forms import Forms, Start
from bot.services.message import Guess
from bot.text import Text
from bot.views.ids import Callback
from handlers import interactions
from handlers.payloads import Shortcut
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listener."""
    routes.shortcuts[Callback.LOG_MESSAGE] = log_message


def log_message(
    shortcut: Shortcut, slack: Surface, forms: Forms, guess: Guess, actor: Person, text: Text
) -> None:
    """Open the form with the message as comment, its link, and the contact that it seems to be about."""
    link = slack.permalink(shortcut.channel, shortcut.ts)
    start = Start(
        contact=guess.contact(actor, shortcut.message),
        comment=_comment(as_typed(shortcut.message), link, text),
    )
    slack.without_response_url()
    interactions.show(slack, forms, actor, forms.open(actor, start))


def _comment(message: str, link: str, text: Text) -> str:
    said = message.strip()
    return "\n".join(part for part in (said, text("From Slack: {link}", link=link) if link else "") if part)
