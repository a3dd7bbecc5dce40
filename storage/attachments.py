"""Attachments: each content once under its name, gone with the last thing that uses it (`domain.md` 1.15)."""

import hashlib
from collections.abc import Collection
from itertools import accumulate
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.domain.attachments import Attachment, Enclosure, LetterOf
from bot.domain.ids import AttachmentId, EntryId, TemplateId
from bot.domain.purge import BEGINNING
from storage.access import Access, Row
from storage.tables import metadata
from storage.tables.interactions import entries
from storage.tables.templates import attachments, interaction_templates, template_languages, unused_files
from storage.types import Instant


def _used_by(user: Any) -> ColumnElement[bool]:
    return exists().where(
        user.c.workspace_id == attachments.c.workspace_id, user.c.attachment_id == attachments.c.id
    )


_FACTS = (
    attachments.c.id,
    attachments.c.name,
    attachments.c.media_type,
    _used_by(entries).label("read_only"),
    func.length(attachments.c.content).label("size"),
)
USERS = tuple(table for table in metadata.sorted_tables if "attachment_id" in table.c)
"""Tables whose rows may have an attachment."""
UNUSED = and_(*(~_used_by(user) for user in USERS))
BYTES_AT_ONCE = 8 * 1024 * 1024
"""So much is thrown away in one transaction: the rest waits for the job tidy."""
_NAMED = (
    select(attachments.c.id)
    .where(
        attachments.c.workspace_id == bindparam("workspace_id"),
        attachments.c.checksum == bindparam("checksum"),
        attachments.c.name == bindparam("name"),
    )
    .with_for_update(key_share=True)
)


class Attachments:
    """The attachments of a workspace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def put(self, name: str, media_type: str, content: bytes) -> AttachmentId:
        """Keep a file; the same one again is kept once."""
        new = {
            "id": self._access.ids(),
            "workspace_id": self._access.workspace,
            "name": name,
            "media_type": media_type,
            "checksum": hashlib.sha256(content).hexdigest(),
            "content": content,
            "created_at": self._access.clock.now(),
        }
        once = self._access.insert_once(attachments, "checksum", "name")
        self._access.connection.execute(once, new)
        same = {name: new[name] for name in ("workspace_id", "checksum", "name")}
        kept = self._access.connection.execute(_NAMED, same).scalar_one()
        marked = and_(self._access.mine(unused_files), unused_files.c.file_id == kept)
        self._access.connection.execute(delete(unused_files).where(marked))
        return AttachmentId(kept)

    def get(self, attachment: int) -> Attachment | None:
        """Return an attachment without its content."""
        query = select(*_FACTS).where(self._access.mine(attachments), attachments.c.id == attachment)
        row = self._access.connection.execute(query).mappings().one_or_none()
        return None if row is None else _attachment(row)

    def of_entry(self, entry: EntryId) -> Attachment | None:
        """Return the attachment of an entry without its content."""
        mine = and_(self._access.mine(entries), entries.c.id == entry)
        attached = self._access.connection.scalar(select(entries.c.attachment_id).where(mine))
        return None if attached is None else self.get(attached)

    def content(self, attachment: int) -> bytes | None:
        """Return what an attachment holds."""
        query = select(attachments.c.content).where(
            self._access.mine(attachments), attachments.c.id == attachment
        )
        found = self._access.connection.scalar(query)
        return None if found is None else bytes(found)

    def enclosure(self, attachment: int) -> Enclosure | None:
        """Return an attachment with what it holds."""
        columns = (attachments.c.name, attachments.c.media_type, attachments.c.content)
        query = select(*columns).where(self._access.mine(attachments), attachments.c.id == attachment)
        row = self._access.connection.execute(query).one_or_none()
        return None if row is None else Enclosure(row.name, row.media_type, bytes(row.content))

    def sizes(self, some: Collection[int]) -> dict[int, int]:
        """Return how large some of them are, in bytes."""
        query = select(attachments.c.id, func.length(attachments.c.content).label("size")).where(
            self._access.mine(attachments), attachments.c.id.in_(some)
        )
        return {row.id: row.size for row in self._access.connection.execute(query)} if some else {}

    def letters(self) -> list[LetterOf]:
        """Return the templates that can be chosen, in the order of their descriptions, each with its letter."""
        query = (
            select(
                interaction_templates.c.id.label("template"),
                interaction_templates.c.code,
                interaction_templates.c.description,
                *_FACTS,
            )
            .outerjoin(attachments, _hangs_on())
            .where(self._access.mine(interaction_templates), interaction_templates.c.active)
            .order_by(interaction_templates.c.description, interaction_templates.c.id)
        )
        return [_letter_of(row) for row in self._access.connection.execute(query).mappings()]

    def hang(self, template: TemplateId, attachment: AttachmentId | None, language: str = "") -> None:
        """Give a template a file, or one of its languages (None: no file); what nothing uses any more goes."""
        table, mine = interaction_templates, interaction_templates.c.id == template
        if language:
            table = template_languages
            mine = and_(table.c.template_id == template, table.c.language == language)
        which = and_(self._access.mine(table), mine)
        before = self._access.connection.scalar(select(table.c.attachment_id).where(which).with_for_update())
        self._access.connection.execute(update(table).where(which).values(attachment_id=attachment))
        self.drop_unused({before} if before is not None else set())

    def drop_unused(self, some: Collection[int]) -> int:
        """Throw away those of some that nothing uses any more, a few where they are large; return their number."""
        if not some:
            return 0
        mine = (self._access.mine(attachments), attachments.c.id.in_(some), UNUSED)
        return dropped(self._access.connection, *mine)

    def condemn_unused(self) -> None:
        """Let go at once whatever nothing uses any more, also what an **Undo** would bring back."""
        mine = self._access.mine(attachments)
        found = select(attachments.c.workspace_id, attachments.c.id, literal(BEGINNING, Instant))
        columns = ["workspace_id", "file_id", "since"]
        self._access.connection.execute(delete(unused_files).where(self._access.mine(unused_files)))
        self._access.connection.execute(insert(unused_files).from_select(columns, found.where(mine, UNUSED)))


def dropped(connection: Connection, *which: ColumnElement[bool]) -> int:
    """Throw away the first of some files, so many as one transaction may; return their number."""
    size = func.length(attachments.c.content)
    found = connection.execute(select(attachments.c.id, size).where(*which).order_by(attachments.c.id)).all()
    sums = accumulate(row[1] for row in found)
    few = [row[0] for row, sum_ in zip(found, sums, strict=True) if sum_ <= BYTES_AT_ONCE]
    ids = few or [row[0] for row in found[:1]]
    connection.execute(delete(unused_files).where(unused_files.c.file_id.in_(ids)))
    return connection.execute(delete(attachments).where(attachments.c.id.in_(ids), UNUSED)).rowcount


def _hangs_on() -> ColumnElement[bool]:
    return and_(
        attachments.c.workspace_id == interaction_templates.c.workspace_id,
        attachments.c.id == interaction_templates.c.attachment_id,
    )


def _letter_of(row: Row) -> LetterOf:
    return LetterOf(
        template=TemplateId(row["template"]),
        code=row["code"],
        description=row["description"],
        letter=None if row["id"] is None else _attachment(row),
    )


def _attachment(row: Row) -> Attachment:
    return Attachment(
        id=AttachmentId(row["id"]),
        name=row["name"],
        media_type=row["media_type"],
        size=row["size"],
        read_only=row["read_only"],
    )
