"""What a colleague is told who gets a follow-up."""

from bot.domain.people import Person
from bot.domain.tasks import Task
from bot.text import Text
from bot.views import kit, tasks
from bot.views.kit import Payload
from bot.views.listing import Listing, Where


def handed_over(giver: Person, task: Task, contact: str, text: Text) -> Payload:
    """Return the message with the follow-up, which is his from now on."""
    return kit.message(
        kit.line(kit.bold(text("{name} handed a follow-up over to you.", name=giver.name))),
        *tasks.rows([(task, contact)], text, Listing(Where.TASK, int(task.id))),
    )
