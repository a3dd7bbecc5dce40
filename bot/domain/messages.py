"""Sentences for people, as values: the domain chooses the sentence, `bot.text` says it in the reader's language."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """An English source sentence with `{placeholders}`, and what stands in them."""

    text: str
    values: dict[str, object] = field(default_factory=dict)


class Refusal(Exception):  # noqa: N818 - the trade's word: a rule refuses, nothing is broken
    """A rule says no; its message tells the person why and what to do instead."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.message = Message(text, values)


class Busy(Refusal):
    """The database did not give its lock in time; nothing was written, what was typed is kept."""

    def __init__(self) -> None:
        super().__init__("Saleslog's database is busy. Try again in a moment; what you typed is kept.")


class Conflict(Refusal):
    """A rule that the database keeps was broken: somebody else was first, or refers to what is gone."""

    def __init__(self) -> None:
        super().__init__("Somebody changed the same thing at this moment. Try again.")


class Unwritable(Refusal):
    """The database cannot be written (full disk, lost connection); nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "Saleslog's database can't be written right now. An admin has been told; what you typed stays here."
        )


def n_(text: str) -> str:
    """Mark a sentence for translation where it is chosen; it is translated where it is said."""
    return text
