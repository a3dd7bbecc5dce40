"""People: the workspace and the salesperson behind each request (`product.md` 1)."""

from dataclasses import replace

from bot.domain.ids import GroupId, PersonId, SlackTeam, SlackUser, TemplateId, WorkspaceId
from bot.domain.interactions import Group, Template
from bot.domain.messages import Conflict, Refusal
from bot.domain.people import Person, Profile, Role, Scope, Visibility, is_welcome, role_of, scope_of
from bot.domain.rhythm import Preferences, following
from bot.domain.teams import role_with
from bot.domain.templates import GROUPS, SERIES, SETUP, TEMPLATES
from bot.places import is_zone
from bot.text import Text
from storage.people import create_workspace, slack_team_of, workspace_of
from storage.store import Store
from storage.work import Work

VISIBILITY = "visibility"


class People:
    """Who somebody is, and what he may read."""

    def __init__(self, store: Store, admins: frozenset[str], *, guests_allowed: bool) -> None:
        self._store = store
        self._admins = admins
        self._guests_allowed = guests_allowed
        self._workspaces: dict[SlackTeam, WorkspaceId] = {}

    def workspace(self, team: SlackTeam) -> WorkspaceId:
        """Return the workspace of a Slack team; the first time it gets the shipped templates and number series."""
        known = self._workspaces.get(team)
        if known is None:
            known = self._workspaces[team] = self._find(team) or self._create(team)
        return known

    def slack_team(self, workspace: WorkspaceId) -> SlackTeam:
        """Return the Slack team of a workspace."""
        with self._store.reading() as connection:
            return slack_team_of(connection, workspace)

    def known(self, workspace: WorkspaceId, slack_id: SlackUser) -> Person | None:
        """Return the salesperson with this Slack id, None at first use; his role is what the settings say today."""
        with self._store.read(workspace) as work:
            person = work.people.by_slack(slack_id)
        if person is None or self._role(person) is person.role:
            return person
        return self._seated(person)

    def admit(self, workspace: WorkspaceId, profile: Profile) -> Person:
        """Return the salesperson of a member at first use: the row with his e-mail, else a new one.

        Raises:
            Refusal: bots, guests, people of other workspaces and deactivated people are not welcome.
        """
        if not is_welcome(profile, guests_allowed=self._guests_allowed):
            raise Refusal("Saleslog is for full members of this workspace. Ask an admin if you need it.")
        try:
            with self._store.begin(workspace) as work:
                return self._admitted(work, profile)
        except Conflict:  # the same person came in by another door at the same moment
            return self._known_now(workspace, profile.slack_id)

    def admit_unconfirmed(self, workspace: WorkspaceId, slack_id: SlackUser, name: str) -> Person:
        """Return a salesperson with the workspace's defaults, since Slack was too slow to tell who he is."""
        return self.admit(workspace, _unknown(slack_id, name))

    def refresh(self, workspace: WorkspaceId, profile: Profile) -> None:
        """Take over what Slack says of a member whom we know; somebody unknown is left alone."""
        with self._store.begin(workspace) as work:
            person = work.people.by_slack(profile.slack_id)
            if person is not None:
                self._change(work, person, profile)

    def leaves(self, person: Person) -> None:
        """Deactivate somebody who has left Slack; what waits for him falls to others."""
        with self._store.begin(person.workspace) as work:
            known = work.people.get(person.id)
            if known is not None and known.active:
                work.people.change(replace(known, active=False))

    def text(self, person: Person) -> Text:
        """Return the person's language and zone, now."""
        return Text(person.locale, person.zone, self._store.clock.now())

    def plain_text(self) -> Text:
        """Return English and UTC, for somebody we don't know."""
        return Text("en-GB", "UTC", self._store.clock.now())

    def find(self, actor: Person, query: str, limit: int) -> list[Person]:
        """Return salespeople by the start of a name."""
        with self._store.read(actor.workspace) as work:
            return work.people.named(query, limit)

    def of(self, workspace: WorkspaceId, person: PersonId) -> Person | None:
        """Return a salesperson of a workspace."""
        with self._store.read(workspace) as work:
            return work.people.get(person)

    def get(self, actor: Person, person: PersonId) -> Person | None:
        """Return a salesperson of the actor's workspace."""
        return self.of(actor.workspace, person)

    def _role(self, person: Person) -> Role:
        """Return the role of somebody of whom Slack says nothing new: the list of admins is the settings' alone."""
        if not self._admins:
            return person.role
        listed = {(person.slack_id or "").casefold(), (person.email or "").casefold()} & self._admins
        return Role.ADMIN if listed else role_with(Role.SALESPERSON, bool(person.manages))

    def _seated(self, person: Person) -> Person:
        with self._store.begin(person.workspace) as work:
            found = work.people.get(person.id) or person
            changed = replace(found, role=self._role(found))
            work.people.change(changed)
        return changed

    def _find(self, team: SlackTeam) -> WorkspaceId | None:
        with self._store.reading() as connection:
            return workspace_of(connection, team)

    def _create(self, team: SlackTeam) -> WorkspaceId:
        workspace = WorkspaceId(self._store.ids())
        try:
            with self._store.writing() as connection:
                create_workspace(connection, workspace, team, self._store.clock)
                furnish(Work(connection, workspace, self._store.clock, self._store.ids))
        except Conflict:
            found = self._find(team)
            if found is None:
                raise
            return found
        return workspace

    def _known_now(self, workspace: WorkspaceId, slack_id: SlackUser) -> Person:
        person = self.known(workspace, slack_id)
        if person is None:
            raise Refusal("Your Saleslog account is being set up. Try again in a moment.")
        return person

    def _admitted(self, work: Work, profile: Profile) -> Person:
        known = work.people.by_slack(profile.slack_id)
        claimed = known or (work.people.by_email(profile.email) if profile.email else None)
        if claimed is not None:
            return self._change(work, replace(claimed, slack_id=profile.slack_id), profile)
        person = following(self._refreshed(_newcomer(work, profile), profile), Preferences())
        work.people.add(person)
        return person

    def _change(self, work: Work, person: Person, profile: Profile) -> Person:
        """Write back what Slack says of a salesperson; an e-mail that another one has already is not taken over."""
        other = work.people.by_email(profile.email) if profile.email else None
        if other is not None and other.id != person.id:
            if other.slack_id is None and person.email is None:
                person = _merged(work, person, other)
            else:
                profile = replace(profile, email=None)
        changed = following(self._refreshed(person, profile), work.reminders.preferences(person.id))
        work.people.change(changed)
        if changed.zone != person.zone:
            work.reminders.look_at(person.id, self._store.clock.now())
        return changed

    def _refreshed(self, person: Person, profile: Profile) -> Person:
        return replace(
            person,
            name=profile.name or person.name,
            email=profile.email or person.email,
            told_zone=profile.zone if is_zone(profile.zone) else person.told_zone,
            told_locale=profile.locale or person.told_locale,
            role=role_of(profile, self._admins, bool(person.manages)),
            active=is_welcome(profile, guests_allowed=self._guests_allowed),
            confirmed=bool(profile.zone),
        )


