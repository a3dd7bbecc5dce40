"""What an entry hangs together with: its campaign, opportunity, segment and attachment."""

from bot.domain.campaigns import Opportunity
from bot.domain.entry_files import came_with_logging
from bot.domain.interactions import Entry
from bot.text import Text
from bot.views.entries import Links
from bot.views.entry_files import label, read_only_label
from storage.attachments import Attachments
from storage.segment_runs import SegmentRuns
from storage.work import Work


def links_of(work: Work, entry: Entry, text: Text) -> Links:
    """Return the links of an entry; what is gone is left out."""
    campaign = work.campaigns.get(entry.campaign) if entry.campaign else None
    chance = work.opportunities.get(entry.opportunity) if entry.opportunity else None
    run = SegmentRuns(work.access).of_entry(entry.id)
    attached = Attachments(work.access).of_entry(entry.id)
    said = read_only_label if came_with_logging(entry) else label
    return Links(
        campaign=campaign.description if campaign else "",
        opportunity=chance.label if chance else "",
        segment=f"{run.segment_number} · {run.description}" if run else "",
        logged=run.id if run else None,
        attachment=said(attached, text) if attached else "",
    )


def opportunities_for(work: Work, entry: Entry) -> tuple[Opportunity, ...]:
    """Return the opportunities that an entry can be linked to; its own stays, though it is closed (lines 19, 20)."""
    if entry.contact is None:
        return ()
    offered = work.opportunities.open_of(entry.contact, entry.company, entry.salesperson)
    own = work.opportunities.get(entry.opportunity) if entry.opportunity else None
    kept = own is not None and own.id not in {one.id for one in offered}
    return (*offered, own) if own is not None and kept else tuple(offered)
