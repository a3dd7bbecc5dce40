"""What an entry hangs together with: its campaign, opportunity, segment and attachment."""

from bot.domain.interactions import Entry
from bot.views.entries import Links
from storage.attachments import Attachments
from storage.segment_runs import SegmentRuns
from storage.work import Work


def links_of(work: Work, entry: Entry) -> Links:
    """Return the links of an entry; what is gone is left out."""
    campaign = work.campaigns.get(entry.campaign) if entry.campaign else None
    chance = work.campaigns.opportunity(entry.opportunity) if entry.opportunity else None
    run = SegmentRuns(work.access).of_entry(entry.id)
    attached = Attachments(work.access).of_entry(entry.id)
    return Links(
        campaign=campaign.description if campaign else "",
        opportunity=f"{chance.number} · {chance.description}" if chance else "",
        segment=f"{run.segment_number} · {run.description}" if run else "",
        logged=run.id if run else None,
        attachment=attached.name if attached else "",
    )
