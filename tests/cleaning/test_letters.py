"""An admin attaches a Word letter to an interaction template through Slack."""

import io
import zipfile

import pytest
from docxes import a_docx, packed, parts, read
from office import Office
from running import Running
from seat import Seat

from bot.clock import SystemClock
from bot.domain.ids import ContactId, SlackTeam
from bot.domain.interactions import Correspondence
from bot.playground.places import Place
from bot.playground.post import Outcome
from bot.services.segment_runs import Order

LETTER = a_docx("Dear {{ contact.name }}")


@pytest.fixture
def letters(ada: Seat) -> Seat:
    """Ada, before the page **Attachments**."""
    ada.types("/log setup")
    ada.sees_form("Setup")
    ada.presses("letters")
    ada.sees_form("Attachments")
    return ada


def uploads(ada: Seat, content: bytes, name: str = "autumn.docx") -> Outcome:
    """Choose a file in the open form, and submit."""
    ada.sees_form("Attach file")
    file = ada.acts.upload(ada.user, name, content, "application/octet-stream")
    ada.acts.attach(ada.user, Place.view(ada.view.id), "letter", "field", (file,))
    outcome = ada.submits()
    assert outcome.acked
    return outcome


def is_told(ada: Seat, words: str, content: bytes, name: str = "autumn.docx") -> None:
    """See the words at the field, or in the form that came back where looking took long."""
    outcome = uploads(ada, content, name)
    ada.sees(lambda: any(words in said for said in (*outcome.errors.values(), ada.reads())))


def files(ada: Seat) -> list[bytes]:
    workspace = ada.slack.workspace
    seen = workspace.seen_by(ada.user, workspace.directory.direct(ada.user).id)
    return [workspace.files.file(one).content for message in seen for one in message.files]


def test_a_letter_is_attached_shown_and_removed(letters: Seat) -> None:
    ada = letters
    ada.presses("attach")
    uploads(ada, LETTER)
    ada.sees(lambda: "autumn.docx belongs to" in ada.reads())
    ada.leaves()
    ada.sees(lambda: f"autumn.docx, {len(LETTER) // 1000} kB" in ada.reads())
    ada.presses("show_letter")
    ada.sees(lambda: files(ada) == [LETTER])
    ada.sees(lambda: "comes into your direct message" in ada.reads())
    ada.leaves()
    ada.presses("remove_letter")
    ada.sees(lambda: "autumn.docx" not in ada.reads())


def test_a_faulty_letter_is_refused_where_it_was_chosen_and_can_be_mended(letters: Seat) -> None:
    ada = letters
    ada.presses("attach")
    misspelt = a_docx("Nordvik AS", "Dear {{ contact.nmae }}")
    is_told(ada, "Text, paragraph 2 (“Dear {{ contact.nmae }}”)", misspelt)
    is_told(ada, "Did you mean contact.name?", misspelt)
    is_told(ada, "The file holds macros", packed(parts() | {"word/vbaProject.bin": b"x"}))
    is_told(ada, "save it as .docx", LETTER, "autumn.doc")
    uploads(ada, LETTER)
    ada.sees(lambda: "autumn.docx belongs to" in ada.reads())


def test_where_looking_takes_long_the_form_comes_back_with_what_is_wrong(letters: Seat) -> None:
    ada = letters
    ada.presses("attach")
    ada.slack.faults.slow(2.5, "files.info")
    outcome = uploads(ada, packed(parts() | {"word/vbaProject.bin": b"x"}))
    assert not outcome.errors
    assert "Looking at the file…" in ada.reads()
    ada.sees(lambda: "The file holds macros" in ada.reads())
    uploads(ada, LETTER)
    ada.sees(lambda: "autumn.docx belongs to" in ada.reads())


def test_the_letters_of_a_segment_come_into_the_direct_message(letters: Seat, eva: Seat) -> None:
    letters.presses("attach")
    uploads(letters, LETTER)
    letters.sees(lambda: "autumn.docx belongs to" in letters.reads())
    template = str(letters.view.spec["blocks"][0]).partition("“")[2].partition("”")[0]
    bot = eva.bot
    office = Office(bot.store, SystemClock(), SlackTeam(eva.slack.workspace.team.id))
    with bot.store.read(eva.workspace) as work:
        chosen = next(one for one in work.templates.active() if one.description == template)
    segment = Running(office).segment(
        eva.person,
        [ContactId(eva.knows(name)) for name in ("Anna Berg", "Zoë O'Connor-Ødegård")],
        template=chosen.id,
        correspondence=Correspondence.HARD_COPY,
        ignore_contact=True,
    )
    bot.services["runs"].start(eva.person, segment.id, Order(key="e", send=True))
    eva.sees(lambda: files(eva))
    with zipfile.ZipFile(io.BytesIO(files(eva)[0])) as archive:
        said = {name: read(archive.read(name)) for name in archive.namelist()}
    assert said == {
        "00001-anna-berg.docx": ["Dear Anna Berg"],
        "00002-zoe-oconnor-odegard.docx": ["Dear Zoë O'Connor-Ødegård"],
    }


def test_a_large_file_is_not_read_to_its_end(letters: Seat) -> None:
    letters.presses("attach")
    is_told(letters, "larger than 5 MB", LETTER + b"x" * 6_000_000)


def test_while_slack_does_not_hand_the_file_over_the_form_waits(letters: Seat) -> None:
    letters.presses("attach")
    letters.slack.faults.broken("files.info")
    is_told(letters, "Slack does not answer right now", LETTER)
    uploads(letters, LETTER)
    letters.sees(lambda: "autumn.docx belongs to" in letters.reads())
