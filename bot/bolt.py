"""Bolt as we run it: asks Slack nothing before the first answer, and answers the moment a listener does."""

from concurrent.futures import Executor, Future
from threading import Event

from slack_bolt import Ack, App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.lazy_listener.thread_runner import ThreadLazyListenerRunner
from slack_bolt.listener import Listener
from slack_bolt.listener.thread_runner import ThreadListenerRunner
from slack_sdk import WebClient


class PromptBolt(App):
    """Bolt with a token that is known to be ours (Bolt would ask `auth.test` first, and fail where Slack does)."""

    def __init__(self, client: WebClient, secret: str | None, listeners: Executor) -> None:
        super().__init__(
            client=_nobodys(client),
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=None, bot_token=client.token),
            signing_secret=secret,
            listener_executor=listeners,
            request_verification_enabled=secret is not None,
            ssl_check_enabled=False,
            attaching_function_token_enabled=False,
        )
        self._listener_runner = _runner(self._listener_runner)


class PromptRunner(ThreadListenerRunner):
    """Returns when the listener acknowledges; Bolt's own looks every ten milliseconds whether it has."""

    def run(
        self,
        request: BoltRequest,
        response: BoltResponse,
        listener_name: str,
        listener: Listener,
        starting_time: float | None = None,  # noqa: ARG002 - Bolt's signature
    ) -> BoltResponse | None:
        """Let the listener hear in a thread of its own, and return its acknowledgement."""
        ack = request.context["ack"] = PromptAck()
        if listener.auto_acknowledgement:
            ack()
        heard = self.listener_executor.submit(listener.run_ack_function, request=request, response=response)
        heard.add_done_callback(self._note)
        if not ack.given.wait(listener.ack_timeout):
            self.logger.warning("%s did not acknowledge in time", listener_name)
        return ack.response

    def _note(self, heard: "Future[BoltResponse | None]") -> None:
        if error := heard.exception():
            self.logger.error("a listener broke: %s", type(error).__name__, exc_info=error)


class PromptAck(Ack):
    """An acknowledgement that can be waited for."""

    def __init__(self) -> None:
        self.given = Event()
        super().__init__()  # type: ignore[no-untyped-call]

    @property
    def response(self) -> BoltResponse | None:
        """What was acknowledged with, None as long as nothing was."""
        return self._response

    @response.setter
    def response(self, response: BoltResponse | None) -> None:
        self._response = response
        if response is not None:
            self.given.set()


def _runner(bolts: ThreadListenerRunner) -> PromptRunner:
    executor = bolts.listener_executor
    return PromptRunner(
        logger=bolts.logger,
        process_before_response=False,
        listener_error_handler=bolts.listener_error_handler,
        listener_start_handler=bolts.listener_start_handler,
        listener_completion_handler=bolts.listener_completion_handler,
        listener_executor=executor,
        lazy_listener_runner=ThreadLazyListenerRunner(bolts.logger, executor),
    )


def _nobodys(client: WebClient) -> WebClient:
    """Return the client without its token, which Bolt takes from the authorization."""
    return WebClient(base_url=client.base_url, timeout=client.timeout, retry_handlers=[])
