"""What changes, vanishes or fails between one act and the next is told in a clear sentence; the bot goes on."""

import copy
from concurrent.futures import ThreadPoolExecutor

import pytest
from seat import Seat

from bot.domain.contacts import ContactType
from bot.playground.delivery import EnvelopeKind
from bot.services.contacts import Typed

SLOW = "Slack does not answer right now"


def fills(eva: Seat) -> int:
    """Open the form and fill in what must be filled in."""
    anna = eva.knows("Anna Berg")
    eva.types("/log")
    eva.picks("contact", str(anna))
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    return anna


def test_an_id_that_was_never_there_is_refused_at_its_field(eva: Seat) -> None:
    fills(eva)
    eva.picks("contact", "999999")
    errors = eva.submits().errors
    assert "Choose somebody else" in errors["contact"]
    assert eva.logged() == []


def test_a_contact_who_was_blocked_meanwhile_is_refused(eva: Seat) -> None:
    anna = fills(eva)
    blocked = Typed(type=ContactType.PERSON, name="Anna Berg", privacy_blocked=True)
    eva.bot.services["contacts"].edit(eva.person, anna, 0, blocked)
    errors = eva.submits().errors
    assert "asked not to be recorded" in errors["contact"]
    assert eva.logged() == []


def test_a_button_of_an_operation_that_is_gone(eva: Seat) -> None:
    fills(eva)
    eva.submits()
    eva.presses_on(eva.hears("Logged"), "undo")
    eva.hears("Undone")
    pressed = eva.slack.workspace.journal.sent_of("block_actions")[-1]
    unknown = copy.deepcopy(pressed.payload)
    unknown["actions"][0]["value"] = "999999"
    assert eva.acts.post.send(EnvelopeKind.INTERACTIVE, unknown).acked
    eva.hears("Only the person who did this can undo it")


def test_a_trigger_that_was_used_up_is_told(eva: Seat) -> None:
    sent = eva.types("/log").sent
    assert sent is not None
    assert eva.acts.post.repeat_in_new_envelope(sent).acked
    eva.hears("too slow to open the form")


def test_a_form_closed_while_it_changes_is_left_in_peace(eva: Seat) -> None:
    eva.types("/log")
    eva.slack.faults.slow(0.3, "views.update")
    with ThreadPoolExecutor(1) as people:
        chosen = people.submit(eva.chooses, "template", "Outgoing call")
        eva.sees(lambda: eva.slack.workspace.journal.sent_of("block_actions"))
        eva.crosses_out()
        chosen.result()
    eva.sees(lambda: [call for call in eva.slack.calls if call.method == "views.update"])
    assert not any("broke" in words for words in eva.said())
    assert eva.types("/log help").acked


@pytest.mark.parametrize("fault", ["rate_limited", "broken", "silent"])
def test_slack_opens_no_form_on_a_bad_day(eva: Seat, fault: str) -> None:
    faults = eva.slack.faults
    if fault == "rate_limited":
        faults.rate_limited(1, "views.open")
    elif fault == "broken":
        faults.broken("views.open")
    else:
        faults.silent("views.open")
    assert eva.types("/log").acked
    eva.hears(SLOW)
    assert eva.types("/log").acked
    assert eva.view


@pytest.mark.parametrize("method", ["conversations.open", "chat.postMessage"])
def test_a_confirmation_survives_a_broken_slack(eva: Seat, method: str) -> None:
    eva.acts.global_shortcut(eva.user, "log_interaction")
    anna = eva.knows("Anna Berg")
    eva.picks("contact", str(anna))
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    eva.slack.faults.broken(method)
    assert eva.submits().acked
    eva.hears("Logged: Outgoing call · Anna Berg")


def test_nobody_waits_for_a_slack_that_says_nothing_at_first_use(eva: Seat) -> None:
    eva.slack.faults.silent("users.info")
    outcome = eva.types("/log")
    assert outcome.acked
    assert eva.view
    assert outcome.seconds < 2
