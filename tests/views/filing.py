"""Views of files on entries, as tests build them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.attachments import Attachment
from bot.domain.ids import AttachmentId
from bot.views import entries, entry_files
from bot.views.entries import Links
from tests.views.things import META, NOW, OPERATION, TEXT, Say, listed

Page = Callable[[Say], dict[str, Any]]


def offer(say: Say) -> Attachment:
    name = say("offer.pdf")
    return Attachment(id=AttachmentId(8), name=name, media_type="application/pdf", size=1_230_000)


def with_file(say: Say) -> dict[str, Any]:
    one = listed(say)
    filed = replace(one, entry=replace(one.entry, attachment=AttachmentId(8), attached_at=NOW))
    links = Links(attachment=entry_files.label(offer(say), TEXT))
    return entries.details(filed, say("Eva Lind"), TEXT, changeable=True, links=links)


def as_logged(say: Say) -> dict[str, Any]:
    one = listed(say)
    filed = replace(one, entry=replace(one.entry, attachment=AttachmentId(8)))
    links = Links(attachment=entry_files.read_only_label(replace(offer(say), size=300), TEXT))
    return entries.details(filed, say("Eva Lind"), TEXT, changeable=True, links=links)


MESSAGES: dict[str, Page] = {
    "file, attached": lambda say: entry_files.done(listed(say), say("offer.pdf"), OPERATION, TEXT),
    "file, taken off, no longer undoable": lambda say: entry_files.done(listed(say), "", None, TEXT),
}
VIEWS: dict[str, Page] = {
    "entry, with a file": with_file,
    "entry, with the file it was logged with": as_logged,
    "file, form": lambda say: entry_files.form(listed(say), None, META, "", TEXT),
    "file, form to replace, faulty": lambda say: entry_files.form(
        listed(say), offer(say), META, say("The file is empty."), TEXT
    ),
    "file, looking": lambda _: entry_files.looking(TEXT),
    "file, hangs": lambda say: entry_files.attached(say("offer.pdf"), TEXT),
    "file, sent": lambda _: entry_files.sent(TEXT),
}
