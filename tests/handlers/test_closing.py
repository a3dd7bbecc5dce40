"""Closing a form half-way, and finding it again (`product.md` 4, 5)."""

from datetime import timedelta

from seat import Seat

from bot.domain.postponed import DraftState
from bot.playground.post import Outcome
from tests.handlers.walks import fills


def start_from_card(seat: Seat) -> None:
    seat.types("/contact anna")
    seat.presses_on(seat.hears("Fjordbygg AS"), "log_contact")


def the_draft_state(seat: Seat, form_id: str) -> DraftState:
    with seat.bot.store.read(seat.workspace) as work:
        draft = work.drafts.of_form(form_id)
    assert draft is not None
    return draft.state


def test_an_untouched_form_closed_by_the_x_leaves_no_trace(eva: Seat, anna: int) -> None:
    start_from_card(eva)
    eva.crosses_out()
    eva.types("/log drafts")
    eva.hears("Nothing is waiting. If you close a form half-way, it waits here.")
    assert not [text for text in eva.said() if "Postponed:" in text]


def test_postpone_keeps_no_empty_form(eva: Seat) -> None:
    eva.types("/log")
    eva.leaves()
    eva.types("/log drafts")
    eva.hears("Nothing is waiting")
    assert not [text for text in eva.said() if "Postponed:" in text]


def test_postpone_keeps_an_untouched_form_that_has_a_contact(eva: Seat, anna: int) -> None:
    start_from_card(eva)
    eva.leaves()
    eva.hears("Postponed: Anna Berg (Fjordbygg AS). It waits under /log drafts.")
    assert [draft.form.contact for draft in eva.waiting()] == [anna]


def test_the_x_keeps_a_form_that_was_touched_and_resume_brings_everything(eva: Seat, anna: int) -> None:
    fills(eva, anna, "Incoming call", "asked about delivery")
    yesterday = (eva.today - timedelta(days=1)).isoformat()
    eva.picks_day("date", yesterday)
    eva.picks("evaluation", "negative")
    eva.ticks("attempt_failed")
    eva.presses("more_fields")
    eva.sees(lambda: "Cost" in eva.labels())
    eva.writes("cost", "12")
    eva.crosses_out()
    quiet = eva.hears("Postponed: Incoming call · Anna Berg (Fjordbygg AS). It waits under /log drafts.")
    eva.slack.workspace.shift(3 * 24 * 3600)
    eva.presses_on(quiet, "resume")
    held = {name: eva.holds(name) for name in ("contact", "comment", "date", "evaluation", "cost")}
    assert held == {
        "contact": str(anna),
        "comment": "asked about delivery",
        "date": yesterday,
        "evaluation": "negative",
        "cost": "12",
    }
    assert eva.holds("attempt_failed")
    assert eva.submits().acked
    eva.hears("Logged: Incoming call")
    assert eva.logged()[0].entry.day.isoformat() == yesterday
    assert eva.waiting() == []


def test_the_quiet_message_becomes_the_confirmation(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    eva.crosses_out()
    quiet = eva.hears("Postponed:")
    eva.presses_on(quiet, "resume")
    eva.submits()
    assert eva.hears("Logged:").ts == quiet.ts
    assert not [text for text in eva.said() if "Postponed:" in text]


def test_a_draft_thrown_away_from_its_message_comes_back_once(eva: Seat, anna: int) -> None:
    fills(eva, anna, comment="asked about delivery")
    eva.crosses_out()
    eva.presses_on(eva.hears("Postponed:"), "discard_draft")
    said = eva.hears("Discarded.")
    assert eva.waiting() == []
    pressed = eva.presses_on(said, "undiscard").sent
    assert eva.holds("comment") == "asked about delivery"
    assert pressed is not None
    assert eva.acts.post.repeat_in_new_envelope(pressed).acked
    assert len(eva.waiting()) == 1
    eva.crosses_out()
    eva.hears("Postponed: Outgoing call")
    assert len(eva.waiting()) == 1


def test_discard_in_the_form_says_so_and_undo_gives_it_back(eva: Seat, anna: int) -> None:
    fills(eva, anna, comment="asked about delivery")
    eva.presses("discard")
    eva.sees_form("Discarded")
    assert eva.waiting() == []
    eva.presses("undiscard")
    eva.sees_form("Create interaction")
    assert eva.holds("comment") == "asked about delivery"
    assert eva.submits().acked
    eva.hears("Logged: Outgoing call")
    assert len(eva.logged()) == 1


def test_a_discard_is_undone_by_command_too(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    eva.presses("discard")
    eva.sees_form("Discarded")
    eva.types("/log undo")
    eva.hears("Undone: the discarded draft is back.")
    assert len(eva.waiting()) == 1


def test_after_ten_minutes_a_discard_stays(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    eva.presses("discard")
    eva.sees_form("Discarded")
    eva.slack.workspace.shift(601)
    eva.presses("undiscard")
    eva.sees(lambda: "ten minutes" in eva.reads())
    assert eva.waiting() == []


def late_words(seat: Seat) -> Outcome:
    """Type into the form, and return what was sent, to be sent again later."""
    seat.writes("comment", "late words")
    sent = next(one for one in reversed(seat.slack.sent) if "late words" in str(one.payload))
    return Outcome(sent=sent)


def test_late_words_never_revive_a_logged_form(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    late = late_words(eva).sent
    assert late is not None
    eva.submits()
    eva.hears("Logged:")
    assert eva.acts.post.repeat_in_new_envelope(late).acked
    assert eva.waiting() == []
    assert len(eva.logged()) == 1


def test_late_words_and_a_late_close_never_revive_a_discarded_form(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    late = late_words(eva).sent
    assert late is not None
    form_id = eva.waiting()[0].form_id
    eva.presses("discard")
    eva.sees_form("Discarded")
    assert eva.acts.post.repeat_in_new_envelope(late).acked
    eva.crosses_out()
    assert the_draft_state(eva, form_id) is DraftState.DISCARDED
    assert eva.waiting() == []
    assert not [text for text in eva.said() if "Postponed:" in text]


def test_a_lost_form_waits_as_a_draft(eva: Seat, anna: int) -> None:
    fills(eva, anna, comment="the laptop died")
    eva.acts.lose(eva.user)
    eva.types("/log drafts")
    assert "the laptop died" in eva.hears("You have 1 postponed interaction").text


def test_drafts_of_somebody_else_are_not_mine(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    eva.crosses_out()
    wim = eva.at("U0WIM00001")
    wim.types("/log drafts")
    wim.hears("Nothing is waiting")
