"""Undo, Cancel entry, and the messages that offer them (`product.md` 4, 4.1)."""

import pytest
from seat import Seat

from bot.domain.messages import Refusal
from bot.playground.messages import Message
from bot.playground.seeds import WIM
from tests.handlers.walks import fills, logs

TEN_MINUTES = 601


def buttons(message: Message) -> list[str]:
    found = [element for block in message.blocks for element in block.get("elements", ())]
    own = [one["text"]["text"] for one in found if one.get("type") == "button"]
    rest = [one["text"]["text"] for element in found for one in element.get("options", ())]
    return own + rest


def logs_by_shortcut(seat: Seat, contact: int) -> Message:
    """Log through the global shortcut, whose answers stand in the direct message."""
    seat.acts.global_shortcut(seat.user, "log_interaction")
    seat.picks("contact", str(contact))
    seat.chooses("template", "Outgoing call")
    seat.sees(lambda: seat.holds("description") == "Outgoing call")
    assert seat.submits().acked
    return seat.hears("Logged:")


def test_the_confirmation_offers_what_can_be_done(eva: Seat, anna: int) -> None:
    assert buttons(logs(eva, anna)) == [
        "Undo",
        "Follow up",
        "Edit result",
        "Open entry",
        "Log another for Anna",
        "Create opportunity",
    ]


def test_undo_gives_the_draft_back_and_a_second_time_does_nothing(eva: Seat, anna: int) -> None:
    said = logs(eva, anna, comment="Agreed the price list")
    place = said.ts
    pressed = eva.presses_on(said, "undo").sent
    undone = eva.hears("Undone. The draft is back.")
    assert undone.ts == place
    assert eva.logged() == []
    assert pressed is not None
    assert eva.acts.post.repeat_in_new_envelope(pressed).acked
    assert len(eva.waiting()) == 1
    eva.presses_on(undone, "resume")
    assert eva.holds("comment") == "Agreed the price list"
    assert eva.submits().acked
    eva.hears("Logged:")
    assert len(eva.logged()) == 1


def test_somebody_elses_act_is_not_undone(eva: Seat, anna: int) -> None:
    logs(eva, anna)
    wim = eva.at(WIM)
    entry = eva.logged()[0].entry.id
    operation = eva.bot.services["entries"].operation(eva.person, entry)
    with pytest.raises(Refusal, match="Only the person who did this"):
        eva.bot.services["undo"].operation(wim.person, operation, None)
    assert len(eva.logged()) == 1


def test_after_ten_minutes_undo_refuses_and_names_the_way_out(eva: Seat, anna: int) -> None:
    said = logs(eva, anna)
    eva.slack.workspace.shift(TEN_MINUTES)
    eva.presses_on(said, "undo")
    eva.hears("The ten minutes for Undo are over. Use “Cancel entry” instead.")
    assert len(eva.logged()) == 1


def test_after_ten_minutes_the_button_becomes_cancel_entry(eva: Seat, anna: int) -> None:
    said = logs_by_shortcut(eva, anna)
    assert "Undo" in buttons(said)
    eva.slack.workspace.shift(TEN_MINUTES)
    eva.bot.outbox.ring()
    eva.sees(lambda: "Cancel entry" in buttons(eva.hears("Logged:")))
    (only,) = eva.messages()
    assert "Undo" not in buttons(only)
    eva.presses_on(only, "cancel_entry")
    canceled = eva.hears("Canceled: Outgoing call · Anna Berg (Fjordbygg AS)")
    assert canceled.ts == said.ts
    assert eva.logged() == []
    assert buttons(canceled) == ["Undo", "Log it again"]
    eva.presses_on(canceled, "undo")
    eva.sees(eva.logged)


def test_a_canceled_entry_is_logged_again_in_one_click(eva: Seat, anna: int) -> None:
    logs(eva, anna, comment="Agreed the price list")
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "cancel_entry" in eva.desk)
    eva.presses_at_home("cancel_entry")
    eva.presses_on(eva.hears("Canceled:"), "log_again")
    held = (eva.holds("contact"), eva.holds("description"), eva.holds("comment"))
    assert held == (str(anna), "Outgoing call", "Agreed the price list")


def test_undo_by_command_names_what_it_took_back(eva: Seat, anna: int) -> None:
    logs(eva, anna)
    eva.types("/log undo")
    eva.hears("Undone: Outgoing call · Anna Berg (Fjordbygg AS).")
    assert eva.logged() == []
    eva.types("/log undo")
    eva.hears("There is nothing to undo")


def test_the_old_submission_of_an_undone_form_logs_nothing_again(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    outcome = eva.submits()
    eva.presses_on(eva.hears("Logged:"), "undo")
    eva.hears("Undone.")
    assert outcome.sent is not None
    assert eva.acts.post.repeat_in_new_envelope(outcome.sent).acked
    assert eva.logged() == []
    assert len(eva.waiting()) == 1


def test_a_follow_up_made_with_the_entry_goes_with_it(eva: Seat, anna: int) -> None:
    eva.types("/log call Anna agreed !fri")
    said = eva.hears("follow-up")
    eva.presses_on(said, "undo")
    eva.hears("Undone.")
    assert eva.bot.services["tasks"].open_of(eva.person, 5) == []


def test_edit_of_a_quick_log_takes_it_back_and_opens_the_form(eva: Seat, anna: int) -> None:
    eva.types("/log call Anna 25m positive agreed the price list")
    eva.presses_on(eva.hears("Logged:"), "edit_entry")
    assert eva.logged() == []
    held = (eva.holds("contact"), eva.holds("comment"), eva.holds("evaluation"))
    assert held == (str(anna), "agreed the price list", "positive")
    eva.writes("comment", "agreed the new price list")
    assert eva.submits().acked
    eva.hears("agreed the new price list")
    (entry,) = eva.logged()
    assert entry.entry.duration == 25
