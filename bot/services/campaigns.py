"""Campaigns, as admins keep them: light lists to link interactions to (`domain.md` 1.11)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.campaigns import LISTED, Campaign, CampaignLine, CampaignList, CampaignTyped, pages_of
from bot.domain.ids import CampaignId
from bot.domain.messages import Refusal, n_
from bot.domain.people import Person, Role
from bot.domain.templates import CAMPAIGN_SERIES
from storage.store import Store
from storage.work import Work

CHANGED = n_("Somebody changed this campaign meanwhile. Open it again to see what stands there now.")


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """A campaign with its salesperson's name, and how many interactions it has that are not canceled."""

    campaign: Campaign
    salesperson: str
    interactions: int


class Campaigns:
    """Makes, changes, closes and reopens campaigns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, actor: Person, page: int = 0) -> CampaignList:
        """Return a page of the campaigns; beyond the last one the last.

        Raises:
            Refusal: the actor is no admin.
        """
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            pages = pages_of(work.campaigns.count())
            shown = min(page, pages - 1)
            found = work.campaigns.page(shown * LISTED, LISTED)
            counts = work.campaigns.interactions([one.id for one in found])
        return CampaignList(tuple(CampaignLine(one, counts.get(one.id, 0)) for one in found), shown, pages)

    def get(self, actor: Person, campaign: CampaignId) -> CampaignPage:
        """Return one campaign.

        Raises:
            Refusal: the actor is no admin, or the campaign is gone.
        """
        _admins_only(actor)
        with self._store.read(actor.workspace) as work:
            found = _found(work, campaign)
            person = work.people.get(found.salesperson) if found.salesperson else None
            counts = work.campaigns.interactions([campaign])
        return CampaignPage(found, person.name if person else "", counts.get(campaign, 0))

    def make(self, actor: Person, key: str, typed: CampaignTyped) -> CampaignId:
        """Make a campaign of what was typed without problems; the same form (`key`) once more gives the same.

        Raises:
            Refusal: the actor is no admin, or there is no number series for campaigns.
        """
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            first = work.requests.first_answer(key)
            if first is not None:
                return CampaignId(first["campaign"])
            made = Campaign(
                id=CampaignId(work.access.ids()),
                number=work.numbers.take(CAMPAIGN_SERIES),
                description=typed.description.strip(),
                starts=typed.starts,
                ends=typed.ends,
                salesperson=typed.salesperson,
            )
            work.campaigns.add(made)
            work.requests.remember(key, {"campaign": made.id})
        return made.id

    def edit(self, actor: Person, campaign: CampaignId, revision: int, typed: CampaignTyped) -> None:
        """Change a campaign to what was typed without problems.

        Raises:
            Refusal: the actor is no admin, the campaign is gone, or was changed since the form was opened.
        """
        self._change(
            actor,
            campaign,
            lambda before: replace(
                before,
                description=typed.description.strip(),
                starts=typed.starts,
                ends=typed.ends,
                salesperson=typed.salesperson,
                revision=revision,
            ),
        )

    def close(self, actor: Person, campaign: CampaignId) -> None:
        """Let nobody choose a campaign any more; its interactions keep it.

        Raises:
            Refusal: the actor is no admin, or the campaign is gone.
        """
        self._change(actor, campaign, lambda before: replace(before, active=False))

    def reopen(self, actor: Person, campaign: CampaignId) -> None:
        """Let a campaign be chosen again.

        Raises:
            Refusal: the actor is no admin, or the campaign is gone.
        """
        self._change(actor, campaign, lambda before: replace(before, active=True))

    def _change(self, actor: Person, campaign: CampaignId, change: Callable[[Campaign], Campaign]) -> None:
        _admins_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = _found(work, campaign)
            after = change(before)
            if after != before and not work.campaigns.change(after):
                raise Refusal(CHANGED)


def _found(work: Work, campaign: CampaignId) -> Campaign:
    found = work.campaigns.get(campaign)
    if found is None:
        raise Refusal("This campaign is gone.")
    return found


def _admins_only(actor: Person) -> None:
    if actor.role is not Role.ADMIN:
        raise Refusal("Only an admin can set up campaigns.")
