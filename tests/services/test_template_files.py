"""Files of templates and of their languages: any kind, shown, taken off, had by what is logged (`domain.md` 1.1)."""

from dataclasses import replace
from pathlib import Path

import pytest
from looking import look
from office import Office, Silence

from bot.domain.contacts import match_key, search_text
from bot.domain.documents import DocumentType
from bot.domain.ids import ContactId, SlackTeam, TemplateId
from bot.domain.interactions import Translation
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.attachments import Attachments
from storage.attachments import Attachments as Rows

OFFER, TILBUD = b"Forty chairs", b"Forti stoler"


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


@pytest.fixture
def mailing(office: Office) -> TemplateId:
    template = office.template("MAILING")
    with office.store.begin(office.workspace) as work:
        work.templates.translate(template, Translation(language="nb", description="Utsendelse"))
    return template


@pytest.fixture
def files(office: Office, tmp_path: Path) -> Attachments:
    return Attachments(office.store, Silence(), tmp_path / "exports", look)


def speaks(office: Office, ada: Person, language: str) -> ContactId:
    """Make a contact with this language."""
    contact = office.contacts.get(ada, office.knows(ada, f"Anna Berg {language}"))
    with office.store.begin(office.workspace) as work:
        after = replace(contact, language=language)
        work.contacts.change(after, search_text(after), match_key(after))
    return contact.id


def test_what_is_logged_has_the_file_of_its_language(
    office: Office, files: Attachments, ada: Person, mailing: TemplateId
) -> None:
    assert files.take(ada, mailing, "offer.txt", lambda: OFFER) is None
    assert files.take(ada, mailing, "tilbud.txt", lambda: TILBUD, "nb") is None
    names = []
    for language in ("nb", "de", ""):
        entry = office.logs(ada, speaks(office, ada, language), template=mailing)
        with office.store.read(office.workspace) as work:
            attached = Rows(work.access).of_entry(entry)
        assert attached is not None
        names.append(attached.name)
    assert names == ["tilbud.txt", "offer.txt", "offer.txt"]
    files.remove(ada, mailing, "nb")
    assert files.letter_of(ada, mailing, "nb").letter is None
    with pytest.raises(Refusal, match="no attachment any more"):
        files.show(ada, mailing, "nb")
    files.show(ada, mailing)


def test_what_records_documents_has_none(
    office: Office, files: Attachments, ada: Person, mailing: TemplateId
) -> None:
    with office.store.begin(office.workspace) as work:
        work.template_setup.put(DocumentType.SALES_INVOICE, mailing)
    refused = files.take(ada, mailing, "offer.txt", lambda: OFFER)
    assert refused is not None
    assert refused.text.startswith("This template records")


def test_another_workspace_sees_nothing_of_a_file(
    office: Office, files: Attachments, ada: Person, mailing: TemplateId
) -> None:
    files.take(ada, mailing, "offer.txt", lambda: OFFER)
    letter = files.letter_of(ada, mailing).letter
    assert letter is not None
    other = Office(office.store, office.clock, SlackTeam("T0SOUTH"))
    with office.store.begin(other.workspace) as work:
        rows = Rows(work.access)
        assert (rows.get(letter.id), rows.enclosure(letter.id), rows.sizes([letter.id])) == (None, None, {})
        assert rows.drop_unused([letter.id]) == 0
        assert rows.put("offer.txt", "text/plain", OFFER) != letter.id
        rows.condemn_unused()
    assert files.letter_of(ada, mailing).letter is not None
