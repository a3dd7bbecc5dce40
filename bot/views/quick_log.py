"""Quick log: the questions that are asked back (screens: Quick log)."""

from collections.abc import Sequence

from bot.domain.contacts import Found
from bot.domain.entries import Listed
from bot.domain.ids import FormId
from bot.domain.interactions import Form, Template
from bot.domain.quicklog import Resolution
from bot.text import Text
from bot.views import kit
from bot.views.confirmations import headline
from bot.views.ids import Action, verb
from bot.views.kit import Payload
from bot.views.words import EVALUATIONS


def which(who: str, found: Sequence[Found], key: FormId, kept: str, text: Text) -> Payload:
    """Ask which of several contacts is meant."""
    return kit.message(
        kit.lines([kit.bold(text("Which {who}?", who=who))], [kept]),
        kit.actions(
            *(
                kit.button(
                    _named(one), f"{Action.CHOOSE_CONTACT}.{place}", verb(Action.CHOOSE_CONTACT, key, one.id)
                )
                for place, one in enumerate(found)
            ),
            kit.button(text("Somebody else…"), Action.RESUME, key),
        ),
    )


def nobody(who: str, guesses: Sequence[Found], key: FormId, kept: str, text: Text) -> Payload:
    """Say that nobody fits, and who might be meant."""
    said = text("I found nobody called “{who}”.", who=who) if who else text("I found no name in this line.")
    buttons = [
        kit.button(
            text("Did you mean {name}?", name=kit.clip(_named(one), 50)),
            f"{Action.CHOOSE_CONTACT}.{place}",
            verb(Action.CHOOSE_CONTACT, key, one.id),
        )
        for place, one in enumerate(guesses if who else ())
    ]
    return kit.message(
        kit.lines([kit.bold(said)], [kept]),
        kit.actions(*buttons, kit.button(text("Open the form"), Action.RESUME, key)),
    )


def twin(listed: Listed, key: FormId, text: Text) -> Payload:
    """Ask whether the same is to be logged once more."""
    ago = text.age(listed.entry.logged_at)
    return kit.message(
        kit.lines([kit.bold(text("You logged this {ago}. Add anyway?", ago=ago))], headline(listed, text)),
        kit.actions(
            kit.button(text("Add anyway"), Action.QUICK_ANYWAY, key),
            kit.button(text("Leave it"), Action.DISCARD_DRAFT, key),
        ),
    )


def not_possible(reasons: Sequence[str], key: FormId, text: Text) -> Payload:
    """Say why the line was not logged; what was typed waits as a draft."""
    return kit.message(
        kit.lines(
            [kit.bold(text("Not logged yet."))],
            *([reason] for reason in reasons),
            [text("What you typed is kept.")],
        ),
        kit.actions(
            kit.button(text("Open the form"), Action.RESUME, key),
            kit.button(text("Discard"), Action.DISCARD_DRAFT, key),
        ),
    )


def form_opened(unknown: str, text: Text) -> Payload:
    """Say why the form opened instead of an entry being made."""
    words = text(
        "I did not recognise “{word}” as a kind of interaction, so I opened the form with what you typed.",
        word=kit.clip(unknown, 60),
    )
    return kit.message(kit.line(words if unknown else text("I opened the form with what you typed.")))


def kept(template: Template | None, form: Form, text: Text) -> str:
    """Return what was read: the kind of interaction, minutes, evaluation, follow-up, text."""
    parts = [template.description] if template else []
    parts += [text("{n} min", n=form.duration)] if form.duration else []
    parts += [text(EVALUATIONS[form.evaluation])] if form.evaluation else []
    parts += [text("follow-up {day}", day=text.day_within(form.follow_up))] if form.follow_up else []
    parts += [kit.quote(form.comment).text] if form.comment.strip() else []
    return text("I kept: {what}.", what=", ".join(parts))


def unread(read: Resolution[Found], text: Text) -> str:
    """Return one line that names what was not understood, empty where all was."""
    words = ", ".join(f"“{one.typed}”" for one in read.unread)
    return text("I did not understand {words}.", words=words) if words else ""


def _named(found: Found) -> str:
    return f"{found.name} · {found.company_name}" if found.company_name else found.name
