"""What became of a call to Slack: taken, not now, or never (`reliability.md` 6)."""

from datetime import timedelta
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError

PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "message_limit_exceeded",
    }
)


class Passing(Exception):  # noqa: N818
    """Slack did not take the message now; `known` is false when it may have."""

    def __init__(self, reason: str, after: timedelta, *, known: bool) -> None:
        super().__init__(reason)
        self.after = after
        self.known = known


class Permanent(Exception):  # noqa: N818
    """Slack will never take the message."""


class judged:  # noqa: N801 - reads as a verb: with judged()
    """Turns what a Slack call raises into passing or permanent."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, SlackApiError):
            raise _verdict(error) from error
        if isinstance(error, (OSError, HTTPException)):
            raise Passing(
                type(error).__name__, timedelta(), known=isinstance(error, ConnectionRefusedError)
            ) from error


def _verdict(error: SlackApiError) -> Exception:
    code = code_of(error)
    status = getattr(error.response, "status_code", 200)
    if status == 429 or code in PASSING:  # noqa: PLR2004 - HTTP
        return Passing(code or "ratelimited", retry_after(error.response.headers), known=True)
    if status >= 500:  # noqa: PLR2004 - HTTP
        return Passing(f"http_{status}", timedelta(), known=True)
    return Permanent(code)


def code_of(error: SlackApiError) -> str:
    """Return the error's name as Slack gives it."""
    answer = error.response
    return str(answer.get("error", "")) if hasattr(answer, "get") else str(error)


def retry_after(headers: Any) -> timedelta:
    """Return how long Slack asks to wait; a second where it names no time."""
    named = {str(name).lower(): value for name, value in dict(headers or {}).items()}
    value = named.get("retry-after", 0)
    seconds = value[0] if isinstance(value, list) else value
    return timedelta(seconds=int(seconds)) if str(seconds).isdigit() else timedelta(seconds=1)
