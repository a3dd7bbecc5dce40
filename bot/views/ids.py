"""Callback, action and block ids: the contract between the views and the handlers."""

from enum import StrEnum


class Callback(StrEnum):
    """Modals, and the shortcuts that open them."""

    INTERACTION = "interaction"
    DISCARDED = "discarded"
    NOTICE = "notice"
    JOBS = "jobs_page"
    FOLLOW_UP = "follow_up_form"
    EDIT_RESULT = "edit_result_form"
    EVALUATE = "evaluate_form"
    CANCEL_SEVERAL = "cancel_several_form"
    CANCEL_SURE = "cancel_sure_form"
    REINSTATE_SEVERAL = "reinstate_several_form"
    REINSTATE_SURE = "reinstate_sure_form"
    SETTINGS = "settings_form"
    CONTACT_NEW = "contact_new_form"
    CONTACT_EDIT = "contact_edit_form"
    DELETE_CANCELED = "delete_canceled_form"
    DELETE_SURE = "delete_sure_form"
    RETENTION = "retention_form"
    LOG_INTERACTION = "log_interaction"
    LOG_MESSAGE = "log_message"


class Action(StrEnum):
    """Buttons and menu choices."""

    LOG = "log"
    LOG_CONTACT = "log_contact"
    LOG_PERSON = "log_person"
    LOG_AGAIN = "log_again"
    LOG_FROM_ENTRY = "log_from_entry"
    SHOW_PERSON = "show_person"
    MORE_FIELDS = "more_fields"
    DISCARD = "discard"
    UNDISCARD = "undiscard"
    UNDO = "undo"
    CANCEL_ENTRY = "cancel_entry"
    FOLLOW_UP = "follow_up"
    EDIT_RESULT = "edit_result"
    OPEN_ENTRY = "open_entry"
    RESUME = "resume"
    DISCARD_DRAFT = "discard_draft"
    CHOOSE_CONTACT = "choose_contact"
    EDIT_ENTRY = "edit_entry"
    QUICK_ANYWAY = "quick_anyway"
    POSTPONED = "postponed"
    EDIT_CONTACT = "edit_contact"
    NEW_CONTACT = "new_contact"
    SHOW_CONTACT = "show_contact"
    TASK_DONE = "task_done"
    SETTINGS = "settings"
    JOBS = "jobs"
    TRY_AGAIN = "try_again"
    ENTRIES = "entries"
    SHOW_CANCELED = "show_canceled"
    EVALUATE = "evaluate"
    EVALUATE_SEVERAL = "evaluate_several"
    CANCEL_SEVERAL = "cancel_several"
    REINSTATE = "reinstate"
    REINSTATE_SEVERAL = "reinstate_several"
    HISTORY = "history"
    HISTORY_PAGE = "history_page"
    KEEP_CARD = "keep_card"
    SHOW_CARD = "show_card"
    DELETE_CANCELED = "delete_canceled"
    RETENTION = "retention"
    MORE = "more"


FIELD = "field"
"""Action id of every input of a form; its block id is the field's name, with `.revision` where one was forced."""

LISTED = "listed"
"""Every block of the interaction log's list bears this name and what the reader asked to see: `listed/page=2/…`."""

SAVED = "saved"
FORM_ACTIONS = "form_actions"
NEW_CONTACT_VALUE = "new:"
SEPARATOR = ":"


def verb(action: Action, *subject: object) -> str:
    """Return the value of a ⋯ choice: the verb and what it is about."""
    return SEPARATOR.join((action.value, *map(str, subject)))
