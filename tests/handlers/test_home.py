"""App Home: the salesperson's desk (`product.md` 6)."""

from datetime import timedelta

from seat import Seat

from tests.handlers.walks import fills, logs


def opens(seat: Seat) -> None:
    seat.acts.open_home(seat.user)
    seat.sees(lambda: seat.desk)


def published(seat: Seat) -> int:
    return sum(call.method == "views.publish" for call in seat.slack.calls)


def test_an_empty_desk_teaches_what_to_do(eva: Seat) -> None:
    opens(eva)
    for words in ("Eva", "Nothing is waiting", "You have logged nothing yet", "There are no contacts yet"):
        assert words in eva.desk
    eva.presses_at_home("log")
    eva.sees_form("Create interaction")


def test_a_new_contact_is_made_from_the_desk(eva: Seat) -> None:
    opens(eva)
    eva.presses_at_home("new_contact")
    eva.sees_form("New contact")
    eva.writes("name", "Anna Berg")
    assert eva.submits().acked
    eva.hears("Anna Berg")


def test_the_desk_shows_drafts_entries_and_follow_ups_and_what_changes(eva: Seat, anna: int) -> None:
    opens(eva)
    logs(eva, anna, comment="Agreed the price list")
    eva.sees(lambda: "Agreed the price list" in eva.desk)
    eva.types("/log call Anna ring back !fri as:INCOME")
    eva.sees(lambda: "Follow-up: " in eva.desk)
    fills(eva, anna, "E-mail", "asked about delivery")
    eva.crosses_out()
    eva.sees(lambda: "asked about delivery" in eva.desk)
    eva.presses_at_home("resume")
    assert eva.holds("comment") == "asked about delivery"


def test_undo_from_the_desk(eva: Seat, anna: int) -> None:
    opens(eva)
    logs(eva, anna)
    eva.sees(lambda: '"undo"' in eva.desk)
    eva.presses_at_home("undo")
    eva.sees(lambda: "You have logged nothing yet" in eva.desk)
    assert eva.logged() == []


def test_a_follow_up_is_ticked_off(eva: Seat, anna: int) -> None:
    opens(eva)
    entry = logs(eva, anna) and eva.logged()[0].entry
    due = eva.today + timedelta(days=1)
    eva.bot.services["tasks"].follow_up(eva.person, entry.id, due, "Ring Anna")
    eva.sees(lambda: "Ring Anna" in eva.desk)
    eva.presses_at_home("task_done")
    eva.sees(lambda: "Ring Anna" not in eva.desk)
    assert eva.bot.services["tasks"].open_of(eva.person, 5) == []


def test_many_drafts_stand_behind_one_button(eva: Seat, anna: int) -> None:
    for comment in ("one", "two", "three", "four"):
        fills(eva, anna, comment=comment)
        eva.crosses_out()
    opens(eva)
    assert "Show all 4 postponed" in eva.desk
    eva.presses_at_home("postponed")
    eva.sees_form("Postponed")
    assert "You have 4 postponed interactions" in eva.reads()


def test_the_desk_is_published_once_for_each_change(eva: Seat, anna: int) -> None:
    eva.types("/log help")
    eva.sees(lambda: eva.person.confirmed)  # else the desk changes once Slack has told her name
    never = published(eva)
    opens(eva)
    eva.sees(lambda: published(eva) > never)
    before = published(eva)
    eva.acts.open_home(eva.user)
    eva.acts.open_home(eva.user)
    eva.types("/log help")
    eva.hears("Log an interaction")
    assert published(eva) == before
    logs(eva, anna)
    eva.sees(lambda: published(eva) > before)


def test_nobody_gets_a_desk_who_never_opened_it(eva: Seat, anna: int) -> None:
    before = published(eva)
    logs(eva, anna)
    assert published(eva) == before


def test_a_desk_that_slack_did_not_take_is_published_at_the_next_change(eva: Seat, anna: int) -> None:
    opens(eva)
    eva.slack.faults.broken("views.publish")
    logs(eva, anna, comment="lost on the way")
    eva.sees(lambda: not eva.slack.faults.standing())
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "lost on the way" in eva.desk)
