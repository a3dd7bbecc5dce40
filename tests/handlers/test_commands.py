"""/log and its words, and the shortcuts (`product.md` 3)."""

import time
from typing import Any

import pytest
from seat import Seat

from bot.domain.contacts import ContactType
from bot.domain.operations import ItemKind
from bot.playground.messages import Message
from bot.playground.seeds import MAX, SALES, WIM
from bot.services.forms import Forms
from tests.handlers.walks import LABELS, blocks, logs


def says(seat: Seat, words: str) -> Message:
    """Somebody writes in the channel."""
    seat.acts.say(seat.user, SALES, words)
    return seat.slack.workspace.messages.history(SALES)[-1]


def test_again_opens_the_form_as_last_time_without_text(eva: Seat, anna: int) -> None:
    logs(eva, anna, "Incoming call", "asked for the price list")
    eva.types("/log again")
    held = [eva.holds(name) for name in ("contact", "description", "comment")]
    assert held == [str(anna), "Incoming call", None]
    assert eva.holds("template") == eva.options("template")["Incoming call"]


def test_again_without_a_last_time_says_how_to_begin(eva: Seat) -> None:
    eva.types("/log again")
    eva.hears("You have logged nothing yet. Start with /log.")


@pytest.mark.parametrize("line", ["/log help", "/log ?", "/log HELP"])
def test_help_answers_privately_with_examples(eva: Seat, line: str) -> None:
    eva.types(line)
    said = eva.hears("Log an interaction")
    assert said.is_ephemeral
    assert "/log call Anna 15m positive agreed the price list !fri" in said.text


def test_drafts_says_what_waits(eva: Seat) -> None:
    eva.types("/log drafts")
    eva.hears("Nothing is waiting")


@pytest.mark.parametrize("words", ["anna", "Anna Berg", "anna fjord"])
def test_about_a_contact_shows_the_card(eva: Seat, anna: int, words: str) -> None:
    logs(eva, anna, comment="Agreed the price list")
    eva.types(f"/log about {words}")
    assert "Agreed the price list" in eva.hears("Last interactions").text


def test_about_a_salesperson_shows_figures_and_entries(eva: Seat, anna: int) -> None:
    logs(eva, anna)
    eva.types("/log about @eva")
    said = eva.hears("Last 30 days: 1 interaction with 1 contact")
    eva.presses_on(said, "log_person")
    assert eva.labels() == LABELS


def test_about_a_colleague_offers_no_logging_for_him(eva: Seat) -> None:
    wim = eva.at(WIM)
    wim.types("/log help")
    wim.hears("Log an interaction")
    eva.types("/log about @wim")
    said = eva.hears("Wim Peeters")
    assert "log_person" not in str(said.blocks)


def test_about_a_name_that_several_bear_asks_which(eva: Seat) -> None:
    eva.knows("Eva Berg", company_name="Fjordbygg AS")
    assert eva.person.name.startswith("Eva")
    eva.types("/log about eva")
    asked = eva.hears("Which “eva”?")
    assert "Eva Berg · Fjordbygg AS (person)" in asked.text
    eva.presses_on(asked, "show_person.0")
    eva.hears("Last 30 days: 0 interactions")


