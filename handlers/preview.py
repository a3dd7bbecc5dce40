"""The preview of a segment: opened, turned, narrowed to what can't be logged, exported."""

from bot.domain.ids import SegmentId
from bot.domain.people import Person
from bot.services.preview import Preview
from bot.text import Text
from bot.views import preview as views
from bot.views.ids import SEPARATOR, Action
from bot.views.preview import Sheet
from handlers.payloads import Malformed, Press
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.PREVIEW] = preview_pressed
    routes.actions[Action.MEND] = mend
    routes.actions[Action.PREVIEW_PAGE] = turn
    routes.actions[Action.PREVIEW_EXPORT] = export
    routes.actions[Action.SKIPPED] = skipped
    routes.actions[Action.LINE_TEXT] = whole_text


def preview_pressed(press: Press, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    """Show what all lines come to."""
    _show(press, Sheet(SegmentId(press.number)), slack, preview, actor, text)


def mend(press: Press, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    """Show the lines that can't be logged, the first one on top."""
    _show(press, Sheet(SegmentId(press.number), faulty=True), slack, preview, actor, text)


def turn(press: Press, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    """Show another page of it."""
    show_again(press.form.id, standing(press).turned(press.number), slack, preview, actor, text)


def export(press: Press, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    """Send the preview as a file into the direct message."""
    count = preview.export(actor, SegmentId(press.number))
    said = text.count(
        "A CSV with {n} line is on its way to our direct message.",
        "A CSV with {n} lines is on its way to our direct message.",
        count,
    )
    show_again(press.form.id, standing(press), slack, preview, actor, text, said)


def skipped(press: Press, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    """Show who was left out when contacts were added."""
    slack.push(views.skipped(*preview.skipped(actor, SegmentId(press.number)), text))


def whole_text(press: Press, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    """Show all that is written to one contact."""
    slack.push(views.whole_text(preview.line(actor, *place(press)), text))


def standing(press: Press) -> Sheet:
    """Return the page on which something was pressed.

    Raises:
        Malformed: it stands on none.
    """
    found = Sheet.read(press.block)
    if found is None:
        raise Malformed("a button of a preview that stands in none")
    return found


def place(press: Press) -> tuple[SegmentId, int]:
    """Return the line that a button is about.

    Raises:
        Malformed: it is about none.
    """
    segment, _, line = press.value.partition(SEPARATOR)
    if not segment.isdecimal() or not line.isdecimal():
        raise Malformed("a line that was never offered")
    return SegmentId(int(segment)), int(line)


def show_again(
    view: str, sheet: Sheet, slack: Surface, preview: Preview, actor: Person, text: Text, said: str = ""
) -> None:
    """Put a page in place of the one that stands in this view."""
    slack.update(view, views.page(preview.page(actor, sheet, said), text))


def _show(press: Press, sheet: Sheet, slack: Surface, preview: Preview, actor: Person, text: Text) -> None:
    if press.in_modal and Sheet.read(press.block) is not None:
        return show_again(press.form.id, sheet, slack, preview, actor, text)
    slack.show_over(press.in_modal, views.page(preview.page(actor, sheet), text))
