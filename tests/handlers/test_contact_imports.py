"""Importing contacts in Slack: a file in the direct message, the form, and the way back."""

from seat import Seat

from bot.playground.places import Place
from bot.playground.seeds import ADA

SHEET = b"Name;E-Mail;Shoe Size\nAnna Berg;anna@fjordbygg.no;38\nZo\xc3\xab;no address;41\n"


def sends(seat: Seat, name: str, content: bytes) -> None:
    file = seat.acts.upload(seat.user, name, content, "text/csv")
    channel = seat.slack.workspace.directory.direct(seat.user).id
    seat.acts.say(seat.user, channel, "", (file,))


def attaches(seat: Seat, name: str, content: bytes) -> None:
    file = seat.acts.upload(seat.user, name, content, "text/csv")
    seat.acts.attach(seat.user, Place.view(seat.view.id), "sheet", "field", (file,))


def test_a_list_sent_to_the_direct_message_is_imported_and_taken_back(eva: Seat) -> None:
    ada = eva.at(ADA)
    sends(ada, "contacts.csv", SHEET)
    found = ada.hears("1 new, 0 changed, 0 unchanged, 1 faulty")
    assert "Ignored: Shoe Size" in found.text
    ada.presses_on(found, "import_file")
    assert ada.hears("✓ Imported contacts.csv.").ts == found.ts
    ada.sees(lambda: any(one.files for one in ada.messages()))
    ada.types("/contact import")
    ada.sees_form("Import contacts")
    assert "1 new, 0 changed" in ada.reads()
    ada.presses("revert_import")
    ada.hears("1 contact was deleted")
    ada.leaves()


def test_the_form_takes_a_list_too_and_nobody_but_admins_imports(eva: Seat) -> None:
    ada = eva.at(ADA)
    ada.types("/contact import")
    ada.sees_form("Import contacts")
    attaches(ada, "letter.docx", b"PK")
    assert "letter.docx is no list" in str(ada.submits().response)
    attaches(ada, "contacts.csv", SHEET)
    assert ada.submits().acked
    assert "is being looked through" in ada.reads()
    found = ada.hears("1 new, 0 changed")
    ada.leaves()
    ada.presses_on(found, "forget_file")
    ada.hears("contacts.csv is forgotten.")
    eva.types("/contact import")
    eva.hears("Only an admin can import contacts")
    sends(eva, "song.mp3", b"ID3")
    eva.hears("I can't read song.mp3.")
