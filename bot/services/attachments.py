"""The letters of interaction templates: looked at, hung on, shown, taken off (`product.md` 8, `domain.md` 1.15)."""

from collections.abc import Callable
from pathlib import Path

from bot.domain.attachments import DOCX, LetterOf, letter_name
from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import EntryId, TemplateId, WorkspaceId
from bot.domain.messages import Message, Refusal
from bot.domain.people import Person
from bot.services.bell import Bell
from bot.services.gates import readable
from bot.services.purge import admin_only
from bot.word.press import inspect
from storage.attachments import Attachments as Rows
from storage.store import Store


class Attachments:
    """What hangs on templates; `folder` is where files wait until they are delivered."""

    def __init__(self, store: Store, bell: Bell, folder: Path) -> None:
        self._store = store
        self._bell = bell
        self._folder = folder.absolute()

    def letters(self, actor: Person) -> list[LetterOf]:
        """Return the templates that can be chosen, each with its letter.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return Rows(work.access).letters()

    def letter_of(self, actor: Person, template: TemplateId) -> LetterOf:
        """Return one template with its letter.

        Raises:
            Refusal: the actor is no admin, or the template can't be chosen any more.
        """
        found = next((one for one in self.letters(actor) if one.template == template), None)
        if found is None:
            raise Refusal("This interaction template is gone.")
        return found

    def take(
        self, actor: Person, template: TemplateId, name: str, fetch: Callable[[], bytes]
    ) -> Message | None:
        """Hang a file on a template; return what stands against it, None when it hangs."""
        try:
            self.letter_of(actor, template)
            self._hang(actor.workspace, template, name, fetch())
        except Refusal as refusal:
            return refusal.message
        return None

    def put(self, workspace: WorkspaceId, code: str, file: Path) -> LetterOf:
        """Hang a file on the template with this code, as an admin does on the command line.

        Raises:
            Refusal: there is no such template, or the file can't be a letter.
        """
        name = letter_name(file.name)
        with self._store.read(workspace) as work:
            letters = Rows(work.access).letters()
        found = next((one for one in letters if one.code.casefold() == code.strip().casefold()), None)
        if found is None:
            known = tuple(sorted(one.code for one in letters))
            raise Refusal(
                "There is no interaction template “{code}”. There are: {known}.", code=code, known=known
            )
        self._hang(workspace, found.template, name, file.read_bytes())
        return found

    def remove(self, actor: Person, template: TemplateId) -> None:
        """Take the letter off a template; entries that were logged with it keep it.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            Rows(work.access).hang(template, None)

    def show(self, actor: Person, template: TemplateId) -> None:
        """Send the letter as it was attached into the actor's direct message.

        Raises:
            Refusal: the actor is no admin, or there is no letter.
        """
        letter = self.letter_of(actor, template).letter
        with self._store.read(actor.workspace) as work:
            content = Rows(work.access).content(letter.id) if letter else None
        if letter is None or content is None:
            raise Refusal("This template has no letter any more.")
        self._send(actor, letter.name, content)

    def show_of(self, actor: Person, entry: EntryId) -> None:
        """Send the attachment of an entry into the actor's direct message.

        Raises:
            Refusal: the entry is gone, or not his to read; or nothing hangs on it.
        """
        with self._store.read(actor.workspace) as work:
            attached = Rows(work.access).of_entry(readable(work, actor, entry).entry.id)
            content = Rows(work.access).content(attached.id) if attached else None
        if attached is None or content is None:
            raise Refusal("This entry has no attachment.")
        self._send(actor, attached.name, content)

    def _send(self, actor: Person, name: str, content: bytes) -> None:
        key = f"letter:{self._store.ids()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{key.replace(':', '-')}{Path(name).suffix}"
        path.write_bytes(content)
        with self._store.begin(actor.workspace) as work:
            payload = {"path": str(path), "name": name}
            work.deliveries.say(key, DeliveryKind.FILE, actor.id, payload)
        self._bell.ring()

    def _hang(self, workspace: WorkspaceId, template: TemplateId, name: str, content: bytes) -> None:
        inspect(content)
        with self._store.begin(workspace) as work:
            rows = Rows(work.access)
            rows.hang(template, rows.put(name, DOCX, content))