def test_a_manager_logs_for_his_salesperson_from_the_card_and_history_names_both(
    eva: Seat, anna: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the database is slow to keep the form, and he quick to choose in it."""
    remember = Forms.remember

    def slowly(*told: Any) -> None:
        time.sleep(0.3)
        remember(*told)

    monkeypatch.setattr(Forms, "remember", slowly)
    max_, hers, his = eva.at(MAX), eva.person.id, eva.at(MAX).person.id
    with eva.bot.store.begin(eva.workspace) as work:
        north = work.people.add_team("North")
        work.teams.move(frozenset({hers}), north)
        work.teams.let_manage(north, frozenset({his}))
    max_.types("/log about @eva")
    card = max_.hears("Team North · manager: Max Aubert")
    max_.presses_on(card, "log_person")
    max_.chooses("template", "Outgoing call")
    max_.sees(lambda: max_.holds("description"))
    max_.picks("contact", str(anna))
    assert max_.submits().acked
    max_.hears("Logged: Outgoing call")
    (listed,) = max_.logged()
    assert (listed.entry.salesperson, listed.entry.logged_by) == (hers, his)
    with eva.bot.store.read(eva.workspace) as work:
        lines = work.history.of(ItemKind.ENTRY, listed.entry.id)
    assert {(line.field, line.actor_id, line.new) for line in lines} >= {("salesperson", his, str(hers))}


def test_about_a_member_who_never_came(eva: Seat) -> None:
    eva.types("/log about @max")
    eva.hears("This member has not used Saleslog yet.")


def test_about_nobody_offers_to_make_one(eva: Seat) -> None:
    eva.types("/log about xylofon")
    eva.presses_on(eva.hears("I found nobody for “xylofon”."), "new_contact")
    assert eva.holds("name") == "xylofon"


def test_a_quick_log_with_a_blocked_contact_is_refused_and_kept(eva: Seat, anna: int) -> None:
    blocks(eva, anna)
    eva.types("/log call Anna agreed the price list")
    said = eva.hears("Anna Berg asked not to be recorded")
    assert eva.logged() == []
    eva.presses_on(said, "discard_draft")
    assert eva.waiting() == []


def test_a_chosen_contact_who_is_blocked_is_refused(eva: Seat, anna: int) -> None:
    other = eva.knows("Anna Bergmans", company_name="De Brug NV")
    eva.types("/log call Anna agreed the price list")
    question = eva.hears("Which Anna?")
    blocks(eva, anna)
    blocks(eva, other)
    eva.presses_on(question, "choose_contact.0")
    eva.hears("asked not to be recorded")
    assert eva.logged() == []


def test_the_global_shortcut_opens_the_form_and_answers_in_the_direct_message(eva: Seat, anna: int) -> None:
    eva.acts.global_shortcut(eva.user, "log_interaction")
    eva.picks("contact", str(anna))
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    assert eva.submits().acked
    assert eva.hears("Logged:").channel == eva.slack.workspace.directory.direct(eva.user).id


def test_the_message_shortcut_brings_words_link_and_contact(eva: Seat, anna: int) -> None:
    message = says(eva.at(WIM), "Anna Berg wants forty more, says Fjordbygg")
    eva.acts.message_shortcut(eva.user, "log_message", SALES, message.ts)
    assert eva.holds("contact") == str(anna)
    comment = eva.holds("comment")
    assert comment.startswith("Anna Berg wants forty more, says Fjordbygg\nFrom Slack: http")


def test_the_message_shortcut_guesses_a_company_and_reads_the_text_as_it_was_typed(eva: Seat) -> None:
    company = eva.knows("Brus & Vin AS", type=ContactType.COMPANY)
    message = says(eva, "Met Brus &amp; Vin AS &lt;today&gt;, <#C1|sales> knows")
    eva.acts.message_shortcut(eva.user, "log_message", SALES, message.ts)
    assert eva.holds("contact") == str(company)
    assert eva.holds("comment").startswith("Met Brus & Vin AS <today>, #sales knows")


def test_the_message_shortcut_guesses_by_e_mail(eva: Seat) -> None:
    zoe = eva.knows("Zoë Claes", email="zoe@debrug.example")
    message = says(eva, "mail from zoe@debrug.example: they want a quote")
    eva.acts.message_shortcut(eva.user, "log_message", SALES, message.ts)
    assert eva.holds("contact") == str(zoe)


def test_the_message_shortcut_never_guesses_a_blocked_contact(eva: Seat, anna: int) -> None:
    blocks(eva, anna)
    message = says(eva, "Anna Berg wants forty more")
    eva.acts.message_shortcut(eva.user, "log_message", SALES, message.ts)
    assert eva.holds("contact") is None
    assert "forty more" in eva.holds("comment")


def test_a_prefilled_message_is_kept_by_postpone_though_untouched(eva: Seat) -> None:
    message = says(eva, "they want a quote")
    eva.acts.message_shortcut(eva.user, "log_message", SALES, message.ts)
    eva.leaves()
    eva.hears("Postponed:")
    assert "they want a quote" in eva.waiting()[0].form.comment


def test_a_line_repeated_by_slack_logs_once(eva: Seat) -> None:
    eva.knows("Fjordbygg AS", type=ContactType.COMPANY)
    sent = eva.types("/log call Fjordbygg hello").sent
    assert sent is not None
    eva.acts.post.repeat(sent)
    eva.acts.post.repeat_in_new_envelope(sent)
    eva.hears("Logged:")
    assert len(eva.logged()) == 1
