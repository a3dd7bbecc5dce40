"""The zip of letters and mails of a logged segment (`product.md` 8; `domain.md` 2.7, lines 51, 52, 55, 63)."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pytest
from docxes import a_docx, read
from office import Office, Silence
from postroom import Postroom
from running import Running, small_steps
from sqlalchemy import select

from bot.domain.interactions import Correspondence
from bot.domain.messages import Busy, Refusal
from bot.domain.people import Person
from bot.domain.purge import Selection
from bot.domain.segments import Logged
from bot.playground.seeds import EVA
from bot.services.attachments import Attachments
from bot.services.jobs import Jobs
from bot.services.packing import Packing
from bot.services.segment_runs import SegmentRuns
from bot.services.settling import Settling
from bot.word.parcel import Parcel
from storage.canceled import Mark
from storage.tables.deliveries import deliveries
from storage.tables.interactions import entries
from storage.tables.segments import logged_segments, segment_entries
from storage.tables.templates import attachments

HARD_COPY: dict[str, Any] = {"correspondence": Correspondence.HARD_COPY, "ignore_contact": True}
BROCHURE = b"%PDF-1.7\nForty chairs\n%%EOF\n"
EMAIL: dict[str, Any] = {"correspondence": Correspondence.EMAIL, "ignore_contact": True}


class Packer(Running):
    """Logs segments with their letters."""

    folder: Path
    steps = 2

    def another(self) -> SegmentRuns:
        store, people = self.office.store, self.office.people
        return SegmentRuns(store, people, Silence(), self.segments, self.packing(), small_steps)

    def packing(self) -> Packing:
        """Return what another process would pack with."""
        return Packing(self.office.store, Silence(), self.folder, at_once=self.steps)

    def files(self, logged: Logged) -> list[Any]:
        """Return what is to be delivered of a run."""
        query = select(deliveries).where(deliveries.c.key.like(f"letters:{logged.id}:%"))
        with self.office.store.reading() as connection:
            return list(connection.execute(query.order_by(deliveries.c.id)))

    def zip(self, logged: Logged) -> dict[str, bytes]:
        """Return what is in the one zip of a run."""
        (file,) = self.files(logged)
        return unpacked(Path(file.payload["path"]).read_bytes())

    def told(self, logged: Logged) -> list[str]:
        """Return all that was said of a run, also what newer words took the place of."""
        query = select(deliveries.c.payload).where(deliveries.c.answer_key == logged.answer)
        with self.office.store.reading() as connection:
            return [payload["text"] for payload in connection.scalars(query)]

    def statuses(self, logged: Logged) -> list[str]:
        query = select(segment_entries.c.delivery).where(segment_entries.c.logged_id == logged.id)
        with self.office.store.reading() as connection:
            return list(connection.scalars(query.order_by(segment_entries.c.line)))

    def letter(self, *words: str, code: str = "MAILING") -> None:
        """Hang a letter on a template."""
        self.hangs("autumn.docx", the_docx(*words), code)

    def hangs(self, name: str, content: bytes, code: str = "MAILING") -> None:
        """Hang a file on a template."""
        path = self.folder / name
        self.folder.mkdir(exist_ok=True)
        path.write_bytes(content)
        Attachments(self.office.store, Silence(), self.folder).put(self.office.workspace, code, path)
        path.unlink()


@lru_cache
def the_docx(*words: str) -> bytes:
    """A file that is the same every time: python-docx stamps it with the time."""
    return a_docx(*words)


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def mail_of(content: bytes) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(content, policy=default))


@pytest.fixture
def packer(office: Office, tmp_path: Path) -> Packer:
    class There(Packer):
        folder = tmp_path / "exports"

    return There(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva", slack_id=EVA)


def test_55_two_letters_are_one_zip_with_two_documents(packer: Packer, eva: Person) -> None:
    """Line 55 as `product.md` 8 has it: two .docx, not two PDFs."""
    packer.letter(
        "Dear {{ contact.name }} of {{ contact.city|upper }},", "{{ text }}", "{{ salesperson.name }}"
    )
    chosen = [packer.office.knows(eva, "Zoë O'Connor-Ødegård"), packer.office.knows(eva, "../../etc/passwd")]
    packer.alters(chosen[0], city="Bergen")
    segment = packer.segment(eva, chosen, text="Our catalogue for {{ contact.name }}", **HARD_COPY)
    logged = packer.logs(eva, segment, send=True)
    letters = packer.zip(logged)
    assert list(letters) == ["00001-zoe-oconnor-odegard.docx", "00002-etc-passwd.docx"]
    first, second = (read(letter) for letter in letters.values())
    assert first == [
        "Dear Zoë O'Connor-Ødegård of BERGEN,",
        "Our catalogue for Zoë O'Connor-Ødegård",
        "Eva",
    ]
    assert second[0] == "Dear ../../etc/passwd of ,"
    assert [file.payload["name"] for file in packer.files(logged)] == ["SEG0900.zip"]
    assert [file.person_id for file in packer.files(logged)] == [eva.id]
    assert packer.statuses(logged) == ["in_progress", "in_progress"]


def test_an_email_line_is_an_addressed_unsent_mail(packer: Packer, eva: Person) -> None:
    chosen = packer.people(eva, 2)
    segment = packer.segment(eva, chosen, text="Hei {{ contact.name }}!\nVår katalog", **EMAIL)
    packer.personalises(segment, 2, description="Only for you", text="Just this")
    mails = [mail_of(one) for one in packer.zip(packer.logs(eva, segment, send=True)).values()]
    assert [mail["X-Unsent"] for mail in mails] == ["1", "1"]
    assert [mail["Subject"] for mail in mails] == ["Autumn catalogue", "Only for you"]
    assert [mail["To"].addresses[0].addr_spec for mail in mails] == ["anna0@example.com", "anna1@example.com"]
    assert mails[0]["From"].addresses[0].addr_spec == "eva@nordvik.example"
    said = [mail.get_content().replace("\r\n", "\n").strip() for mail in mails]
    assert said == ["Hei Anna 000!\nVår katalog", "Just this"]


def test_a_letter_goes_with_the_mail(packer: Packer, eva: Person) -> None:
    packer.letter("Dear {{ contact.name }}")
    logged = packer.logs(eva, packer.segment(eva, packer.people(eva, 1), **EMAIL), send=True)
    (mail,) = (mail_of(one) for one in packer.zip(logged).values())
    (letter,) = mail.iter_attachments()
    assert read(letter.get_content()) == ["Dear Anna 000"]


def test_any_other_file_goes_along_as_it_is(packer: Packer, eva: Person) -> None:
    packer.hangs("brochure.pdf", BROCHURE)
    papers = packer.segment(eva, packer.people(eva, 1), **HARD_COPY)
    assert list(packer.zip(packer.logs(eva, papers, send=True)).values()) == [BROCHURE]
    anna = packer.office.knows(eva, "Anna Berg")
    packer.alters(anna, email="anna@fjordbygg.example")
    mails = packer.segment(eva, [anna], number="SEG0901", **EMAIL)
    [sent] = packer.zip(packer.logs(eva, mails, send=True)).values()
    [part] = mail_of(sent).iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("brochure.pdf", "application/pdf")
    assert part.get_content() == BROCHURE


def test_a_large_file_goes_to_few_contacts_at_a_time(packer: Packer, eva: Person) -> None:
    packer.hangs("brochure.pdf", BROCHURE)
    run = _sending(packer, packer.logs(eva, packer.segment(eva, packer.people(eva, 3), **HARD_COPY)))
    packing = Packing(packer.office.store, Silence(), packer.folder, bytes_at_once=2 * len(BROCHURE))
    assert [packing.step(eva.workspace, run).done for _ in range(3)] == [2, 3, 3]
    assert list(packer.zip(run).values()) == [BROCHURE] * 3


def test_a_hard_copy_without_a_letter_of_its_own_gets_a_plain_one(packer: Packer, eva: Person) -> None:
    chosen = packer.people(eva, 1)
    logged = packer.logs(eva, packer.segment(eva, chosen, text="Come and see", **HARD_COPY), send=True)
    (letter,) = packer.zip(logged).values()
    assert {"Anna 000", "Come and see", "Eva"} <= set(read(letter))


def test_51_sending_to_somebody_without_an_address_is_refused(packer: Packer, eva: Person) -> None:
    segment = packer.segment(eva, [packer.office.knows(eva, "Anna")], **EMAIL)
    with pytest.raises(Refusal):
        packer.starts(eva, segment, send=True)
    with packer.office.store.reading() as connection:
        assert connection.execute(select(entries)).all() == []


def test_52_without_sending_the_entry_has_a_blank_type_and_there_is_no_zip(
    packer: Packer, eva: Person
) -> None:
    logged = packer.logs(eva, packer.segment(eva, [packer.office.knows(eva, "Anna")], **EMAIL))
    assert [row.correspondence for row in packer.entries(logged.id)] == [None]
    assert packer.files(logged) == []
    assert packer.statuses(logged) == [""]


def test_after_a_kill_at_any_step_each_letter_is_there_once(packer: Packer, eva: Person) -> None:
    segment = packer.segment(eva, packer.people(eva, 7), text="x", **HARD_COPY)
    logged = packer.logs(eva, segment)
    run = _sending(packer, logged)
    for _ in range(3):
        process = packer.packing()
        assert not process.step(eva.workspace, run).over
        parcel = Parcel(packer.folder / f"letters-{run.id}.zip")
        parcel._body.write(b"what a killed process wrote last")
        parcel.close()
    while not (packed := packer.packing().step(eva.workspace, run)).over:
        assert packed.done <= 7
    assert [int(name[:5]) for name in packer.zip(run)] == [1, 2, 3, 4, 5, 6, 7]
    assert packer.packing().step(eva.workspace, run).over
    assert len(packer.files(run)) == 1
    left = [file.name for file in packer.folder.iterdir() if file.suffix != ".lock"]
    assert left == [Path(packer.files(run)[0].payload["path"]).name]


def test_where_the_files_are_gone_it_begins_anew(packer: Packer, eva: Person) -> None:
    run = _sending(packer, packer.logs(eva, packer.segment(eva, packer.people(eva, 5), **HARD_COPY)))
    packer.packing().step(eva.workspace, run)
    for file in packer.folder.iterdir():
        file.unlink()
    while not packer.packing().step(eva.workspace, run).over:
        pass
    assert len(packer.zip(run)) == 5


def test_what_is_too_large_for_one_zip_comes_in_several(packer: Packer, eva: Person) -> None:
    run = _sending(packer, packer.logs(eva, packer.segment(eva, packer.people(eva, 5), **HARD_COPY)))
    packing = Packing(packer.office.store, Silence(), packer.folder, largest=4_000)
    while not packing.step(eva.workspace, run).over:
        pass
    files = packer.files(run)
    assert [file.payload["name"] for file in files[:2]] == ["SEG0900.zip", "SEG0900-2.zip"]
    zips = [unpacked(Path(file.payload["path"]).read_bytes()) for file in files]
    assert sorted(int(name[:5]) for one in zips for name in one) == [1, 2, 3, 4, 5]


def test_the_message_of_the_run_tells_how_far_the_packing_is(packer: Packer, eva: Person) -> None:
    logged = packer.logs(eva, packer.segment(eva, packer.people(eva, 3), text="x", **HARD_COPY))
    with packer.office.store.writing() as connection:
        connection.execute(logged_segments.update().values(state="packing", cursor=0, send=True))
    packer.office.clock.move(timedelta(minutes=1))
    packer.runs.run()
    assert any("Packing letters and mails of SEG0900: 2 of 3" in words for words in packer.told(logged))
    assert len(packer.zip(logged)) == 3


def test_two_processes_do_not_write_into_one_zip(packer: Packer, eva: Person) -> None:
    run = _sending(packer, packer.logs(eva, packer.segment(eva, packer.people(eva, 1), **HARD_COPY)))
    parcel = Parcel(packer.folder / f"letters-{run.id}.zip")
    with pytest.raises(Busy):
        packer.packing().step(eva.workspace, run)
    parcel.close()


def test_who_asked_not_to_be_recorded_meanwhile_gets_no_letter(packer: Packer, eva: Person) -> None:
    chosen = packer.people(eva, 3)
    run = _sending(packer, packer.logs(eva, packer.segment(eva, chosen, **HARD_COPY)))
    packer.alters(chosen[1], privacy_blocked=True)
    while not packer.packing().step(eva.workspace, run).over:
        pass
    assert [int(name[:5]) for name in packer.zip(run)] == [1, 3]
    assert packer.statuses(run)[1] == "error"


def test_the_entries_say_that_their_letters_arrived(packer: Packer, post: Postroom) -> None:
    logged = packer.logs(post.person, _three(packer, post.person), send=True)
    settling = Settling(packer.office.store)
    assert settling.run() == ""
    post.passes(timedelta())
    assert settling.run() == "Noted the delivery of 3 letters and mails."
    assert packer.statuses(logged) == ["", "", ""]
    assert settling.run() == ""
    workspace = post.slack.workspace
    seen = workspace.seen_by(EVA, workspace.directory.direct(EVA).id)
    (file,) = (workspace.files.file(one) for message in seen for one in message.files)
    assert file.name == "SEG0900.zip"
    assert len(unpacked(file.content)) == 3
    assert not list(packer.folder.glob("*.zip"))


def test_the_entries_say_that_their_letters_did_not_arrive(packer: Packer, post: Postroom) -> None:
    logged = packer.logs(post.person, _three(packer, post.person), send=True)
    _ends(packer, "failed")
    assert packer.statuses(logged) == ["error"] * 3


def test_letters_that_are_sent_once_more_are_under_way_again(packer: Packer, post: Postroom) -> None:
    logged = packer.logs(post.person, _three(packer, post.person), send=True)
    _lacks(packer, logged, "00002")
    _ends(packer, "failed")
    assert packer.statuses(logged) == ["error"] * 3
    [file] = packer.files(logged)
    Jobs(packer.office.store, Silence()).try_again(_admin(packer), file.id)
    assert packer.statuses(logged) == ["in_progress", "error", "in_progress"]
    _ends(packer, "sent")
    assert packer.statuses(logged) == ["", "error", ""]


def test_63_a_shared_attachment_goes_with_its_last_entry(packer: Packer, eva: Person) -> None:
    packer.letter("Dear {{ contact.name }}")
    logged = packer.logs(eva, packer.segment(eva, packer.people(eva, 2), **HARD_COPY), send=True)
    first, second = packer.entries(logged.id)
    service = Attachments(packer.office.store, Silence(), packer.folder)
    (letter,) = (one.letter for one in service.letters(_admin(packer)) if one.letter)
    assert letter.read_only
    Attachments(packer.office.store, Silence(), packer.folder).remove(_admin(packer), first.template_id)
    assert first.attachment_id == second.attachment_id
    assert first.attachment_id is not None
    _deletes(packer, first.id)
    assert len(_kept(packer)) == 1
    _deletes(packer, second.id)
    assert _kept(packer) == []


def test_a_letter_is_kept_once_and_goes_with_its_last_template(packer: Packer) -> None:
    for code in ("MAILING", "BUS", "BUS"):
        packer.letter("Dear {{ contact.name }}", code=code)
    assert len(_kept(packer)) == 1
    service, admin = Attachments(packer.office.store, Silence(), packer.folder), _admin(packer)
    hung = [one for one in service.letters(admin) if one.letter]
    assert not any(one.letter.read_only for one in hung if one.letter)
    assert [one.code for one in hung] == ["BUS", "MAILING"]
    service.remove(admin, hung[0].template)
    assert len(_kept(packer)) == 1
    packer.letter("Another one")
    assert [row.name for row in _kept(packer)] == ["autumn.docx"]
    service.remove(admin, hung[1].template)
    assert _kept(packer) == []


def test_only_admins_see_to_letters(packer: Packer, eva: Person) -> None:
    service = Attachments(packer.office.store, Silence(), packer.folder)
    template = packer.office.template("MAILING")
    refused = service.take(eva, template, "x.docx", lambda: a_docx("x"))
    assert refused is not None
    assert "Only an admin" in refused.text
    with pytest.raises(Refusal):
        service.remove(eva, template)


def _sending(packer: Packer, logged: Logged) -> Logged:
    """Return a run as it stands before the packing, where packing is yet to be done."""
    with packer.office.store.writing() as connection:
        connection.execute(
            segment_entries.update()
            .where(segment_entries.c.logged_id == logged.id)
            .values(delivery="in_progress")
        )
    return replace(logged, send=True)


def _three(packer: Packer, person: Person) -> Any:
    return packer.segment(person, packer.people(person, 3), text="x", **HARD_COPY)


def _lacks(packer: Packer, logged: Logged, line: str) -> None:
    """Let the zip lack the file of a line: it could not be made."""
    files = packer.zip(logged)
    with zipfile.ZipFile(packer.files(logged)[0].payload["path"], "w") as archive:
        for name in (name for name in files if not name.startswith(line)):
            archive.writestr(name, files[name])


def _ends(packer: Packer, state: str) -> None:
    """Let the delivery of all files end so, and the entries be told."""
    with packer.office.store.writing() as connection:
        connection.execute(deliveries.update().values(state=state))
    Settling(packer.office.store).run()


def _admin(packer: Packer) -> Person:
    return packer.office.joins("Ada", admin=True)


def _kept(packer: Packer) -> list[Any]:
    with packer.office.store.reading() as connection:
        return list(connection.execute(select(attachments)))


def _deletes(packer: Packer, entry: int) -> None:
    """Cancel an entry and delete it for good."""
    now = packer.office.clock.now()
    canceled = {"canceled_at": now, "cancel_reason": "canceled"}
    with packer.office.store.writing() as connection:
        connection.execute(entries.update().where(entries.c.id == entry).values(**canceled))
    chosen = Selection(until=now)
    with packer.office.store.begin(packer.office.workspace) as work:
        assert work.canceled.delete(chosen, Mark(chosen.after), 10).count == 1
