"""Pressing a modal's submit button: what Slack checks itself, and what it does with the app's answer."""

import re
from dataclasses import replace

from bot.playground.rules import problems_in_view
from bot.playground.shapes import Json, SlackError
from bot.playground.state import Workspace
from bot.playground.values import Field, content, fields_of
from bot.playground.views import OpenView

TROUBLE = "We had some trouble connecting. Try again?"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def problems_before_sending(view: OpenView) -> dict[str, str]:
    """What Slack's client says at the fields without asking the app, by block id."""
    problems: dict[str, str] = {}
    for field in fields_of(view.blocks):
        problem = _problem(field, view) if field.is_input else ""
        if problem:
            problems[field.block_id] = problem
    return problems


def apply_answer(workspace: Workspace, view: OpenView, answer: Json | None) -> None:
    """Closes, updates, pushes, clears or shows errors as the app asked; a wrong answer raises SlackError."""
    view = workspace.views.view(view.id)
    match (answer or {}).get("response_action"):
        case None:
            workspace.views.close(view.id)
        case "clear":
            workspace.views.clear(view.user)
        case "errors":
            workspace.views.put(replace(view, errors=_errors(view, answer or {})))
        case "update":
            workspace.views.update(view.id, checked_view(answer or {}))
        case "push":
            workspace.views.push(view.user, checked_view(answer or {}))
        case unknown:
            raise SlackError("invalid_response_action", f"no such response_action: {unknown}")


def checked_view(answer: Json) -> Json:
    view = answer.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", "missing required field: view")
    problems = problems_in_view(view, "modal")
    if problems:
        raise SlackError("invalid_arguments", *problems)
    return view


def _errors(view: OpenView, answer: Json) -> dict[str, str]:
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise SlackError("invalid_errors", f"errors must name input blocks of the view, got: {errors}")
    return {block_id: str(message) for block_id, message in errors.items()}


def _problem(field: Field, view: OpenView) -> str:
    held = content(field, view.values)
    if held is None:
        return "Please complete this required field." if field.is_required else ""
    if field.held_in == "value":
        return _length_problem(field, held) or _form_problem(field, held)
    limit = field.element.get("max_selected_items")
    return f"Please choose at most {limit}." if limit and len(held) > limit else ""


def _length_problem(field: Field, text: str) -> str:
    shortest, longest = field.element.get("min_length", 0), field.element.get("max_length", 3000)
    if len(text) < shortest:
        return f"Please write at least {shortest} characters."
    return f"Please write at most {longest} characters." if len(text) > longest else ""


def _form_problem(field: Field, text: str) -> str:
    match field.element["type"]:
        case "email_text_input" if not _EMAIL.fullmatch(text):
            return "Please enter a valid email address."
        case "url_text_input" if not _URL.fullmatch(text):
            return "Please enter a valid URL."
        case "number_input":
            return _number_problem(field.element, text)
    return ""


def _number_problem(element: Json, text: str) -> str:
    if not _NUMBER.fullmatch(text) or ("." in text and not element.get("is_decimal_allowed")):
        return "Please enter a valid number."
    if "min_value" in element and float(text) < float(element["min_value"]):
        return f"Please enter at least {element['min_value']}."
    if "max_value" in element and float(text) > float(element["max_value"]):
        return f"Please enter at most {element['max_value']}."
    return ""
