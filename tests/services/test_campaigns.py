"""Campaigns and opportunities: made, changed, closed, linked to and counted (acceptance lines 19, 20, 67, 68)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from office import TODAY, Office, Silence

from bot.domain.campaigns import CampaignTyped, OpportunityStatus
from bot.domain.entries import Asked, Filter
from bot.domain.ids import CampaignId, ContactId, EntryId, FormId, OpportunityId
from bot.domain.messages import Refusal
from bot.domain.opportunities import OpportunityTyped
from bot.domain.people import Person
from bot.services.campaigns import Campaigns
from bot.services.entries import Result
from bot.services.opportunities import Opportunities

AUTUMN = CampaignTyped(description="Autumn", starts=None, ends=None, salesperson=None)
HALL = OpportunityTyped(
    description="A hall",
    salesperson=None,
    campaign=None,
    status=OpportunityStatus.NOT_STARTED,
    comment="",
)


@dataclass
class Links:
    """Eva, who sells; Ada, who sets up; Wim of another team; Anna, who buys."""

    office: Office

    def __post_init__(self) -> None:
        self.campaigns = Campaigns(self.office.store)
        self.opportunities = Opportunities(self.office.store, self.office.people, Silence())
        self.ada = self.office.joins("Ada", admin=True)
        self.eva, self.wim = self.office.joins("Eva"), self.office.joins("Wim")
        self.anna = self.office.knows(self.eva, "Anna Berg", "Fjordbygg AS")

    def campaign(self, key: str = "one", **facts: object) -> CampaignId:
        return self.campaigns.make(self.ada, key, replace(AUTUMN, **facts))  # type: ignore[arg-type]

    def opportunity(self, key: str = "chance", actor: Person | None = None, **facts: object) -> OpportunityId:
        by = actor or self.eva
        typed = replace(HALL, **{"salesperson": by.id} | facts)  # type: ignore[arg-type]
        return self.opportunities.make(by, key, self.anna, typed)

    def offered(self, actor: Person, contact: ContactId) -> tuple[set[str], set[str]]:
        """What a form offers to link to."""
        with self.office.store.read(self.office.workspace) as work:
            running = {one.description for one in work.campaigns.running(TODAY)}
            found = work.contacts.get(contact)
            assert found is not None
            chances = work.opportunities.open_of(contact, found.company, actor.id)
        return running, {one.description for one in chances}

    def logs(self, **facts: object) -> EntryId:
        """Log with Anna, in a form in which she was chosen before the rest."""
        form = f"form{self.office.store.ids()}"
        self.office.types(self.eva, form, self.office.typed(self.anna), "1")
        logged = self.office.interactions.log(
            self.eva, FormId(form), self.office.typed(self.anna, **facts), twin_accepted=True
        )
        assert logged.entry is not None, logged
        return logged.entry

    def linked(self, entry: EntryId) -> OpportunityId | None:
        return self.office.entries.get(self.eva, entry).entry.opportunity


@pytest.fixture
def links(office: Office) -> Links:
    return Links(office)


def test_a_campaign_has_a_number_of_its_series_and_is_made_once(links: Links) -> None:
    made = links.campaign("form", starts=date(2026, 11, 1), ends=date(2026, 12, 24), salesperson=links.eva.id)
    assert links.campaign("form") == made
    page = links.campaigns.get(links.ada, made)
    assert (page.campaign.number, page.campaign.description, page.salesperson) == ("CP0001", "Autumn", "Eva")
    assert [line.campaign.id for line in links.campaigns.all(links.ada).lines] == [made]


def test_a_campaign_says_what_is_wrong_with_it() -> None:
    backwards = replace(AUTUMN, starts=TODAY, ends=TODAY - timedelta(days=1))
    assert backwards.problems().keys() == {"ends"}
    assert replace(AUTUMN, description=" ").problems().keys() == {"description"}
    assert replace(AUTUMN, description="x" * 101).problems().keys() == {"description"}
    assert AUTUMN.problems() == {}


@pytest.mark.parametrize("facts", [{}, {"ends": TODAY - timedelta(days=1)}], ids=["closed", "ended"])
def test_only_a_running_campaign_is_offered_and_any_stays_on_its_entries(
    links: Links, facts: dict[str, object]
) -> None:
    made = links.campaign(**facts)
    entry = links.logs(campaign=made)
    if not facts:
        assert links.offered(links.eva, links.anna)[0] == {"Autumn"}
        links.campaigns.close(links.ada, made)
    assert links.offered(links.eva, links.anna)[0] == set()
    assert links.office.entries.page(links.eva, entry).links.campaign == "Autumn"
    assert links.campaigns.get(links.ada, made).interactions == 1
    links.campaigns.reopen(links.ada, made)
    assert (links.offered(links.eva, links.anna)[0] == {"Autumn"}) is (not facts)


def test_canceled_interactions_count_for_neither(links: Links) -> None:
    campaign, chance = links.campaign(), links.opportunity()
    entries = [links.logs(campaign=campaign, opportunity=chance) for _ in range(3)]
    links.office.entries.cancel(links.eva, entries[0], None)
    assert links.campaigns.all(links.ada).lines[0].interactions == 2
    assert links.opportunities.all(links.ada).lines[0].interactions == 2
    assert links.opportunities.get(links.eva, chance).interactions == 2
    behind = links.office.entry_lists.page(links.eva, Asked(Filter(opportunity=chance)))
    assert {one.entry.id for one in behind.entries} == set(entries[1:])


def test_who_edits_what_somebody_changed_meanwhile_is_told(links: Links) -> None:
    campaign, chance = links.campaign(), links.opportunity()
    links.campaigns.edit(links.ada, campaign, 0, replace(AUTUMN, description="Late autumn"))
    links.opportunities.edit(links.eva, chance, 0, replace(HALL, description="Two halls"))
    with pytest.raises(Refusal, match="meanwhile"):
        links.campaigns.edit(links.ada, campaign, 0, AUTUMN)
    with pytest.raises(Refusal, match="meanwhile"):
        links.opportunities.edit(links.eva, chance, 0, HALL)
    assert links.campaigns.get(links.ada, campaign).campaign.description == "Late autumn"


def test_only_admins_keep_campaigns_and_look_through_all_opportunities(links: Links) -> None:
    campaign = links.campaign()
    for act in (
        lambda: links.campaigns.all(links.eva),
        lambda: links.campaigns.get(links.eva, campaign),
        lambda: links.campaigns.make(links.eva, "hers", AUTUMN),
        lambda: links.campaigns.edit(links.eva, campaign, 0, AUTUMN),
        lambda: links.campaigns.close(links.eva, campaign),
        lambda: links.campaigns.reopen(links.eva, campaign),
        lambda: links.opportunities.all(links.eva),
    ):
        with pytest.raises(Refusal, match="Only an admin"):
            act()


def test_line_19_a_closed_opportunity_is_not_listed_and_the_list_is_the_companys_and_salespersons(
    links: Links,
) -> None:
    bo = links.office.knows(links.eva, "Bo Dahl", "Fjordbygg AS")
    chance = links.opportunity(description="Hers")
    links.opportunity("theirs", links.wim, description="His")
    links.opportunity("nobody", description="Nobody's", salesperson=None)
    assert links.offered(links.eva, links.anna)[1] == {"Hers", "Nobody's"}
    assert links.offered(links.eva, bo)[1] == {"Hers", "Nobody's"}
    links.opportunities.close(links.eva, chance, OpportunityStatus.WON)
    assert links.offered(links.eva, links.anna)[1] == {"Nobody's"}


def test_a_closed_opportunity_stays_on_its_entry_when_the_result_is_edited(links: Links) -> None:
    chance = links.opportunity()
    entry = links.logs(opportunity=chance)
    links.opportunities.close(links.eva, chance, OpportunityStatus.LOST)
    page = links.office.entries.page(links.eva, entry)
    assert [one.id for one in page.opportunities] == [chance]
    result = Result(
        evaluation=None, attempt_failed=False, comment="", duration="", cost="", opportunity=chance
    )
    links.office.entries.change_result(links.eva, entry, result, page.listed.entry.revision)
    assert links.linked(entry) == chance
    links.opportunities.reopen(links.eva, chance)
    shown = links.opportunities.get(links.eva, chance).opportunity
    assert (shown.status, shown.closed_at) == (OpportunityStatus.IN_PROGRESS, None)


def test_lines_20_and_68_an_entry_becomes_an_opportunity_that_takes_its_comments(links: Links) -> None:
    campaign = links.campaign()
    entry = links.logs(campaign=campaign, comment="Wants a hall.\nIn spring.")
    offer = links.opportunities.offer_of_entry(links.eva, entry)
    assert (offer.description, offer.comment, offer.campaign, offer.salesperson.id) == (
        "Outgoing call",
        "Wants a hall.\nIn spring.",
        campaign,
        links.eva.id,
    )
    assert links.linked(entry) is None, "refused: none is made"
    typed = replace(HALL, salesperson=links.eva.id, campaign=campaign, comment=offer.comment)
    made = links.opportunities.make_of_entry(links.eva, "form", entry, typed)
    assert links.opportunities.make_of_entry(links.eva, "form", entry, typed) == made
    sheet = links.opportunities.get(links.eva, made)
    assert links.linked(entry) == made
    assert (sheet.opportunity.number, sheet.opportunity.comment) == (
        "OP000001",
        "Wants a hall.\nIn spring.",
    )
    assert (sheet.contact, sheet.interactions) == ("Anna Berg (Fjordbygg AS)", 1)
    assert sheet.campaign is not None
    changes = links.office.histories.of_entry(links.eva, entry, 0).changes
    assert ("opportunity", str(made)) in [(one.field, one.new) for one in changes]


def test_a_comment_longer_than_the_form_shows_goes_over_whole(links: Links) -> None:
    long = "word " * 1000
    entry = links.logs(comment=long)
    typed = replace(HALL, comment=long[:3000])
    made = links.opportunities.make_of_entry(links.eva, "form", entry, typed)
    assert links.opportunities.get(links.eva, made).opportunity.comment.strip() == long.strip()


def test_line_67_only_of_a_live_entry_without_one_an_opportunity_is_made(links: Links) -> None:
    free, canceled = links.logs(), links.logs()
    linked = links.logs(opportunity=links.opportunity())
    links.office.entries.cancel(links.eva, canceled, None)
    assert links.opportunities.offer_of_entry(links.eva, free).contact == "Anna Berg (Fjordbygg AS)"
    for entry, reason in ((canceled, "canceled"), (linked, "already")):
        with pytest.raises(Refusal, match=reason):
            links.opportunities.make_of_entry(links.eva, f"form{entry}", entry, HALL)
    with pytest.raises(Refusal, match="can change"):
        links.opportunities.make_of_entry(links.wim, "his", free, HALL)
    assert links.linked(free) is None


def test_an_opportunity_belongs_to_its_salesperson_who_manages_him_and_admins(links: Links) -> None:
    chance = links.opportunity()
    assert not links.opportunities.get(links.wim, chance).changeable
    for act in (
        lambda: links.opportunities.close(links.wim, chance, OpportunityStatus.WON),
        lambda: links.opportunities.reopen(links.wim, chance),
        lambda: links.opportunities.edit(links.wim, chance, 0, HALL),
    ):
        with pytest.raises(Refusal, match="opportunities"):
            act()
    with pytest.raises(Refusal, match="can log for"):
        links.opportunities.edit(links.eva, chance, 0, replace(HALL, salesperson=links.wim.id))
    links.opportunities.close(links.ada, chance, OpportunityStatus.WON)
    assert links.opportunities.get(links.eva, chance).opportunity.status is OpportunityStatus.WON


def test_what_somebody_may_not_see_is_named_nowhere(links: Links) -> None:
    chance = links.opportunity()
    links.office.sees("own")
    with pytest.raises(Refusal, match="gone, or not yours"):
        links.opportunities.get(links.wim, chance)
    assert links.opportunities.of_contact(links.wim, links.anna).lines == ()
    assert len(links.opportunities.of_contact(links.eva, links.anna).lines) == 1


def test_nothing_is_sold_to_who_asked_not_to_be_recorded(links: Links) -> None:
    with links.office.store.begin(links.office.workspace) as work:
        anna = work.contacts.get(links.anna)
        assert anna is not None
        work.contacts.change(replace(anna, privacy_blocked=True), "", "")
    with pytest.raises(Refusal, match="asked not to be recorded"):
        links.opportunity()
    with pytest.raises(Refusal, match="asked not to be recorded"):
        links.opportunities.offer(links.eva, links.anna)


def test_a_new_form_of_an_entry_keeps_only_what_is_still_offered(links: Links) -> None:
    campaign, chance = links.campaign(), links.opportunity()
    entry = links.logs(campaign=campaign, opportunity=chance)
    links.campaigns.close(links.ada, campaign)
    form = links.office.forms.open_from_entry(links.eva, entry)
    assert (form.form.campaign, form.form.opportunity) == (None, chance)


def test_a_template_brings_its_campaign_along_only_while_that_runs(links: Links) -> None:
    campaign = links.campaign()
    with links.office.store.begin(links.office.workspace) as work:
        found = work.templates.get(links.office.template())
        assert found is not None
        work.templates.change(replace(found, campaign=campaign))
    links.office.knows(links.eva, "Bo Dahl")
    links.office.quick_log.log(links.eva, FormId("one"), "call Anna Berg rang", None)
    links.campaigns.close(links.ada, campaign)
    links.office.quick_log.log(links.eva, FormId("two"), "call Bo Dahl rang", None)
    entries = links.office.entries.latest(links.eva, 2)
    assert [one.entry.campaign for one in entries] == [None, campaign]


def test_interactions_of_an_opportunity_are_found_by_its_number_as_far_as_one_may_see_it(
    links: Links,
) -> None:
    entry = links.logs(opportunity=links.opportunity())
    found = links.office.entry_lists.find(links.eva, "opportunity:op000001", start=Filter())
    assert found.shown is not None
    assert [one.entry.id for one in found.shown.page.entries] == [entry]
    links.office.sees("own")
    assert links.office.entry_lists.find(links.wim, "opportunity:OP000001", start=Filter()).read.unread
