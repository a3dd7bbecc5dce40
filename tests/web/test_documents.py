import json
from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from office import Office
from papers import JSON, SECRET, Post, paper, sealed
from posting import NOW, call

from bot.clock import FixedClock
from bot.domain.contacts import ContactType
from bot.domain.ids import SlackTeam
from bot.limits import Rate
from bot.metrics import Metrics
from bot.openapi import description
from bot.running import documents_door
from bot.services.contacts import Typed
from bot.settings import Settings
from bot.web import without_slack
from storage.store import open_store


@pytest.fixture
def office(sqlite_url: str) -> Office:
    clock = FixedClock(NOW)
    made = Office(open_store(sqlite_url, clock), clock)
    eva = made.joins("Eva")
    anna = Typed(type=ContactType.PERSON, name="Anna Berg", email="anna@fjordbygg.no")
    made.contacts.create(eva, "anna", anna)
    return made


@pytest.fixture
def post(office: Office) -> Post:
    return Post(office)


def test_one_is_answered_with_one_and_a_list_with_a_list(post: Post) -> None:
    one = post.became(paper())
    assert (one["status"], one["repeated"], "reason" in one) == ("recorded", False, False)
    two = post.became([paper(number="2"), paper(number="3", contact={"company": "Nobody AS"})])
    assert [(told["status"], told.get("reason")) for told in two] == [
        ("recorded", None),
        ("waiting", "no_contact"),
    ]
    assert post.entries() == 2


def test_what_names_nothing_is_left_out_and_that_is_told(post: Post) -> None:
    told = post.became(paper(salesperson="NOBODY", campaign="CP9", opportunity="OP9"))
    assert (told["status"], told["unknown"]) == ("recorded", ["salesperson", "campaign", "opportunity"])
    assert "unknown" not in post.became(paper(number="2", salesperson="eva@nordvik.example"))


def test_without_a_secret_nothing_is_taken(office: Office) -> None:
    settings = Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    program: Any = office
    doors = documents_door(program, settings)
    app = without_slack(dict, Metrics(), office.clock, doors)
    assert [call(app, "POST", path).status for path in ("/documents", "/openapi.json")] == [404, 404]


def test_the_same_again_gets_what_became_of_it(post: Post) -> None:
    first = post.became(paper(date="2026-11-19", version=2))
    again = post.became(paper(version=2, date="2026-11-19"))
    assert again == {**first, "repeated": True}
    assert post.became(paper(version=3))["repeated"] is False
    assert post.entries() == 2


def test_a_key_in_field_or_header_tells_documents_apart(post: Post) -> None:
    post.became(paper(key="a"))
    post.became(paper(), {"idempotency-key": "b"})
    assert post.became(paper(), {"idempotency-key": "b"})["repeated"]
    assert post.entries() == 2
    other = post.brings([paper(number="4", key="c"), paper(comment="changed", key="a")])
    assert other.status == 409
    assert "'a'" in other.text
    assert post.entries() == 2
    assert post.brings([paper()], {"idempotency-key": "d"}).status == 422


FAULTS: list[tuple[Any, str]] = [
    (b"", ""),
    (b"{", ""),
    (b"\xff\xfe", ""),
    (b'{"type": "\\ud800", "contact": {"number": "1"}}', ""),
    (b"[" * 100_000, ""),
    (b'{"a":' * 30_000, ""),
    (b"null", ""),
    ([], ""),
    ([paper()] * 101, ""),
    (paper(date="2026-02-30"), "date"),
    (paper(date="2026-11-22"), "date"),
    (paper(date="2001-11-22"), "date"),
    (paper(date=20261120), "date"),
    (paper(time="25:00"), "time"),
    (paper(contact={}), "contact"),
    (paper(contact={"email": "anna"}), "contact.email"),
    (paper(contact="Anna"), "contact"),
    (paper(version=0), "version"),
    (paper(version=1.5), "version"),
    (paper(version="2"), "version"),
    (paper(description="x" * 101), "description"),
    (paper(description=" "), "description"),
    (paper(number=""), "number"),
    (paper(number=None), "number"),
    (paper(amount=12), "amount"),
    (paper(key="ø"), "key"),
    ([paper(), paper(contact={"number": 7})], "1.contact.number"),
    ([paper(number="1", workspace="T1"), paper(number="2")], "workspace"),
]


