"""All listeners, and their few hooks into Bolt."""

import re
from collections.abc import Callable

import slack_bolt
from slack_sdk import WebClient

from bot.views import ids
from handlers import (
    calls,
    campaigns,
    checklist,
    contact_care,
    contact_imports,
    contacts,
    deletion,
    departures,
    digests,
    entries,
    entry_acts,
    entry_exports,
    entry_files,
    entry_filters,
    entry_lists,
    histories,
    home,
    inbox,
    interactions,
    jobs,
    letters,
    lists,
    log,
    logged_segments,
    membership,
    message,
    number_series,
    opportunities,
    pasting,
    payloads,
    people,
    person_care,
    postponed,
    preferences,
    preview,
    purge,
    quick_log,
    reminder_policy,
    saved_criteria,
    segment_lines,
    segment_runs,
    segments,
    sent_files,
    setup,
    snoozes,
    tasks,
    teams,
    template_groups,
    template_languages,
    template_setup,
    templates,
)
from handlers.acks import Ack
from handlers.middleware import Desk, Request
from handlers.payloads import Body
from handlers.routes import Heard, Listener, Routes, ignore

ANYTHING = re.compile(".*", re.DOTALL)
FEATURES = (
    interactions,
    message,
    postponed,
    lists,
    snoozes,
    entries,
    entry_lists,
    entry_filters,
    entry_files,
    entry_acts,
    entry_exports,
    histories,
    tasks,
    contacts,
    calls,
    contact_care,
    contact_imports,
    person_care,
    people,
    preferences,
    departures,
    digests,
    quick_log,
    logged_segments,
    segment_runs,
    segments,
    membership,
    pasting,
    saved_criteria,
    preview,
    segment_lines,
    home,
    inbox,
    jobs,
    setup,
    teams,
    campaigns,
    opportunities,
    reminder_policy,
    checklist,
    templates,
    template_groups,
    template_languages,
    template_setup,
    number_series,
    letters,
    deletion,
    purge,
    sent_files,
)


def routes(log_command: str, contact_command: str, segment_command: str) -> Routes:
    """Return the table of all listeners; the command names are a setting."""
    table = Routes()
    table.commands[log_command] = log.log
    table.commands[contact_command] = contacts.contact
    table.commands[segment_command] = segments.segment
    for feature in FEATURES:
        feature.register(table)
    return table


def attach(app: slack_bolt.App, desk: Desk, table: Routes) -> None:
    """Let Bolt bring everything to the desk."""
    bring = _bringer(desk)
    app.command(ANYTHING)(bring(_Finder(table).command))
    app.shortcut(ANYTHING)(bring(_Finder(table).shortcut))
    app.action(ANYTHING)(bring(_Finder(table).action))
    app.view_submission(ANYTHING)(bring(_Finder(table).submission))
    app.view_closed(ANYTHING)(bring(_Finder(table).closing))
    app.options(ANYTHING)(bring(_Finder(table).choice))
    for event in (*table.events, "app_mention"):
        app.event(event)(bring(_Finder(table).event))


def _bringer(desk: Desk) -> Callable[[Callable[[Body], Heard]], Callable[..., None]]:
    def bring(route: Callable[[Body], Heard]) -> Callable[..., None]:
        def listener(ack: slack_bolt.Ack, body: Body, client: WebClient) -> None:
            desk.receive(Request(route=route, ack=Ack(ack), body=body, client=client))

        return listener

    return bring


class _Finder:
    """Finds the listener for each kind of request, and reads what it needs."""

    def __init__(self, table: Routes) -> None:
        self._table = table

    def command(self, body: Body) -> Heard:
        command = payloads.command(body)
        name = str(body.get("command"))
        listener = _known(self._table.commands, name)
        reads = listener is not log.log or log.only_reads(command.text)
        return Heard(listener, {"command": command}, acks_first=reads)

    def shortcut(self, body: Body) -> Heard:
        listener = _known(self._table.shortcuts, str(body.get("callback_id")))
        return Heard(listener, {"shortcut": payloads.shortcut(body)}, acks_first=True)

    def action(self, body: Body) -> Heard:
        press = payloads.press(body)
        form = press.view.callback if press.view and press.action == ids.FIELD else ""
        listener = self._table.fields.get(form) or _known(self._table.actions, press.action)
        return Heard(listener, {"press": press}, acks_first=press.action not in self._table.writing)

    def submission(self, body: Body) -> Heard:
        view = payloads.submitted(body)
        return Heard(_known(self._table.submissions, view.callback), {"view": view}, acks_first=False)

    def closing(self, body: Body) -> Heard:
        closing = payloads.closing(body)
        return Heard(
            _known(self._table.closings, closing.view.callback), {"closing": closing}, acks_first=False
        )

    def choice(self, body: Body) -> Heard:
        query = payloads.query(body)
        return Heard(_known(self._table.choices, query.field), {"query": query}, acks_first=False)

    def event(self, body: Body) -> Heard:
        kind = str((body.get("event") or {}).get("type"))
        listener = self._table.events.get(kind, ignore)
        if kind == "message":
            return Heard(listener, {"sent": payloads.sent_files(body)}, acks_first=False)
        member = kind == "user_change"
        things = {"member": payloads.member_change(body)} if member else {"mark": payloads.home_mark(body)}
        return Heard(listener, things, acks_first=True)


def _known(table: dict[str, Listener], key: str) -> Listener:
    listener = table.get(key)
    if listener is None:
        raise payloads.Malformed(f"nobody listens to {key[:60]!r}")
    return listener
