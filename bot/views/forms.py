"""The fields of a modal, and what the modal carries with it (`private_metadata`)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from bot.domain.ids import FormId
from bot.views import ids, kit
from bot.views.kit import Choice

FLAG = "yes"
BOXES = 10
_TYPING = DispatchActionConfig(trigger_actions_on=["on_character_entered"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What a form carries with it; `revisions` counts the values forced into a field's input."""

    form_id: FormId
    more: bool = False
    locked: int | None = None
    template: int | None = None
    subject: int | None = None
    twin: int | None = None
    revision: int = 0
    below: str = ""
    below_view: str = ""
    call: str = ""
    subjects: Sequence[int] = ()
    revisions: Mapping[str, int] = field(default_factory=dict)

    def forced(self, *fields: str) -> "Meta":
        """Return it with new block ids for `fields`, so that Slack shows new values in an open form."""
        raised = {name: self.revisions.get(name, 0) + 1 for name in fields}
        return replace(self, revisions={**self.revisions, **raised})

    def block_id(self, name: str) -> str:
        """Return the block id of a field: its name, with `.revision` where a value was forced."""
        revision = self.revisions.get(name, 0)
        return f"{name}.{revision}" if revision else name

    def written(self) -> str:
        """Return it as JSON, without what is empty."""
        return json.dumps(
            {name: value for name, value in asdict(self).items() if value}, separators=(",", ":")
        )


def read_meta(written: str) -> Meta:
    """Return what `written` wrote."""
    values: dict[str, Any] = json.loads(written)
    return Meta(**values)


