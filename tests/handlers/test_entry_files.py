"""A file is attached to an entry, handed out, refused with its reason, and taken back (`domain.md` 1.15)."""

import pytest
from seat import Seat

from bot.playground.places import Place
from bot.playground.post import Outcome
from tests.handlers.walks import logs

OFFER = b"Forty chairs"


@pytest.fixture
def opened(eva: Seat, anna: int) -> Seat:
    """Eva, before the page of what she has logged."""
    said = logs(eva, anna)
    eva.presses_on(said, "open_entry")
    eva.sees_form("Interaction log entry")
    return eva


def uploads(eva: Seat, name: str, content: bytes) -> Outcome:
    eva.sees_form("Attach file")
    file = eva.acts.upload(eva.user, name, content, "application/octet-stream")
    eva.acts.attach(eva.user, Place.view(eva.view.id), "file", "field", (file,))
    return eva.submits()


def files(eva: Seat) -> list[tuple[str, bytes]]:
    workspace = eva.slack.workspace
    seen = workspace.seen_by(eva.user, workspace.directory.direct(eva.user).id)
    sent = (workspace.files.file(one) for message in seen for one in message.files)
    return [(one.name, one.content) for one in sent]


def test_a_file_is_attached_sent_and_taken_back(opened: Seat) -> None:
    eva = opened
    eva.presses("attach_file")
    assert "hidden signs" in str(uploads(eva, "../offer.txt", OFFER).errors)
    assert "PDF" not in str(uploads(eva, "offer.pdf", OFFER).errors)
    assert uploads(eva, "offer.txt", OFFER).acked
    eva.sees(lambda: "offer.txt is attached now" in eva.reads())
    eva.leaves()
    eva.sees(lambda: "offer.txt · 1 kB" in eva.reads())
    assert "read-only" not in eva.reads()
    eva.presses("show_attachment")
    eva.sees(lambda: "comes into your direct message" in eva.reads())
    eva.sees(lambda: files(eva)[-1:] == [("offer.txt", OFFER)])
    eva.crosses_out()
    eva.presses_on(eva.hears("✓ Attached: offer.txt"), "undo")
    eva.hears("has the file that it had before")
    eva.presses_on(eva.hears("Logged"), "open_entry")
    eva.sees(lambda: "offer.txt" not in eva.reads())
