"""The list of what waits, changed in place by everything that is done in it (`product.md` 5)."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from seat import Seat

from bot.domain.ids import ContactId, FormId
from bot.domain.interactions import Field
from bot.playground.messages import Message
from bot.playground.seeds import WIM
from bot.views.forms import Meta
from tests.handlers.walks import fills, logs

ZOE = "Zoë O'Connor-Ødegård"


def postpones(seat: Seat, contact: int, number: int = 1) -> None:
    """Let so many forms wait, without the screen."""
    postponed, text = seat.bot.services["postponed"], seat.bot.people.text(seat.person)
    for one in range(number):
        typed = {Field.CONTACT: contact, Field.COMMENT: f"number {one}", Field.DATE: text.today}
        form = FormId(f"{seat.workspace}-{contact}-{one}")
        postponed.autosave(seat.person, Meta(form_id=form), typed, f"0.{one:03}")
        seat.slack.workspace.shift(1)


def lists(seat: Seat) -> Message:
    """Type `/log drafts` and return the list."""
    now = replace(seat, since=seat.slack.workspace.clock.stamp())
    seat.types("/log drafts")
    return now.hears("postponed interaction")


def reads(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def test_a_snooze_says_until_when_and_is_brought_back_in_the_same_message(eva: Seat, anna: int) -> None:
    postpones(eva, anna)
    first = lists(eva)
    eva.presses_on(first, "snooze")
    snoozed = eva.hears("Snoozed until")
    assert snoozed.ts == first.ts
    assert "snoozed until" in snoozed.text
    eva.presses_on(snoozed, "bring_back")
    back = eva.hears("It waits again.")
    assert back.ts == first.ts
    assert "snoozed until" not in back.text
    (draft,) = eva.waiting()
    assert draft.snoozed_until is None


def test_a_time_is_picked(eva: Seat, anna: int) -> None:
    postpones(eva, anna)
    first = lists(eva)
    eva.presses_on(first, "snooze_to")
    eva.sees_form("Snooze")
    eva.picks_day("day", (eva.today - timedelta(days=1)).isoformat())
    assert "This moment is over" in str(eva.submits().response)
    eva.picks_day("day", (eva.today + timedelta(days=7)).isoformat())
    assert eva.submits().acked
    assert eva.hears("Snoozed until").ts == first.ts


def test_a_list_follows_what_becomes_of_a_form_that_was_resumed_from_it(eva: Seat, anna: int) -> None:
    postpones(eva, anna, 2)
    first = lists(eva)
    eva.presses_on(first, "resume")
    assert eva.holds("comment") == "number 1"
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    assert eva.submits().acked
    eva.hears("Logged:")
    followed = eva.hears("You have 1 postponed interaction")
    assert followed.ts == first.ts
    assert "number 1" not in followed.text
    eva.presses_on(eva.hears("Logged:"), "undo")
    back = eva.hears("You have 2 postponed interactions")
    assert back.ts == first.ts
    assert "number 1" in back.text
    eva.presses_on(back, "resume")
    eva.sees_form("Create interaction")


def test_a_list_follows_a_form_that_is_discarded_after_it_was_resumed(eva: Seat, anna: int) -> None:
    postpones(eva, anna, 2)
    first = lists(eva)
    eva.presses_on(first, "resume")
    eva.presses("discard")
    eva.sees_form("Discarded")
    assert eva.hears("You have 1 postponed interaction").ts == first.ts
    eva.presses("undiscard")
    assert eva.hears("You have 2 postponed interactions").ts == first.ts


def test_a_list_that_stands_no_more_tells_what_became_of_a_row(eva: Seat, anna: int) -> None:
    postpones(eva, anna, 2)
    first, second = lists(eva), lists(eva)
    eva.presses_on(first, "resume")
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    assert eva.submits().acked
    eva.hears("Logged:")
    eva.presses_on(second, "resume")
    assert eva.hears("That one has been logged meanwhile.").ts == second.ts


def test_discard_asks_first_and_is_undone_in_the_list(eva: Seat, anna: int) -> None:
    postpones(eva, anna, 2)
    first = lists(eva)
    eva.presses_on(first, "discard_ask")
    eva.sees_form("Discard")
    assert "Discard 1 interaction?" in eva.reads()
    assert len(eva.waiting()) == 2
    pressed = eva.submits().sent
    gone = eva.hears("Discarded 1 interaction.")
    assert gone.ts == first.ts
    assert len(eva.waiting()) == 1
    assert pressed is not None
    eva.acts.post.repeat_in_new_envelope(pressed)
    assert len(eva.waiting()) == 1
    pressed = eva.presses_on(gone, "take_back").sent
    assert eva.hears("the discarded draft is back").ts == first.ts
    assert pressed is not None
    assert eva.acts.post.repeat_in_new_envelope(pressed).acked
    assert len(eva.waiting()) == 2


def test_sixty_are_turned_page_by_page_and_several_discarded_at_once(eva: Seat) -> None:
    zoe = eva.knows(ZOE)
    postpones(eva, zoe, 60)
    first = lists(eva)
    assert "You have 60 postponed interactions" in first.text
    assert "Page 1 of 4" in reads(first)
    last = first
    for page in (2, 3, 4):
        eva.presses_on(last, "turn_page.1")
        eva.sees(lambda page=page: f"Page {page} of 4" in reads(eva.hears("You have 60")))
        last = eva.hears("You have 60")
    assert last.ts == first.ts
    assert "number 0" in reads(last)
    eva.presses_on(last, "discard_several")
    eva.sees_form("Discard several")
    assert "Tick what is to be discarded." in str(eva.submits().response)
    eva.ticks("box0")
    eva.ticks("box5")
    eva.submits()
    eva.sees_form("Discard")
    assert "Discard 20 interactions?" in eva.reads()
    eva.submits()
    gone = eva.hears("Discarded 20 interactions.")
    assert gone.ts == first.ts
    assert len(eva.waiting()) == 40
    eva.types("/log undo")
    eva.hears("Undone: 20 discarded drafts are back.")
    assert len(eva.waiting()) == 60


def test_the_list_is_filtered_by_company(eva: Seat, anna: int) -> None:
    kari = eva.knows("Kari Nes", company_name="De Brug NV")
    postpones(eva, anna)
    postpones(eva, kari)
    first = lists(eva)
    eva.presses_on(first, "filter_drafts")
    eva.sees_form("Filter by contact")
    found = eva.searches("fjord", "contact_filter")
    assert not any("New contact" in label for label in found)
    eva.picks("contact_filter", next(value for label, value in found.items() if "company" in label))
    eva.submits()
    some = eva.hears("You have 1 postponed interaction with Fjordbygg AS")
    assert some.ts == first.ts
    eva.presses_on(some, "postponed")
    assert eva.hears("You have 2 postponed interactions").ts == first.ts


def test_a_contact_deleted_meanwhile_leaves_the_words(eva: Seat, anna: int) -> None:
    postpones(eva, anna)
    with eva.bot.store.begin(eva.workspace) as work:
        (draft,) = work.drafts.waiting(eva.person.id)
        gone = replace(draft.form, contact=ContactId(12345))
        work.drafts.save(draft.form_id, eva.person.id, gone, None)
    said = lists(eva)
    assert "(contact deleted)" in said.text
    eva.presses_on(said, "resume")
    assert (eva.holds("contact"), eva.holds("comment")) == (None, "number 0")


def test_everything_is_done_on_app_home_too(eva: Seat, anna: int) -> None:
    postpones(eva, anna)
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "number 0" in eva.desk)
    eva.presses_at_home("snooze")
    eva.sees(lambda: "snoozed until" in eva.desk)
    eva.presses_at_home("bring_back")
    eva.sees(lambda: "snoozed until" not in eva.desk)
    eva.presses_at_home("discard_ask")
    eva.submits()
    eva.sees_form("Done")
    eva.sees(lambda: "number 0" not in eva.desk)
    eva.presses("take_back")
    eva.sees(lambda: "number 0" in eva.desk)
    assert "the discarded draft is back" in eva.reads()


def test_the_list_over_app_home_changes_in_place(eva: Seat, anna: int) -> None:
    postpones(eva, anna, 5)
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "Show all 5 postponed" in eva.desk)
    eva.presses_at_home("postponed")
    eva.sees_form("Postponed")
    eva.presses("snooze")
    eva.sees(lambda: "Snoozed until" in eva.reads())
    eva.presses("discard_ask")
    eva.sees_form("Discard")
    eva.submits()
    eva.sees_form("Postponed")
    eva.sees(lambda: "Discarded 1 interaction." in eva.reads())
    assert "You have 4 postponed interactions" in eva.reads()
    eva.presses("resume")
    eva.sees_form("Create interaction")
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    eva.submits()
    eva.hears("Logged:")
    assert eva.slack.workspace.top(eva.user) is None


def test_an_old_date_stays_until_it_is_made_today(eva: Seat, anna: int) -> None:
    fills(eva, anna, comment="asked about delivery")
    day = eva.today
    eva.crosses_out()
    quiet = eva.hears("Postponed:")
    eva.slack.workspace.shift(3 * 24 * 3600)
    eva.presses_on(quiet, "resume")
    assert eva.holds("date") == day.isoformat()
    assert "Make it today" in eva.reads()
    eva.presses("today")
    eva.sees(lambda: eva.holds("date") == eva.today.isoformat())
    assert eva.holds("comment") == "asked about delivery"
    assert "Make it today" not in eva.reads()
    assert eva.submits().acked
    eva.hears("Logged:")
    assert eva.logged()[0].entry.day == eva.today


def test_the_second_device_sees_what_was_logged(eva: Seat, anna: int) -> None:
    fills(eva, anna, comment="asked about delivery")
    eva.acts.lose(eva.user)
    eva.presses_on(lists(eva), "resume")
    eva.writes("comment", "typed on the other device")
    assert eva.submits().acked
    eva.hears("Logged:")
    form = eva.logged()[0].entry.form
    log = eva.bot.services["interactions"].log
    other = {Field.COMMENT: "typed on the first device"}
    assert log(eva.person, form, other, twin_accepted=False).ended
    assert not log(eva.person, form, {}, twin_accepted=False).ended
    assert len(eva.logged()) == 1


@pytest.mark.parametrize("way", ["log", "discard"])
def test_a_form_that_ended_elsewhere_says_so_kindly(eva: Seat, anna: int, way: str) -> None:
    fills(eva, anna, comment="asked about delivery")
    (draft,) = eva.waiting()
    if way == "log":
        typed = {Field.DATE: eva.today, Field.DESCRIPTION: "Outgoing call"}
        eva.bot.services["interactions"].log(eva.person, draft.form_id, typed, twin_accepted=True)
    else:
        eva.bot.services["postponed"].discard(eva.person, draft.form_id, None)
    eva.writes("comment", "typed later")
    eva.submits()
    eva.sees_form("Ended meanwhile")
    told = "has been logged already" if way == "log" else "was discarded meanwhile"
    assert told in eva.reads()
    assert "typed later" in eva.reads()
    eva.presses("open_entry" if way == "log" else "undiscard")
    eva.sees_form("Interaction log entry" if way == "log" else "Create interaction")
    assert len(eva.logged()) == (1 if way == "log" else 0)


def test_the_entry_leads_to_what_waits_with_its_contact(eva: Seat, anna: int) -> None:
    said = logs(eva, anna)
    postpones(eva, anna)
    eva.presses_on(said, "open_entry")
    eva.sees_form("Interaction log entry")
    eva.presses("postponed")
    eva.sees_form("Postponed")
    assert "with Anna Berg (Fjordbygg AS)" in eva.reads()
    eva.presses("resume")
    eva.sees_form("Create interaction")
    assert eva.holds("comment") == "number 0"


def test_a_salespersons_card_leads_to_his_own_only(eva: Seat, anna: int) -> None:
    postpones(eva, anna)
    eva.types("/log about me")
    card = eva.hears("Salesperson")
    assert "Postponed interactions (1)" in reads(card)
    eva.presses_on(card, "postponed")
    eva.hears("You have 1 postponed interaction")
    wim = eva.at(WIM)
    wim.types(f"/log about {eva.person.name}")
    assert "Postponed" not in reads(wim.hears("Last 30 days"))


def test_an_ambiguous_line_waits_once_and_goes_when_it_is_answered(eva: Seat, anna: int) -> None:
    other = eva.knows("Anna Bergmans", company_name="De Brug NV")
    eva.types("/log call Anna 15m agreed the price list")
    question = eva.hears("Which Anna")
    (draft,) = eva.waiting()
    assert draft.form.comment == "agreed the price list"
    assert "agreed the price list" in lists(eva).text
    pressed = eva.presses_on(question, "choose_contact.0").sent
    eva.hears("Logged:")
    assert pressed is not None
    eva.acts.post.repeat_in_new_envelope(pressed)
    assert eva.waiting() == []
    assert len(eva.logged()) == 1
    assert eva.logged()[0].entry.contact in (anna, other)


def test_a_line_about_nobody_waits_too(eva: Seat, anna: int) -> None:
    eva.types("/log call Qwertz asked about delivery")
    eva.hears("nobody")
    said = lists(eva)
    assert "(no contact yet)" in said.text
    eva.presses_on(said, "resume")
    eva.picks("contact", str(anna))
    eva.sees(lambda: eva.waiting()[0].form.contact == anna)
    assert eva.submits().acked
    eva.hears("Logged:")
    assert eva.waiting() == []
