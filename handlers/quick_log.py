"""Quick log: one line, no form."""

from bot.domain.people import Person
from bot.services.forms import Forms, Start
from handlers import interactions
from handlers.payloads import Command
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""


def log(command: Command, slack: Surface, forms: Forms, actor: Person) -> None:
    """Log one line."""
    interactions.show(slack, forms, actor, forms.open(actor, Start(comment=command.text)))
