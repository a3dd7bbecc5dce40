"""Export person: all that is known of somebody in one file, for machines and for people (`product.md` 11)."""

import json
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from bot.domain.contacts import Contact
from bot.domain.deliveries import DeliveryKind
from bot.domain.erasure import telling
from bot.domain.ids import ContactId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.services.bell import Bell
from bot.services.contact_removal import found
from bot.services.purge import admin_only
from bot.views.person_page import page
from storage.person_rows import letters, messages, told
from storage.store import Store

AT_ONCE = 2_000
Rows = dict[str, list[dict[str, Any]]]


class PersonFiles:
    """Writes what is known of persons; `folder` is where files wait until they are delivered."""

    def __init__(self, store: Store, bell: Bell, folder: Path) -> None:
        self._store = store
        self._bell = bell
        self._folder = folder.absolute()

    def send(self, actor: Person, contact: ContactId) -> Contact:
        """Send the file into the actor's direct message.

        Raises:
            Refusal: the actor is no admin, or this is no person.
        """
        admin_only(actor)
        key = f"person:{self._store.ids()}"
        path = self._folder / f"{key.replace(':', '-')}.zip"
        person = self._write(actor.workspace, contact, path)
        with self._store.begin(actor.workspace) as work:
            payload = {"path": str(path), "name": f"{person.number}.zip"}
            work.deliveries.say(key, DeliveryKind.FILE, actor.id, payload)
            work.history.note(ItemKind.CONTACT, person.id, actor.id, ("exported", None, person.number))
        self._bell.ring()
        return person

    def write(self, workspace: WorkspaceId, number: str, path: Path) -> Contact:
        """Write the file of the person with this number, as an admin does on the command line.

        Raises:
            Refusal: there is no such person.
        """
        with self._store.read(workspace) as work:
            numbered = work.contacts.numbered([number.strip()])
        if not numbered:
            raise Refusal("There is no contact {number}.", number=number)
        return self._write(workspace, numbered[0].id, path)

    def _write(self, workspace: WorkspaceId, contact: ContactId, path: Path) -> Contact:
        with self._store.read(workspace) as work:
            person = found(work, contact)
            rows, files = told(work.access, contact), letters(work.access, contact)
        if not person.is_person:
            raise Refusal("{name} is a company. Export a person.", name=person.name)
        rows["messages"] = self._messages(workspace, person)
        plain: Rows = json.loads(json.dumps(rows, default=_plain))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as parts:
            parts.writestr("person.json", json.dumps(plain, ensure_ascii=False, indent=2))
            parts.writestr("person.html", page(person, plain))
            for place, (name, content) in enumerate(files, 1):
                parts.writestr(f"attachments/{place}-{Path(name).name}", content)
        part.replace(path)
        return person

    def _messages(self, workspace: WorkspaceId, person: Contact) -> list[dict[str, Any]]:
        words = (*telling(person, named_alike=False), person.name)
        naming: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            with self._store.read(workspace) as work:
                some, after = messages(work.access, words, after, AT_ONCE)
            naming += some
        return naming


def _plain(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)
