"""The words in which Slack's shapes are written down: small checks that are put together to tables."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from bot.playground.shapes import Json

Surface: TypeAlias = Literal["message", "modal", "home"]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the checked thing is to appear, and what was found wrong so far."""

    surface: Surface
    problems: list[str] = field(default_factory=list)

    def refuse(self, at: str, why: str) -> None:
        """`at` is a JSON pointer."""
        self.problems.append(f"{why} [json-pointer:{at}]")


Check: TypeAlias = Callable[[Scene, str, Any], None]
Rule: TypeAlias = Callable[[Scene, str, Json], None]
Keys: TypeAlias = dict[str, Check]


def string(longest: int, shortest: int = 1) -> Check:
    def check(scene: Scene, at: str, value: Any) -> None:
        if not isinstance(value, str):
            scene.refuse(at, "must be a string")
        elif len(value) > longest:
            scene.refuse(at, f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            scene.refuse(at, f"must be more than {shortest - 1} characters")

    return check


def pattern(expression: str, what: str) -> Check:
    def check(scene: Scene, at: str, value: Any) -> None:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            scene.refuse(at, f"must be {what}")

    return check


def whole(lowest: int, highest: int) -> Check:
    def check(scene: Scene, at: str, value: Any) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            scene.refuse(at, "must be an integer")
        elif not lowest <= value <= highest:
            scene.refuse(at, f"must be between {lowest} and {highest}")

    return check


def number(scene: Scene, at: str, value: Any) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        scene.refuse(at, "must be a number")


def flag(scene: Scene, at: str, value: Any) -> None:
    if not isinstance(value, bool):
        scene.refuse(at, "must be a boolean")


def anything(_scene: Scene, _at: str, _value: Any) -> None:
    """Some keys are free."""


def one_of(*allowed: str) -> Check:
    def check(scene: Scene, at: str, value: Any) -> None:
        if value not in allowed:
            scene.refuse(at, f"must be one of: {', '.join(allowed)}")

    return check


def many(each: Check, lowest: int, highest: int) -> Check:
    def check(scene: Scene, at: str, value: Any) -> None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            scene.refuse(at, "must be an array")
            return
        if len(value) > highest:
            scene.refuse(at, f"no more than {highest} items allowed")
        if len(value) < lowest:
            scene.refuse(at, f"no fewer than {lowest} items allowed")
        for place, item in enumerate(value):
            each(scene, f"{at}/{place}", item)

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these keys and no others; `rules` say what holds between keys."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def __call__(self, scene: Scene, at: str, value: Any) -> None:
        if not isinstance(value, dict):
            scene.refuse(at, "must be an object")
            return
        before = len(scene.problems)
        given = {key: held for key, held in value.items() if held is not None and key != "type"}
        self._check_keys(scene, at, given)
        if len(scene.problems) == before:
            for rule in self.rules:
                rule(scene, at, value)

    def _check_keys(self, scene: Scene, at: str, given: Json) -> None:
        checks = {**self.required, **self.optional}
        for key in self.required:
            if key not in given:
                scene.refuse(at, f"missing required field: {key}")
        for key, held in given.items():
            if key in checks:
                checks[key](scene, f"{at}/{key}", held)
            else:
                scene.refuse(f"{at}/{key}", f"invalid additional property: {key}")


def by_type(shapes: Mapping[str, Check], allowed: Sequence[str] | None = None) -> Check:
    """An object whose `type` picks its shape; `allowed` are the types that may stand here."""

    def check(scene: Scene, at: str, value: Any) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else "none"
        if kind not in shapes:
            scene.refuse(f"{at}/type", f"unsupported type: {kind}")
        elif allowed is not None and kind not in allowed:
            scene.refuse(f"{at}/type", f"{kind} is not allowed here")
        else:
            shapes[kind](scene, at, value)

    return check


def some_of(*keys: str) -> Rule:
    """At least one of the keys is there."""

    def rule(scene: Scene, at: str, value: Json) -> None:
        if not any(value.get(key) is not None for key in keys):
            scene.refuse(at, f"one of these is required: {', '.join(keys)}")

    return rule


def exactly_one_of(*keys: str) -> Rule:
    def rule(scene: Scene, at: str, value: Json) -> None:
        if sum(value.get(key) is not None for key in keys) != 1:
            scene.refuse(at, f"exactly one of these is required: {', '.join(keys)}")

    return rule
