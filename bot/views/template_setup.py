"""Which interaction template records what, for admins (`domain.md` 1.3)."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.documents import Act, DocumentType, Recorded
from bot.domain.interactions import Template
from bot.domain.messages import n_
from bot.text import Text
from bot.views import kit
from bot.views.forms import Fields, Meta, modal
from bot.views.ids import Callback
from bot.views.kit import Choice
from bot.views.template_words import recorded_word

CHAPTERS: Mapping[str, tuple[Recorded, ...]] = {
    n_("General"): (*Act, DocumentType.COVER_SHEET),
    n_("Sales"): tuple(one for one in DocumentType if one.startswith("sales_")),
    n_("Purchase"): tuple(one for one in DocumentType if one.startswith("purchase_")),
    n_("Service"): tuple(one for one in DocumentType if one.startswith("service_")),
}


def field(recorded: Recorded) -> str:
    """Return what the field is called that holds its template."""
    return f"recorded_{recorded.value}"


def form(meta: Meta, chosen: Mapping[Recorded, Template], text: Text) -> dict[str, Any]:
    """Return the form with a select for everything that is recorded by itself."""
    words = text(
        "What arrives by itself is logged with these templates. What has none is asked about in the inbox."
    )
    return modal(
        Callback.TEMPLATE_SETUP,
        text("Recording"),
        [kit.small(words), *_chapters(Fields(meta), chosen, text)],
        submit=text("Save"),
        close=text("Cancel"),
        meta=meta,
    )


def _chapters(fields: Fields, chosen: Mapping[Recorded, Template], text: Text) -> Iterator[Block]:
    for heading, kinds in CHAPTERS.items():
        yield kit.header(text(heading))
        for kind in kinds:
            one = chosen.get(kind)
            yield fields.search(
                field(kind),
                text(recorded_word(kind)),
                text("No interaction template"),
                Choice(one.description, str(one.id)) if one else None,
                optional=True,
            )


def found(templates: list[Template]) -> list[Choice]:
    """Return templates to choose from."""
    return [Choice(f"{one.description} · {one.code}", str(one.id)) for one in templates]
