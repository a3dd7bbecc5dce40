"""What Slack sends to an app about what people do."""

from bot.playground.escapes import escaped
from bot.playground.ids import new_id
from bot.playground.manifest import Command, Manifest
from bot.playground.messages import Message
from bot.playground.people import ChannelKind
from bot.playground.places import Spot
from bot.playground.shapes import Json, Values
from bot.playground.state import Workspace
from bot.playground.values import Field
from bot.playground.views import OpenView, Surface

VERIFICATION_TOKEN = "playground-verification"  # noqa: S105 - deprecated by Slack, still in each payload
_PLAIN = ("title", "submit", "close")
_ECHOED = ("text", "value", "style", "placeholder")


class Payloads:
    def __init__(self, workspace: Workspace, manifest: Manifest) -> None:
        self._workspace = workspace
        self._manifest = manifest

    def slash_command(self, user: str, channel: str, command: Command, text: str) -> Json:
        """The body of a command, a flat form."""
        place, team = self._workspace.directory.channel(channel), self._workspace.team
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team.id,
            "team_domain": team.domain,
            "channel_id": channel,
            "channel_name": "directmessage" if place.kind is ChannelKind.DIRECT else place.name,
            "user_id": user,
            "user_name": self._workspace.directory.member(user).name,
            "command": command.name,
            "text": escaped(text, self._workspace.directory) if command.should_escape else text,
            "api_app_id": self._workspace.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._response_url(user, channel),
            "trigger_id": self._workspace.triggers.issue(user),
        }

    def shortcut(self, user: str, callback_id: str) -> Json:
        return {
            **self._about("shortcut", user),
            "callback_id": callback_id,
            "action_ts": self._workspace.clock.stamp(),
            "trigger_id": self._workspace.triggers.issue(user),
        }

    def message_action(self, user: str, callback_id: str, message: Message) -> Json:
        return {
            **self.shortcut(user, callback_id),
            "type": "message_action",
            "message_ts": message.ts,
            "response_url": self._response_url(user, message.channel, message.ts),
            "channel": self._channel(message.channel),
            "message": self.message(message),
        }

    def block_actions(self, spot: Spot, field: Field, chosen: Json) -> Json:
        """With the state of every field of the view, whichever was touched."""
        payload = {
            **self._about("block_actions", spot.user),
            "api_app_id": self._workspace.app.app_id,
            **self._whereabouts(spot),
            "trigger_id": self._workspace.triggers.issue(spot.user),
            "actions": [self._action(field, chosen)],
        }
        if spot.message:
            response_url = self._response_url(spot.user, spot.message.channel, spot.message.ts)
            payload |= {"state": {"values": spot.values}, "response_url": response_url}
        if spot.view:
            payload["view"] = self.view(spot.view, spot.values)
        return payload

    def view_submission(self, view: OpenView, response_urls: list[Json]) -> Json:
        return {
            **self._about("view_submission", view.user),
            "api_app_id": self._workspace.app.app_id,
            "trigger_id": self._workspace.triggers.issue(view.user),
            "view": self.view(view, view.values),
            "response_urls": response_urls,
        }

    def view_closed(self, view: OpenView) -> Json:
        """Of one view by its close button: nothing of what was filled in is told."""
        return {
            **self._about("view_closed", view.user),
            "api_app_id": self._workspace.app.app_id,
            "view": self.view(view, {}),
            "is_cleared": False,
        }

    def stack_closed(self, root: OpenView) -> Json:
        return {**self.view_closed(root), "is_cleared": True}

    def block_suggestion(self, spot: Spot, field: Field, query: str) -> Json:
        """With an empty state, as Slack does."""
        payload = {
            **self._about("block_suggestion", spot.user),
            "api_app_id": self._workspace.app.app_id,
            **self._whereabouts(spot),
            "action_id": field.action_id,
            "block_id": field.block_id,
            "value": query,
        }
        return {**payload, "view": self.view(spot.view, {})} if spot.view else payload

    def event(self, event: Json) -> Json:
        """The outer event around `event`."""
        team, app, now = self._workspace.team, self._workspace.app, self._workspace.clock.now()
        authorization = {"enterprise_id": None, "team_id": team.id, "user_id": app.bot_user}
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team.id,
            "api_app_id": app.app_id,
            "event": {**event, "event_ts": event.get("event_ts") or self._workspace.clock.stamp()},
            "type": "event_callback",
            "event_id": new_id("Ev"),
            "event_time": int(now),
            "authorizations": [{**authorization, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "context_team_id": team.id,
        }

    def view(self, view: OpenView, values: Values) -> Json:
        """A view as Slack tells of it, in payloads and in answers."""
        spec = {key: value for key, value in view.spec.items() if key != "type"}
        for key in _PLAIN:
            spec[key] = spec.get(key) and {"emoji": True, **spec[key]}
        return {
            "private_metadata": "",
            "callback_id": "",
            "clear_on_close": False,
            "notify_on_close": False,
            **spec,
            "external_id": view.external_id,
            "id": view.id,
            "team_id": self._workspace.team.id,
            "type": "home" if view.surface is Surface.HOME else "modal",
            "state": {"values": values},
            "hash": view.hash,
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
            "app_id": self._workspace.app.app_id,
            "app_installed_team_id": self._workspace.team.id,
            "bot_id": self._workspace.app.bot_id,
        }

    def message(self, message: Message) -> Json:
        """A message as Slack tells of it, in payloads, answers and histories."""
        told: Json = {"type": "message", "user": message.author, "ts": message.ts, "text": message.text}
        told["team"] = self._workspace.team.id
        if message.bot_id:
            told |= {"bot_id": message.bot_id, "app_id": self._workspace.app.app_id}
        if message.edited_ts:
            told["edited"] = {"user": message.author, "ts": message.edited_ts}
        present = {"blocks": list(message.blocks), "thread_ts": message.thread_ts}
        told |= {key: value for key, value in present.items() if value}
        return told

    def _whereabouts(self, spot: Spot) -> Json:
        if spot.message is None:
            return {"container": {"type": "view", "view_id": spot.view.id if spot.view else ""}}
        message = spot.message
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.is_ephemeral,
        }
        told = {} if message.is_ephemeral else {"message": self.message(message)}
        return {"container": container, "channel": self._channel(message.channel), **told}

    def _action(self, field: Field, chosen: Json) -> Json:
        echoed = {key: field.element[key] for key in _ECHOED if key in field.element}
        return {
            **(echoed if field.held_in is None else {}),
            **chosen,
            "type": field.element["type"],
            "action_id": field.action_id,
            "block_id": field.block_id,
            "action_ts": self._workspace.clock.stamp(),
        }

    def _about(self, type: str, user: str) -> Json:
        team, member = self._workspace.team, self._workspace.directory.member(user)
        return {
            "type": type,
            "token": VERIFICATION_TOKEN,
            "team": {"id": team.id, "domain": team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": user,
                "username": member.name,
                "name": member.name,
                "team_id": member.team_id or team.id,
            },
        }

    def _channel(self, id: str) -> Json:
        channel = self._workspace.directory.channel(id)
        return {"id": id, "name": "directmessage" if channel.kind is ChannelKind.DIRECT else channel.name}

    def _response_url(self, user: str, channel: str, original_ts: str = "") -> str:
        return self._workspace.address + self._workspace.response_urls.issue(user, channel, original_ts)
