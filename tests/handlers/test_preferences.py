"""/log settings: working hours, zone, country, language, days off (`product.md` 5, 6)."""

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from seat import Seat

from bot.domain.rhythm import Preferences
from bot.playground.acts import Place


def opens(seat: Seat) -> None:
    assert seat.types("/log settings").acked
    seat.sees_form("Settings")


def chosen(seat: Seat) -> Preferences:
    found: Preferences = seat.bot.services["preferences"].of(seat.person)
    return found


def ticks(seat: Seat, field: str, *values: str) -> None:
    """Leave exactly these boxes ticked."""
    options = [option for option in seat.element(field)["options"] if option["value"] in values]
    seat.acts.choose(
        seat.user, Place.view(seat.view.id), seat.block(field), "field", {"selected_options": options}
    )


def picks_time(seat: Seat, field: str, clock: str | None) -> None:
    seat.acts.choose(
        seat.user, Place.view(seat.view.id), seat.block(field), "field", {"selected_time": clock}
    )


def wrong_at(outcome: Any, *fields: str) -> bool:
    return sorted(block.partition(".")[0] for block in outcome.errors) == sorted(fields)


def test_the_form_shows_what_counts_until_something_is_chosen(eva: Seat) -> None:
    opens(eva)
    assert [option["value"] for option in eva.holds("days")] == ["0", "1", "2", "3", "4"]
    assert (eva.holds("starts"), eva.holds("ends")) == ("09:00", "17:00")
    shown = eva.reads()
    for words in ("As in Slack (Europe/Oslo)", "Guessed: Norway", "As in Slack (English)"):
        assert words in shown
    assert eva.submits().acked
    assert chosen(eva) == Preferences()


def test_everything_that_is_chosen_is_kept_and_shown_again(eva: Seat) -> None:
    opens(eva)
    ticks(eva, "days", "0", "1", "5")
    picks_time(eva, "starts", "08:30")
    picks_time(eva, "ends", "15:45")
    eva.picks("zone", eva.searches("kolk", "zone")["Asia/Kolkata (" + there(eva, "Asia/Kolkata") + ")"])
    eva.picks("country", eva.searches("indi", "country")["India"])
    eva.chooses("language", "English")
    first = eva.today + timedelta(days=30)
    eva.picks_day("first", first.isoformat())
    eva.picks_day("last", (first + timedelta(days=4)).isoformat())
    ticks(eva, "reminders")
    assert eva.submits().acked
    assert chosen(eva) == Preferences(
        days=frozenset({0, 1, 5}),
        starts=time(8, 30),
        ends=time(15, 45),
        zone="Asia/Kolkata",
        country="IN",
        language="en",
        days_off=((first, first + timedelta(days=4)),),
        reminders=False,
    )
    assert eva.person.zone == "Asia/Kolkata"
    opens(eva)
    assert [option["value"] for option in eva.holds("days")] == ["0", "1", "5"]
    assert (eva.holds("zone"), eva.holds("country"), eva.holds("language")) == ("Asia/Kolkata", "IN", "en")
    assert eva.holds("reminders") is None
    ticks(eva, "days_off")
    eva.picks("zone", eva.searches("", "zone")["As in Slack (Europe/Oslo)"])
    assert eva.submits().acked
    assert chosen(eva).days_off == ()
    assert eva.person.zone == "Europe/Oslo"


def there(seat: Seat, zone: str) -> str:

    return seat.bot.people.text(seat.person).now.astimezone(ZoneInfo(zone)).strftime("%H:%M")


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(eva: Seat) -> None:
    opens(eva)
    picks_time(eva, "ends", "08:00")
    assert wrong_at(eva.submits(), "ends")
    picks_time(eva, "ends", "17:00")
    eva.picks_day("last", eva.today.isoformat())
    assert wrong_at(eva.submits(), "first")
    eva.picks_day("first", (eva.today + timedelta(days=1)).isoformat())
    assert wrong_at(eva.submits(), "last")
    assert chosen(eva) == Preferences()
    eva.picks_day("last", (eva.today + timedelta(days=1)).isoformat())
    assert eva.submits().acked
    assert len(chosen(eva).days_off) == 1


def test_the_first_choice_of_each_search_follows_slack_and_the_calendar(eva: Seat) -> None:
    opens(eva)
    assert next(iter(eva.searches("new york", "zone"))) == "As in Slack (Europe/Oslo)"
    assert eva.searches("new york", "zone").popitem()[1] == "America/New_York"
    assert next(iter(eva.searches("", "country"))) == "Guessed: Norway"
    assert "DE" in eva.searches("german", "country").values()
    assert list(eva.searches("zzz", "country").values()) == ["guessed"]


def test_a_value_that_was_never_offered_is_not_kept(eva: Seat) -> None:
    opens(eva)
    eva.picks("zone", "Mars/Olympus")
    eva.submits()
    assert chosen(eva) == Preferences()


def test_typing_into_the_settings_leaves_no_draft(eva: Seat) -> None:
    opens(eva)
    eva.picks_day("first", date(2030, 1, 1).isoformat())
    eva.leaves()
    assert eva.waiting() == []


def test_app_home_shows_the_settings_and_changes_with_them(eva: Seat) -> None:
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "Settings: Mon-Fri 09:00-17:00, Europe/Oslo, English" in eva.desk)
    eva.presses_at_home("settings")
    eva.sees_form("Settings")
    ticks(eva, "days", "0", "1", "2", "4")
    ticks(eva, "reminders")
    assert eva.submits().acked
    words = "Settings: Mon-Wed, Fri 09:00-17:00, Europe/Oslo, English, no reminders"
    eva.sees(lambda: words in eva.desk)
