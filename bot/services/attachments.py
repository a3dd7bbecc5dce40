"""The files of interaction templates and of their languages, and who gets the file of an entry (`domain.md` 1.15)."""

from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore

from bot.domain.attachments import LetterOf
from bot.domain.deliveries import DeliveryKind
from bot.domain.documents import Act
from bot.domain.file_kinds import MEDIA_TYPES, FileKind, FileName, named
from bot.domain.ids import EntryId, TemplateId, WorkspaceId
from bot.domain.interactions import Template
from bot.domain.messages import Message, Refusal
from bot.domain.operations import SetupKind
from bot.domain.people import Person
from bot.inspection.quarantine import inspect
from bot.services.bell import Bell
from bot.services.entry_files import AT_ONCE, Look
from bot.services.gates import readable
from bot.services.purge import admin_only
from bot.views.template_words import recorded_word
from bot.word.press import inspect as inspect_letter
from storage.attachments import Attachments as Rows
from storage.store import Store
from storage.work import Work


class Attachments:
    """What hangs on templates; `folder` is where files wait until they are delivered."""

    def __init__(self, store: Store, bell: Bell, folder: Path, look: Look = inspect) -> None:
        self._store = store
        self._look = look
        self._bell = bell
        self._folder = folder.absolute()
        self._few = BoundedSemaphore(AT_ONCE)

    def letters(self, actor: Person) -> list[LetterOf]:
        """Return the templates that can be chosen, each with its file.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return Rows(work.access).letters()

    def letter_of(self, actor: Person, template: TemplateId, language: str = "") -> LetterOf:
        """Return a template with its file, or with that of one of its languages.

        Raises:
            Refusal: the actor is no admin, or the template is gone, or not there in this language.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            return _held(work, template, language)

    def take(
        self, actor: Person, template: TemplateId, name: str, fetch: Callable[[], bytes], language: str = ""
    ) -> Message | None:
        """Hang a file on a template; return what stands against it, None when it hangs."""
        try:
            file = named(name)
            admin_only(actor)
            self._refuse_unfit(actor.workspace, template, language)
            with self._few:
                self._hang(actor.workspace, template, language, file, fetch(), actor)
        except Refusal as refusal:
            return refusal.message
        return None

    def put(self, workspace: WorkspaceId, code: str, file: Path, language: str = "") -> LetterOf:
        """Hang a file on the template with this code, as an admin does on the command line.

        Raises:
            Refusal: there is no such template, or the file can't hang on it.
        """
        name = named(file.name)
        with self._store.read(workspace) as work:
            letters = Rows(work.access).letters()
        found = next((one for one in letters if one.code.casefold() == code.strip().casefold()), None)
        if found is None:
            known = tuple(sorted(one.code for one in letters))
            raise Refusal(
                "There is no interaction template “{code}”. There are: {known}.", code=code, known=known
            )
        self._refuse_unfit(workspace, found.template, language)
        self._hang(workspace, found.template, language, name, file.read_bytes(), None)
        return found

    def remove(self, actor: Person, template: TemplateId, language: str = "") -> None:
        """Take the file off a template; entries that were logged with it keep it.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.begin(actor.workspace) as work:
            before = _held(work, template, language)
            Rows(work.access).hang(template, None, language)
            _note(work, actor, before, None)

    def show(self, actor: Person, template: TemplateId, language: str = "") -> None:
        """Send the file as it was attached into the actor's direct message.

        Raises:
            Refusal: the actor is no admin, or there is no file.
        """
        letter = self.letter_of(actor, template, language).letter
        with self._store.read(actor.workspace) as work:
            content = Rows(work.access).content(letter.id) if letter else None
        if letter is None or content is None:
            raise Refusal("This template has no attachment any more.")
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

    def _refuse_unfit(self, workspace: WorkspaceId, template: TemplateId, language: str) -> None:
        with self._store.read(workspace) as work:
            _held(work, template, language)
            _refuse_recording(work, template)

    def _hang(
        self,
        workspace: WorkspaceId,
        template: TemplateId,
        language: str,
        file: FileName,
        content: bytes,
        actor: Person | None,
    ) -> None:
        if file.kind is FileKind.DOCX:
            inspect_letter(content)
        else:
            self._look(file.kind, content)
        with self._store.begin(workspace) as work:
            before, rows = _held(work, template, language), Rows(work.access)
            rows.hang(template, rows.put(file.name, MEDIA_TYPES[file.kind], content), language)
            _note(work, actor, before, file.name)


def _held(work: Work, template: TemplateId, language: str) -> LetterOf:
    """Return a template with what hangs on it in a language, empty: in none of its own."""
    found = work.templates.get(template)
    if found is None:
        raise Refusal("This interaction template is gone.")
    attachment = found.attachment if not language else _in_language(found, language)
    return LetterOf(
        template=template,
        code=found.code,
        description=found.description,
        language=language,
        letter=Rows(work.access).get(attachment) if attachment is not None else None,
    )


def _in_language(template: Template, language: str) -> int | None:
    there = [one for one in template.translations if one.language == language]
    if not there:
        raise Refusal("The template is not there in this language any more.")
    return there[0].attachment


def _refuse_recording(work: Work, template: TemplateId) -> None:
    """Refuse a template that records what brings its own document (`domain.md` 1.3)."""
    kinds = (kind for kind, used in work.template_setup.all().items() if used == template)
    recorded = next((kind for kind in kinds if kind is not Act.MEETING_INVITATION), None)
    if recorded is not None:
        raise Refusal(
            "This template records: {kind}, which brings its own document. Choose another one under “Recording” first.",
            kind=Message(recorded_word(recorded)),
        )


def _note(work: Work, actor: Person | None, before: LetterOf, name: str | None) -> None:
    field = f"attachment {before.language}".strip()
    old = before.letter.name if before.letter else None
    work.history.note(SetupKind.TEMPLATE, before.template, actor.id if actor else None, (field, old, name))
