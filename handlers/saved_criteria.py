"""Saving the criteria of a segment, and reusing them in another one."""

from bot.domain.ids import SavedId, SegmentId
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.membership import Membership
from bot.services.saved_criteria import SavedCriteria
from bot.text import Text
from bot.views import membership as views
from bot.views.criteria_form import working
from bot.views.ids import Action, Callback
from handlers import payloads
from handlers.acks import Ack
from handlers.membership import anew, blank, finish
from handlers.payloads import OpenView, Press
from handlers.routes import Routes
from handlers.surface import Surface

FIELDS = {"code": views.CODE, "description": views.DESCRIPTION}


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.SAVE_CRITERIA] = ask_code
    routes.submissions[Callback.SAVE_CRITERIA] = save
    routes.actions[Action.REUSE_CRITERIA] = ask_which
    routes.submissions[Callback.REUSE_CRITERIA] = reuse


def ask_code(press: Press, slack: Surface, membership: Membership, actor: Person, text: Text) -> None:
    """Open the form to save criteria."""
    segment, actions = membership.segment(actor, SegmentId(press.number))
    if not actions:
        raise Refusal("{number} has no criteria yet. Add contacts first.", number=segment.number)
    slack.show_over(press.in_modal, views.save_form(blank(press.number), segment, actions, text))


def save(view: OpenView, ack: Ack, saved_criteria: SavedCriteria, actor: Person, text: Text) -> None:
    """Save criteria under a code."""
    segment = SegmentId(payloads.meta(view).subject or 0)
    code, description = (payloads.text(view, name) for name in FIELDS.values())
    wrong = saved_criteria.save(actor, segment, code, description)
    if wrong:
        return ack(
            response_action="errors",
            errors={FIELDS[name]: text.say(message) for name, message in wrong.items()},
        )
    ack(response_action="update", view=views.saved(code.strip().upper(), text))


def ask_which(
    press: Press,
    slack: Surface,
    membership: Membership,
    saved_criteria: SavedCriteria,
    actor: Person,
    text: Text,
) -> None:
    """Open the form to choose saved criteria."""
    segment, actions = membership.segment(actor, SegmentId(press.number))
    saved = saved_criteria.all(actor)
    view = views.reuse_form(blank(press.number), segment, len(actions), saved, text)
    slack.show_over(press.in_modal, view)


def reuse(
    view: OpenView,
    ack: Ack,
    slack: Surface,
    membership: Membership,
    saved_criteria: SavedCriteria,
    actor: Person,
    text: Text,
) -> None:
    """Replay saved criteria."""
    meta, chosen = payloads.meta(view), payloads.chosen(view, views.SAVED) or ""
    if not chosen.isdecimal():
        return ack(response_action="errors", errors={views.SAVED: text("Choose criteria.")})
    segment = SegmentId(meta.subject or 0)
    with ack.showing(working(text)):
        applied = saved_criteria.reuse(actor, segment, SavedId(int(chosen)), f"reuse:{meta.form_id}")
        page = anew(membership, actor, segment, text) if applied.emptied else None
    finish(ack, slack, applied, page, text)
