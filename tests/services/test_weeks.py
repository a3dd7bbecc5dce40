"""My week and the week of a team on App Home (`product.md` 6): each entry once, by its own date."""

import json
from datetime import timedelta
from typing import Any

import pytest
from office import TODAY, Office, Silence

from bot.domain.checklist import Look
from bot.domain.entries import Asked
from bot.domain.messages import Refusal
from bot.domain.people import EVERYTHING, Person, Role
from bot.domain.reminder_policy import Policy
from bot.services.checklist import Checklists
from bot.services.reminder_policy import ReminderPolicy
from bot.services.weeks import week_of
from bot.views.checklist import LOOKS

MONDAY = TODAY - timedelta(days=TODAY.weekday())
LAST_FRIDAY = MONDAY - timedelta(days=3)


def read(office: Office, person: Person) -> str:
    return json.dumps(office.home.page(person), ensure_ascii=False)


def chart(office: Office, person: Person) -> dict[str, Any]:
    """The bars of My week: for each series the days with a number."""
    blocks = office.home.page(person)["blocks"]
    drawn = next(block["chart"] for block in blocks if block["type"] == "data_visualization")
    return {
        one["name"]: {point["label"]: point["value"] for point in one["data"] if point["value"]}
        for one in drawn["series"]
    }


def test_my_week_counts_this_week_beside_the_last(office: Office) -> None:
    eva = office.joins("Eva")
    anna, ola = office.knows(eva, "Anna Berg"), office.knows(eva, "Ola Moe")
    for _ in range(2):
        office.logs(eva, anna, date=MONDAY)  # fifteen minutes, as its template says
    office.logs(eva, ola, date=TODAY)
    office.logs(eva, ola, date=LAST_FRIDAY)
    assert "3 interactions with 2 contacts, 45 min · last week 1" in read(office, eva)
    with office.store.read(office.workspace) as work:
        shown = Asked(week_of(work, eva.id, TODAY).filter)
        assert work.entry_pages.page(shown, EVERYTHING).count == 3
    assert chart(office, eva) == {"This week": {"Mon": 2, "Fri": 1}, "Last week": {"Fri": 1}}


def test_what_is_canceled_or_older_counts_in_no_week(office: Office) -> None:
    eva = office.joins("Eva")
    anna = office.knows(eva, "Anna Berg")
    office.entries.cancel(eva, office.logs(eva, anna), None)
    office.logs(eva, anna, date=LAST_FRIDAY - timedelta(days=7))
    assert "No interactions this week or last." in read(office, eva)
    assert "data_visualization" not in read(office, eva)


def test_an_entry_counts_for_its_salesperson_not_for_who_logged_it(office: Office) -> None:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    office.logs(max_, office.knows(eva, "Anna Berg"), salesperson=eva.id)
    assert "1 interaction with 1 contact" in read(office, eva)
    assert "No interactions this week or last." in read(office, max_)


def test_a_manager_sees_each_of_his_teams(office: Office) -> None:
    eva, wim, max_ = office.joins("Eva"), office.joins("Wim"), office.joins("Max")
    max_, eva, wim = office.team_of("North", max_, eva, wim)
    office.logs(eva, office.knows(eva, "Anna Berg"))
    seen = read(office, max_)
    assert "North" in seen
    assert "1 interaction with 1 contact" in seen
    assert "Nothing logged this week: Wim" in seen
    assert "Entries of the team" in seen
    assert "My teams" not in read(office, eva)


def test_a_manager_sees_how_many_old_drafts_wait_and_not_what_stands_in_them(office: Office) -> None:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    anna = office.knows(eva, "Anna Berg")
    office.types(eva, "old", office.typed(anna, comment="between us"), "1.0")
    office.clock.move(timedelta(days=6))
    office.types(eva, "young", office.typed(anna), "2.0")
    assert "older than a week" not in read(office, max_)
    office.clock.move(timedelta(days=2))
    seen = read(office, max_)
    assert "1 draft older than a week" in seen
    assert "between us" not in seen


def test_who_has_left_is_not_missed(office: Office) -> None:
    eva, max_ = office.joins("Eva"), office.joins("Max")
    max_, eva = office.team_of("North", max_, eva)
    office.people.leaves(eva)
    assert "Nothing logged this week" not in read(office, max_)
    assert "Nobody is in this team yet." in read(office, max_)


def test_an_admin_finds_what_is_still_to_be_done(office: Office) -> None:
    ada = office.joins("Ada", admin=True)
    assert ada.role is Role.ADMIN
    seen = read(office, ada)
    assert "There are no contacts yet" in seen
    assert "There are no teams yet" in seen
    office.knows(ada, "Anna Berg")
    with office.store.begin(office.workspace) as work:
        team = work.people.add_team("North")
    assert "Nobody gets the digest of North: no manager." in read(office, ada)
    with office.store.begin(office.workspace) as work:
        work.people.let_manage(ada.id, team)
    looks = Checklists(office.store, Silence())
    for look, words in LOOKS.items():
        assert words in read(office, ada)
        looks.looked(ada, look)
        looks.looked(ada, look)
        assert words not in read(office, ada)
    assert "For admins" not in read(office, ada)


def test_what_was_decided_need_not_be_looked_at(office: Office) -> None:
    ada = office.joins("Ada", admin=True)
    office.sees("team")
    ReminderPolicy(office.store, Silence()).set(ada, Policy())
    seen = read(office, ada)
    assert LOOKS[Look.TEMPLATES] in seen
    assert not any(LOOKS[look] in seen for look in (Look.VISIBILITY, Look.REMINDERS, Look.DIGESTS))
    with pytest.raises(Refusal, match="admin"):
        Checklists(office.store, Silence()).looked(office.joins("Eva"), Look.TEMPLATES)


def test_only_admins_find_it(office: Office) -> None:
    assert "There are no teams yet" not in read(office, office.joins("Eva"))
