"""One transaction of one workspace, with every part of the storage by its feature's name."""

from functools import cached_property

from sqlalchemy import Connection

from bot.clock import Clock, Ids
from bot.domain.ids import WorkspaceId
from storage.access import Access
from storage.campaigns import Campaigns
from storage.canceled import Canceled
from storage.contacts import Contacts
from storage.criteria_choices import CriteriaChoices
from storage.deliveries import Deliveries
from storage.departures import Departures
from storage.digests import Digests
from storage.entries import Entries
from storage.entry_pages import EntryPages
from storage.entry_words import EntryWords
from storage.failures import Failures
from storage.histories import Histories
from storage.import_orders import ImportOrders
from storage.imports import Imports
from storage.inbox import Inbox
from storage.membership import Membership
from storage.numbers import Numbers
from storage.operations import History, Operations, Requests
from storage.opportunities import Opportunities
from storage.people import People
from storage.postponed import Drafts
from storage.purge import PurgeCards
from storage.reminders import Reminders
from storage.saved_criteria import SavedCriteria
from storage.search import Search
from storage.segment_lines import SegmentLines
from storage.segments import Segments
from storage.standings import Standings
from storage.tasks import Tasks
from storage.team_figures import TeamFigures
from storage.teams import Teams
from storage.template_figures import TemplateFigures
from storage.template_setup import TemplateSetup
from storage.templates import Settings, Templates
from storage.weeks import Weeks


class Work:
    """What a service writes and reads through."""

    def __init__(self, connection: Connection, workspace: WorkspaceId, clock: Clock, ids: Ids) -> None:
        self.access = Access(connection, workspace, clock, ids)

    @cached_property
    def people(self) -> People:
        """Salespeople and teams."""
        return People(self.access)

    @cached_property
    def teams(self) -> Teams:
        """Teams."""
        return Teams(self.access)

    @cached_property
    def contacts(self) -> Contacts:
        """Contacts."""
        return Contacts(self.access)

    @cached_property
    def search(self) -> Search:
        """Contact search."""
        return Search(self.access)

    @cached_property
    def imports(self) -> Imports:
        """Imports of contacts."""
        return Imports(self.access)

    @cached_property
    def import_orders(self) -> ImportOrders:
        """Imports that were ordered in Slack and are not done yet."""
        return ImportOrders(self.access)

    @cached_property
    def templates(self) -> Templates:
        """Interaction groups and templates."""
        return Templates(self.access)

    @cached_property
    def template_figures(self) -> TemplateFigures:
        """How much was logged with which template."""
        return TemplateFigures(self.access)

    @cached_property
    def template_setup(self) -> TemplateSetup:
        """Which template records what."""
        return TemplateSetup(self.access)

    @cached_property
    def numbers(self) -> Numbers:
        """Number series."""
        return Numbers(self.access)

    @cached_property
    def settings(self) -> Settings:
        """The workspace's settings."""
        return Settings(self.access)

    @cached_property
    def entries(self) -> Entries:
        """Interaction log entries."""
        return Entries(self.access)

    @cached_property
    def entry_pages(self) -> EntryPages:
        """The interaction log page by page."""
        return EntryPages(self.access)

    @cached_property
    def entry_words(self) -> EntryWords:
        """What entries are found by."""
        return EntryWords(self.access)

    @cached_property
    def canceled(self) -> Canceled:
        """Canceled entries, to be deleted for good."""
        return Canceled(self.access)

    @cached_property
    def purge_cards(self) -> PurgeCards:
        """What was announced for deletion."""
        return PurgeCards(self.access)

    @cached_property
    def drafts(self) -> Drafts:
        """Postponed interactions."""
        return Drafts(self.access)

    @cached_property
    def tasks(self) -> Tasks:
        """Follow-ups."""
        return Tasks(self.access)

    @cached_property
    def standings(self) -> Standings:
        """What stands open with contacts."""
        return Standings(self.access)

    @cached_property
    def weeks(self) -> Weeks:
        """Interactions counted day by day."""
        return Weeks(self.access)

    @cached_property
    def departures(self) -> Departures:
        """What people who have left leave behind."""
        return Departures(self.access)

    @cached_property
    def digests(self) -> Digests:
        """Who is told of which team, and when."""
        return Digests(self.access)

    @cached_property
    def team_figures(self) -> TeamFigures:
        """What teams did."""
        return TeamFigures(self.access)

    @cached_property
    def reminders(self) -> Reminders:
        """Working hours, and when each person is reminded next."""
        return Reminders(self.access)

    @cached_property
    def campaigns(self) -> Campaigns:
        """Campaigns."""
        return Campaigns(self.access)

    @cached_property
    def opportunities(self) -> Opportunities:
        """Opportunities."""
        return Opportunities(self.access)

    @cached_property
    def segments(self) -> Segments:
        """Headers of segments and their criteria actions."""
        return Segments(self.access)

    @cached_property
    def segment_lines(self) -> SegmentLines:
        """Who is in a segment."""
        return SegmentLines(self.access)

    @cached_property
    def membership(self) -> Membership:
        """Who joins and leaves segments by criteria."""
        return Membership(self.access)

    @cached_property
    def criteria_choices(self) -> CriteriaChoices:
        """What the filters of criteria offer."""
        return CriteriaChoices(self.access)

    @cached_property
    def saved_criteria(self) -> SavedCriteria:
        """Saved segment criteria."""
        return SavedCriteria(self.access)

    @cached_property
    def inbox(self) -> Inbox:
        """What arrived by itself."""
        return Inbox(self.access)

    @cached_property
    def operations(self) -> Operations:
        """What can be undone."""
        return Operations(self.access)

    @cached_property
    def history(self) -> History:
        """Who changed what."""
        return History(self.access)

    @cached_property
    def histories(self) -> Histories:
        """What happened to things, to be read."""
        return Histories(self.access)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What is to be said."""
        return Deliveries(self.access)

    @cached_property
    def failures(self) -> Failures:
        """What could not be said."""
        return Failures(self.access)

    @cached_property
    def requests(self) -> Requests:
        """Requests already carried out."""
        return Requests(self.access)