@dataclass(frozen=True, slots=True)
class Fields:
    """Makes input blocks of one form; every input dispatches, so that every keystroke is kept."""

    meta: Meta

    def line(self, name: str, label: str, value: str, *, optional: bool = True, hint: str = "") -> InputBlock:
        """Return a one-line text."""
        element = PlainTextInputElement(
            action_id=ids.FIELD, initial_value=value[: kit.TEXT_LIMIT] or None, dispatch_action_config=_TYPING
        )
        return self._input(name, label, element, optional=optional, hint=hint)

    def paragraph(self, name: str, label: str, value: str, too_long: str) -> InputBlock:
        """Return a long text; `too_long` is said where the field can't show it to its end."""
        rest = len(value) - kit.TEXT_LIMIT
        element = PlainTextInputElement(
            action_id=ids.FIELD,
            initial_value=value[: kit.TEXT_LIMIT] or None,
            multiline=True,
            dispatch_action_config=_TYPING,
        )
        return self._input(name, label, element, optional=True, hint=too_long if rest > 0 else "")

    def day(
        self, name: str, label: str, value: str | None, *, optional: bool = False, hint: str = ""
    ) -> InputBlock:
        """Return a date picker."""
        element = DatePickerElement(action_id=ids.FIELD, initial_date=value)
        return self._input(name, label, element, optional=optional, hint=hint)

    def time(self, name: str, label: str, value: str | None, *, optional: bool = True) -> InputBlock:
        """Return a time picker."""
        element = TimePickerElement(action_id=ids.FIELD, initial_time=value)
        return self._input(name, label, element, optional=optional)

    def select(
        self, name: str, label: str, choices: Sequence[Choice], chosen: str | None, *, optional: bool = True
    ) -> InputBlock | None:
        """Return a select; None when there is nothing to choose."""
        if not choices:
            return None
        options = kit.options(choices)
        element = StaticSelectElement(
            action_id=ids.FIELD,
            options=options,
            initial_option=next((option for option in options if option.value == chosen), None),
        )
        return self._input(name, label, element, optional=optional)

    def grouped(
        self, name: str, label: str, groups: Mapping[str, Sequence[Choice]], chosen: str | None
    ) -> InputBlock:
        """Return a select whose choices stand under headings."""
        made = [
            OptionGroup(label=kit.plain(heading, kit.OPTION_LIMIT), options=kit.options(choices))
            for heading, choices in groups.items()
        ]
        everything = [option for group in made for option in group.options or ()]
        element = StaticSelectElement(
            action_id=ids.FIELD,
            option_groups=made,
            initial_option=next((option for option in everything if option.value == chosen), None),
        )
        return self._input(name, label, element, optional=False)

    def search(
        self, name: str, label: str, placeholder: str, chosen: Choice | None, *, optional: bool = False
    ) -> InputBlock:
        """Return a select that asks us while the person types; also before anything is typed."""
        element = ExternalDataSelectElement(
            action_id=ids.FIELD,
            placeholder=kit.plain(placeholder, 150),
            min_query_length=0,
            initial_option=None if chosen is None else kit.option(chosen),
        )
        return self._input(name, label, element, optional=optional)

    def multi(self, name: str, label: str, choices: Sequence[Choice]) -> InputBlock:
        """Return a select of which any number may be chosen."""
        element = StaticMultiSelectElement(action_id=ids.FIELD, options=kit.options(choices))
        return self._input(name, label, element, optional=True)

    def multi_search(
        self, name: str, label: str, placeholder: str, *chosen: Choice, hint: str = ""
    ) -> InputBlock:
        """Return a select of any number of things, that asks us while the person types."""
        element = ExternalDataMultiSelectElement(
            action_id=ids.FIELD,
            placeholder=kit.plain(placeholder, 150),
            min_query_length=0,
            initial_options=kit.options(chosen) or None,
        )
        return self._input(name, label, element, optional=True, hint=hint)

    def channel(self, name: str, label: str, chosen: str | None, *, hint: str = "") -> InputBlock:
        """Return a select of channels that no other company reads."""
        element = ConversationSelectElement(
            action_id=ids.FIELD,
            initial_conversation=chosen,
            filter=ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True),
        )
        return self._input(name, label, element, optional=True, hint=hint)

    def flag(self, name: str, label: str, *, ticked: bool, hint: str = "") -> InputBlock:
        """Return a single box to tick; its own text repeats the label for those who only see the box."""
        choice = kit.option(Choice(label, FLAG))
        element = CheckboxesElement(
            action_id=ids.FIELD, options=[choice], initial_options=[choice] if ticked else None
        )
        return self._input(name, label, element, optional=True, hint=hint)

    def several(self, name: str, label: str, choices: Sequence[Choice]) -> InputBlock:
        """Return boxes of which at least one is to be ticked; Slack takes ten."""
        element = CheckboxesElement(action_id=ids.FIELD, options=kit.options(choices)[:10])
        return self._input(name, label, element, optional=False)

    def boxes(self, name: str, label: str, choices: Sequence[Choice]) -> InputBlock:
        """Return boxes of which any number may be ticked; Slack takes ten."""
        element = CheckboxesElement(action_id=ids.FIELD, options=kit.options(choices)[:10])
        return self._input(name, label, element, optional=True)

    def ticked_boxes(
        self,
        name: str,
        label: str,
        choices: Sequence[Choice],
        ticked: Sequence[str],
        *,
        optional: bool = False,
        hint: str = "",
    ) -> InputBlock:
        """Return boxes of which some are ticked already; Slack takes ten."""
        options = kit.options(choices)[:BOXES]
        element = CheckboxesElement(
            action_id=ids.FIELD,
            options=options,
            initial_options=[option for option in options if option.value in ticked] or None,
        )
        return self._input(name, label, element, optional=optional, hint=hint)

    def _input(
        self, name: str, label: str, element: InputInteractiveElement, *, optional: bool, hint: str = ""
    ) -> InputBlock:
        return InputBlock(
            block_id=self.meta.block_id(name),
            label=kit.plain(label, 2000),
            element=element,
            optional=optional,
            dispatch_action=True,
            hint=kit.plain(hint, 2000) if hint else None,
        )


def modal(
    callback: ids.Callback,
    title: str,
    blocks: Sequence[Block | None],
    *,
    close: str,
    submit: str | None = None,
    meta: Meta | None = None,
    notify_on_close: bool = False,
) -> dict[str, Any]:
    """Return a modal; blocks that are None are left out."""
    view = View(
        type="modal",
        callback_id=callback.value,
        title=kit.plain(title, kit.TITLE_LIMIT),
        submit=kit.plain(submit, kit.TITLE_LIMIT) if submit else None,
        close=kit.plain(close, kit.TITLE_LIMIT),
        blocks=[block for block in blocks if block is not None][: kit.VIEW_BLOCKS],
        private_metadata=meta.written() if meta else None,
        notify_on_close=notify_on_close,
    )
    return dict(view.to_dict())
