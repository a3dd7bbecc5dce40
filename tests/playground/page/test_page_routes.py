"""The page's routes, asked without a browser."""

import asyncio
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.playground.changes import Change, ChangeKind
from bot.playground.faults import FaultKind
from bot.playground.page import Levers, Page
from bot.playground.page_faces import HOME
from bot.playground.page_levers import until_morning
from bot.playground.page_reader import Reader
from bot.playground.page_stream import EVERYTHING, parts_changed, stream
from bot.playground.places import Place
from bot.playground.seeds import EVA, GENERAL, SALES, WIM, demo_workspace
from bot.playground.server import Server
from bot.playground.shapes import Json
from tests.playground import gallery
from tests.playground.forms import TEXT, field, modal
from tests.playground.page.asking import Client
from tests.playground.page.stage import Stage


@pytest.fixture
def client(stage: Stage) -> Client:
    return Client(stage.server.url)


def at(user: str, where: str = SALES) -> dict[str, str]:
    return {"as": user, "in": where}


def gesture(**more: object) -> Json:
    return {"as": EVA, "in": SALES, **more}


def test_the_page_is_whole_without_scripts(client: Client) -> None:
    page = client.get("/", **at(EVA))
    assert page.status == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "they are happy with the delivery" in page.text
    assert "onclick" not in page.text
    assert "http://" not in page.text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(("user", "where"), [("", ""), ("U0NOBODY", "C0NOWHERE"), (EVA, "D0WIM00001")])
def test_who_and_where_fall_back_to_what_there_is(client: Client, user: str, where: str) -> None:
    page = client.get("/", **at(user, where)).text
    assert f'data-as="{EVA}" data-in="{SALES}"' in page


def test_parts(client: Client, stage: Stage) -> None:
    stage.open(modal(field("Who", TEXT)))
    assert 'role="dialog"' in client.get("/page/parts/modal", **at(EVA)).text
    assert client.get("/page/parts/modal", **at(WIM)).text.strip() == ""
    assert client.get("/page/parts/secrets").status == 404


@pytest.mark.parametrize(
    ("weather", "kind"),
    [("slowly", FaultKind.SLOW), ("429", FaultKind.RATE_LIMITED), ("not at all", FaultKind.SILENT)],
)
def test_every_weather(client: Client, stage: Stage, weather: str, kind: FaultKind) -> None:
    assert client.post("/page/levers/weather", gesture(name=weather)).status == 200
    assert [fault.kind for fault in stage.server.faults.standing()] == [kind]
    assert client.post("/page/levers/weather", gesture(name="hail")).status == 404


def test_before_nine_the_next_morning_is_today(stage: Stage) -> None:
    early = Reader(EVA, ZoneInfo("Europe/Oslo"), 1795237200.0, {})  # 06:00 there
    assert until_morning(early) == 3 * 3_600
    assert until_morning(replace(early, now=early.now + 3 * 3_600)) == 24 * 3_600


def test_calls_of_the_app_stand_in_the_drawer(client: Client, stage: Stage) -> None:
    client.post("/api/no.such.method", {})
    drawer = client.get("/page/parts/drawer", **at(EVA)).text
    assert "no.such.method" in drawer
    assert client.get("/page/entries/call-0").json()["method"] == "no.such.method"


def test_levers_that_nobody_gave_are_hidden(stage: Stage) -> None:
    with Server({}, demo_workspace(), delivery=stage, page=Page(Levers()).routes) as server:
        client = Client(server.url)
        page = client.get("/").text
        assert "Restart bot" not in page
        assert "Next morning" not in page
        assert client.post("/page/levers/restart", gesture()).status == 404
        assert client.post("/page/levers/hour", gesture()).status == 404


@pytest.mark.parametrize(
    "body", [{}, [], {"as": "U0NOBODY"}, {"as": EVA, "place": {"kind": "moon"}}, {"as": EVA, "state": 3}]
)
def test_what_is_no_gesture_is_refused(client: Client, stage: Stage, body: object) -> None:
    assert client.post("/page/acts/press", body).status == 400
    assert stage.heard == []


def test_acts_on_what_is_gone_are_refused(client: Client, stage: Stage) -> None:
    press = gesture(place={"kind": "view", "id": "V1"}, block="a", action="b")
    assert client.post("/page/acts/press", press).json() == {"error": "gone"}
    gone = gesture(place={"kind": "message", "channel": SALES, "id": "1.1"}, block="a", action="b")
    assert client.post("/page/acts/press", gone).status == 409
    assert client.post("/page/acts/dance", gesture()).status == 404
    assert stage.heard == []


