"""Files are read from Slack up to a limit, whatever they claim to be (`reliability.md` 7)."""

import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from slack_sdk import WebClient

from bot.domain.ids import WorkspaceId
from bot.domain.messages import Busy, Refusal
from bot.downloading import ELSEWHERE, NO_SCOPE, download
from bot.fetching import Fetching
from bot.outcomes import Passing, Permanent
from bot.text import Text

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)
MOST = 2_000_000
GIGABYTE = 1_000_000_000
FILES = {
    "/claims": (GIGABYTE, b"x" * (MOST + 500_000)),
    "/short": (GIGABYTE, b"few"),
    "/honest": (5, b"hello"),
    "/page": (5, b"login"),
}


class Liar(BaseHTTPRequestHandler):
    """A Slack whose files are not what they claim."""

    def do_POST(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_address[1]}"
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        name = asked.partition("file=")[2].partition("&")[0]
        url = "https://evil.example/x" if name == "elsewhere" else f"{here}/{name}"
        said = json.dumps({"ok": True, "file": {"size": GIGABYTE, "url_private_download": url}}).encode()
        self._answers("application/json", len(said), said)

    def do_GET(self) -> None:
        self._answers("text/html" if self.path == "/page" else "text/plain", *FILES[self.path])

    def _answers(self, kind: str, length: int, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: object) -> None: ...


class Quiet(ThreadingHTTPServer):
    """Does not mind who hangs up."""

    def handle_error(self, *_: object) -> None: ...


@pytest.fixture
def client() -> Iterator[WebClient]:
    with Quiet(("127.0.0.1", 0), Liar) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/api/"
        yield WebClient(token="xoxb-1", base_url=url, retry_handlers=[])
        server.shutdown()
        thread.join()


def test_no_more_is_read_than_may_be_kept_whatever_is_claimed(client: WebClient) -> None:
    tracemalloc.start()
    try:
        assert len(download(client, "claims", MOST)) == MOST + 1
        assert tracemalloc.get_traced_memory()[1] < 6 * MOST
    finally:
        tracemalloc.stop()
    assert download(client, "honest", MOST) == b"hello"


def test_half_a_file_is_none(client: WebClient) -> None:
    with pytest.raises(Passing, match="cut_off"):
        download(client, "short", MOST)


@pytest.mark.parametrize(("file", "reason"), [("page", NO_SCOPE), ("elsewhere", ELSEWHERE)])
def test_the_token_goes_to_slack_alone_and_a_page_is_no_file(
    client: WebClient, file: str, reason: str
) -> None:
    with pytest.raises(Permanent, match=reason):
        download(client, file, MOST)


def test_a_large_file_is_written_down_piece_by_piece(client: WebClient, tmp_path: Path) -> None:
    heard: list[int] = []
    path, fetch = tmp_path / "sheet", Fetching(lambda _: client)
    fetch(WorkspaceId(1), "honest", path, MOST, lambda: heard.append(1))
    assert path.read_bytes() == b"hello"
    assert heard


@pytest.mark.parametrize(
    ("file", "kind", "words"),
    [
        ("claims", Refusal, "more than 2 MB"),
        ("page", Refusal, "scope files:read"),
        ("elsewhere", Refusal, "Send it again"),
        ("short", Busy, "busy"),
    ],
)
def test_what_can_not_be_fetched_is_refused_or_waits(
    client: WebClient, tmp_path: Path, file: str, kind: type[Refusal], words: str
) -> None:
    with pytest.raises(kind) as refused:
        Fetching(lambda _: client)(WorkspaceId(1), file, tmp_path / "sheet", MOST, lambda: None)
    assert type(refused.value) is kind
    assert words in Text("en-GB", "UTC", NOW).say(refused.value.message)
