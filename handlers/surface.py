"""What a listener may do on somebody's screen."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.domain.ids import SlackUser
from bot.domain.messages import Refusal
from bot.downloading import download
from bot.outcomes import Passing, Permanent, judged
from handlers.acks import Ack

CLOSED_MEANWHILE = frozenset({"not_found", "hash_conflict"})
TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged"})
PATIENCE_SECONDS = 3


class Surface:
    """One person's screen, reached with one request's trigger and response URL."""

    def __init__(self, client: WebClient, user: SlackUser, trigger_id: str, response_url: str | None) -> None:
        self.client = client
        self.response_url = response_url
        self._user = user
        self._trigger_id = trigger_id

    def open(self, view: dict[str, Any]) -> None:
        """Open a modal.

        Raises:
            Refusal: it took longer than the three seconds that Slack gives.
        """
        self._show(self.client.views_open, view)

    def push(self, view: dict[str, Any]) -> None:
        """Put a modal on top of the open one.

        Raises:
            Refusal: it took longer than the three seconds that Slack gives.
        """
        self._show(self.client.views_push, view)

    def shown_over(self, inside_modal: bool, view: dict[str, Any]) -> str:  # noqa: FBT001 - where the button stood
        """Open a modal, on top of the open one if the button stood in one, and return its id: it will be changed.

        Raises:
            Refusal: it took longer than the three seconds that Slack gives.
        """
        return self._show(self.client.views_push if inside_modal else self.client.views_open, view)

    def show_over(self, inside_modal: bool, view: dict[str, Any]) -> None:  # noqa: FBT001 - where the button stood
        """Open a modal, on top of the open one if the button stood in one."""
        (self.push if inside_modal else self.open)(view)

    def update(self, view_id: str, view: dict[str, Any]) -> None:
        """Change an open modal; closed meanwhile, nothing happens.

        Raises:
            Refusal: Slack does not answer.
        """
        with _refused(CLOSED_MEANWHILE):
            self.client.views_update(view_id=view_id, view=view)

    def answer(self, ack: Ack, view: dict[str, Any], action: str = "update") -> None:
        """Show a view as the answer to a submission, in the place of what stood there while it took its time.

        Raises:
            Refusal: Slack does not answer.
        """
        if not ack.first(response_action=action, view=view):
            self.settle(ack, view)

    def settle(self, ack: Ack, view: dict[str, Any]) -> None:
        """Change the view that waits for its answer; without one, or closed meanwhile, nothing happens.

        Raises:
            Refusal: Slack does not answer.
        """
        if external := ack.shown():
            with _refused(CLOSED_MEANWHILE):
                self.client.views_update(external_id=external, view=view)

    def permalink(self, channel: str | None, ts: str | None) -> str:
        """Return the link to a message, empty where Slack gives none."""
        if not channel or not ts:
            return ""
        try:
            answer = self.client.chat_getPermalink(channel=channel, message_ts=ts)
        except SlackApiError:
            return ""
        return str(answer["permalink"])

    def about(self, file: str) -> Mapping[str, Any]:
        """Return what Slack tells of a file that was given to the app.

        Raises:
            Refusal: Slack does not answer.
        """
        with _refused(frozenset()):
            facts: Mapping[str, Any] = self.client.files_info(file=file)["file"]
            return facts

    def download(self, file: str, most: int) -> bytes:
        """Return the content of a file that was given to the app; one byte more than `most` of what is larger.

        Raises:
            Refusal: Slack does not hand it over.
        """
        try:
            with _refused(frozenset()):
                return download(self.client, file, most)
        except Permanent as permanent:
            raise Refusal(
                "Slack does not hand the file over ({reason}). The app needs the scope files:read.",
                reason=str(permanent),
            ) from permanent

    def at(self, response_url: str) -> "Surface":
        """Return the same screen, with the message behind this URL to be replaced."""
        return Surface(self.client, self._user, self._trigger_id, response_url)

    def without_response_url(self) -> None:
        """Forget the response URL: answers to a form opened from a message go to the direct message."""
        self.response_url = None

    def reply(self, payload: dict[str, Any]) -> None:
        """Answer privately: to the response URL, else into the direct message."""
        if self.response_url and self._respond({**payload, "replace_original": False}):
            return
        self.client.chat_postMessage(channel=self._user, unfurl_links=False, unfurl_media=False, **payload)

    def replace(self, payload: dict[str, Any]) -> None:
        """Put new words in place of the message whose button was pressed."""
        if not (self.response_url and self._respond({**payload, "replace_original": True})):
            self.client.chat_postMessage(
                channel=self._user, unfurl_links=False, unfurl_media=False, **payload
            )

    def _respond(self, body: dict[str, Any]) -> bool:
        hook = WebhookClient(self.response_url or "", timeout=PATIENCE_SECONDS)
        try:
            response = hook.send_dict({**body, "response_type": "ephemeral"})
        except OSError:
            return False
        return response.status_code == 200  # noqa: PLR2004 - HTTP

    def _show(self, method: Callable[..., Any], view: dict[str, Any]) -> str:
        try:
            with _refused(frozenset()):
                return str(method(trigger_id=self._trigger_id, view=view)["view"]["id"])
        except Permanent as permanent:
            if str(permanent) in TOO_LATE:
                raise Refusal(
                    "Slack was too slow to open the form. Try again; nothing was lost."
                ) from permanent
            raise


@contextmanager
def _refused(harmless: frozenset[str]) -> Iterator[None]:
    """Refuse while Slack does not answer; errors that are `harmless` pass in silence.

    Raises:
        Refusal: Slack is busy, broken or silent.
        Permanent: Slack will never take it.
    """
    try:
        with judged():
            yield
    except Passing as passing:
        raise Refusal(
            "Slack does not answer right now. Try again in a moment; nothing was lost."
        ) from passing
    except Permanent as permanent:
        if str(permanent) not in harmless:
            raise
