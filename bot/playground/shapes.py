"""The JSON of Slack, as far as the engine needs a word for it."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

Values: TypeAlias = dict[str, dict[str, Json]]
"""What people filled in: `{block_id: {action_id: {"type": …, "value" | "selected_option" | …}}}`."""


class SlackError(Exception):
    """An answer of the Web API with `ok: false`; `problems` go into `response_metadata.messages`."""

    def __init__(self, error: str, *problems: str, extra: Json | None = None) -> None:
        super().__init__(error)
        self.error = error
        self.problems = problems
        self.extra = extra or {}

    def answer(self) -> Json:
        answer: Json = {"ok": False, "error": self.error, **self.extra}
        if self.problems:
            answer["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
        return answer
