"""Digests as their readers ask for them, and set them up (`product.md` 10)."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.deliveries import DeliveryKind
from bot.domain.digests import OLD_DAYS, Cadence, NamedTeam, Schedule, Subscription
from bot.domain.ids import DigestId, PersonId, TeamId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.domain.team_figures import QuietContact
from bot.services.bell import Bell
from bot.services.digest_composition import Order, compose, quiet_contacts
from bot.services.digest_rounds import DigestRounds
from bot.services.people import People
from bot.services.postponed import with_contacts
from bot.views import digests as views
from bot.views.digest_lists import OldDraft
from bot.views.kit import Payload
from storage.store import Store
from storage.work import Work


class Digests:
    """Shows digests to those who may see them, and keeps when they come."""

    def __init__(self, store: Store, people: People, bell: Bell) -> None:
        self._store = store
        self._people = people
        self._bell = bell
        self._rounds = DigestRounds(store, people, bell)

    def show(self, actor: Person, key: str, response_url: str | None, wanted: str) -> None:
        """Say a team's digest to the actor alone: of the team whose name begins with `wanted`, else of his first.

        Raises:
            Refusal: he manages no team, or none of this name.
        """
        self._rounds.keep_up()
        teams = self._teams(actor)
        team = next((one for one in teams if one.name.casefold().startswith(wanted.casefold())), None)
        if team is None:
            raise Refusal("You manage no team whose name begins with “{name}”.", name=wanted)
        with self._store.begin(actor.workspace) as work:
            work.deliveries.open_answer(key, actor.id, response_url)
        self._say(actor, key, team.id, views.NOW)

    def turn(self, actor: Person, response_url: str | None, team: TeamId, which: str) -> None:
        """Put another digest in the place of the one that the actor looks at.

        Raises:
            Refusal: it is not his to see.
        """
        key = f"digest:{actor.id}:{self._store.ids()}"
        if response_url is not None:
            with self._store.begin(actor.workspace) as work:
                work.deliveries.point_at_message(key, actor.id, response_url)
        self._say(actor, key, team, which)

    def of(self, actor: Person) -> list[Subscription]:
        """Return the digests that the actor gets."""
        if not actor.manages:
            return []
        self._rounds.keep_up()
        with self._store.read(actor.workspace) as work:
            return work.digests.of_person(actor.id)

    def get(self, actor: Person, digest: DigestId) -> Subscription:
        """Return a digest that the actor may change.

        Raises:
            Refusal: it is somebody else's, or gone.
        """
        with self._store.read(actor.workspace) as work:
            return _changeable(work, actor, digest)

    def change_cadence(self, actor: Person, digest: DigestId, cadence: Cadence) -> Subscription:
        """Tell daily, weekly or not at all; return the digest as it is now.

        Raises:
            Refusal: it is somebody else's, or gone.
        """
        schedule = self.get(actor, digest).schedule
        return self.choose(actor, digest, replace(schedule, cadence=cadence))

    def choose(self, actor: Person, digest: DigestId, schedule: Schedule) -> Subscription:
        """Keep when and where a digest comes; return it as it is now.

        Raises:
            Refusal: it is somebody else's, or gone.
        """
        with self._store.begin(actor.workspace) as work:
            before = _changeable(work, actor, digest)
            reader = work.people.get(before.person) or actor
            next_at = schedule.due_after(self._store.clock.now(), ZoneInfo(reader.zone))
            work.digests.change(digest, schedule, next_at)
        self._bell.home_changed(actor.workspace, before.person)
        return replace(before, schedule=schedule, next_at=next_at)

    def quiet(self, actor: Person, team: TeamId) -> tuple[NamedTeam, list[QuietContact]]:
        """Return a team's contacts that fell silent.

        Raises:
            Refusal: the actor does not manage the team.
        """
        text = self._people.text(actor)
        with self._store.read(actor.workspace) as work:
            named = _managed(work, actor, team)
            return named, quiet_contacts(work, named, text)

    def old_drafts(self, actor: Person, team: TeamId) -> tuple[NamedTeam, list[OldDraft]]:
        """Return a team's drafts that wait too long, the oldest first: whose, with whom, never what was typed.

        Raises:
            Refusal: the actor does not manage the team.
        """
        with self._store.read(actor.workspace) as work:
            named = _managed(work, actor, team)
            members = work.people.many(work.people.team_members(frozenset({team})))
            found = [one for person in members for one in self._old(work, person, members)]
        return named, sorted(found, key=lambda one: one[0].saved_at)

    def _old(self, work: Work, person: PersonId, members: dict[PersonId, Person]) -> list[OldDraft]:
        before = self._store.clock.now() - timedelta(days=OLD_DAYS)
        old = [draft for draft in work.drafts.waiting(person) if draft.saved_at < before]
        return [(draft, contact, members[person].name) for draft, contact in with_contacts(work, old)]

    def _say(self, actor: Person, key: str, team: TeamId, which: str) -> None:
        words = self._composed(actor, team, which)
        with self._store.begin(actor.workspace) as work:
            name = f"digest:shown:{work.access.ids()}"
            work.deliveries.say(name, DeliveryKind.DIGEST, actor.id, words, answer=key)
        self._bell.ring()

    def _composed(self, actor: Person, team: TeamId, which: str) -> Payload:
        text = self._people.text(actor)
        with self._store.read(actor.workspace) as work:
            named = _managed(work, actor, team)
            mine = next((one for one in work.digests.of_person(actor.id) if one.team.id == team), None)
            schedule = mine.schedule if mine else Schedule()
            period = schedule.running(text.today) if which == views.NOW else schedule.ended(text.today)
            digest = compose(work, Order(named, period, mine.id if mine else None), text)
            others = [one for one in _teams(work, actor) if one.id != team]
        return views.preview(digest, mine, others, text)

    def _teams(self, actor: Person) -> list[NamedTeam]:
        with self._store.read(actor.workspace) as work:
            found = _teams(work, actor)
            if found:
                return found
            raise _told_elsewhere(work, actor)


def _teams(work: Work, actor: Person) -> list[NamedTeam]:
    """Return the teams of which the actor may be told: first those that he manages, for an admin all others too."""
    teams = work.digests.teams()
    mine = [team for team in teams if team.id in actor.manages]
    if actor.role is not Role.ADMIN:
        return mine
    return [*mine, *(team for team in teams if team.id not in actor.manages)]


def _managed(work: Work, actor: Person, team: TeamId) -> NamedTeam:
    named = next(iter(work.digests.teams(frozenset({team}))), None)
    if named is None:
        raise Refusal("This team is gone.")
    if actor.role is Role.ADMIN or team in actor.manages:
        return named
    raise Refusal(
        "Only the managers of {team} and admins see this: {names}.",
        team=named.name,
        names=tuple(work.digests.managers(team)),
    )


def _changeable(work: Work, actor: Person, digest: DigestId) -> Subscription:
    found = work.digests.get(digest)
    if found is None:
        raise Refusal("This digest is gone: its reader does not manage the team any more.")
    if found.person == actor.id or actor.role is Role.ADMIN:
        return found
    reader = work.people.get(found.person)
    raise Refusal("Only {name} and admins can change this digest.", name=reader.name if reader else "")


def _told_elsewhere(work: Work, actor: Person) -> Refusal:
    """Return who is told of the actor's team, since he is not."""
    team = next(iter(work.digests.teams(frozenset({actor.team}))), None) if actor.team else None
    if team is None:
        return Refusal(
            "Digests go to the managers of teams, and you are in none. Your own week is in App Home."
        )
    return Refusal(
        "The digest of {team} goes to {names}. Your own week is in App Home.",
        team=team.name,
        names=tuple(work.digests.managers(team.id)),
    )
