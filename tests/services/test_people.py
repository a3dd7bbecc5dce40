"""Who somebody is to Saleslog (`product.md` 1)."""

from dataclasses import replace

import pytest
from office import Office, profile

from bot.clock import FixedClock
from bot.domain.ids import ContactId, PersonId, SlackTeam, SlackUser
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role, Ties
from storage.store import Store


def imported(office: Office, name: str, email: str) -> PersonId:
    """A salesperson whom an import made: known by his e-mail, never seen in Slack."""
    person = PersonId(office.store.ids())
    with office.store.begin(office.workspace) as work:
        work.people.add(
            Person(id=person, workspace=office.workspace, slack_id=None, code="IMP", name=name, email=email)
        )
    return person


def everybody(office: Office) -> list[Person]:
    with office.store.read(office.workspace) as work:
        return work.people.active()


def test_first_use_claims_the_imported_row_with_the_same_email(office: Office) -> None:
    known = imported(office, "E. Lindqvist", "Eva@Nordvik.example")
    eva = office.joins("Eva")
    assert (eva.id, eva.code, eva.slack_id, eva.name) == (known, "IMP", "U0EVA", "Eva")
    assert office.people.known(office.workspace, SlackUser("U0EVA")) == eva
    assert len(everybody(office)) == 1


def test_first_use_without_a_row_makes_one(office: Office) -> None:
    imported(office, "Wim", "wim@nordvik.example")
    eva = office.joins("Eva", zone="Europe/Oslo", locale="nb-NO")
    assert (eva.zone, eva.locale, eva.role, eva.confirmed) == ("Europe/Oslo", "nb-NO", Role.SALESPERSON, True)
    assert len(everybody(office)) == 2


def test_two_people_without_email_are_two_people(office: Office) -> None:
    office.joins("Eva", email=None)
    office.joins("Wim", email=None)
    assert len(everybody(office)) == 2


def test_coming_in_twice_changes_nothing(office: Office) -> None:
    assert office.joins("Eva") == office.joins("Eva")


def test_codes_are_initials_and_unique(office: Office) -> None:
    names = ("Eva Lind", "Even Lie", "Ella Lund")
    codes = [office.joins(name, email=None, slack_id=SlackUser(name)).code for name in names]
    assert codes == ["EL", "EL2", "EL3"]


@pytest.mark.parametrize("fact", ["guest", "bot", "deactivated", "foreign"])
def test_who_is_not_welcome_leaves_no_trace(office: Office, fact: str) -> None:
    with pytest.raises(Refusal, match="full members"):
        office.joins("Guy", **{fact: True})
    assert everybody(office) == []


@pytest.mark.parametrize(
    ("admins", "facts", "role"),
    [
        (set(), {"admin": True}, Role.ADMIN),
        (set(), {"admin": False}, Role.SALESPERSON),
        ({"u0eva"}, {"admin": False}, Role.ADMIN),
        ({"eva@nordvik.example"}, {"email": "Eva@Nordvik.example"}, Role.ADMIN),
        ({"u0wim"}, {"admin": True}, Role.SALESPERSON),
    ],
    ids=["Slack's admin", "nobody", "by id", "by e-mail", "the list stands above Slack's admins"],
)
def test_who_is_admin(
    store: Store, clock: FixedClock, admins: set[str], facts: dict[str, object], role: Role
) -> None:
    office = Office(store, clock, admins=frozenset(admins))
    assert office.joins("Eva", **facts).role is role


def test_who_manages_a_team_is_its_manager_also_after_slack_spoke(office: Office) -> None:
    max_ = office.team_of("North", office.joins("Max"))[0]
    office.people.refresh(office.workspace, profile("Max", name="Max Aubert"))
    found = office.people.get(max_, max_.id)
    assert found is not None
    assert (found.role, found.name, found.manages) == (Role.MANAGER, "Max Aubert", max_.manages)


