"""What may still change after logging: the result, follow-ups (`product.md` 4; screens: After Log)."""

from datetime import timedelta

from seat import Seat

from bot.domain.interactions import Evaluation
from bot.playground.seeds import WIM
from bot.services.entries import Result
from tests.handlers.walks import logs


def test_every_field_of_the_result_can_be_corrected(eva: Seat, anna: int) -> None:
    said = logs(eva, anna)
    eva.presses_on(said, "edit_result")
    assert eva.labels() == ["Evaluation", "Attempt failed", "Comment", "Duration (min.)", "Cost"]
    eva.picks("evaluation", "very_positive")
    eva.ticks("attempt_failed")
    eva.writes("comment", "left a message")
    eva.writes("duration", "45")
    eva.writes("cost", "99,50")
    assert eva.submits().acked
    changed = eva.hears("left a message")
    assert changed.ts == said.ts
    for words in ("45 min", "Very Positive", "attempt failed"):
        assert words in changed.text
    entry = eva.logged()[0].entry
    assert (entry.evaluation, entry.attempt_failed, entry.duration, entry.cost) == (
        Evaluation.VERY_POSITIVE,
        True,
        45,
        "99.50",
    )


def test_what_is_typed_into_other_forms_is_no_postponed_interaction(eva: Seat, anna: int) -> None:
    said = logs(eva, anna)
    eva.presses_on(said, "edit_result")
    eva.writes("comment", "sent the list")
    assert eva.submits().acked
    eva.presses_on(eva.hears("sent the list"), "follow_up")
    eva.writes("description", "Ring Anna")
    eva.leaves()
    assert eva.waiting() == []


def test_a_faulty_result_is_refused_at_its_field(eva: Seat, anna: int) -> None:
    eva.presses_on(logs(eva, anna), "edit_result")
    eva.writes("duration", "soon")
    eva.writes("cost", "-3")
    assert set(eva.submits().errors) == {"duration", "cost"}
    assert eva.logged()[0].entry.duration == 15


def test_a_result_that_somebody_changed_meanwhile_is_not_overwritten(eva: Seat, anna: int) -> None:
    eva.presses_on(logs(eva, anna), "edit_result")
    entry = eva.logged()[0].entry
    other = Result(
        evaluation=Evaluation.NEGATIVE,
        attempt_failed=False,
        comment="first",
        duration="15",
        cost="",
        opportunity=None,
    )
    eva.bot.services["entries"].change_result(eva.person, entry.id, other, entry.revision)
    eva.writes("comment", "second")
    assert "Somebody changed this entry meanwhile" in str(eva.submits().errors)
    assert eva.logged()[0].entry.comment == "first"


def test_a_follow_up_is_made_then_moved(eva: Seat, anna: int) -> None:
    said = logs(eva, anna)
    eva.presses_on(said, "follow_up")
    assert eva.labels() == ["Date", "Time", "Kind", "Description"]
    assert eva.holds("due") == (eva.today + timedelta(days=7)).isoformat()
    assert eva.holds("description") == "Follow up with Anna Berg"
    eva.picks_day("due", (eva.today - timedelta(days=1)).isoformat())
    assert "This day is over. Pick today or later." in str(eva.submits().errors)
    eva.picks_day("due", (eva.today + timedelta(days=2)).isoformat())
    assert eva.submits().acked
    assert "follow_up" not in str(eva.hears("follow-up").blocks[-1]["elements"][0])
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "Follow-up: " in eva.desk)
    eva.presses_at_home("follow_up")
    assert eva.holds("due") == (eva.today + timedelta(days=2)).isoformat()
    eva.picks_day("due", (eva.today + timedelta(days=3)).isoformat())
    assert eva.submits().acked
    ((task, _),) = eva.bot.services["tasks"].open_of(eva.person, 5)
    assert task.due == eva.today + timedelta(days=3)


def test_an_entry_opens_to_its_details_and_one_more_interaction(eva: Seat, anna: int) -> None:
    eva.presses_on(logs(eva, anna, comment="Agreed the price list"), "open_entry")
    eva.sees_form("Interaction log entry")
    for words in ("Outgoing call – by Eva Lindqvist-Bakke", "Agreed the price list", "Outbound", "15 min"):
        assert words in eva.reads()
    eva.presses("log_from_entry")
    eva.sees_form("Create interaction")
    assert eva.holds("contact") == str(anna)
    assert eva.holds("comment") is None
    eva.chooses("template", "Incoming call")
    eva.sees(lambda: eva.holds("description") == "Incoming call")
    assert eva.submits().acked
    eva.hears("Logged: Incoming call")
    assert len(eva.logged()) == 2


def test_the_result_is_edited_from_the_details(eva: Seat, anna: int) -> None:
    eva.presses_on(logs(eva, anna), "open_entry")
    eva.presses("edit_result")
    eva.sees_form("Edit result")
    eva.writes("comment", "sent the list")
    assert eva.submits().acked
    assert eva.logged()[0].entry.comment == "sent the list"


def test_somebody_elses_entry_can_be_read_but_not_changed(eva: Seat, anna: int) -> None:
    logs(eva, anna)
    entry = eva.logged()[0].entry.id
    page = eva.bot.services["entries"].page(eva.at(WIM).person, entry)
    assert not page.changeable


def test_log_another_opens_the_form_for_the_same_contact(eva: Seat, anna: int) -> None:
    eva.presses_on(logs(eva, anna), "log_contact")
    assert "Anna Berg · Fjordbygg AS (Bergen)" in eva.reads()
    assert "Contact" not in eva.labels()
