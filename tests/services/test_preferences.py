"""What a person chose stays his, whatever Slack reports afterwards (`product.md` 5, 6)."""

from dataclasses import replace
from datetime import date, time

import pytest
from office import Office, profile
from ward import Ward

from bot.domain.people import Person
from bot.domain.preferences import SHOWN, Typed
from bot.domain.rhythm import Preferences, following

TODAY = date(2026, 11, 20)
SUMMER = (date(2027, 7, 1), date(2027, 7, 21))
CHRISTMAS = (date(2026, 12, 21), date(2027, 1, 1))
OVER = (date(2026, 11, 2), date(2026, 11, 3))


@pytest.fixture
def ward(office: Office) -> Ward:
    return Ward(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


def typed(**facts: object) -> Typed:
    plain = Typed(
        days=frozenset(range(5)),
        starts=time(9),
        ends=time(17),
        zone=None,
        country=None,
        language=None,
        kept=frozenset(),
        first=None,
        last=None,
        reminders=True,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"days": frozenset()}, "days"),
        ({"starts": None}, "starts"),
        ({"ends": None}, "ends"),
        ({"ends": time(9)}, "ends"),
        ({"ends": time(8)}, "ends"),
        ({"last": SUMMER[1]}, "first"),
        ({"first": SUMMER[1], "last": SUMMER[0]}, "last"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(facts: dict[str, object], field: str) -> None:
    assert list(typed(**facts).problems()) == [field]
    assert typed().problems() == {}


def test_one_day_off_needs_no_last_day() -> None:
    found = typed(first=SUMMER[0]).chosen(Preferences(), TODAY)
    assert found.days_off == ((SUMMER[0], SUMMER[0]),)


def test_days_off_are_added_removed_and_forgotten_when_they_are_over() -> None:
    before = Preferences(days_off=(OVER, CHRISTMAS, SUMMER))
    shown = frozenset({CHRISTMAS, SUMMER})
    kept = typed(shown=shown, kept=frozenset({CHRISTMAS})).chosen(before, TODAY)
    assert kept.days_off == (CHRISTMAS,)
    assert typed(shown=shown).chosen(before, TODAY).days_off == ()
    more = typed(shown=shown, kept=shown, first=date(2027, 5, 14)).chosen(before, TODAY)
    assert more.days_off == (CHRISTMAS, (date(2027, 5, 14), date(2027, 5, 14)), SUMMER)


def test_days_off_that_found_no_room_on_the_form_stay() -> None:
    many = tuple((date(2027, month, 1), date(2027, month, 2)) for month in range(1, 13))
    before = Preferences(days_off=many)
    assert typed(shown=frozenset(many[:SHOWN])).chosen(before, TODAY).days_off == many[SHOWN:]


def test_days_off_that_were_added_while_the_form_was_open_stay(ward: Ward, eva: Person) -> None:
    ward.preferences.choose(eva, typed(first=SUMMER[0], last=SUMMER[1]))
    ward.preferences.choose(eva, typed(first=CHRISTMAS[0], last=CHRISTMAS[1]))
    ward.preferences.choose(eva, typed(shown=frozenset({SUMMER})))
    assert ward.preferences.of(eva).days_off == (CHRISTMAS,)


def test_a_chosen_zone_country_and_language_outlive_what_slack_reports(ward: Ward, eva: Person) -> None:
    chosen = typed(zone="Asia/Kolkata", country="IN", language="en")
    now = ward.preferences.choose(eva, chosen)
    assert (now.zone, now.country, now.locale) == ("Asia/Kolkata", "IN", "en-GB")
    ward.office.people.refresh(
        ward.office.workspace, profile("Eva", name="Eva Berg", zone="Europe/Brussels", locale="nl-BE")
    )
    ward.office.people.admit(ward.office.workspace, profile("Eva", zone="Europe/Paris", locale="fr-FR"))
    found = ward.office.people.get(eva, eva.id)
    assert found is not None
    assert (found.zone, found.country, found.locale) == ("Asia/Kolkata", "IN", "en-GB")
    assert (found.told_zone, found.told_locale) == ("Europe/Paris", "fr-FR")
    again = ward.preferences.choose(found, typed())
    assert (again.zone, again.country, again.locale) == ("Europe/Paris", None, "fr-FR")
    assert ward.preferences.of(again) == Preferences()


def test_another_person_follows_slack(ward: Ward, eva: Person) -> None:
    wim = ward.office.joins("Wim")
    ward.preferences.choose(eva, typed(zone="Asia/Kolkata"))
    ward.office.people.refresh(ward.office.workspace, profile("Wim", zone="Europe/Brussels", locale="nl-BE"))
    found = ward.office.people.get(wim, wim.id)
    assert found is not None
    assert (found.zone, found.locale) == ("Europe/Brussels", "nl-BE")


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", "Europe"])
def test_a_zone_that_nobody_knows_is_not_taken_over(office: Office, eva: Person, zone: str) -> None:
    office.people.refresh(office.workspace, profile("Eva", zone=zone))
    found = office.people.get(eva, eva.id)
    assert found is not None
    assert found.zone == "Europe/Oslo"
    assert office.joins("Wim", zone=zone).zone == "UTC"


@pytest.mark.parametrize(
    ("told", "language", "locale"),
    [
        ("en-US", "en", "en-US"),
        ("en_GB", "en", "en_GB"),
        ("nb-NO", "en", "en-GB"),
        ("en-US", "nl", "nl-NL"),
        ("nl-BE", "nl", "nl-BE"),
        ("fr-FR", None, "fr-FR"),
    ],
)
def test_a_chosen_language_keeps_the_order_of_days_that_slack_tells(
    eva: Person, told: str, language: str | None, locale: str
) -> None:
    person = replace(eva, told_locale=told)
    assert following(person, Preferences(language=language)).locale == locale


def test_new_hours_count_from_the_next_look_on(ward: Ward, eva: Person) -> None:
    ward.postpones(eva)
    ward.at(eva, TODAY, time(18))
    ward.looks()
    ward.preferences.choose(eva, typed(ends=time(19)))
    assert ward.looks() == 1


def test_switched_off_nothing_is_said_and_switched_on_again_it_is(ward: Ward, eva: Person) -> None:
    ward.preferences.choose(eva, typed(reminders=False))
    ward.postpones(eva)
    assert ward.looks() == 0
    ward.preferences.choose(eva, typed())
    assert ward.looks() == 1
