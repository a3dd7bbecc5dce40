"""The description of `POST /documents`, as OpenAPI 3.1: what is taken is read by the same models."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.posted import SEVERAL, PostedDocument

DOCUMENTS = "/documents"
TIMESTAMP, SIGNATURE, IDEMPOTENCY = "Saleslog-Timestamp", "Saleslog-Signature", "Idempotency-Key"
_REFERENCES = "#/components/schemas/{model}"
_JSON = "application/json"
_REFUSALS = {
    "400": "Broken off, or a header that can't be read.",
    "401": "The signature or its time is missing, wrong, or more than five minutes off.",
    "405": "Only POST.",
    "408": "The body took too long.",
    "409": "Something else came with this key before, or nobody can tell which workspace is meant.",
    "413": "More than 256 KB.",
    "415": "Not JSON.",
    "422": "Not what is described here; each fault with its place. Nothing of the request was taken.",
    "429": "Too often; Retry-After says when to come again.",
    "503": "The database can't write right now. Come again; the same key is never recorded twice.",
}
_ANSWER = {
    "type": "object",
    "required": ["id", "key", "status", "repeated"],
    "properties": {
        "id": {"type": "string", "description": "Its number in Saleslog."},
        "key": {"type": "string"},
        "status": {
            "type": "string",
            "enum": ["recorded", "waiting", "ignored"],
            "description": "In the log; in the inbox until somebody answers; or answered with Ignore.",
        },
        "reason": {"type": "string", "description": "Why it waits or waited."},
        "unknown": {
            "type": "array",
            "items": {"type": "string", "enum": ["salesperson", "campaign", "opportunity"]},
            "description": "Fields that name nothing Saleslog knows; they were left out.",
        },
        "repeated": {"type": "boolean", "description": "It came before; this is what became of it."},
    },
}
_REFUSAL = {
    "type": "object",
    "required": ["reason", "problems"],
    "properties": {
        "reason": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "reason"],
                "properties": {"field": {"type": "string"}, "reason": {"type": "string"}},
            },
        },
    },
}


@cache
def description() -> Mapping[str, Any]:
    """Return the OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Saleslog documents",
            "version": "1",
            "description": "Documents that were sent or received are recorded in the interaction log.",
        },
        "security": [{"signature": []}],
        "paths": {DOCUMENTS: {"post": _post()}},
        "components": {
            "schemas": {**_schemas(), "Answer": _ANSWER, "Refusal": _REFUSAL},
            "securitySchemes": {
                "signature": {
                    "type": "apiKey",
                    "in": "header",
                    "name": SIGNATURE,
                    "description": "`v0=` and the HMAC-SHA256, in hexadecimal, of `v0:{timestamp}:{body}`.",
                }
            },
        },
    }


def _post() -> Mapping[str, Any]:
    return {
        "operationId": "recordDocuments",
        "summary": "Record one document, or a list of up to a hundred; a list with a fault is refused whole.",
        "parameters": [
            {
                "name": TIMESTAMP,
                "in": "header",
                "required": True,
                "description": "Seconds since 1970; five minutes off at most.",
                "schema": {"type": "string", "pattern": "^[0-9]{1,12}$"},
            },
            {
                "name": IDEMPOTENCY,
                "in": "header",
                "required": False,
                "description": "The key of a single document that has none of its own.",
                "schema": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 200,
                    "pattern": "^[!-~]([ -~]*[!-~])?$",
                },
            },
        ],
        "requestBody": {"required": True, "content": {_JSON: {"schema": _body()}}},
        "responses": {"200": _answered()}
        | {status: _refused(meaning) for status, meaning in _REFUSALS.items()},
    }


def _body() -> Mapping[str, Any]:
    several = SEVERAL.json_schema(ref_template=_REFERENCES)
    several.pop("$defs")
    return {"anyOf": [{"$ref": "#/components/schemas/PostedDocument"}, several]}


def _schemas() -> Mapping[str, Any]:
    schema = TypeAdapter(PostedDocument).json_schema(ref_template=_REFERENCES)
    parts: dict[str, Any] = schema.pop("$defs")
    return {**parts, "PostedDocument": schema}


def _answered() -> Mapping[str, Any]:
    one = {"$ref": "#/components/schemas/Answer"}
    schema = {"anyOf": [one, {"type": "array", "items": one}]}
    return {
        "description": "What became of it: an object for one document, a list for a list.",
        "content": {_JSON: {"schema": schema}},
    }


def _refused(meaning: str) -> Mapping[str, Any]:
    return {
        "description": meaning,
        "content": {_JSON: {"schema": {"$ref": "#/components/schemas/Refusal"}}},
    }
