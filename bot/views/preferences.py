"""Settings of a person: the line in App Home and the form (screens: App Home, Postponed)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, InputBlock

from bot import places
from bot.dates import country_of
from bot.domain.digests import Subscription
from bot.domain.people import Person
from bot.domain.preferences import SHOWN, Absence, upcoming
from bot.domain.rhythm import Preferences
from bot.text import Text, languages, spoken
from bot.views import digest_settings, kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Action, Callback
from bot.views.kit import Choice

AS_IN_SLACK = "slack"
GUESSED = "guessed"
WEEK = range(7)
CHOICES = 30
DIGESTS = 20


def line(person: Person, chosen: Preferences, text: Text) -> Block:
    """Return the line of App Home: "Settings: Mon-Fri 09:00-17:00, Europe/Oslo, English"."""
    said = [hours(chosen, text), person.zone, places.language_name(spoken(person.locale))]
    said += [] if chosen.reminders else [text("no reminders")]
    return kit.item(
        [text("Settings: {settings}", settings=", ".join(said))],
        kit.button(text("Change"), Action.SETTINGS),
        "settings",
    )


def reminded_at(starts: time, text: Text) -> Block:
    """Return the last line of a reminder: when it comes, and the way to change that."""
    words = text("Reminders come at {time} on your working days.", time=text.time(starts))
    return kit.item([words], kit.button(text("Change"), Action.SETTINGS), "settings")


def hours(chosen: Preferences, text: Text) -> str:
    """Return "Mon-Fri 09:00-17:00"."""
    return f"{_days(chosen.days, text)} {text.time(chosen.starts)}-{text.time(chosen.ends)}"


def form(
    person: Person,
    chosen: Preferences,
    meta: Meta,
    text: Text,
    digests: Sequence[Subscription] = (),
) -> dict[str, Any]:
    """Return the form, with the ways to the digests that the person gets."""
    meta = replace(meta, below=" ".join(absence(one) for one in _shown(chosen, text)))
    fields = Fields(meta)
    return modal(
        Callback.SETTINGS,
        text("Settings"),
        [
            _working_days(fields, chosen, text),
            fields.time(
                "starts", text("Working day starts"), chosen.starts.strftime("%H:%M"), optional=False
            ),
            fields.time("ends", text("Working day ends"), chosen.ends.strftime("%H:%M"), optional=False),
            _zone(fields, person, chosen, text),
            _country(fields, person, chosen, text),
            _language(fields, person, chosen, text),
            _days_off(fields, chosen, text),
            fields.day("first", text("New days off: first day"), None, optional=True),
            fields.day(
                "last", text("Last day"), None, optional=True, hint=text("Leave it empty for a single day.")
            ),
            _reminders(fields, chosen, text),
            *(digest_settings.line(one, text) for one in digests[:DIGESTS]),
        ],
        submit=text("Save"),
        close=text("Close"),
        meta=meta,
    )


def zone_choices(typed: str, person: Person, text: Text) -> list[Choice]:
    """Return the time zones that fit what is typed; first of all to follow Slack."""
    found = places.zones_like(typed, text.locale, CHOICES)
    return [_slack_zone(person, text), *(_zone_choice(zone, text) for zone in found)]


def country_choices(typed: str, person: Person, text: Text) -> list[Choice]:
    """Return the countries that fit what is typed; first of all what the time zone says."""
    found = places.countries_like(typed, text.locale, CHOICES)
    return [_guessed(person, text), *(_country_choice(code, text) for code in found)]


def absence(one: Absence) -> str:
    """Return the value of an absence's box."""
    return "/".join(day.isoformat() for day in one)


def _working_days(fields: Fields, chosen: Preferences, text: Text) -> InputBlock:
    choices = [Choice(text.weekday(day), str(day)) for day in WEEK]
    return fields.ticked_boxes(
        "days", text("Working days"), choices, [str(day) for day in sorted(chosen.days)]
    )


def _zone(fields: Fields, person: Person, chosen: Preferences, text: Text) -> InputBlock:
    now = _zone_choice(chosen.zone, text) if chosen.zone else _slack_zone(person, text)
    return fields.search("zone", text("Time zone"), text("Type a city or a country"), now)


def _country(fields: Fields, person: Person, chosen: Preferences, text: Text) -> InputBlock:
    now = _country_choice(chosen.country, text) if chosen.country else _guessed(person, text)
    return fields.search("country", text("Public holidays of"), text("Type a country"), now)


def _language(fields: Fields, person: Person, chosen: Preferences, text: Text) -> InputBlock | None:
    told = places.language_name(spoken(person.told_locale or person.locale))
    follow = Choice(text("As in Slack ({language})", language=told), AS_IN_SLACK)
    choices = [follow, *(Choice(places.language_name(one), one) for one in languages())]
    return fields.select(
        "language", text("Language"), choices, chosen.language or AS_IN_SLACK, optional=False
    )


def _days_off(fields: Fields, chosen: Preferences, text: Text) -> InputBlock | None:
    """Return the absences to come, each with a box; one without its tick goes."""
    choices = [Choice(_absence(one, text), absence(one)) for one in _shown(chosen, text)]
    if not choices:
        return None
    hint = text("Take the tick off to remove one.")
    ticked = [choice.value for choice in choices]
    return fields.ticked_boxes("days_off", text("Days off"), choices, ticked, optional=True, hint=hint)


def _shown(chosen: Preferences, text: Text) -> tuple[Absence, ...]:
    return upcoming(chosen.days_off, text.today)[:SHOWN]


def _reminders(fields: Fields, chosen: Preferences, text: Text) -> InputBlock:
    choice = Choice(text("Once a day, when something waits"), "yes")
    ticked = [choice.value] if chosen.reminders else []
    return fields.ticked_boxes("reminders", text("Reminders"), [choice], ticked, optional=True)


def _slack_zone(person: Person, text: Text) -> Choice:
    told = person.told_zone or person.zone
    return Choice(text("As in Slack ({zone})", zone=told), AS_IN_SLACK)


def _zone_choice(zone: str, text: Text) -> Choice:
    there = text.time(text.now.astimezone(ZoneInfo(zone)).time())
    return Choice(f"{zone} ({there})", zone)


def _guessed(person: Person, text: Text) -> Choice:
    country = country_of(person.zone)
    name = places.country_name(country, text.locale) if country else text("no country")
    return Choice(text("Guessed: {country}", country=name), GUESSED)


def _country_choice(code: str, text: Text) -> Choice:
    return Choice(places.country_name(code, text.locale), code)


def _absence(one: Absence, text: Text) -> str:
    first, last = (text.short_day(day) for day in one)
    return first if one[0] == one[1] else f"{first} – {last}"


def _days(days: Iterable[int], text: Text) -> str:
    """Return "Mon-Fri", or "Mon-Wed, Fri" where there is a gap."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run, text) for run in runs)


def _run(run: Sequence[int], text: Text) -> str:
    ends = [text.weekday_short(day) for day in dict.fromkeys((run[0], run[-1]))]
    return "-".join(ends)