def _merged(work: Work, person: Person, imported: Person) -> Person:
    """Return a person together with the row that an import made for him, before Slack told his e-mail."""
    work.people.merge(person, imported)
    return replace(
        person,
        code=imported.code,
        team=person.team or imported.team,
        manages=person.manages | imported.manages,
        role=imported.role if person.role is Role.SALESPERSON else person.role,
    )


def scope(work: Work, actor: Person) -> Scope:
    """Return what the actor may read in this transaction."""
    wanted = visibility(work)
    if wanted is Visibility.EVERYONE:
        return scope_of(actor, wanted, frozenset())
    mine = frozenset({actor.team}) if actor.team and wanted is Visibility.TEAM else frozenset()
    return scope_of(actor, wanted, work.people.team_members(mine | actor.manages))


def visibility(work: Work) -> Visibility:
    """Return whose entries a salesperson may read."""
    return Visibility(work.settings.get(VISIBILITY) or Visibility.EVERYONE)


def furnish(work: Work) -> None:
    """Give a new workspace the shipped interaction groups, templates and number series."""
    for code, prefix, digits in SERIES:
        work.numbers.open(code, prefix, digits)
    groups = {}
    for group in GROUPS:
        groups[group.code] = GroupId(work.access.ids())
        work.templates.add_group(Group(id=groups[group.code], code=group.code, description=group.description))
    templates = {template.code: TemplateId(work.access.ids()) for template in TEMPLATES}
    for template in TEMPLATES:
        work.templates.add(
            Template(
                id=templates[template.code],
                group=groups[template.group],
                code=template.code,
                description=template.description,
                duration=template.duration,
                flow=template.flow,
                initiated_by=template.initiated_by,
                correspondence=template.correspondence,
            )
        )
    for recorded, code in SETUP.items():
        work.template_setup.put(recorded, templates[code])


def _newcomer(work: Work, profile: Profile) -> Person:
    return Person(
        id=PersonId(work.access.ids()),
        workspace=work.access.workspace,
        slack_id=profile.slack_id,
        code=_free_code(profile, work.people.codes()),
        name=profile.name,
        email=profile.email,
    )


def _free_code(profile: Profile, taken: set[str]) -> str:
    """Return initials, with a number where somebody has them already."""
    initials = (
        "".join(word[0] for word in profile.name.split() if word[0].isalpha()).upper()[:6] or profile.slack_id
    )
    code, number = initials, 1
    while code in taken:
        number += 1
        code = f"{initials}{number}"
    return code


def _unknown(slack_id: SlackUser, name: str) -> Profile:
    return Profile(
        slack_id=slack_id,
        name=name or slack_id,
        email=None,
        zone="",
        locale="",
        admin=False,
        guest=False,
        bot=False,
        deactivated=False,
        foreign=False,
    )
