"""The door for documents against its own description: what that allows is taken, all else refused, nothing breaks."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from office import Office
from papers import PATH, Post, sealed
from posting import NOW, Answered

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


class Described:
    """The description, as those read it who go by it; their libraries are loaded by the process that needs them."""

    def __init__(self) -> None:
        from jsonschema_rs import Draft202012Validator
        from schemathesis.openapi import from_dict

        told, self._validator = unsealed(), Draft202012Validator
        self.operation = from_dict(unsealed())[PATH]["POST"]
        post, self._components = told["paths"][PATH]["post"], told["components"]
        self.taken = self._valid(post["requestBody"])
        self.answered = {int(status): self._valid(answer) for status, answer in post["responses"].items()}

    def bodies(self, mode: str) -> Any:
        """Cases as the description allows them (positive), or as it does not (negative)."""
        from schemathesis.generation import GenerationMode

        return self.operation.as_strategy(generation_mode=GenerationMode(mode)).map(lambda case: case.body)

    def _valid(self, of: dict[str, Any]) -> Any:
        schema = of["content"]["application/json"]["schema"]
        return self._validator({**schema, "components": self._components})


@pytest.fixture(scope="module")
def described() -> Described:
    return Described()


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
@pytest.mark.parametrize("mode", ["positive", "negative"])
@pytest.mark.timeout(3_600)
def test_what_is_described_is_taken_and_nothing_else(
    post: Post, described: Described, mode: str, tries: int
) -> None:
    """What fails is shown as it was found: making it small would take minutes."""

    @settings(max_examples=tries, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
    @given(body=described.bodies(mode))
    def tried(body: object) -> None:
        raw = raw_of(body)
        answer = post.posts(raw, sealed(raw))
        assert answer.status in described.answered
        assert answer.status < 500
        assert described.answered[answer.status].is_valid(json.loads(answer.text))
        if answer.status == 200:
            assert described.taken.is_valid(json.loads(raw))
        elif not isinstance(body, bytes) and described.taken.is_valid(body):
            assert refused_later(answer), (body, answer)

    tried()
