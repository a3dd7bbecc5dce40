"""Who is in a segment by criteria: Add, Reduce and Refine contacts, counted first; Go back."""

from typing import Any
from uuid import uuid4

from bot.domain.criteria import BEGINNING, Counted, Criteria, read_criteria
from bot.domain.ids import FormId, SegmentId
from bot.domain.people import Person
from bot.domain.segments import ActionKind
from bot.services.membership import Applied, Membership
from bot.text import Text
from bot.views import criteria_form as views
from bot.views import kit
from bot.views.forms import Meta
from bot.views.ids import SEPARATOR, Action, Callback
from bot.views.kit import Choice
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Press, Query
from handlers.routes import Routes
from handlers.surface import Surface

SEARCH_SIZE = 50
LONGEST_VALUE = 150
KINDS = {
    Action.ADD_CONTACTS.value: ActionKind.ADD,
    Action.REDUCE_CONTACTS.value: ActionKind.REDUCE,
    Action.REFINE_CONTACTS.value: ActionKind.REFINE,
}
SETS = (*views.SEARCHED, "types", "evaluations")
NUMBERS = ("first", "last")
DAYS = ("not_met_since", "met_since")
IDS = frozenset(
    {
        "salespeople",
        "mailing_groups",
        "industry_groups",
        "responsibilities",
        "templates",
        "campaigns",
        "entry_salespeople",
        "logged",
    }
)


def register(routes: Routes) -> None:
    """Add the listeners."""
    for action, kind in KINDS.items():
        routes.actions[action] = ask
        routes.submissions[views.CALLBACKS[kind]] = count
    for name in views.SEARCHED:
        routes.choices[views.field(name)] = suggest
    routes.submissions[Callback.APPLY_CRITERIA] = apply
    routes.submissions[Callback.START_ANEW] = start_anew
    routes.writes(Action.GO_BACK, go_back)


def ask(press: Press, slack: Surface, membership: Membership, actor: Person, text: Text) -> None:
    """Open the filters."""
    segment, _ = membership.segment(actor, SegmentId(press.number))
    offered = membership.offered(actor)
    view = views.form(blank(press.number), KINDS[press.action], segment, offered, text)
    slack.show_over(press.in_modal, view)


def suggest(query: Query, ack: Ack, membership: Membership, actor: Person, text: Text) -> None:
    """Answer the search for a filter's values; of a post code the beginning is offered, too."""
    name = views.filter_of(query.field)
    found = [Choice(label, value) for value, label in membership.find(actor, name, query.text, SEARCH_SIZE)]
    start = query.text.strip()
    if name == "post_codes" and start:
        found = [Choice(text("{start}… (all that begin so)", start=start), f"{start}{BEGINNING}"), *found]
    fitting = [one for one in found if len(one.value) <= LONGEST_VALUE]
    ack(options=[option.to_dict() for option in kit.options(fitting)])


def count(
    view: OpenView, ack: Ack, slack: Surface, membership: Membership, actor: Person, text: Text
) -> None:
    """Count what the filters would do, and show it above them before anything happens."""
    kind = next(kind for kind, callback in views.CALLBACKS.items() if callback == view.callback)
    segment, criteria = _subject(view), _criteria(view)
    with ack.showing(views.working(text), "push"):
        told = membership.count(actor, segment, kind, criteria)
        page = _page(membership, actor, segment, kind, criteria, told, text)
    slack.answer(ack, page, "push")


def apply(
    view: OpenView, ack: Ack, slack: Surface, membership: Membership, actor: Person, text: Text
) -> None:
    """Do what was counted; where that takes longer than Slack waits, it is said when it is done."""
    meta, segment = payloads.meta(view), _subject(view)
    kind, criteria = membership.proposed(actor, meta.form_id)
    with ack.showing(views.working(text)):
        applied = membership.apply(actor, segment, kind, criteria, f"apply:{meta.form_id}")
        page = anew(membership, actor, segment, text) if applied.emptied else None
    finish(ack, slack, applied, page, text)


def anew(membership: Membership, actor: Person, segment: SegmentId, text: Text) -> dict[str, Any]:
    """Return the question whether an emptied segment starts anew."""
    found, _ = membership.segment(actor, segment)
    return views.start_anew(blank(segment), found, text)


def finish(ack: Ack, slack: Surface, applied: Applied, page: dict[str, Any] | None, text: Text) -> None:
    """Show the page, or close the forms; where a waiting page stands, it tells what was done."""
    if page is not None:
        return slack.answer(ack, page)
    if not ack.first(response_action="clear"):
        slack.settle(ack, views.done(applied.added, applied.removed, text))


def start_anew(view: OpenView, ack: Ack, membership: Membership, actor: Person) -> None:
    """Forget the criteria of an emptied segment."""
    membership.start_anew(actor, _subject(view))
    ack(response_action="clear")


def go_back(press: Press, ack: Ack, membership: Membership, actor: Person) -> None:
    """Take the last action back, if it still is the one that the person saw."""
    segment, _, action = press.value.partition(SEPARATOR)
    if not (segment.isdecimal() and action.isdecimal()):
        raise Malformed("an action that was never taken")
    membership.go_back(actor, SegmentId(int(segment)), int(action))
    ack()


def blank(segment: int) -> Meta:
    """Return what a form about a segment carries with it."""
    return Meta(form_id=FormId(uuid4().hex), subject=int(segment))


def _page(
    membership: Membership,
    actor: Person,
    segment: SegmentId,
    kind: ActionKind,
    criteria: Criteria,
    told: Counted,
    text: Text,
) -> dict[str, Any]:
    """Return what would happen, and keep it until it is wanted."""
    meta = blank(segment)
    membership.propose(actor, meta.form_id, kind, criteria)
    return views.counted(meta, kind, told, membership.words(actor, criteria), text)


def _subject(view: OpenView) -> SegmentId:
    return SegmentId(payloads.meta(view).subject or 0)


def _criteria(view: OpenView) -> Criteria:
    found: dict[str, object] = {"words": payloads.text(view, views.field("words")).strip()}
    for name in NUMBERS:
        found[name] = payloads.text(view, views.field(name)).strip().upper()
    for name in DAYS:
        day = payloads.day(view, views.field(name))
        found[name] = day.isoformat() if day else None
    for name in SETS:
        chosen = payloads.boxes(view, views.field(name))
        found[name] = [int(one) for one in chosen if one.isdecimal()] if name in IDS else chosen
    found |= dict.fromkeys(payloads.boxes(view, views.CHOSEN), True)
    return read_criteria({name: value for name, value in found.items() if value})