@pytest.mark.parametrize(("what", "field"), FAULTS)
def test_nonsense_is_refused_whole_with_its_place(post: Post, what: Any, field: str) -> None:
    answer = post.brings(what)
    assert answer.status == 422
    told = json.loads(answer.text)
    assert field in [problem["field"] for problem in told["problems"]]
    assert post.entries() == 0


RAW = json.dumps(paper()).encode()


@pytest.mark.parametrize(
    ("raw", "headers", "status"),
    [
        (RAW, sealed(RAW, secret="another secret, long"), 401),
        (RAW, sealed(RAW, at=NOW - timedelta(seconds=301)), 401),
        (RAW, sealed(RAW, at=NOW + timedelta(seconds=301)), 401),
        (RAW + b" ", sealed(RAW), 401),
        (RAW, {**sealed(RAW), "saleslog-timestamp": "abc"}, 401),
        (RAW, {"content-type": JSON}, 401),
        (RAW, sealed(RAW, content_type="application/x-www-form-urlencoded"), 415),
        (RAW, sealed(RAW, content_type=""), 415),
        (b"x" * 262_145, sealed(b"x" * 262_145), 413),
        (RAW, {**sealed(RAW), "content-length": "999999999999"}, 413),
        (RAW, {**sealed(RAW), "idempotency-key": "\x00"}, 400),
    ],
)
def test_what_is_not_signed_or_too_large_is_not_even_read(
    post: Post, raw: bytes, headers: dict[str, str], status: int
) -> None:
    answer = post.posts(raw, headers)
    assert answer.status == status
    assert json.loads(answer.text)["reason"]
    assert post.refusals
    assert SECRET not in answer.text
    assert post.entries() == 0


def test_other_methods_are_refused_and_nothing_is_there_without_a_secret(post: Post) -> None:
    answer = call(post.app, "GET", "/documents")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")


def test_a_flood_is_told_when_to_come_again(office: Office) -> None:
    post = Post(office, Rate(at_once=2, per_second=0.5))
    assert [post.brings(paper()).status for _ in range(3)] == [200, 200, 429]
    assert int(post.brings(paper()).headers["retry-after"]) >= 1
    office.clock.move(timedelta(seconds=2))  # type: ignore[union-attr]
    assert post.brings(paper()).status == 200


def test_among_several_workspaces_one_has_to_be_named(office: Office, post: Post) -> None:
    office.people.workspace(SlackTeam("T0SOUTH"))
    assert post.brings(paper()).status == 409
    assert post.brings(paper(workspace="T0EAST")).status == 409
    assert post.became(paper(workspace="T0NORTH"))["status"] == "recorded"
    assert post.became(paper(workspace="T0SOUTH"))["status"] == "waiting"


def test_what_no_database_keeps_is_left_out(post: Post) -> None:
    assert post.became(paper(description="a\x00b", comment="\x00"))["status"] == "recorded"


def test_the_description_is_open_api_and_says_what_is_taken(post: Post) -> None:
    told = json.loads(call(post.app, "GET", "/openapi.json").text)
    assert told == json.loads(json.dumps(description()))
    operation = told["paths"]["/documents"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    taken = jsonschema.Draft202012Validator({**schema, "components": told["components"]})
    for good in (paper(), [paper(version=2, key="a b")], paper(date="2026-11-20", time="14:03")):
        taken.validate(good)
    shapes = [what for what, _ in FAULTS if not isinstance(what, bytes)]
    let_through = [what for what in shapes if taken.is_valid(what)]
    assert len(let_through) == 4, "days that there are not, and lists across workspaces, are told apart later"
    answered = operation["responses"]["200"]["content"]["application/json"]["schema"]
    answers = jsonschema.Draft202012Validator({**answered, "components": told["components"]})
    answers.validate(post.became(paper()))
    answers.validate(post.became([paper()]))
