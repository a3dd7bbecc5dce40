"""What entries are found by."""

from sqlalchemy import Column, Table, Text

from storage.tables.base import metadata, refers, workspace
from storage.types import Id

entry_words = Table(
    "entry_words",
    metadata,
    Column("entry_id", Id, primary_key=True, autoincrement=False),
    workspace(),
    Column("words", Text, nullable=False),
    refers("entry_id", "entries"),
    comment="The words by which an entry is found, marked by workspace and month.",
)
