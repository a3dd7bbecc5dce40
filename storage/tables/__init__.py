"""All tables; every one with business or delivery data carries `workspace_id`."""

from storage.tables.base import metadata
from storage.tables.contacts import *  # noqa: F403
from storage.tables.deliveries import *  # noqa: F403
from storage.tables.digests import *  # noqa: F403
from storage.tables.entry_words import *  # noqa: F403
from storage.tables.exports import *  # noqa: F403
from storage.tables.imports import *  # noqa: F403
from storage.tables.inbox import *  # noqa: F403
from storage.tables.interactions import *  # noqa: F403
from storage.tables.jobs import *  # noqa: F403
from storage.tables.people import *  # noqa: F403
from storage.tables.reminders import *  # noqa: F403
from storage.tables.removals import *  # noqa: F403
from storage.tables.segments import *  # noqa: F403
from storage.tables.setup import *  # noqa: F403
from storage.tables.templates import *  # noqa: F403

__all__ = ["metadata"]
