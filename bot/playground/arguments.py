"""Reading the arguments of a call from its query, form or JSON body."""

import json
from typing import Any

from starlette.requests import Request

from bot.playground.shapes import Json, SlackError

_JSON_IN_FORMS = ("view", "blocks", "attachments", "metadata", "files", "unfurls")


async def read_arguments(request: Request) -> Json:
    """All arguments; those that forms carry as JSON texts are decoded."""
    given: Json = dict(request.query_params)
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("application/json"):
        return given | _json_object(await request.body())
    if request.method == "POST":
        async with request.form() as form:
            given |= {key: value for key, value in form.items() if isinstance(value, str)}
    return {key: _decoded(key, value) for key, value in given.items()}


def bearer_token(request: Request, arguments: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(arguments.pop("token", ""))


def _json_object(body: bytes) -> Json:
    try:
        read = json.loads(body or b"{}")
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(read, dict):
        raise SlackError("json_not_object")
    return read


def _decoded(key: str, value: Any) -> Any:
    if key not in _JSON_IN_FORMS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