def test_moments_are_read_in_the_persons_zone(client: Client, stage: Stage) -> None:
    stage.open(modal(field("When", {"type": "datetimepicker"})))
    top = stage.workspace.top(EVA)
    assert top
    place = {"kind": "view", "id": top.id}
    state = {"When": {"it": {"type": "datetimepicker", "selected_date_time": "2026-11-21T13:44"}}}
    assert client.post("/page/acts/fill", gesture(place=place, state=state)).json()["error"] is None
    held = stage.server.acts.submit(EVA, top.id).sent
    assert held
    assert held.payload["view"]["state"]["values"]["When"]["it"]["selected_date_time"] == 1795265040


def test_suggestions_mark_what_is_held(client: Client, stage: Stage) -> None:
    stage.app = lambda _: {"options": gallery.COLOURS}
    select = {"type": "multi_external_select", "min_query_length": 0}
    stage.open(modal(field("Which", select)))
    top = stage.workspace.top(EVA)
    assert top
    asked = gesture(place={"kind": "view", "id": top.id}, block="Which", action="it", name="x", text="")
    answer = client.post("/page/suggestions", {**asked, "chosen": {"held": gallery.COLOURS[:1]}})
    assert answer.text.count('aria-selected="true"') == 1
    stage.error = "operation_timeout"
    assert client.post("/page/suggestions", asked).status == 502


def test_files_are_only_handed_out_as_downloads(client: Client) -> None:
    stored = client.upload("/page/files", EVA, "x.html", b"<script>").json()
    answer = client.get(f"/page/files/{stored['id']}")
    assert answer.content == b"<script>"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert client.get("/page/files/F0").status == 404
    assert client.upload("/page/files", EVA).status == 400


def test_payloads_of_the_drawer(client: Client, stage: Stage) -> None:
    stage.server.acts.global_shortcut(EVA, "anywhere")
    assert "shortcut" in client.get("/page/parts/drawer", **at(EVA)).text
    assert client.get("/page/entries/sent-0").json()["payload"]["callback_id"] == "anywhere"
    for key in ("sent-1", "call-0", "sent-x", "other-0"):
        assert client.get(f"/page/entries/{key}").status == 404


def test_a_stranger_is_not_let_in(client: Client) -> None:
    assert (
        client.post("/page/acts/write", gesture(), headers={"Origin": "https://evil.example"}).status == 403
    )
    assert client.get("/", headers={"Host": "evil.example"}).status == 403


@pytest.mark.parametrize(
    ("change", "where", "expected"),
    [
        (Change(ChangeKind.MESSAGE, SALES), SALES, ["conversation", "side"]),
        (Change(ChangeKind.MESSAGE, GENERAL), SALES, ["side"]),
        (Change(ChangeKind.VIEW, EVA), SALES, ["modal"]),
        (Change(ChangeKind.VIEW, WIM), SALES, []),
        (Change(ChangeKind.HOME, EVA), HOME, ["home"]),
        (Change(ChangeKind.HOME, EVA), SALES, []),
        (Change(ChangeKind.FILE, EVA), SALES, []),
    ],
)
def test_what_a_change_concerns(change: Change, where: str, expected: list[str]) -> None:
    assert parts_changed(change, EVA, where) == expected


def test_news_miss_nothing_and_come_together(stage: Stage) -> None:
    async def heard() -> list[str]:
        news = stream(stage.workspace, EVA, SALES)
        first = await anext(news)
        stage.post(gallery.section("One"))
        stage.open(modal(field("Who", TEXT)))
        await asyncio.sleep(0)
        second = await anext(news)
        await news.aclose()
        return [first, second]

    first, second = asyncio.run(heard())
    assert all(part in first for part in EVERYTHING)
    assert second == 'data: {"parts": ["conversation", "side", "modal"]}\n\n'


def test_values_typed_in_one_window_are_there_in_the_next(client: Client, stage: Stage) -> None:
    stage.open(modal(field("Who", TEXT)))
    top = stage.workspace.top(EVA)
    assert top
    stage.server.acts.fill(EVA, Place.view(top.id), {"Who": {"it": {"value": "Anna"}}})
    assert 'value="Anna"' in client.get("/page/parts/modal", **at(EVA)).text
