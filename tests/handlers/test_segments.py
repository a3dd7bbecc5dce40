"""/segment: made, shown, filled, given an interaction (`product.md` 8)."""

from seat import Seat

from bot.domain.letters import FIELDS
from tests.handlers.test_home import opens


def test_a_segment_is_made_and_stands_in_the_direct_message(eva: Seat, anna: int) -> None:
    eva.types("/segment new Autumn mailing")
    assert eva.holds("description") == "Autumn mailing"
    eva.chooses("template", "E-mail · Mailing")
    eva.submits()
    eva.hears("SEG0001 · Autumn mailing stands in our direct message.")
    message = eva.hears("Mailing · Eva")
    for words in ("SEG0001 · Autumn mailing", "0 contacts", "Mailing", "No contacts yet."):
        assert words in message.text
    eva.presses_on(message, "segment_add")
    eva.picks("segment_contact", str(anna))
    eva.submits()
    eva.hears("1 contact")
    eva.hears("Built by: + Anna Berg (Fjordbygg AS)")


def test_the_template_brings_its_values_into_the_open_form(eva: Seat) -> None:
    eva.types("/segment new")
    eva.chooses("template", "E-mail · E-mail")
    eva.sees(lambda: eva.holds("duration") == "10")
    assert eva.holds("description") == "E-mail"
    assert eva.holds("flow") == "outbound"


def test_nobody_is_added_twice(eva: Seat, anna: int) -> None:
    eva.types("/segment new Calls")
    eva.submits()
    message = eva.hears("0 contacts")
    for _ in range(2):
        eva.presses_on(message, "segment_add")
        eva.picks("segment_contact", str(anna))
        answer = eva.submits()
    assert answer.errors == {"segment_contact": "This contact is in already. Choose another one, or close."}


def test_the_list_opens_a_segment_and_an_unknown_number_shows_the_list(eva: Seat) -> None:
    eva.types("/segment")
    eva.hears("No segment is in work.")
    eva.types("/segment new Calls")
    eva.submits()
    eva.hears("0 contacts")
    eva.types("/segment SEG0099")
    eva.presses_on(eva.hears("I found no segment “SEG0099”."), "open_segment")
    eva.hears("SEG0001 · Calls stands in our direct message.")


def test_app_home_shows_the_segments_in_work(eva: Seat) -> None:
    opens(eva)
    assert "All segments" not in eva.desk
    eva.types("/segment new Calls")
    eva.submits()
    eva.sees(lambda: "SEG0001 · Calls · 0 contacts" in eva.desk)
    eva.presses_at_home("segments")
    eva.hears("Segments in work")


def test_a_deleted_segment_is_gone(eva: Seat) -> None:
    eva.types("/segment new Calls")
    eva.submits()
    eva.presses_on(eva.hears("0 contacts"), "delete_segment")
    eva.hears("SEG0001 · Calls was deleted.")
    eva.types("/segment seg0001")
    eva.hears("I found no segment")


def test_a_mistyped_field_is_told_in_the_headers_form(eva: Seat) -> None:
    eva.types("/segment new Autumn mailing")
    eva.writes("segment_text", "Dear {{ contact.frist_name }},")
    answer = eva.submits()
    assert answer.errors == {
        "segment_text": "{{ contact.frist_name }} is not a field. Did you mean contact.first_name?"
    }


def test_help_lists_the_fields_of_a_text(eva: Seat) -> None:
    eva.types("/segment help")
    said = eva.hears("A text may have fields")
    assert all(f"`{field}`" in said.text for field in FIELDS)
    assert "`{{ contact.name }}`" in said.text
