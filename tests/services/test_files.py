"""Files into the direct message: whole, at least once, and gone from the disk when they have arrived."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from postroom import SECOND, Postroom

from bot.domain.deliveries import LEASE, DeliveryKind
from bot.playground.files import StoredFile
from bot.playground.seeds import EVA

MINUTE = timedelta(minutes=1)


@pytest.fixture
def file(post: Postroom, tmp_path: Path) -> Path:
    """A file that waits to be delivered."""
    path = tmp_path / "waiting.csv"
    path.write_bytes("Entry No.,Contact\r\n1,Zoë\r\n".encode())
    with post.office.store.begin(post.office.workspace) as work:
        payload = {"path": str(path), "name": "canceled entries.csv"}
        work.deliveries.say("file", DeliveryKind.FILE, post.person.id, payload)
    return path


def received(post: Postroom) -> list[StoredFile]:
    workspace = post.slack.workspace
    channel = workspace.directory.direct(EVA).id
    messages = workspace.seen_by(EVA, channel)
    return [workspace.files.file(name) for message in messages for name in message.files]


def test_a_file_arrives_whole_and_is_removed(post: Postroom, file: Path) -> None:
    content = file.read_bytes()
    post.passes(SECOND)
    assert [(one.title, one.content) for one in received(post)] == [("canceled entries.csv", content)]
    assert post.row("file").state == "sent"
    assert not file.exists()


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_a_step_that_fails_is_tried_again_later(post: Postroom, file: Path, step: str) -> None:
    post.slack.faults.broken(step)
    post.passes(SECOND)
    assert post.row("file").state == "due"
    assert file.exists()
    post.passes(MINUTE)
    assert len(received(post)) == 1
    assert not file.exists()


def test_a_file_that_takes_longer_than_the_lease_is_sent_once(post: Postroom, file: Path) -> None:
    post.slack.faults.slow(4, "upload", times=1)
    post.outbox.start()
    assert eventually(lambda: post.row("file").state == "sending")
    another = post.another(post.office.store)
    for _ in range(6):
        post.office.clock.move(LEASE / 2)
        post.outbox.ring()
        assert eventually(lambda: post.row("file").next_at > post.office.clock.now() + LEASE / 2)
        assert another.drain() == 0
    assert eventually(lambda: post.row("file").state == "sent")
    assert len(received(post)) == 1
    another.stop()


def eventually(happened: Callable[[], bool]) -> bool:
    return any(happened() or time.sleep(0.05) for _ in range(300))


def test_being_asked_to_wait_is_no_failed_try(post: Postroom, file: Path) -> None:
    post.slack.faults.rate_limited(30, "upload")
    post.passes(SECOND)
    assert post.row("file").attempts == 0
    post.passes(MINUTE)
    assert len(received(post)) == 1


def test_after_a_lost_reply_it_comes_twice_rather_than_never(post: Postroom, file: Path) -> None:
    post.slack.faults.lost_reply("files.completeUploadExternal")
    post.passes(SECOND)
    assert post.row("file").state == "unknown"
    post.passes(MINUTE)
    assert post.row("file").state == "sent"
    assert len(received(post)) == 2


def test_a_file_that_is_not_here_is_waited_for_and_then_given_up(post: Postroom, file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    post.passes(SECOND)
    assert post.row("file").reason == "the file is not here: is it on another machine?"
    file.write_bytes(content)
    post.passes(MINUTE)
    assert [one.content for one in received(post)] == [content]


def test_a_refused_upload_keeps_the_file_for_another_try(post: Postroom, file: Path) -> None:
    file.write_bytes(b"")
    post.passes(SECOND)
    assert post.row("file").state == "failed"
    assert file.exists()
