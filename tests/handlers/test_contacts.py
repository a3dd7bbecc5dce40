"""/contact: cards, new ones, editing (`product.md` 3, 11)."""

from dataclasses import replace

from seat import Seat

from bot.domain.contacts import ContactType
from bot.playground.seeds import ADA, WIM
from tests.handlers.walks import blocks, logs


def test_one_hit_shows_the_card(eva: Seat, anna: int) -> None:
    logs(eva, anna, comment="Agreed the price list")
    eva.types("/contact anna")
    card = eva.hears("Last interactions")
    for words in ("Anna Berg", "Fjordbygg AS", "Bergen", "Agreed the price list", "Salesperson: Eva"):
        assert words in card.text
    eva.presses_on(card, "postponed")
    eva.hears("Nothing is waiting")


def test_several_hits_are_listed_and_opened(eva: Seat, anna: int) -> None:
    eva.knows("Anna Bergmans", company_name="De Brug NV")
    eva.types("/contact anna")
    found = eva.hears("These fit “anna”:")
    assert "Anna Bergmans · De Brug NV (person)" in found.text
    eva.presses_on(found, "show_contact")
    eva.hears("No interactions yet.")


def test_without_words_the_latest_contacts_are_listed(eva: Seat, anna: int) -> None:
    eva.knows("Bob Dahl")
    eva.types("/contact")
    eva.hears("Your latest contacts:")


def test_no_hit_offers_to_make_one(eva: Seat) -> None:
    eva.types("/contact Kari Nes")
    eva.presses_on(eva.hears("I found nobody for “Kari Nes”."), "new_contact")
    assert eva.holds("name") == "Kari Nes"


def test_help(eva: Seat) -> None:
    eva.types("/contact help")
    eva.hears("finds contacts by name, company, e-mail or city")


def test_a_contact_with_a_difficult_name_is_made_and_found(eva: Seat) -> None:
    eva.types("/contact new Zoë O'Connor-Ødegård")
    assert eva.holds("name") == "Zoë O'Connor-Ødegård"
    assert eva.labels() == [
        "Type",
        "Name",
        "Company",
        "Job title",
        "E-mail",
        "Phone",
        "Mobile phone",
        "City",
    ]
    eva.writes("company_name", "De Brug NV")
    eva.writes("email", "Zoe@DeBrug.example")
    assert eva.submits().acked
    eva.hears("Zoë O'Connor-Ødegård")
    for words in ("oconnor", "o'connor", "odegard", "zoe@debrug", "zoe brug"):
        assert [one.name for one in eva.bot.services["contacts"].find(eva.person, words)][:1] == [
            "Zoë O'Connor-Ødegård"
        ], words


def test_a_company_is_made_by_its_type(eva: Seat) -> None:
    eva.types("/contact new Nordlys AS")
    eva.chooses("type", "Company")
    assert eva.submits().acked
    eva.hears("Nordlys AS · Company")
    (made,) = eva.bot.services["contacts"].find(eva.person, "nordlys")
    assert made.type is ContactType.COMPANY


def test_a_faulty_contact_is_refused_at_its_field(eva: Seat) -> None:
    eva.types("/contact new Anna")
    eva.writes("email", "anna at fjordbygg")
    eva.writes("name", "x" * 101)
    errors = eva.submits().errors
    assert errors == {
        "name": "At most 100 characters.",
        "email": "Write an address as in anna@fjordbygg.no, or leave it empty.",
    }


def test_the_same_form_twice_makes_one_contact(eva: Seat) -> None:
    eva.types("/contact new Kari Nes")
    sent = eva.submits().sent
    assert sent is not None
    eva.acts.post.repeat_in_new_envelope(sent)
    assert len(eva.bot.services["contacts"].find(eva.person, "kari nes")) == 1


def test_every_field_of_a_contact_is_edited(eva: Seat, anna: int) -> None:
    eva.types("/contact anna")
    eva.presses_on(eva.hears("Anna Berg"), "edit_contact")
    for field, words in {"name": "Anna Dahl", "company_name": "De Brug NV", "city": "Oslo"}.items():
        eva.writes(field, words)
    eva.ticks("exclude_from_segment")
    assert eva.submits().acked
    changed = eva.bot.services["contacts"].get(eva.person, anna)
    assert (changed.name, changed.company_name, changed.city) == ("Anna Dahl", "De Brug NV", "Oslo")
    assert changed.exclude_from_segment
    assert [one.id for one in eva.bot.services["contacts"].find(eva.person, "dahl oslo")] == [anna]


def test_the_second_of_two_editors_sees_what_changed(eva: Seat, anna: int) -> None:
    eva.types("/contact anna")
    eva.presses_on(eva.hears("Anna Berg"), "edit_contact")
    wim = eva.at(WIM)
    wim.types("/contact anna")
    wim.presses_on(wim.hears("Anna Berg"), "edit_contact")
    wim.writes("city", "Oslo")
    wim.writes("phone", "+47 22 33 44 55")
    assert wim.submits().acked
    wim.sees(lambda: eva.bot.services["contacts"].get(eva.person, anna).city == "Oslo")
    eva.writes("city", "Antwerpen")
    (words,) = eva.submits().errors.values()
    assert words == (
        "Somebody changed this contact meanwhile: Phone: – → +47 22 33 44 55, City: Bergen → Oslo."
        " Open it again."
    )
    assert eva.bot.services["contacts"].get(eva.person, anna).city == "Oslo"


def test_only_an_admin_lifts_the_privacy_block(eva: Seat, anna: int) -> None:
    blocks(eva, anna)
    for seat, refused in ((eva, True), (eva.at(ADA), False)):
        seat.types("/contact anna")
        card = seat.hears("Privacy blocked: nothing can be logged")
        assert "log_contact" not in str(card.blocks)
        seat.presses_on(card, "edit_contact")
        seat.ticks_off("privacy_blocked")
        assert bool(seat.submits().errors) is refused
    assert not eva.bot.services["contacts"].get(eva.person, anna).privacy_blocked


def test_a_card_from_before_a_block_opens_no_form(eva: Seat, anna: int) -> None:
    eva.types("/contact anna")
    card = eva.hears("Anna Berg")
    blocks(eva, anna)
    eva.presses_on(card, "log_contact")
    eva.hears("Anna Berg asked not to be recorded. Choose somebody else.")
    assert eva.slack.workspace.top(eva.user) is None


def test_a_company_that_is_blocked_blocks_its_people(eva: Seat, anna: int) -> None:
    company = eva.bot.services["contacts"].get(eva.person, anna).company
    blocks(eva, company)
    eva.types("/contact anna berg")
    card = eva.hears("Anna Berg")
    assert "log_contact" not in str(card.blocks)


def test_a_contact_deleted_meanwhile_is_said_to_be_gone(eva: Seat, anna: int) -> None:
    eva.types("/contact anna")
    card = eva.hears("Anna Berg")
    sent = eva.presses_on(card, "edit_contact").sent
    assert sent is not None
    payload = {**sent.payload, "actions": [{**sent.payload["actions"][0], "value": "1"}]}
    eva.acts.post.repeat_in_new_envelope(replace(sent, payload=payload))
    eva.hears("This contact has been deleted meanwhile.")
