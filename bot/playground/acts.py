"""What a person does in Slack.

Every act blocks until the bot acknowledged or Slack lost patience (three seconds), so never call one on the
event loop of the server: use a plain `def` route. What the person then sees stands in the workspace.
"""

from dataclasses import replace

from bot.playground import events
from bot.playground.answers import post_answer
from bot.playground.closing import Closing
from bot.playground.delivery import Delivery, EnvelopeKind
from bot.playground.manifest import Command, Manifest
from bot.playground.payloads import Payloads
from bot.playground.people import Member
from bot.playground.places import NoSuchElementError, Place, Spot, keep_given, keep_values, spot_at
from bot.playground.post import Outcome, Post
from bot.playground.profiles import file_object
from bot.playground.rich import rich_text_of
from bot.playground.shapes import Json, SlackError, Values
from bot.playground.state import Workspace
from bot.playground.submissions import TROUBLE, apply_answer, problems_before_sending
from bot.playground.tickets import ResponseUrl
from bot.playground.values import Field, fields_of, merged, merged_all
from bot.playground.views import OpenView

__all__ = ["Acts", "NoSuchElementError", "Outcome", "Place"]


class Acts:
    """`user`, `channel`, `view_id` are ids; values are in the shape of `view.state.values`."""

    def __init__(self, workspace: Workspace, manifest: Manifest, delivery: Delivery) -> None:
        self._workspace = workspace
        self._manifest = manifest
        self._payloads = Payloads(workspace, manifest)
        self.post = Post(workspace, delivery)
        self._closing = Closing(workspace, self._payloads, self.post)
        self._happenings = events.Happenings(workspace, manifest, self._payloads, self.post)

    def command(self, user: str, channel: str, line: str) -> Outcome:
        """Types `/log call Anna` and presses Enter; also `"/log"` alone."""
        name, _, text = line.strip().partition(" ")
        command = self._manifest.command(name)
        if command is None:
            self._workspace.tell(user, channel, f"{name} is not a valid command.")
            return Outcome(error="unknown_command")
        payload = self._payloads.slash_command(user, channel, command, text.strip())
        outcome = self.post.send(EnvelopeKind.COMMAND, payload)
        if outcome.error:
            self._workspace.tell(user, channel, f"{name} failed with the error {outcome.error}")
        elif outcome.response:
            outcome = self._shown(user, channel, command, outcome)
        return outcome

    def global_shortcut(self, user: str, callback_id: str) -> Outcome:
        payload = self._payloads.shortcut(user, callback_id)
        return self._sent_from_menu(user, callback_id, payload)

    def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> Outcome:
        message = self._workspace.messages.message(channel, ts)
        payload = self._payloads.message_action(user, callback_id, message)
        return self._sent_from_menu(user, callback_id, payload)

    def fill(self, user: str, place: Place, values: Values) -> None:
        """Takes over what a page has in its fields, before another act; the app is told nothing."""
        with self._workspace.lock:
            keep_given(self._workspace, spot_at(self._workspace, user, place), values)

    def press(
        self,
        user: str,
        place: Place,
        block_id: str,
        action_id: str,
        chosen: Json | None = None,
    ) -> Outcome:
        """A button, or with `chosen` (`{"selected_option": …}`) an overflow menu: always sent."""
        spot = spot_at(self._workspace, user, place)
        return self._dispatched(spot, spot.field(block_id, action_id), chosen or {})

    def choose(
        self,
        user: str,
        place: Place,
        block_id: str,
        action_id: str,
        chosen: Json,
    ) -> Outcome | None:
        """In a select, picker, checkbox: `{"selected_option": {…}}`, `{"selected_date": "2026-11-21"}`.

        None when the field tells the app nothing before the form is submitted.
        """
        spot = spot_at(self._workspace, user, place)
        field = spot.field(block_id, action_id)
        spot = self._filled(spot, field, chosen)
        return self._dispatched(spot, field, chosen) if field.dispatches else None

    def type_into(
        self,
        user: str,
        place: Place,
        block_id: str,
        action_id: str,
        text: str,
    ) -> Outcome | None:
        """The field's whole new text; sent at once when the field dispatches on characters, else None."""
        spot = spot_at(self._workspace, user, place)
        field = spot.field(block_id, action_id)
        chosen = {field.held_in or "value": _typed(field, text)}
        spot = self._filled(spot, field, chosen)
        return self._dispatched(spot, field, chosen) if field.dispatches_on("on_character_entered") else None

    def press_enter(self, user: str, place: Place, block_id: str, action_id: str) -> Outcome | None:
        """In a text field; None when the field does not dispatch on it."""
        spot = spot_at(self._workspace, user, place)
        field = spot.field(block_id, action_id)
        chosen = {key: value for key, value in _held(spot, field).items() if key != "type"}
        return self._dispatched(spot, field, chosen) if field.dispatches_on("on_enter_pressed") else None

    def suggest(self, user: str, place: Place, block_id: str, action_id: str, query: str) -> Outcome:
        """The app's options for an external select: `response` has `options` or `option_groups`."""
        spot = spot_at(self._workspace, user, place)
        field = spot.field(block_id, action_id)
        if len(query) < field.element.get("min_query_length", 3):
            return Outcome(error="query_too_short")
        outcome = self.post.send(
            EnvelopeKind.INTERACTIVE, self._payloads.block_suggestion(spot, field, query)
        )
        return self.post.checked_suggestion(outcome)

    def submit(self, user: str, view_id: str, values: Values | None = None) -> Outcome:
        """Presses the submit button of the modal; first Slack looks at the fields itself.

        With `errors` in the outcome the modal stays open: by Slack when `acked` is false, else by the app.
        """
        view = self._with_values(user, view_id, values)
        problems = problems_before_sending(view)
        if problems:
            self._workspace.views.put(replace(view, errors=problems, notice=""))
            return Outcome(error="invalid_fields", errors=problems)
        view = self._workspace.views.put(replace(view, errors={}, notice=""))
        payload = self._payloads.view_submission(view, self._response_urls(view))
        return self._answered(view, self.post.send(EnvelopeKind.INTERACTIVE, payload))

    def close(self, user: str, view_id: str, values: Values | None = None) -> Outcome | None:
        """The close button of the modal on top; None when the view did not ask to be told."""
        view = self._with_values(user, view_id, values)
        return self._closing.close(view)

    def close_all(self, user: str) -> Outcome | None:
        """The X: the whole stack goes, the app hears of the root."""
        return self._closing.close_all(user)

    def lose(self, user: str) -> None:
        """The client crashes: the modals are gone, nothing is sent, ephemeral messages are gone too."""
        with self._workspace.lock:
            self._workspace.views.clear(user)
            self._workspace.messages.reload(user)

    def open_home(self, user: str) -> Outcome | None:
        """Opens the app's Home tab; None when the app does not listen to that."""
        return self._happenings.opened(user, "home")

    def open_messages(self, user: str) -> Outcome | None:
        """Opens the direct message with the app."""
        self._workspace.directory.direct(user)
        return self._happenings.opened(user, "messages")

    def say(self, user: str, channel: str, text: str, files: tuple[str, ...] = ()) -> Outcome | None:
        """Writes a message, with ids of files of `upload`; None when the app does not hear it."""
        return self._happenings.said(user, channel, text, files)

    def upload(self, user: str, name: str, content: bytes, mimetype: str = "text/plain") -> str:
        """Gives Slack a file, for `say` or a file field; returns its id."""
        file = self._workspace.files.announce(name, user, self._workspace.clock.now())
        file = replace(file, content=content, mimetype=mimetype, is_complete=True)
        return self._workspace.files.put(file).id

    def forward_email(self, user: str, email: Json) -> str:
        """Gives Slack an e-mail, for `say`: Slack takes it apart and keeps a page; returns its id."""
        name = str(email.get("subject") or "email")
        file = self._workspace.files.announce(name, user, self._workspace.clock.now())
        page = replace(file, content=b"<html>", mimetype="text/html", is_complete=True, email=email)
        return self._workspace.files.put(page).id

    def attach(self, user: str, place: Place, block_id: str, action_id: str, files: tuple[str, ...]) -> None:
        """Puts files of `upload` into a file field."""
        known = [self._workspace.files.file(one) for one in files]
        chosen = {"files": [file_object(self._workspace, file) for file in known]}
        spot = spot_at(self._workspace, user, place)
        self._filled(spot, spot.field(block_id, action_id), chosen)

    def change_member(self, member: Member) -> Outcome | None:
        """The person's profile, zone, locale or deactivation changes."""
        return self._happenings.changed(member)

    def _filled(self, spot: Spot, field: Field, chosen: Json) -> Spot:
        if field.held_in is None:
            return spot
        values = merged(spot.values, field.block_id, field.action_id, chosen)
        return keep_values(self._workspace, spot, values)

    def _dispatched(self, spot: Spot, field: Field, chosen: Json) -> Outcome:
        spot = self._filled(spot, field, chosen)
        payload = self._payloads.block_actions(spot, field, chosen)
        outcome = self.post.send(EnvelopeKind.INTERACTIVE, payload)
        if outcome.error:
            self._show_trouble(spot)
        return outcome

    def _show_trouble(self, spot: Spot) -> None:
        with self._workspace.lock:
            if spot.message:
                self._workspace.tell(spot.user, spot.message.channel, TROUBLE)
            elif spot.view:
                self._workspace.views.notice(spot.view.id, TROUBLE)

    def _shown(self, user: str, channel: str, command: Command, outcome: Outcome) -> Outcome:
        answer_to = ResponseUrl("", user, channel, 0.0)
        try:
            post_answer(self._workspace, answer_to, outcome.response or {})
        except SlackError as refusal:
            self._workspace.journal.warn(f"answer to {command.name} refused: {refusal.answer()}")
            self._workspace.tell(user, channel, f"{command.name} failed with the error {refusal.error}")
            return replace(outcome, error=refusal.error)
        return outcome

    def _sent_from_menu(self, user: str, callback_id: str, payload: Json) -> Outcome:
        shortcut = self._manifest.shortcut(callback_id)
        if shortcut is None:
            return Outcome(error="unknown_shortcut")
        outcome = self.post.send(EnvelopeKind.INTERACTIVE, payload)
        if outcome.error:
            direct = self._workspace.directory.direct(user)
            self._workspace.tell(user, direct.id, f"{shortcut.name} failed: {outcome.error}")
        return outcome

    def _with_values(self, user: str, view_id: str, values: Values | None) -> OpenView:
        with self._workspace.lock:
            spot = spot_at(self._workspace, user, Place.view(view_id))
            if spot.view is None or spot.view != self._workspace.top(user):
                raise NoSuchElementError(f"{view_id} is not the view on top")
            kept = keep_values(self._workspace, spot, merged_all(spot.values, values or {}))
            return kept.view or spot.view

    def _answered(self, view: OpenView, outcome: Outcome) -> Outcome:
        if outcome.error:
            self._workspace.views.notice(view.id, TROUBLE)
            return outcome
        if view.id not in [open_view.id for open_view in self._workspace.stack(view.user)]:
            return outcome
        try:
            with self._workspace.lock:
                apply_answer(self._workspace, view, outcome.response)
        except SlackError as refusal:
            self._workspace.journal.warn(f"answer to a submission refused: {refusal.answer()}")
            self._workspace.views.notice(view.id, TROUBLE)
            return replace(outcome, error=refusal.error)
        return replace(outcome, errors=(outcome.response or {}).get("errors", {}))

    def _response_urls(self, view: OpenView) -> list[Json]:
        asking = [f for f in fields_of(view.blocks) if f.element.get("response_url_enabled")]
        return [self._response_url(view, field) for field in asking]

    def _response_url(self, view: OpenView, field: Field) -> Json:
        held = view.values[field.block_id][field.action_id]
        channel = held.get("selected_conversation") or held.get("selected_channel") or ""
        path = self._workspace.response_urls.issue(view.user, channel)
        url = self._workspace.address + path
        where = {"block_id": field.block_id, "action_id": field.action_id, "channel_id": channel}
        return {**where, "response_url": url}


def _typed(field: Field, text: str) -> object:
    if not text:
        return None
    return rich_text_of(text) if field.held_in == "rich_text_value" else text


def _held(spot: Spot, field: Field) -> Json:
    return spot.values.get(field.block_id, {}).get(field.action_id, {})
