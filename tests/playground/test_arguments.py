"""How calls bring their arguments, and what is refused of them."""

import json
import urllib.parse
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server
from tests.playground.driving import refused, trigger
from tests.playground.forms import modal


def call(slack: Server, method: str, body: bytes, content_type: str, token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": content_type}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(f"{slack.url}/api/{method}", body, headers)
    with urllib.request.urlopen(request) as answer:
        told: dict[str, Any] = json.loads(answer.read())
    return told


def test_forms_carry_json_texts_and_the_token(slack: Server) -> None:
    form = {
        "token": slack.workspace.app.bot_token,
        "trigger_id": trigger(slack),
        "view": json.dumps(modal(callback_id="by form")),
    }
    body = urllib.parse.urlencode(form).encode()
    assert call(slack, "views.open", body, "application/x-www-form-urlencoded")["ok"]
    top = slack.workspace.top(EVA)
    assert top
    assert top.callback_id == "by form"
    assert "token" not in slack.calls[-1].args


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"{", "invalid_json"), (b"[]", "json_not_object"), (b"{}", "not_authed")],
)
def test_bodies_that_are_refused(slack: Server, body: bytes, error: str) -> None:
    assert call(slack, "auth.test", body, "application/json")["error"] == error


def test_broken_json_within_a_form(slack: Server) -> None:
    body = urllib.parse.urlencode({"view": "{", "trigger_id": trigger(slack)}).encode()
    token = slack.workspace.app.bot_token
    answer = call(slack, "views.open", body, "application/x-www-form-urlencoded", token)
    assert answer["error"] == "invalid_arguments"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("views.open", {"view": {"type": "modal"}}, "invalid_arguments"),
        ("views.open", {"view": modal(private_metadata="x" * 250_001)}, "view_too_large"),
        ("views.push", {"trigger_id": "1.2.3", "view": modal()}, "invalid_trigger_id"),
        ("views.update", {"view_id": "V0", "view": modal()}, "not_found"),
        ("views.update", {"view": modal()}, "invalid_arguments"),
        ("users.info", {}, "user_not_found"),
        ("users.lookupByEmail", {"email": "nobody@x.example"}, "users_not_found"),
        ("bots.info", {"bot": "B0OTHER"}, "bot_not_found"),
        ("api.test", {"error": "as_asked"}, "as_asked"),
        ("files.info", {"file": "F0"}, "file_not_found"),
        ("files.getUploadURLExternal", {"filename": "a.csv", "length": 0}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F0"}]}, "file_not_found"),
        ("chat.postEphemeral", {"channel": SALES, "user": EVA}, "no_text"),
    ],
)
def test_arguments_that_are_refused(
    client: WebClient, method: str, arguments: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as no:
        client.api_call(method, json=arguments)
    assert refused(no) == error


def test_pushing_needs_an_open_modal(slack: Server, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as nothing:
        client.views_push(trigger_id=trigger(slack), view=modal())
    client.views_open(trigger_id=trigger(slack), view=modal())
    client.views_open(trigger_id=trigger(slack), view=modal())
    assert refused(nothing) == "not_found"
    assert "while a modal is open" in slack.workspace.journal.lines[-1].text
    assert len(slack.workspace.stack(EVA)) == 1


def test_team_and_groups(slack: Server, client: WebClient) -> None:
    assert client.team_info()["team"]["domain"] == "playground"
    groups = client.usergroups_list(include_users=True)["usergroups"]
    assert (groups[0]["handle"], EVA in groups[0]["users"]) == ("sales-team", True)
    assert EVA in client.usergroups_users_list(usergroup=groups[0]["id"])["users"]
    with pytest.raises(SlackApiError) as no:
        client.usergroups_users_list(usergroup="S0")
    assert refused(no) == "no_such_subteam"


def test_upload_as_a_form_and_to_nowhere(slack: Server, client: WebClient) -> None:
    url = client.files_getUploadURLExternal(filename="a.csv", length=3)
    file, upload_url = url["file_id"], url["upload_url"]
    with pytest.raises(SlackApiError) as early:
        client.files_completeUploadExternal(files=[{"id": file}])
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na;b\r\n--b--\r\n'
    request = urllib.request.Request(upload_url, body, {"Content-Type": "multipart/form-data; boundary=b"})
    with urllib.request.urlopen(request) as answer:
        assert answer.read() == b"OK - 3"
    client.files_completeUploadExternal(files=[{"id": file}])
    assert slack.workspace.files.file(file).content == b"a;b"
    with pytest.raises(SlackApiError) as again:
        client.files_completeUploadExternal(files=[{"id": file}])
    assert (refused(early), refused(again)) == ("file_update_failed", "file_not_found")
