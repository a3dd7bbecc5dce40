"""Exporting and erasing a person: the question with its counts, and what is said afterwards."""

from collections.abc import Mapping
from typing import Any

from bot.domain.contacts import Contact
from bot.domain.messages import n_
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Part, Payload

NUMBER = "number_again"
COUNTED = {
    "interactions": n_("Interactions"),
    "comments": n_("Lines of comments"),
    "drafts": n_("Forms and postponed interactions"),
    "follow_ups": n_("Follow-ups"),
    "opportunities": n_("Opportunities"),
    "segment_lines": n_("Segment lines"),
    "history": n_("Lines of history"),
}
WRONG = n_("Write {number}, the number of this contact.")


def erase_form(meta: Meta, person: Contact, counts: Mapping[str, int], text: Text) -> dict[str, Any]:
    """Return the question before a person is erased; the number is to be typed."""
    return modal(
        Callback.ERASE_PERSON,
        text("Erase person"),
        [
            kit.header(text("Erase {name} for good?", name=person.name)),
            kit.line(
                text(
                    "Name, addresses and every text about this person are overwritten: in the log, in drafts, "
                    "follow-ups, segments, history, messages and files that wait. Interactions keep their date, "
                    "template, salesperson and figures. This can't be undone."
                )
            ),
            kit.lines([kit.bold(text("What is overwritten"))], *_rows(counts, text)),
            kit.line(
                text(
                    "Not reached: messages and files that Slack has shown already, copies that somebody saved, "
                    "and nightly backups, which are gone after seven nights."
                )
            ),
            Fields(meta).line(
                NUMBER, text("Write {number} to go on", number=person.number), "", optional=False
            ),
        ],
        submit=text("Erase for good"),
        close=text("Keep it"),
        meta=meta,
    )


def erased(name: str, counts: Mapping[str, int], text: Text) -> Payload:
    """Return what is said once a person is erased; nothing in it tells who that was."""
    return kit.message(
        kit.lines(
            [kit.bold(text("The person was erased and is called “{name}” now.", name=name))],
            *_rows(counts, text),
        ),
        kit.small(
            text(
                "What Slack has shown already stays there. Backups of the last seven nights still hold the person."
            )
        ),
    )


def exported(person: Contact, text: Text) -> Payload:
    """Return what is said while the file of a person is on its way."""
    said = text("All that is known of {name} comes into our conversation as a file.", name=person.name)
    return kit.message(kit.line(said))


def _rows(counts: Mapping[str, int], text: Text) -> list[list[Part | str]]:
    rows = [kit.fact(text(label), f"{counts[name]:,}") for name, label in COUNTED.items() if counts.get(name)]
    return rows or [[text("Only the contact itself.")]]


def erasing(text: Text) -> dict[str, Any]:
    """Return what stands there while a person is being erased."""
    words = text("One moment: everything that tells of this person is being overwritten.")
    return modal(Callback.NOTICE, text("Erase person"), [kit.line(words)], close=text("Close"))


def gone(name: str, text: Text) -> dict[str, Any]:
    """Return what stands there once a person is erased."""
    words = text("Done. The person is called “{name}” now.", name=name)
    return modal(Callback.NOTICE, text("Erase person"), [kit.line(words)], close=text("Close"))
