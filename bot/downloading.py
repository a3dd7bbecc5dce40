"""Files that people gave to the app: read from Slack, with the app's token, which goes to Slack alone."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot.outcomes import Passing, Permanent, judged, retry_after

SECONDS = 10
"""Patience for one piece."""
WHOLE_SECONDS = 60
"""Patience for a file that is read into memory."""
NO_SCOPE = "missing_scope"
ELSEWHERE = "the file is not at Slack"
TOO_LARGE = "the file is too large"
_PIECE = 1 << 20


def download(client: WebClient, file: str, most: int) -> bytes:
    """Return the content of a file; one byte more than `most` of what is larger.

    Raises:
        Passing: not now.
        Permanent: never; NO_SCOPE when the app may not read files.
    """
    body, until = bytearray(), time.monotonic() + WHOLE_SECONDS
    with judged(), _opened(client, file) as answer:
        for piece in _pieces(answer):
            body += piece[: most + 1 - len(body)]
            if len(body) > most:
                break
            if time.monotonic() > until:
                raise Passing("slow", timedelta(), known=True)
    return bytes(body)


def download_to(client: WebClient, file: str, path: Path, most: int, heard: Callable[[], None]) -> None:
    """Write the content of a file to `path`, never holding it in memory; `heard` is called with each block.

    Raises:
        Passing: not now.
        Permanent: never; TOO_LARGE when it has more than `most` bytes.
    """
    with judged(), _opened(client, file) as answer, path.open("wb") as written:
        for block in _pieces(answer):
            most -= len(block)
            if most < 0:
                raise Permanent(TOO_LARGE)
            written.write(block)
            heard()


def _pieces(answer: HTTPResponse) -> Iterator[bytes]:
    """Yield what comes, whatever length it claims to have.

    Raises:
        Passing: it ended before its end.
    """
    claimed, size = answer.headers.get("Content-Length", ""), 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        yield piece
    if claimed.isdecimal() and size < int(claimed):
        raise Passing("cut_off", timedelta(), known=True)


def _is_slack(address: str, api: str) -> bool:
    """Whether an address is Slack's own, by https, or where the Web API itself is."""
    there, here = urlsplit(address), urlsplit(api)
    if (there.scheme, there.netloc) == (here.scheme, here.netloc):
        return True
    return there.scheme == "https" and f".{there.hostname}".endswith(".slack.com")


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: it could lead the token elsewhere, or to a page for people."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""
        return


@contextmanager
def _opened(client: WebClient, file: str) -> Iterator[HTTPResponse]:
    """Open a file at Slack, with the app's token."""
    facts: dict[str, Any] = client.files_info(file=file)["file"]
    address = str(facts.get("url_private_download") or facts.get("url_private") or "")
    if not _is_slack(address, client.base_url):
        raise Permanent(ELSEWHERE)
    token = {"Authorization": f"Bearer {client.token}"}
    request = urllib.request.Request(address, headers=token)  # noqa: S310 - looked at before
    try:
        with urllib.request.build_opener(_Staying).open(request, timeout=SECONDS) as answer:
            if "text/html" in answer.headers.get("Content-Type", ""):
                raise Permanent(NO_SCOPE)
            yield answer
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 429:  # noqa: PLR2004 - HTTP
            raise Passing("ratelimited", retry_after(error.headers), known=True) from error
        if error.code >= 500:  # noqa: PLR2004 - HTTP
            raise Passing(f"http_{error.code}", timedelta(), known=True) from error
        raise Permanent(NO_SCOPE) from error