def test_a_change_of_profile_is_taken_over(office: Office) -> None:
    eva = office.joins("Eva")
    office.people.refresh(
        office.workspace, profile("Eva", name="Eva Berg", zone="Europe/Brussels", locale="nl-BE", admin=True)
    )
    found = office.people.get(eva, eva.id)
    assert found is not None
    assert found == replace(
        eva,
        name="Eva Berg",
        zone="Europe/Brussels",
        locale="nl-BE",
        told_zone="Europe/Brussels",
        told_locale="nl-BE",
        role=Role.ADMIN,
    )


def test_a_profile_that_hides_its_email_keeps_the_one_we_know(office: Office) -> None:
    eva = office.joins("Eva")
    office.people.refresh(office.workspace, profile("Eva", email=None))
    found = office.people.get(eva, eva.id)
    assert found is not None
    assert found.email == eva.email


def test_a_deactivated_member_is_no_longer_active_and_comes_back(office: Office) -> None:
    office.joins("Eva")
    office.people.refresh(office.workspace, profile("Eva", deactivated=True))
    assert everybody(office) == []
    office.people.refresh(office.workspace, profile("Eva"))
    assert [person.name for person in everybody(office)] == ["Eva"]


def test_a_stranger_whose_profile_changes_is_left_alone(office: Office) -> None:
    office.people.refresh(office.workspace, profile("Wim"))
    assert everybody(office) == []


def test_an_email_that_somebody_else_has_does_not_break_the_change(office: Office) -> None:
    office.joins("Eva")
    wim = office.joins("Wim")
    office.people.refresh(office.workspace, profile("Wim", name="Wim P.", email="eva@nordvik.example"))
    found = office.people.get(wim, wim.id)
    assert found is not None
    assert (found.name, found.email) == ("Wim P.", "wim@nordvik.example")


def test_slack_too_slow_at_first_use_is_mended_afterwards(office: Office) -> None:
    eva = office.people.admit_unconfirmed(office.workspace, SlackUser("U0EVA"), "eva")
    assert (eva.name, eva.confirmed, eva.zone) == ("eva", False, "UTC")
    office.people.refresh(office.workspace, profile("Eva"))
    found = office.people.get(eva, eva.id)
    assert found is not None
    assert (found.name, found.confirmed, found.zone) == ("Eva", True, "Europe/Oslo")


def test_the_row_by_email_is_claimed_also_when_slack_was_slow_first(office: Office) -> None:
    known = imported(office, "E. Lindqvist", "eva@nordvik.example")
    unconfirmed = office.people.admit_unconfirmed(office.workspace, SlackUser("U0EVA"), "eva")
    contact: ContactId = office.knows(unconfirmed, "Anna Berg")
    entry = office.logs(unconfirmed, contact)
    office.people.refresh(office.workspace, profile("Eva"))
    (found,) = everybody(office)
    assert found == office.people.known(office.workspace, SlackUser("U0EVA"))
    assert (found.code, found.email, found.confirmed) == ("IMP", "eva@nordvik.example", True)
    assert office.people.of(office.workspace, known) is None
    assert office.entries.get(found, entry).ties == Ties(found.id, found.id, found.id)


def test_a_row_that_somebody_else_uses_is_left_to_him(office: Office) -> None:
    wim = office.joins("Wim", email="eva@nordvik.example")
    eva = office.people.admit_unconfirmed(office.workspace, SlackUser("U0EVA"), "eva")
    office.people.refresh(office.workspace, profile("Eva"))
    assert {(one.id, one.email) for one in everybody(office)} == {
        (wim.id, "eva@nordvik.example"),
        (eva.id, None),
    }


def test_a_workspace_is_made_once_with_what_is_shipped(
    office: Office, store: Store, clock: FixedClock
) -> None:
    again = Office(store, clock)
    assert again.workspace == office.workspace
    with store.read(office.workspace) as work:
        assert {"Outgoing call", "Meeting at our office"} <= {
            one.description for one in work.templates.active()
        }
    assert Office(store, clock, SlackTeam("T0SOUTH")).workspace != office.workspace
