"""Pasting a list into a segment, and mending what nobody could tell."""

from bot.domain.ids import ContactId, SegmentId
from bot.domain.pasted import Pasted
from bot.domain.people import Person
from bot.services.membership import Membership
from bot.services.pasting import Pasting
from bot.text import Text
from bot.views import membership as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.membership import blank
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.PASTE_LIST] = ask
    routes.submissions[Callback.PASTE_LIST] = paste


def ask(press: Press, slack: Surface, membership: Membership, actor: Person, text: Text) -> None:
    """Open the form for a list."""
    segment, _ = membership.segment(actor, SegmentId(press.number))
    slack.show_over(press.in_modal, views.paste_form(blank(press.number), segment, text))


def paste(
    view: OpenView, ack: Ack, pasting: Pasting, membership: Membership, actor: Person, text: Text
) -> None:
    """Add whom the list names; the lines that name nobody or several stay, to be mended."""
    meta = payloads.meta(view)
    segment, lines = SegmentId(meta.subject or 0), payloads.text(view, views.PASTED)
    if not lines.strip() and not views.asked_about(meta):
        return ack(response_action="errors", errors={views.PASTED: text("Paste a line or more, or close.")})
    pasted = pasting.paste(actor, segment, lines, _chosen(view, meta))
    if pasted.to_mend:
        found, _ = membership.segment(actor, segment)
        return ack(response_action="update", view=views.mend_form(meta, found, pasted, text))
    if _nothing_to_tell(pasted):
        return ack(response_action="clear")
    ack(response_action="update", view=views.result(pasted, text))


def _chosen(view: OpenView, meta: Meta) -> frozenset[ContactId]:
    """Return who was chosen where a line named several."""
    values = (payloads.chosen(view, name) or "" for name in views.asked_about(meta))
    return frozenset(ContactId(int(one)) for one in values if one.isdecimal() and one != views.NOBODY)


def _nothing_to_tell(pasted: Pasted) -> bool:
    return bool(pasted.added) and not (pasted.already or pasted.excluded or pasted.blocked)
