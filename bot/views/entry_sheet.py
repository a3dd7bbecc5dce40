"""An entry as a row of a sheet, in the reader's words, language and zone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.domain.documents import DOCUMENT_WORDS
from bot.domain.entry_exports import EXPORTED, Column
from bot.domain.messages import n_
from bot.domain.operations import CancelReason
from bot.sheets.cells import Cell, Layout
from bot.sheets.comma import CONTINENTAL, ENGLISH, Dialect
from bot.text import Text
from bot.views.words import CORRESPONDENCES, EVALUATIONS, FLOWS, INITIATORS, RECORDED

_HEADINGS = {
    Column.NUMBER: n_("Entry No."),
    Column.DATE: n_("Date"),
    Column.TIME: n_("Time"),
    Column.CONTACT_NUMBER: n_("Contact No."),
    Column.CONTACT: n_("Contact"),
    Column.COMPANY: n_("Company"),
    Column.TEMPLATE: n_("Interaction template"),
    Column.GROUP: n_("Interaction group"),
    Column.DESCRIPTION: n_("Description"),
    Column.SUBJECT: n_("Subject"),
    Column.COMMENT: n_("Comment"),
    Column.EVALUATION: n_("Evaluation"),
    Column.ATTEMPT_FAILED: n_("Attempt failed"),
    Column.SALESPERSON: n_("Salesperson"),
    Column.LOGGED_BY: n_("Logged by"),
    Column.LOGGED_AT: n_("Logged at ({zone})"),
    Column.CORRESPONDENCE: n_("Correspondence type"),
    Column.FLOW: n_("Information flow"),
    Column.INITIATED_BY: n_("Initiated by"),
    Column.DURATION: n_("Duration (min.)"),
    Column.COST: n_("Cost"),
    Column.LANGUAGE: n_("Language"),
    Column.CAMPAIGN: n_("Campaign"),
    Column.OPPORTUNITY: n_("Opportunity"),
    Column.SEGMENT: n_("Segment"),
    Column.ATTACHMENT: n_("Attachment"),
    Column.DOCUMENT_TYPE: n_("Document type"),
    Column.DOCUMENT_NUMBER: n_("Document No."),
    Column.DOCUMENT_VERSION: n_("Document version"),
    Column.CANCELED: n_("Canceled"),
    Column.CANCELED_BY: n_("Canceled by"),
    Column.CANCELED_AT: n_("Canceled at ({zone})"),
    Column.CANCEL_REASON: n_("Cancel reason"),
}
_REASONS = {CancelReason.CANCELED: n_("Canceled"), CancelReason.UNDONE: n_("Undone")}
_WORDS: Mapping[Column, Mapping[Any, str]] = {
    Column.EVALUATION: EVALUATIONS,
    Column.CORRESPONDENCE: CORRESPONDENCES,
    Column.FLOW: FLOWS,
    Column.INITIATED_BY: INITIATORS,
    Column.CANCEL_REASON: _REASONS,
    Column.DOCUMENT_TYPE: DOCUMENT_WORDS,
    Column.ATTEMPT_FAILED: {True: n_("Yes"), False: n_("No")},
    Column.CANCELED: {True: n_("Yes"), False: n_("No")},
}
_ORDINARY, _SHORT, _LONG = 18, 11, 40
_WIDTHS = {
    Column.NUMBER: _SHORT,
    Column.DATE: _SHORT,
    Column.TIME: 8,
    Column.CONTACT_NUMBER: 12,
    Column.CONTACT: 28,
    Column.COMPANY: 28,
    Column.DESCRIPTION: _LONG,
    Column.COMMENT: 60,
    Column.LANGUAGE: _SHORT,
    Column.COST: _SHORT,
    Column.CANCELED: _SHORT,
    Column.LOGGED_AT: 24,
    Column.CANCELED_AT: 24,
}
_COMMA = ","


class EntryRows:
    """Writes rows for one reader."""

    def __init__(self, text: Text, columns: Sequence[Column] = EXPORTED) -> None:
        self._text = text
        self._columns = columns
        self._words = {
            column: {code: text(word) for code, word in words.items()} for column, words in _WORDS.items()
        }

    @property
    def layout(self) -> Layout:
        """What the sheet looks like."""
        zone = self._text.zone.key
        heading = [self._text(_HEADINGS[column], zone=zone) for column in self._columns]
        widths = [_WIDTHS.get(column, _ORDINARY) for column in self._columns]
        return Layout(self._text("Interaction log entries"), heading, widths)

    @property
    def dialect(self) -> Dialect:
        """How a CSV is written where the reader lives: a comma can't stand before decimals and between cells."""
        return CONTINENTAL if self._text.decimal_mark == _COMMA else ENGLISH

    def written(self, found: Sequence[Mapping[Column, Any]]) -> list[list[Cell]]:
        """Return some rows, their cells in the order of the heading."""
        return [[self._cell(column, values[column]) for column in self._columns] for values in found]

    def _cell(self, column: Column, value: Any) -> Cell:
        if value is None and column is Column.LOGGED_BY:
            return self._text(RECORDED)
        if value is None or value == "":
            return None
        words = self._words.get(column)
        if words is not None:
            said: Cell = words.get(value, value)
            return said
        if isinstance(value, datetime):
            return value.astimezone(self._text.zone).replace(tzinfo=None, microsecond=0)
        cell: Cell = _amount(value) if column is Column.COST else value
        return cell


def _amount(typed: str) -> Cell:
    """Return a cost as a number, or as it was typed where it is none."""
    try:
        amount = Decimal(typed)
    except InvalidOperation:
        return typed
    return amount if amount.is_finite() else typed
