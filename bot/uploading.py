"""Files into a direct message: an address, the bytes, the end; however large, the file is never held in memory."""

import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from bot.outcomes import Passing, Permanent, judged, retry_after

SECONDS = 60
"""Patience for one step of the upload; the whole takes as long as it takes."""
NOT_HERE = "the file is not here: is it on another machine?"


def upload(client: WebClient, channel: str, payload: dict[str, Any]) -> None:
    """Put the file that a delivery names into a channel.

    Raises:
        Passing: not now; `known` is false when the file may have arrived.
        Permanent: never.
    """
    path, name = Path(payload["path"]), str(payload["name"])
    if not path.exists():
        raise Passing(NOT_HERE, timedelta(), known=True)
    with judged():
        place = client.files_getUploadURLExternal(filename=name, length=path.stat().st_size)
        _send(str(place["upload_url"]), path)
        client.files_completeUploadExternal(
            files=[{"id": str(place["file_id"]), "title": name}], channel_id=channel
        )


def clear(payload: dict[str, Any]) -> None:
    """Remove a file that has arrived."""
    Path(payload["path"]).unlink(missing_ok=True)


def _send(address: str, path: Path) -> None:
    """Send the bytes; nobody sees them before the upload is completed, so a repeat does no harm."""
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(path.stat().st_size)}
    with path.open("rb") as file:
        request = urllib.request.Request(address, data=file, headers=headers, method="POST")  # noqa: S310 - Slack's
        try:
            urllib.request.urlopen(request, timeout=SECONDS).close()  # noqa: S310 - Slack's address
        except urllib.error.HTTPError as error:
            error.close()
            raise _verdict(error) from error


def _verdict(error: urllib.error.HTTPError) -> Exception:
    if error.code == 429:  # noqa: PLR2004 - HTTP
        return Passing("ratelimited", retry_after(error.headers), known=True)
    if error.code >= 500:  # noqa: PLR2004 - HTTP
        return Passing(f"http_{error.code}", timedelta(), known=True)
    return Permanent(f"upload refused: http_{error.code}")
