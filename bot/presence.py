"""Whether somebody wants to be left alone now: Slack's do-not-disturb schedule, where the scope allows to ask."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from http.client import HTTPException

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.domain.ids import WorkspaceId
from bot.domain.people import Person
from bot.outcomes import code_of, retry_after

GONE = frozenset({"user_not_found", "user_not_visible"})
_log = logging.getLogger(__name__)


class Presence:
    """Asks Slack for do-not-disturb schedules; where it does not tell, working hours alone decide."""

    def __init__(self, client_for: Callable[[WorkspaceId], WebClient], clock: Clock) -> None:
        self._client_for = client_for
        self._clock = clock
        self._untold: set[WorkspaceId] = set()

    def quiet_until(self, person: Person) -> datetime | None:
        """Return when a person may be disturbed again, None when that is now."""
        if person.workspace in self._untold or person.slack_id is None:
            return None
        try:
            told = self._client_for(person.workspace).dnd_info(user=person.slack_id)
        except SlackApiError as error:
            if code_of(error) == "missing_scope":
                self._untold.add(person.workspace)
            _log.info("dnd.info: %s", code_of(error))
            return self._asked_to_wait(error)
        except (OSError, HTTPException) as error:
            _log.warning("dnd.info: %s", type(error).__name__)
            return None
        return self._quiet(
            told.get("dnd_enabled"), told.get("next_dnd_start_ts"), told.get("next_dnd_end_ts")
        )

    def has_left(self, person: Person) -> bool:
        """Whether Slack says that somebody is deactivated; unsure, he is still there."""
        if person.slack_id is None:
            return False
        try:
            told = self._client_for(person.workspace).users_info(user=person.slack_id)
        except SlackApiError as error:
            _log.info("users.info: %s", code_of(error))
            return code_of(error) in GONE
        except (OSError, HTTPException) as error:
            _log.warning("users.info: %s", type(error).__name__)
            return False
        return bool((told.get("user") or {}).get("deleted"))

    def _asked_to_wait(self, error: SlackApiError) -> datetime | None:
        """Return when to ask again: many are looked after in the same minute, and Slack counts the questions."""
        if error.response.status_code != 429:  # noqa: PLR2004 - HTTP
            return None
        return self._clock.now() + retry_after(error.response.headers)

    def _quiet(self, enabled: object, starts: object, ends: object) -> datetime | None:
        if not enabled or not isinstance(starts, int | float) or not isinstance(ends, int | float):
            return None
        now = self._clock.now().timestamp()
        return datetime.fromtimestamp(ends, UTC) if starts <= now < ends else None
