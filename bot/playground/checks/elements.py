"""Elements: buttons, selects, pickers, inputs; where each may stand."""

from bot.playground.checks.dates import a_date, a_time, an_instant
from bot.playground.checks.inputs import INPUTS
from bot.playground.checks.objects import (
    ALT_TEXT,
    CHOICES,
    CONFIRM,
    CONVERSATION_FILTER,
    ID,
    IMAGE_SOURCE,
    ONE_IMAGE,
    OPTION_GROUPS,
    OPTIONS,
    OVERFLOW_OPTION,
    URL,
    WORKFLOW,
    initial_fits_limit,
    initial_is_offered,
    option,
    text,
)
from bot.playground.checks.objects import BOTH as ANY_TEXT
from bot.playground.checks.scene import (
    Keys,
    Shape,
    Surface,
    by_type,
    exactly_one_of,
    flag,
    many,
    one_of,
    string,
    whole,
)

_ACTION: Keys = {"action_id": ID}
_CONFIRMED: Keys = {**_ACTION, "confirm": CONFIRM}
_PICKED: Keys = {**_CONFIRMED, "placeholder": text(150), "focus_on_load": flag}
_SEVERAL: Keys = {**_PICKED, "max_selected_items": whole(1, 100)}
_STYLE = one_of("primary", "danger")
_CONVERSATION: Keys = {"default_to_current_conversation": flag, "filter": CONVERSATION_FILTER}
_OPTIONS: Keys = {"options": OPTIONS, "option_groups": OPTION_GROUPS}
_ONE_LIST = exactly_one_of("options", "option_groups")
_IDS = many(ID, 1, 100)

BUTTON = Shape(
    {"text": text(75)},
    {**_CONFIRMED, "url": URL, "value": string(2000, 0), "style": _STYLE, "accessibility_label": string(75)},
)
IMAGE = Shape({"alt_text": ALT_TEXT}, IMAGE_SOURCE, (ONE_IMAGE,))
_FEEDBACK = Shape({"text": text(75), "value": string(2000)}, {"accessibility_label": string(75)})

_SINGLE_SELECTS: Keys = {
    "static_select": Shape(
        {}, {**_PICKED, **_OPTIONS, "initial_option": option()}, (_ONE_LIST, initial_is_offered)
    ),
    "external_select": Shape({}, {**_PICKED, "initial_option": option(), "min_query_length": whole(0, 3000)}),
    "users_select": Shape({}, {**_PICKED, "initial_user": ID}),
    "conversations_select": Shape(
        {}, {**_PICKED, **_CONVERSATION, "initial_conversation": ID, "response_url_enabled": flag}
    ),
    "channels_select": Shape({}, {**_PICKED, "initial_channel": ID, "response_url_enabled": flag}),
}
_MULTI_SELECTS: Keys = {
    "multi_static_select": Shape(
        {},
        {**_SEVERAL, **_OPTIONS, "initial_options": OPTIONS},
        (_ONE_LIST, initial_is_offered, initial_fits_limit),
    ),
    "multi_external_select": Shape(
        {},
        {**_SEVERAL, "initial_options": OPTIONS, "min_query_length": whole(0, 3000)},
        (initial_fits_limit,),
    ),
    "multi_users_select": Shape({}, {**_SEVERAL, "initial_users": _IDS}, (initial_fits_limit,)),
    "multi_conversations_select": Shape(
        {}, {**_SEVERAL, **_CONVERSATION, "initial_conversations": _IDS}, (initial_fits_limit,)
    ),
    "multi_channels_select": Shape({}, {**_SEVERAL, "initial_channels": _IDS}, (initial_fits_limit,)),
}
_CHOICES: Keys = {
    "radio_buttons": Shape(
        {"options": CHOICES},
        {**_CONFIRMED, "initial_option": option(ANY_TEXT), "focus_on_load": flag},
        (initial_is_offered,),
    ),
    "checkboxes": Shape(
        {"options": CHOICES},
        {**_CONFIRMED, "initial_options": CHOICES, "focus_on_load": flag},
        (initial_is_offered,),
    ),
}
_PICKERS: Keys = {
    "datepicker": Shape({}, {**_PICKED, "initial_date": a_date}),
    "timepicker": Shape({}, {**_PICKED, "initial_time": a_time, "timezone": string(100)}),
    "datetimepicker": Shape({}, {**_CONFIRMED, "initial_date_time": an_instant, "focus_on_load": flag}),
}
_PRESSED: Keys = {
    "button": BUTTON,
    "overflow": Shape({"options": many(OVERFLOW_OPTION, 1, 5)}, _CONFIRMED),
    "workflow_button": Shape(
        {"text": text(75), "workflow": WORKFLOW},
        {**_ACTION, "style": _STYLE, "accessibility_label": string(75)},
    ),
    "icon_button": Shape(
        {"icon": one_of("trash"), "text": text(75)},
        {
            **_CONFIRMED,
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": many(ID, 1, 100),
        },
    ),
    "feedback_buttons": Shape({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION),
}

ELEMENTS: Keys = {
    "image": IMAGE,
    **_PRESSED,
    **_SINGLE_SELECTS,
    **_MULTI_SELECTS,
    **_CHOICES,
    **_PICKERS,
    **INPUTS,
}

_EVERYWHERE = (*_SINGLE_SELECTS, *_MULTI_SELECTS, *_CHOICES, "datepicker", "timepicker")
_IN_SECTION = (*_EVERYWHERE, "button", "overflow", "workflow_button", "image")
_IN_ACTIONS = (*_EVERYWHERE, "datetimepicker", "button", "overflow", "workflow_button")
_IN_INPUT = (*_EVERYWHERE, "datetimepicker", *INPUTS)

ONLY_ON: dict[str, tuple[Surface, ...]] = {
    "datetimepicker": ("message", "modal"),
    "rich_text_input": ("modal", "home"),
    "email_text_input": ("modal",),
    "url_text_input": ("modal",),
    "number_input": ("modal",),
    "file_input": ("modal",),
    "workflow_button": ("message",),
    "icon_button": ("message",),
    "feedback_buttons": ("message",),
}
"""Elements that do not appear on every surface."""

ACCESSORY = by_type(ELEMENTS, _IN_SECTION)
ACTION_ELEMENT = by_type(ELEMENTS, _IN_ACTIONS)
INPUT_ELEMENT = by_type(ELEMENTS, _IN_INPUT)
CONTEXT_ACTION = by_type(ELEMENTS, ("icon_button", "feedback_buttons"))
CONTEXT_ELEMENT = by_type({"image": IMAGE, "plain_text": text(2000), "mrkdwn": text(2000, ANY_TEXT)})
