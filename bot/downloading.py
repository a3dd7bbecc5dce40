"""Files that people gave to the app: read from Slack, with the app's token, which goes to Slack alone."""

import urllib.error
import urllib.request
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot.outcomes import Passing, Permanent, judged, retry_after

SECONDS = 10
NO_SCOPE = "missing_scope"
ELSEWHERE = "the file is not at Slack"


def download(client: WebClient, file: str, most: int) -> bytes:
    """Return the content of a file; one byte more than `most` of what is larger.

    Raises:
        Passing: not now.
        Permanent: never; NO_SCOPE when the app may not read files.
    """
    with judged():
        facts: dict[str, Any] = client.files_info(file=file)["file"]
        address = str(facts.get("url_private_download") or facts.get("url_private") or "")
        if not _is_slack(address, client.base_url):
            raise Permanent(ELSEWHERE)
        return _read(address, f"Bearer {client.token}", most)


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


def _read(address: str, token: str, most: int) -> bytes:
    request = urllib.request.Request(address, headers={"Authorization": token})  # noqa: S310 - looked at before
    try:
        with urllib.request.build_opener(_Staying).open(request, timeout=SECONDS) as answer:
            if "text/html" in answer.headers.get("Content-Type", ""):
                raise Permanent(NO_SCOPE)
            return bytes(answer.read(most + 1))
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 429:  # noqa: PLR2004 - HTTP
            raise Passing("ratelimited", retry_after(error.headers), known=True) from error
        if error.code >= 500:  # noqa: PLR2004 - HTTP
            raise Passing(f"http_{error.code}", timedelta(), known=True) from error
        raise Permanent(NO_SCOPE) from error
