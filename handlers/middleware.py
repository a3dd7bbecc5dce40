"""Puts actor, text and services before the listener; the one place that turns an exception into an apology."""

import logging
import secrets
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.domain.ids import SlackTeam, SlackUser, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.outcomes import Permanent
from bot.services.people import People
from bot.text import Text
from bot.views import interactions as views
from bot.views import kit
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Body, OpenView
from handlers.routes import Heard, call, ignore
from handlers.surface import Surface

FIRST_USE_SECONDS = 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request on its way to its listener."""

    route: Callable[[Body], Heard]
    ack: Ack
    body: Body
    client: WebClient


class Desk:
    """Receives every request: finds the person, calls the listener, apologises when something is refused or broken."""

    def __init__(self, people: People, services: Mapping[str, Any]) -> None:
        self._people = people
        self._services = services

    def receive(self, request: Request) -> None:
        """Hear one request to its end; never raises."""
        try:
            payloads.check(request.body)
            if payloads.is_idle_talk(request.body):
                return request.ack()
            screen = _screen(request)
        except payloads.Malformed as malformed:
            _log.warning("malformed: %s", malformed)
            return request.ack()
        try:
            heard = request.route(request.body)
            if heard.listener is ignore:
                return request.ack()
            if heard.acks_first:
                request.ack()
            things: dict[str, Any] = {**self._things(request, screen), **heard.things}
            call(heard.listener, {**things, "desk": things})
            request.ack()
            self._mend(request, things["actor"])
        except Refusal as refusal:
            _log.info("refused: %s", type(refusal).__name__)
            self._say(request, screen, self._text(request).say(refusal.message))
        except payloads.Malformed as malformed:
            _log.warning("malformed: %s", malformed)
            words = "Slack sent something that Saleslog does not understand. Nothing was changed."
            self._say(request, screen, self._text(request)(words))
        except Exception as error:  # noqa: BLE001 - the border of the house: nothing may fall out
            self._apologise(request, screen, error)

    def _things(self, request: Request, screen: Surface) -> dict[str, Any]:
        origin = payloads.origin(request.body)
        workspace = self._people.workspace(origin.team)
        actor = self._people.known(workspace, origin.user) or self._welcome(request.client, workspace, origin)
        if not actor.active:
            actor = self._returned(request.client, actor, origin)
        things = {"ack": request.ack, "slack": screen, "actor": actor, "text": self._people.text(actor)}
        return {**self._services, **things}

    def _welcome(self, client: WebClient, workspace: WorkspaceId, origin: payloads.Origin) -> Person:
        """Return the person at first use; Slack gets one second to tell who he is."""
        if origin.home_team is not None and origin.home_team != origin.team:
            raise Refusal("Saleslog is for members of this workspace.")
        profile = asked(client, origin.user, origin.team)
        if profile is None:
            return self._people.admit_unconfirmed(workspace, origin.user, origin.name)
        return self._people.admit(workspace, profile)

    def _returned(self, client: WebClient, actor: Person, origin: payloads.Origin) -> Person:
        """Return somebody who was deactivated, if Slack says that he is welcome again."""
        profile = asked(client, origin.user, origin.team)
        if profile is None:
            raise Refusal("Your account is deactivated here. Ask an admin if that is wrong.")
        return self._people.admit(actor.workspace, profile)

    def _mend(self, request: Request, actor: Person) -> None:
        """Ask Slack again who somebody is whom it was too slow to tell of at first use."""
        if actor.confirmed or actor.slack_id is None:
            return
        profile = asked(request.client, actor.slack_id, payloads.origin(request.body).team)
        if profile is None:
            return
        try:
            self._people.refresh(actor.workspace, profile)
        except Refusal as refusal:
            _log.warning("somebody stays unconfirmed until next time: %s", type(refusal).__name__)

    def _text(self, request: Request) -> Text:
        try:
            origin = payloads.origin(request.body)
            person = self._people.known(self._people.workspace(origin.team), origin.user)
        except (Refusal, payloads.Malformed):
            person = None
        return self._people.text(person) if person else self._people.plain_text()

    def _apologise(self, request: Request, screen: Surface, error: Exception) -> None:
        reference = secrets.token_hex(2).upper()
        _log.error("reference %s: %s", reference, where(error))
        words = "Something broke; nothing that was saved is lost. Reference {reference}."
        self._say(request, screen, self._text(request)(words, reference=reference))

    def _say(self, request: Request, screen: Surface, words: str) -> None:
        """Say it where the person looks: in the form, else privately."""
        kind = request.body.get("type")
        try:
            if kind == "view_submission":
                self._keep_open(request, screen, payloads.submitted(request.body), words)
            elif kind == "block_suggestion":
                request.ack(options=[])
            elif kind in ("view_closed", "event_callback") and not payloads.sent_files(request.body):
                request.ack()
            else:
                request.ack()
                self._tell(request, screen, words)
        except (SlackApiError, OSError, HTTPException, Permanent, Refusal, payloads.Malformed) as error:
            _log.warning("could not say it: %s", type(error).__name__)
        request.ack()

    def _keep_open(self, request: Request, screen: Surface, shown: OpenView, words: str) -> None:
        """Leave the form open with the words at its first input; over one that only asks they are put."""
        first = next((block for block in shown.blocks if block in shown.values), None)
        text = self._text(request)
        notice = views.notice(text("Not possible"), words, text)
        if first is None:
            request.ack(response_action="push", view=notice)
        else:
            request.ack(response_action="errors", errors={first: words})
        screen.settle(request.ack, notice)

    def _tell(self, request: Request, screen: Surface, words: str) -> None:
        inside_view = (request.body.get("container") or {}).get("type") == "view"
        view = request.body.get("view") or {}
        if inside_view and view.get("type") == "modal":
            text = self._text(request)
            screen.push(views.notice(text("Not possible"), words, text))
            return
        screen.reply(kit.message(kit.line(words)))


def asked(client: WebClient, user: SlackUser, team: SlackTeam) -> Any:
    """Return what Slack tells of a member within a second, None when it is too slow."""
    patient = WebClient(
        token=client.token, base_url=client.base_url, timeout=FIRST_USE_SECONDS, retry_handlers=[]
    )
    try:
        answer = patient.users_info(user=user, include_locale=True)
    except (SlackApiError, OSError, HTTPException) as error:
        _log.warning("users.info did not answer: %s", type(error).__name__)
        return None
    return payloads.profile(answer["user"], team)


def where(error: BaseException) -> str:
    """Return what broke and where, without the error's words: they may quote what somebody typed."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    first = f"{where(cause)}and then " if cause else ""
    return f"{first}{type(error).__name__}\n{frames}"


def _screen(request: Request) -> Surface:
    body, user = request.body, payloads.origin(request.body).user
    return Surface(request.client, user, str(body.get("trigger_id") or ""), body.get("response_url") or None)
