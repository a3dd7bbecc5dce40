"""Around the methods: tokens, scopes, unknown methods, faults, guard; people and files."""

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from bot.playground.faults import FaultKind
from bot.playground.seeds import ADA, EVA, GENERAL, LEFT, SALES, WIM, demo_workspace
from bot.playground.server import Server
from tests.playground.conftest import MANIFEST
from tests.playground.driving import refused


@pytest.fixture
def poor() -> Iterator[Server]:
    with Server(MANIFEST, demo_workspace(), scopes=frozenset({"chat:write", "users:read"})) as server:
        yield server


def client_of(server: Server, token: str = "", timeout: int = 30) -> WebClient:
    token = token or server.workspace.app.bot_token
    return WebClient(token=token, base_url=f"{server.url}/api/", retry_handlers=[], timeout=timeout)


def test_the_bot_knows_itself(slack: Server, client: WebClient) -> None:
    me = client.auth_test()
    app = slack.workspace.app
    assert (me["user_id"], me["bot_id"], me["team_id"]) == (app.bot_user, app.bot_id, slack.workspace.team.id)
    assert me.headers["x-oauth-scopes"].split(",") == sorted(slack.manifest.scopes)
    assert client.bots_info(bot=app.bot_id)["bot"]["app_id"] == app.app_id


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-other", "invalid_auth"), ("xapp-playground-0001", "not_allowed_token_type")]
)
def test_wrong_tokens(slack: Server, token: str, error: str) -> None:
    with pytest.raises(SlackApiError) as wrong:
        client_of(slack, token).auth_test()
    assert refused(wrong) == error


def test_unknown_method_is_loud(slack: Server, client: WebClient) -> None:
    with pytest.raises(SlackApiError) as unknown:
        client.api_call("chat.shout")
    assert refused(unknown) == "unknown_method"
    assert "chat.shout" in slack.workspace.journal.lines[-1].text
    assert slack.calls[-1].method == "chat.shout"


def test_missing_scopes_are_named(poor: Server) -> None:
    with pytest.raises(SlackApiError) as scope:
        client_of(poor).conversations_open(users=EVA)
    assert refused(scope) == "missing_scope"
    assert scope.value.response["needed"] == "im:write"
    assert scope.value.response["provided"] == "chat:write,users:read"
    assert scope.value.response.headers["x-oauth-scopes"] == "chat:write,users:read"


def test_email_needs_its_scope(slack: Server, client: WebClient, poor: Server) -> None:
    eva = client.users_info(user=EVA, include_locale=True)["user"]
    assert (eva["profile"]["email"], eva["locale"], eva["tz"]) == (
        "eva@nordvik.example",
        "en-GB",
        "Europe/Oslo",
    )
    assert "locale" not in client.users_info(user=EVA)["user"]
    assert "email" not in client_of(poor).users_info(user=EVA)["user"]["profile"]
    assert client.users_lookupByEmail(email="WIM@nordvik.example")["user"]["id"] == WIM
    with pytest.raises(SlackApiError) as left:
        client.users_lookupByEmail(email="zoe@nordvik.example")
    assert refused(left) == "users_not_found"


def test_everybody_is_listed_in_pages(client: WebClient) -> None:
    pages = [page["members"] for page in client.users_list(limit=3)]
    everybody = {member["id"]: member for members in pages for member in members}
    assert len(pages) == 3
    assert everybody[LEFT]["deleted"]
    assert everybody[ADA]["is_admin"]
    assert everybody["U0GUY00001"]["is_restricted"]
    assert everybody["U0BOT00001"]["is_bot"]


def test_do_not_disturb_is_in_the_persons_zone(slack: Server, client: WebClient) -> None:
    told = client.dnd_info(user=EVA)
    assert told["next_dnd_end_ts"] - told["next_dnd_start_ts"] in (9 * 3600, 10 * 3600, 11 * 3600)
    assert told["next_dnd_end_ts"] > slack.workspace.clock.now()


