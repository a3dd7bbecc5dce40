"""Files that people and the app uploaded."""

from dataclasses import dataclass, field, replace

from bot.playground.changes import ChangeKind, Changes
from bot.playground.ids import new_id
from bot.playground.shapes import Json, SlackError


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`is_complete` is false between the upload and its completion; `channels` are where it is shared."""

    id: str
    name: str
    title: str
    owner: str
    created: float
    content: bytes = b""
    mimetype: str = "application/octet-stream"
    channels: tuple[str, ...] = ()
    is_complete: bool = False
    email: Json = field(default_factory=dict)
    """What Slack tells besides of an e-mail that was forwarded into it: `from`, `to`, `subject`, `plain_text`…"""

    @property
    def filetype(self) -> str:
        if self.email:
            return "email"
        return self.name.rpartition(".")[2].lower() if "." in self.name else "text"


class Files:
    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._known: dict[str, StoredFile] = {}

    def announce(self, name: str, owner: str, created: float) -> StoredFile:
        """A file whose bytes are yet to come."""
        return self.put(StoredFile(new_id("F"), name, name, owner, created))

    def put(self, file: StoredFile) -> StoredFile:
        self._known[file.id] = file
        self._changes.tell(ChangeKind.FILE, file.owner)
        return file

    def file(self, id: str) -> StoredFile:
        if id not in self._known:
            raise SlackError("file_not_found")
        return self._known[id]

    def receive(self, id: str, content: bytes) -> StoredFile:
        return self.put(replace(self.file(id), content=content))

    def share(self, id: str, channel: str) -> StoredFile:
        file = self.file(id)
        return self.put(replace(file, channels=(*file.channels, channel), is_complete=True))
