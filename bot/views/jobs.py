"""The Jobs page for admins: what ran when, what failed (screens: one headline, names not ids)."""

from datetime import timedelta
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.deliveries import DeliveryKind, Failure
from bot.domain.jobs import JobRun, Report
from bot.domain.messages import n_
from bot.text import Text
from bot.views import kit
from bot.views.digest_settings import planned
from bot.views.forms import modal
from bot.views.ids import Action, Callback
from bot.views.kit import Part

NAMES = {
    "remind": n_("Reminders"),
    "backup": n_("Nightly backup"),
    "delete": n_("Deleting selected canceled entries"),
    "departures": n_("Noticing who has left"),
    "digest": n_("Digests"),
    "teams": n_("Teams that follow user groups"),
    "purge": n_("Deleting canceled entries"),
    "tidy": n_("Tidying up"),
    "exports": n_("Writing exports"),
    "imports": n_("Importing contacts"),
    "segments": n_("Logging segments"),
    "letters": n_("Making letters"),
    "mailbox": n_("Reading the mailbox"),
    "contacts": n_("Merging and deleting contacts"),
}
OFTEN = timedelta(minutes=1)
DIGESTS = 40
KINDS = {
    DeliveryKind.CONFIRMATION: n_("Confirmation"),
    DeliveryKind.ANSWER: n_("Answer"),
    DeliveryKind.REPLACEMENT: n_("Change of a message"),
    DeliveryKind.HOME: n_("App Home"),
    DeliveryKind.FILE: n_("File"),
    DeliveryKind.REMINDER: n_("Reminder"),
    DeliveryKind.CARD: n_("Announcement"),
    DeliveryKind.DIGEST: n_("Digest"),
}
REASONS = {
    "nobody to send it to": n_("the person has left"),
    "nobody knows whether it arrived": n_(
        "Slack's answer was lost: look whether it is there before you try again"
    ),
    "user_disabled": n_("Slack has deactivated this account"),
    "account_inactive": n_("Saleslog's token was revoked: install the app again"),
    "token_revoked": n_("Saleslog's token was revoked: install the app again"),
    "invalid_auth": n_("Slack does not know Saleslog's token: check it"),
    "cannot_dm_bot": n_("this account is a bot"),
    "TimeoutError": n_("Slack did not answer for more than an hour"),
    "URLError": n_("Slack could not be reached for more than an hour"),
    "channel_not_found": n_("the direct message is closed to Saleslog"),
}


def page(report: Report, text: Text) -> dict[str, Any]:
    """Return the page."""
    return modal(
        Callback.JOBS,
        text("Jobs"),
        [*_runs(report, text), kit.divider(), *_digests(report, text), *_failures(report, text)],
        close=text("Close"),
    )


def _runs(report: Report, text: Text) -> list[Block]:
    if not report.runs:
        return [kit.line(Part(text("No job has run yet. The first ones run within a minute."), italic=True))]
    return [block for run in report.runs for block in _run(run, text)]


def _run(run: JobRun, text: Text) -> tuple[Block, ...]:
    name = text(NAMES.get(run.name, run.name))
    last = text.moment(run.ended_at) if run.ended_at else text("never to its end")
    times = _times(run, last, text)
    wrong = (
        [
            text(
                "Failed {when}: {error}. The log tells more.",
                when=text.moment(run.failed_at),
                error=run.error,
            )
        ]
        if run.error and run.failed_at
        else []
    )
    return (
        kit.line(kit.bold(name), f" · {run.result}" if run.result else ""),
        kit.small(" ".join([times, *wrong])),
    )


def _times(run: JobRun, last: str, text: Text) -> str:
    often = run.started_at is not None and run.next_at - run.started_at < OFTEN
    if often:
        return text("Last run: {last}. It runs every few seconds.", last=last)
    return text("Last run: {last}. Next: {next}.", last=last, next=text.moment(run.next_at))


def _digests(report: Report, text: Text) -> list[Block]:
    if not report.digests:
        return []
    shown = [planned(digest, reader, text) for digest, reader in report.digests[:DIGESTS]]
    rest = len(report.digests) - DIGESTS
    more = [kit.small(text("… and {n} more.", n=rest))] if rest > 0 else []
    return [kit.line(kit.bold(text("Digests"))), *shown, *more, kit.divider()]


def _failures(report: Report, text: Text) -> list[Block]:
    heading = kit.line(kit.bold(text("Messages that did not arrive")))
    if not report.failures:
        return [heading, kit.line(Part(text("Within 30 days every message has arrived."), italic=True))]
    return [heading, *(_failure(failure, text) for failure in report.failures)]


def _failure(failure: Failure, text: Text) -> Block:
    reason = failure.reason.removeprefix("given up: ")
    words = [
        text(KINDS[failure.kind]),
        failure.person or text("(nobody)"),
        text.moment(failure.failed_at),
        text(REASONS[reason]) if reason in REASONS else reason,
    ]
    again = kit.button(text("Try again"), Action.TRY_AGAIN, failure.id)
    return kit.item([" · ".join(words)], again, f"failed.{failure.id}")
