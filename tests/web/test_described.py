"""The door for documents against its own description: what that allows is taken, all else refused, nothing breaks."""

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from office import Office
from papers import PATH, Post, sealed
from posting import NOW, Answered
from schemathesis.generation import GenerationMode

from bot.clock import FixedClock
from bot.limits import Rate
from bot.openapi import description
from storage.store import open_store

OFTEN = Rate(at_once=1_000_000, per_second=1_000_000)
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
TOLD_APART_LATER = ("date", "workspace")
"""What no schema can say: which days there are, how far they are, and that a list is for one workspace."""


def unsealed() -> dict[str, Any]:
    """The description without what goes with a signature: that is made for each body."""
    told = json.loads(json.dumps(description()))
    told.pop("security")
    told["components"].pop("securitySchemes")
    told["paths"][PATH]["post"].pop("parameters")
    return told


DESCRIBED = unsealed()
OPERATION = schemathesis.openapi.from_dict(copy.deepcopy(DESCRIBED))[PATH]["POST"]
POST = DESCRIBED["paths"][PATH]["post"]


def validator(of: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    schema = of["content"]["application/json"]["schema"]
    return jsonschema_rs.Draft202012Validator({**schema, "components": DESCRIBED["components"]})


TAKEN = validator(POST["requestBody"])
ANSWERED = {int(status): validator(told) for status, told in POST["responses"].items()}


@pytest.fixture(scope="module")
def post(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    folder = tmp_path_factory.mktemp("described")
    for file in sqlite_template.parent.glob("saleslog.db*"):
        shutil.copy(file, folder)
    store = open_store(f"sqlite:///{folder / 'saleslog.db'}", FixedClock(NOW))
    office = Office(store, FixedClock(NOW))
    office.joins("Eva")
    yield Post(office, OFTEN)
    store.close()


def raw_of(body: object) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def refused_later(answer: Answered) -> bool:
    fields = [problem["field"].rpartition(".")[2] for problem in json.loads(answer.text)["problems"]]
    return answer.status in {409, 422} and set(fields) <= {*TOLD_APART_LATER, "key"}


@pytest.mark.parametrize("tries", [40, pytest.param(5_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.timeout(3_600)
def test_what_is_described_is_taken_and_nothing_else(post: Post, mode: GenerationMode, tries: int) -> None:
    """What fails is shown as it was found: making it small would take minutes."""

    @settings(max_examples=tries, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(case=OPERATION.as_strategy(generation_mode=mode))
    def tried(case: schemathesis.Case) -> None:
        raw = raw_of(case.body)
        answer = post.posts(raw, sealed(raw))
        assert answer.status in ANSWERED
        assert answer.status < 500
        assert ANSWERED[answer.status].is_valid(json.loads(answer.text))
        if answer.status == 200:
            assert TAKEN.is_valid(json.loads(raw))
        elif not isinstance(case.body, bytes) and TAKEN.is_valid(case.body):
            assert refused_later(answer), (case.body, answer)

    tried()
