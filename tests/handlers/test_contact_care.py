"""Admins merge, delete, export and erase contacts in Slack (`product.md` 11)."""

from seat import Seat

from bot.domain.ids import ContactId
from bot.playground.seeds import ADA
from tests.handlers.walks import logs


def test_an_admin_merges_two_contacts_and_undoes_it(eva: Seat, anna: int) -> None:
    ada, anne = eva.at(ADA), eva.knows("Anne Bergh")
    logs(eva, anne, comment="Agreed")
    number = eva.bot.services["contacts"].get(eva.person, ContactId(anne)).number
    ada.types("/contact anna berg")
    ada.presses_on(ada.hears("Anna Berg"), "merge_contact")
    ada.picks("merge_other", str(anne))
    assert ada.submits().acked
    assert "Which one stays?" in ada.reads()
    ada.picks("survivor", str(anna))
    assert ada.submits().acked
    told = ada.hears("is one with Anna Berg")
    ada.types(f"/contact {number}")
    ada.hears("Agreed")
    ada.presses_on(told, "undo")
    ada.hears("Undone: Anne Bergh")
    eva.types(f"/contact {number}")
    eva.hears("Anne Bergh")


def test_an_admin_erases_a_person_by_typing_the_number(eva: Seat, anna: int) -> None:
    ada = eva.at(ADA)
    logs(eva, anna, comment="A secret")
    eva.types("/contact anna")
    assert "erase_person" not in str(eva.hears("A secret").blocks)
    ada.types("/contact anna")
    card = ada.hears("A secret")
    ada.presses_on(card, "export_person")
    ada.hears("comes into our conversation as a file")
    ada.presses_on(card, "erase_person")
    ada.writes("number_again", "nonsense")
    assert "the number of this contact" in str(ada.submits().errors)
    number = eva.bot.services["contacts"].get(eva.person, ContactId(anna)).number
    ada.writes("number_again", number)
    assert ada.submits().acked
    ada.hears("The person was erased")
    (entry,) = eva.logged()
    assert (entry.entry.comment, entry.contact_name[:13]) == ("", "Erased person")
