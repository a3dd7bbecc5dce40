"""One line of a segment: edited over the preview, shared with the header again, taken out."""

from dataclasses import replace
from uuid import uuid4

from bot.domain.ids import FormId, PersonId, SegmentId, TemplateId
from bot.domain.interactions import Field
from bot.domain.people import Person
from bot.domain.personal_lines import Typed
from bot.services.preview import Preview
from bot.services.segment_lines import SegmentLines
from bot.text import Text
from bot.views import segment_lines as views
from bot.views.forms import Meta
from bot.views.ids import Action, Callback
from bot.views.preview import Sheet
from bot.views.segment_lines import Edited
from bot.views.segments import SALESPERSON
from handlers import payloads
from handlers.acks import Ack
from handlers.payloads import OpenView, Press
from handlers.preview import place, show_again, standing
from handlers.routes import Routes
from handlers.surface import Surface


def register(routes: Routes) -> None:
    """Add the listeners."""
    routes.actions[Action.EDIT_LINE] = edit
    routes.fields[Callback.SEGMENT_LINE] = changed
    routes.submissions[Callback.SEGMENT_LINE] = save
    routes.writes(Action.LINE_AS_HEADER, as_header)
    routes.writes(Action.REMOVE_LINE, remove)


def edit(press: Press, slack: Surface, lines: SegmentLines, actor: Person, text: Text) -> None:
    """Open a line over the preview."""
    edited = lines.open(actor, *place(press))
    meta = Meta(form_id=FormId(uuid4().hex), below=press.block, below_view=press.form.id)
    slack.show_over(press.in_modal, views.form(_meta(meta, edited), edited, text))


def changed(press: Press, slack: Surface, lines: SegmentLines, actor: Person, text: Text) -> None:
    """Bring in what comes with the template that was chosen; what was typed stays."""
    view = press.form
    meta, typed = payloads.meta(view), _typed(view)
    if press.block.partition(".")[0] != views.TEMPLATE or typed.template == meta.template:
        return
    before = None if meta.template is None else TemplateId(meta.template)
    edited = lines.with_template(actor, *_place(meta), typed, before)
    after = replace(meta, template=typed.template).forced(*views.FORCED)
    slack.update(view.id, views.form(after, edited, text))


def save(
    view: OpenView,
    ack: Ack,
    lines: SegmentLines,
    preview: Preview,
    slack: Surface,
    actor: Person,
    text: Text,
) -> None:
    """Write a line back, and show the preview below as it is now."""
    meta = payloads.meta(view)
    saved = lines.save(actor, *_place(meta), meta.revision, _typed(view))
    if saved.problems:
        errors = {view.block_of(name) or name: text.say(what) for name, what in saved.problems.items()}
        return ack(response_action="errors", errors=errors)
    if saved.meanwhile:
        anew = _meta(meta, saved.meanwhile)
        words = views.changed_meanwhile(text)
        return ack(response_action="update", view=views.form(anew, saved.meanwhile, text, words))
    ack()
    below = Sheet.read(meta.below)
    if below is not None:
        show_again(meta.below_view, below, slack, preview, actor, text)


def as_header(
    press: Press,
    ack: Ack,
    lines: SegmentLines,
    preview: Preview,
    slack: Surface,
    actor: Person,
    text: Text,
) -> None:
    """Take away what is a line's own."""
    lines.as_header(actor, *place(press))
    ack()
    show_again(press.form.id, standing(press), slack, preview, actor, text)


def remove(
    press: Press,
    ack: Ack,
    lines: SegmentLines,
    preview: Preview,
    slack: Surface,
    actor: Person,
    text: Text,
) -> None:
    """Take a line out of its segment."""
    lines.remove(actor, *place(press))
    ack()
    said = text("Removed. Go back brings the line back as it was.")
    show_again(press.form.id, standing(press), slack, preview, actor, text, said)


def _meta(meta: Meta, edited: Edited) -> Meta:
    return replace(
        meta,
        subject=int(edited.segment.id),
        subjects=(edited.number,),
        revision=edited.mark,
        template=None if edited.shares else edited.typed.template,
    )


def _place(meta: Meta) -> tuple[SegmentId, int]:
    return SegmentId(meta.subject or 0), next(iter(meta.subjects), 0)


def _typed(view: OpenView) -> Typed:
    values = payloads.typed(view)
    template, letter = _chosen(view, views.TEMPLATE), _chosen(view, views.LETTER)
    salesperson = _chosen(view, SALESPERSON)
    return Typed(
        template=None if template is None else TemplateId(template),
        description=payloads.text(view, Field.DESCRIPTION),
        correspondence=values.get(Field.CORRESPONDENCE),
        evaluation=values.get(Field.EVALUATION),
        text=payloads.text(view, views.TEXT),
        salesperson=None if salesperson is None else PersonId(salesperson),
        attachment=letter,
    )


def _chosen(view: OpenView, name: str) -> int | None:
    """Return the id chosen in a select; None where nothing is, or what the header has."""
    chosen = payloads.chosen(view, name) or ""
    return int(chosen) if chosen.isdecimal() else None
