"""How a command ends when something is in its way: with sentences and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

NOT_NOW = 1
WRONG_SETTINGS = 2


if TYPE_CHECKING:
    from bot.domain.messages import Message


class Ending(Exception):  # noqa: N818 - an end with a reason
    """Ends the command."""

    def __init__(self, *sentences: str, code: int = NOT_NOW) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
        self.code = code


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what may be in a command's way into an ending."""
    from bot.domain.messages import Refusal, Unwritable
    from bot.settings import SettingsError
    from storage.backup import Unusable
    from storage.running import AlreadyRunning

    try:
        yield
    except SettingsError as error:
        raise Ending(*error.sentences, code=WRONG_SETTINGS) from None
    except Unwritable:
        raise Ending(
            "The database can't be reached or written. Is DATABASE_URL right, and the disk not full?"
        ) from None
    except Refusal as refusal:
        raise Ending(sentence(refusal.message)) from None
    except AlreadyRunning as found:
        raise Ending(f"{found} Stop it first.") from None
    except Unusable as unusable:
        raise Ending(str(unusable)) from None
    except OSError as error:
        raise Ending(f"{error.filename or 'The system'}: {error.strerror or error}.") from None


def sentence(message: "Message") -> str:
    """Return a message in English, with those within it."""
    return message.text.format(**{name: _said(value) for name, value in message.values.items()})


def _said(value: object) -> object:
    from bot.domain.messages import Message

    if isinstance(value, Message):
        return sentence(value)
    return ", ".join(str(_said(one)) for one in value) if isinstance(value, tuple) else value
