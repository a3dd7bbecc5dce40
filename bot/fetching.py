"""Files that people gave to the app, fetched long after they came."""

from collections.abc import Callable
from pathlib import Path

from slack_sdk import WebClient

from bot.domain.ids import WorkspaceId
from bot.domain.messages import Busy, Refusal
from bot.downloading import NO_SCOPE, TOO_LARGE, download_to
from bot.outcomes import Passing, Permanent


class Fetching:
    """Fetches files from Slack."""

    def __init__(self, client_for: Callable[[WorkspaceId], WebClient]) -> None:
        self._client_for = client_for

    def __call__(
        self, workspace: WorkspaceId, file: str, path: Path, most: int, heard: Callable[[], None]
    ) -> None:
        """Write the content of a file to `path`; `heard` is called again and again meanwhile.

        Raises:
            Busy: Slack does not answer now.
            Refusal: the file is too large or gone, or the app may not read it.
        """
        try:
            download_to(self._client_for(workspace), file, path, most, heard)
        except Passing as passing:
            raise Busy from passing
        except Permanent as permanent:
            raise _refusal(str(permanent), most) from permanent


def _refusal(reason: str, most: int) -> Refusal:
    if reason == TOO_LARGE:
        return Refusal(
            "The file has more than {most} MB. Split it, or let somebody with access to the server run "
            "saleslog import contacts.",
            most=most // 1_000_000,
        )
    if reason == NO_SCOPE:
        return Refusal("Slack does not hand the file over: the app needs the scope files:read.")
    return Refusal("Slack does not hand the file over ({reason}). Send it again.", reason=reason)