def test_file_goes_into_a_direct_message_and_comes_back(slack: Server, client: WebClient) -> None:
    direct = client.conversations_open(users=EVA)["channel"]["id"]
    client.files_upload_v2(
        content="a;b\n", filename="log.csv", title="Log", channel=direct, initial_comment="Here"
    )
    message = slack.workspace.seen_by(EVA, direct)[-1]
    assert (message.text, len(message.files)) == ("Here", 1)
    told = client.files_info(file=message.files[0])["file"]
    assert (told["name"], told["title"], told["size"]) == ("log.csv", "Log", 4)
    assert _get(told["url_private_download"], slack.workspace.app.bot_token) == b"a;b\n"
    assert b"Sign in" in _get(told["url_private_download"], "xoxb-other")


def test_files_of_others_are_behind_a_login_page(slack: Server, client: WebClient, poor: Server) -> None:
    told = []
    for server, channel in ((slack, GENERAL), (poor, SALES)):
        file = server.acts.upload(WIM, "list.csv", b"a;b")
        server.acts.say(WIM, channel, "Look", (file,))
        told.append(f"{server.url}/files-pri/T-{file}/list.csv")
    assert b"Sign in" in _get(told[0], slack.workspace.app.bot_token)
    assert b"Sign in" in _get(told[1], poor.workspace.app.bot_token)


def test_faults_pass(slack: Server, client: WebClient) -> None:
    slack.faults.rate_limited(30, "auth.test")
    slack.faults.broken("auth.test", times=2)
    with pytest.raises(SlackApiError) as limited:
        client.auth_test()
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "30"
    with pytest.raises(SlackApiError) as broken:
        client.auth_test()
    assert broken.value.response.status_code == 500
    assert client.auth_test()["ok"]
    assert slack.faults.standing() == ()


def test_slow_and_silent(slack: Server, client: WebClient) -> None:
    slack.faults.slow(0.3, "api.test", times=1)
    started = time.monotonic()
    assert client.api_test()["ok"]
    assert time.monotonic() - started > 0.3
    slack.faults.silent("chat.postMessage")
    with pytest.raises(TimeoutError):
        client_of(slack, timeout=1).chat_postMessage(channel=EVA, text="x")
    assert slack.workspace.seen_by(EVA, slack.workspace.directory.direct(EVA).id) == ()


def test_lost_reply_has_done_its_work(slack: Server, client: WebClient) -> None:
    slack.faults.lost_reply("chat.postMessage")
    with pytest.raises(HTTPException):
        client.chat_postMessage(channel=EVA, text="Posted all the same")
    direct = slack.workspace.directory.direct(EVA).id
    assert slack.workspace.seen_by(EVA, direct)[-1].text == "Posted all the same"


def test_faults_of_response_urls(slack: Server) -> None:
    slack.faults.broken("response_url")
    url = slack.url + slack.workspace.response_urls.issue(EVA, SALES)
    assert WebhookClient(url, retry_handlers=[]).send(text="x").status_code == 500
    assert WebhookClient(url).send(text="x").status_code == 200
    assert [fault.kind for fault in slack.faults.standing()] == []


def test_standing_fault_stays_until_cleared(slack: Server, client: WebClient) -> None:
    slack.faults.broken(times=None)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            client.auth_test()
    assert [fault.kind for fault in slack.faults.standing()] == [FaultKind.BROKEN]
    slack.faults.clear()
    assert client.auth_test()["ok"]


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Host", "evil.example", 403),
        ("Origin", "https://evil.example", 403),
        ("Origin", "http://127.0.0.1:1", 403),
        ("Accept", "*/*", 200),
    ],
)
def test_only_loopback_is_let_in(slack: Server, header: str, value: str, status: int) -> None:
    request = urllib.request.Request(f"{slack.url}/api/api.test", headers={header: value})
    try:
        with urllib.request.urlopen(request) as answer:
            got = answer.status
    except urllib.error.HTTPError as refusal:
        got = refusal.code
        refusal.close()
    assert got == status


def _get(url: str, token: str) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())
