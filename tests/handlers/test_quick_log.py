"""Quick log through the real bot (`product.md` 3.1)."""

from seat import Seat

from bot.domain.contacts import ContactType


def test_one_line_is_logged_and_told(eva: Seat) -> None:
    eva.knows("Anna Berg", company_name="Fjordbygg AS")
    assert eva.types("/log call Anna 15m positive agreed the price list !fri").acked
    said = eva.hears("Outgoing call · Anna Berg (Fjordbygg AS)")
    for part in ("15 min", "Positive", "follow-up", "agreed the price list"):
        assert part in said.text
    assert eva.presses_on(said, "undo").acked
    eva.hears("Undone")


def test_an_ambiguous_name_is_asked_about_and_nothing_typed_is_lost(eva: Seat) -> None:
    eva.knows("Anna Berg", company_name="Fjordbygg AS")
    eva.knows("Anna Bergmans", company_name="De Brug NV")
    eva.types("/log call Anna 15m positive agreed the price list")
    question = eva.hears("Which Anna?")
    assert "agreed the price list" in question.text
    eva.presses_on(question, "choose_contact.1")
    eva.hears("Anna Bergmans (De Brug NV)")


def test_a_surname_that_nobody_has_is_asked_about(eva: Seat) -> None:
    eva.knows("Kari Hansen")
    eva.types("/log call Kari Xenos 15m positive agreed the price list")
    question = eva.hears("I found nobody called")
    assert "Kari Xenos" in question.text
    assert eva.logged() == []
    eva.presses_on(question, "choose_contact.0")
    said = eva.hears("Logged: Outgoing call · Kari Hansen")
    assert "15 min · Positive · “agreed the price list”" in said.text


def test_nobody_by_that_name_opens_the_way_to_the_form(eva: Seat) -> None:
    eva.knows("Anna Berg")
    eva.types("/log call Xylofon 15m asked for the price list")
    question = eva.hears("I found nobody called")
    eva.presses_on(question, "resume")
    assert "asked for the price list" in str(eva.view.values)


def test_an_unknown_kind_opens_the_form_with_everything_typed(eva: Seat) -> None:
    eva.types("/log frobnicate the price list")
    assert "frobnicate the price list" in str(eva.view.values)
    eva.hears("I did not recognise")


def test_the_same_line_twice_asks_whether_to_add_it_anyway(eva: Seat) -> None:
    eva.knows("Fjordbygg AS", type=ContactType.COMPANY)
    eva.types("/log call Fjordbygg hello")
    eva.hears("Logged: Outgoing call · Fjordbygg AS")
    eva.types("/log call Fjordbygg hello")
    question = eva.hears("Add anyway?")
    eva.presses_on(question, "quick_anyway")
    assert eva.slack.workspace.wait_for(lambda: sum("Logged:" in text for text in eva.said()) == 2)
