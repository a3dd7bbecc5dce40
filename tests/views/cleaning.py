"""Views of deleting canceled entries, and of setup."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.attachments import Attachment, LetterOf
from bot.domain.ids import AttachmentId, CardId, TemplateId, WorkspaceId
from bot.domain.people import Visibility
from bot.domain.purge import Announcement, CardState, PurgeCard, Sample, Selection
from bot.views import deletion, letters, purge, setup
from bot.views.deletion import Offered
from bot.views.kit import Choice
from tests.views.things import META, NOW, TEXT, Say, listed

Page = Callable[[Say], dict[str, Any]]
CARD = PurgeCard(
    id=CardId(12),
    workspace=WorkspaceId(1),
    selection=Selection(until=NOW - timedelta(days=89)),
    state=CardState.ANNOUNCED,
    announced_at=NOW,
    count=42,
)


def card(say: Say) -> dict[str, Any]:
    told = Announcement(42, ((say("Eva Lind"), 17), *((say("Wim"), 5),) * 5), listed(say))
    return purge.card(CARD, told, TEXT)


def shown(say: Say) -> dict[str, Any]:
    gone = replace(listed(say), entry=replace(listed(say).entry, canceled_at=NOW - timedelta(days=89)))
    return purge.shown([gone] * purge.SHOWN, 10_000, TEXT)


def filters(say: Say) -> dict[str, Any]:
    offered = Offered(
        templates=[Choice(say("Outgoing call"), "11")],
        groups=[Choice(say("Phone"), "1")],
        campaigns=[Choice(say("Autumn"), "21")],
    )
    return deletion.form(META, offered, TEXT)


def question(say: Say) -> dict[str, Any]:
    return deletion.question(META, Sample(NOW, 42, (listed(say),) * 5), TEXT)


def a_letter(say: Say) -> LetterOf:
    file = Attachment(id=AttachmentId(5), name=say("autumn.docx"), media_type="", size=37_198)
    return LetterOf(template=TemplateId(11), code="EMAIL", description=say("E-mail"), letter=file)


def letters_page(say: Say) -> dict[str, Any]:
    none = LetterOf(template=TemplateId(12), code="BUS", description=say("Business letter"))
    return letters.page(
        [a_letter(say), *(replace(none, template=TemplateId(n)) for n in range(20, 140))], TEXT
    )


MESSAGES: dict[str, Page] = {
    "purge, card": card,
    "purge, one": lambda _: purge.card(CARD, Announcement(1, (("Eva Lind", 1),), None), TEXT),
    "purge, kept": lambda say: purge.kept(CARD, NOW + timedelta(days=90), say("Ada Nygård"), TEXT),
    "purge, anew": lambda _: purge.announced_anew(TEXT),
    "deletion, ordered": lambda _: purge.ordered(42, TEXT),
    "deletion, done": lambda _: purge.deleted(42, TEXT),
    "deletion, nothing": lambda _: purge.deleted(0, TEXT),
    "deletion, undelivered": lambda _: purge.undelivered(TEXT),
}

MODALS: dict[str, Page] = {
    "purge, shown": shown,
    "purge, nothing left": lambda _: purge.shown([], 0, TEXT),
    "deletion": filters,
    "deletion, question": question,
    "letters": letters_page,
    "letters, attach": lambda say: letters.form(a_letter(say), META, "", TEXT),
    "letters, faulty": lambda say: letters.form(a_letter(say), META, say("The file holds macros."), TEXT),
    "letters, looking": lambda _: letters.looking(TEXT),
    "letters, attached": lambda say: letters.attached(a_letter(say), TEXT),
    "letters, sent": lambda _: letters.sent(TEXT),
    "setup": lambda _: setup.page(90, Visibility.EVERYONE, TEXT),
    "setup, kept for ever": lambda _: setup.page(0, Visibility.OWN, TEXT),
    "setup, retention": lambda _: setup.retention_form(90, META, TEXT),
}
