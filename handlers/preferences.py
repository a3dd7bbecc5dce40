"""/log settings: what a person chooses for himself."""

from datetime import date
from uuid import uuid4

from bot import places
from bot.domain.ids import FormId
from bot.domain.people import Person
from bot.domain.preferences import Absence, Typed
from bot.services.digests import Digests
from bot.services.preferences import Preferences
from bot.text import Text, languages
from bot.views import kit
from bot.views import preferences as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.kit import Choice
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import Malformed, OpenView, Query
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.SETTINGS] = show
    routes.choices["zone"] = suggest_zones
    routes.choices["country"] = suggest_countries
    routes.submissions[Callback.SETTINGS] = save


def show(slack: Surface, preferences: Preferences, digests: Digests, actor: Person, text: Text) -> None:
    """Open the form; for a manager with the digests that he gets."""
    meta = Meta(form_id=FormId(uuid4().hex))
    slack.open(views.form(actor, preferences.of(actor), meta, text, digests.of(actor)))


def suggest_zones(query: Query, ack: Ack, actor: Person, text: Text) -> None:
    """Answer a search for a time zone."""
    _offer(ack, views.zone_choices(query.text, actor, text))


def suggest_countries(query: Query, ack: Ack, actor: Person, text: Text) -> None:
    """Answer a search for a country."""
    _offer(ack, views.country_choices(query.text, actor, text))


def save(view: OpenView, ack: Ack, preferences: Preferences, actor: Person, text: Text) -> None:
    """Keep what was chosen; what is wrong is said at its field."""
    typed = _typed(view)
    wrong = {view.block_of(name) or name: text.say(words) for name, words in typed.problems().items()}
    if wrong:
        return ack(response_action="errors", errors=wrong)
    preferences.choose(actor, typed)
    ack()


def _offer(ack: Ack, choices: list[Choice]) -> None:
    ack(options=[option.to_dict() for option in kit.options(choices)])


def _typed(view: OpenView) -> Typed:
    zone, country = payloads.chosen(view, "zone"), payloads.chosen(view, "country")
    language = payloads.chosen(view, "language")
    return Typed(
        days=frozenset(day for day in views.WEEK if str(day) in payloads.boxes(view, "days")),
        starts=payloads.at(view, "starts"),
        ends=payloads.at(view, "ends"),
        zone=_offered(zone, views.AS_IN_SLACK, known=zone is not None and places.is_zone(zone)),
        country=_offered(country, views.GUESSED, known=country is not None and places.is_country(country)),
        language=_offered(language, views.AS_IN_SLACK, known=language in languages()),
        shown=frozenset(_absence(value) for value in payloads.meta(view).below.split()),
        kept=frozenset(_absence(value) for value in payloads.boxes(view, "days_off")),
        first=payloads.day(view, "first"),
        last=payloads.day(view, "last"),
        reminders=bool(payloads.boxes(view, "reminders")),
    )


def _offered(value: str | None, following: str, *, known: bool) -> str | None:
    """Return what was chosen, None where the person follows Slack.

    Raises:
        Malformed: this was never offered.
    """
    if value in (None, following):
        return None
    if not known:
        raise Malformed("a value that was never offered")
    return value


def _absence(value: str) -> Absence:
    try:
        first, last = (date.fromisoformat(day) for day in value.split("/"))
    except ValueError as error:
        raise Malformed("a value that was never offered") from error
    return first, last
