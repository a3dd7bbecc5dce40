"""The interaction log: listed, turned, evaluated, canceled, reinstated (`product.md` 7; screens)."""

from collections.abc import Sequence
from dataclasses import replace

from seat import Seat
from sqlalchemy import delete

from bot.domain.ids import ContactId, EntryId, FormId
from bot.domain.interactions import Evaluation, Form
from bot.domain.people import Person, Role
from bot.playground.messages import Message
from bot.playground.places import Place
from bot.playground.seeds import MAX, WIM
from bot.services.interactions import Submission
from storage.tables.entry_words import entry_words
from storage.tables.interactions import entries, entry_comments, history

LIST = "Interaction log entries"


def writes_down(seat: Seat, contact: int, count: int) -> list[EntryId]:
    """Log interactions without any form; return them newest first."""
    services, person = seat.bot.services, seat.person
    with seat.bot.store.begin(seat.workspace) as work:
        template = next(one for one in work.templates.active() if one.code == "OUTGOING")
        made = []
        for number in range(count):
            form = Form(
                contact=ContactId(contact),
                template=template.id,
                description=f"Call no. {number}",
                day=seat.today,
                salesperson=person.id,
            )
            form_id = FormId(f"form{number}{seat.user}")
            submission = Submission(form_id=form_id, form=form, twin_accepted=True)
            made.append(services["interactions"].written(work, person, submission).entry)
            work.deliveries.withdraw(form_id)
    return made[::-1]


def lists(seat: Seat) -> Message:
    seat.types("/log list")
    return seat.hears(LIST)


def rows(message: Message) -> list[str]:
    return [block["text"]["text"] for block in message.blocks if block["type"] == "section"]


def row_choice(seat: Seat, message: Message, entry: EntryId, action: str) -> None:
    """Choose something in the ⋯ menu of one row."""
    place = Place.message(message.channel, message.ts)
    block = next(one for one in message.blocks if str(entry) in one["block_id"])
    menu = block["accessory"]
    option = next(one for one in menu["options"] if one["value"].startswith(f"{action}:"))
    seat.acts.press(seat.user, place, block["block_id"], menu["action_id"], {"selected_option": option})


def current(seat: Seat, message: Message) -> Message:
    """Return what stands in the place of a message now."""
    return next(one for one in seat.messages() if one.ts == message.ts)


def shows_canceled(seat: Seat, message: Message) -> None:
    block = next(one for one in message.blocks if one["block_id"].endswith("/turn"))
    box = next(one for one in block["elements"] if one["type"] == "checkboxes")
    place = Place.message(message.channel, message.ts)
    ticked = {"selected_options": [] if box.get("initial_options") else box["options"]}
    seat.acts.press(seat.user, place, block["block_id"], "show_canceled", ticked)


def ticks(seat: Seat, chosen: Sequence[EntryId]) -> None:
    options = [one for one in seat.element("entries")["options"] if int(one["value"]) in chosen]
    place = Place.view(seat.view.id)
    seat.acts.choose(seat.user, place, seat.block("entries"), "field", {"selected_options": options})


def live(seat: Seat) -> set[EntryId]:
    return {one.entry.id for one in seat.logged()}


def purge(seat: Seat, entry: EntryId) -> None:
    with seat.bot.store.writing() as connection:
        connection.execute(delete(entry_words).where(entry_words.c.entry_id == entry))
        connection.execute(delete(entry_comments).where(entry_comments.c.entry_id == entry))
        connection.execute(delete(entries).where(entries.c.id == entry))
        connection.execute(delete(history).where(history.c.item_id == entry))


def managed(seat: Seat) -> Person:
    """Make Max the manager of Eva's team."""
    boss: Person = seat.at(MAX).person
    eva = seat.person
    with seat.bot.store.begin(seat.workspace) as work:
        team = work.people.add_team("North")
        work.people.let_manage(boss.id, team)
        work.people.change(replace(boss, role=Role.MANAGER))
        work.people.change(replace(eva, team=team))
    return boss


def test_the_list_is_turned_in_its_place(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 17)
    first = lists(eva)
    assert "Yours · not canceled · 17 entries, page 1 of 2" in first.text
    assert len(rows(first)) == 10
    assert f"Call no. {16}" in rows(first)[0]
    assert str(made[0]) in str(first.blocks)
    eva.presses_on(first, "entries.2")
    eva.sees(lambda: "page 2 of 2" in current(eva, first).text)
    second = current(eva, first)
    assert len(rows(second)) == 7
    eva.presses_on(second, "entries.1")
    eva.sees(lambda: "page 1 of 2" in current(eva, first).text)
    assert sum(LIST in text for text in eva.said()) == 1


def test_mine_first_and_everyones_by_a_button(eva: Seat, anna: int) -> None:
    writes_down(eva, anna, 1)
    wim = eva.at(WIM)
    writes_down(wim, anna, 2)
    said = lists(eva)
    assert "Yours · not canceled · 1 entry" in said.text
    eva.presses_on(said, "entries.3")
    eva.sees(
        lambda: "Everyone's, as far as you may see · not canceled · 3 entries" in current(eva, said).text
    )
    eva.presses_on(current(eva, said), "entries.3")
    eva.sees(lambda: "Yours · not canceled · 1 entry" in current(eva, said).text)


def test_one_is_canceled_found_again_among_the_canceled_and_reinstated(eva: Seat, anna: int) -> None:
    first, second = writes_down(eva, anna, 2)
    said = lists(eva)
    row_choice(eva, said, first, "cancel_entry")
    eva.sees(lambda: "1 entry" in current(eva, said).text)
    assert live(eva) == {second}
    eva.presses_on(eva.hears("Canceled: Outgoing call"), "undo")
    eva.sees(lambda: "2 entries" in current(eva, said).text)
    row_choice(eva, current(eva, said), first, "cancel_entry")
    eva.sees(lambda: "1 entry" in current(eva, said).text)
    shows_canceled(eva, current(eva, said))
    eva.sees(lambda: "2 entries" in current(eva, said).text)
    assert rows(current(eva, said))[0].startswith("Canceled: ")
    row_choice(eva, current(eva, said), first, "reinstate")
    eva.hears("Reinstated 1 interaction:")
    eva.sees(lambda: "Canceled: " not in current(eva, said).text)
    assert live(eva) == {first, second}
    shows_canceled(eva, current(eva, said))
    eva.sees(lambda: "☑" not in str(current(eva, said).blocks))


def test_an_entry_is_opened_evaluated_canceled_and_reinstated_on_its_page(eva: Seat, anna: int) -> None:
    (entry,) = writes_down(eva, anna, 1)
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "All my entries" in eva.desk)
    eva.presses_at_home("entries")
    eva.sees_form(LIST)
    eva.presses("open_entry")
    eva.sees_form("Interaction log entry")
    eva.presses("evaluate")
    eva.sees_form("Evaluate")
    eva.chooses("evaluation", "Very Positive")
    assert eva.submits().acked
    eva.sees(lambda: "Very Positive" in eva.reads() and "Cancel entry" in eva.reads())
    eva.presses("cancel_entry")
    eva.sees(lambda: "Reinstate" in eva.reads())
    assert live(eva) == set()
    eva.presses("reinstate")
    eva.sees(lambda: "Cancel entry" in eva.reads())
    assert live(eva) == {entry}


def test_a_list_is_narrowed_by_its_controls_and_by_all_filters(eva: Seat, anna: int) -> None:
    writes_down(eva, anna, 12)
    said = lists(eva)
    block = next(one for one in said.blocks if one["block_id"].endswith("/filter"))
    place = Place.message(said.channel, said.ts)
    outcome = eva.acts.suggest(eva.user, place, block["block_id"], "filter_entries.contact", "ann")
    option = next(one for one in (outcome.response or {})["options"] if "Anna" in one["text"]["text"])
    eva.acts.press(eva.user, place, block["block_id"], "filter_entries.contact", {"selected_option": option})
    eva.sees(lambda: "Yours · with Anna Berg · not canceled · 12 entries" in current(eva, said).text)
    eva.presses_on(current(eva, said), "all_filters")
    eva.sees_form("All filters")
    eva.writes("filter_text", "no 11")
    assert eva.submits().acked
    eva.sees(lambda: "“no 11” · with Anna Berg · not canceled · 1 entry" in current(eva, said).text)


def test_find_says_how_it_understood_the_line_and_what_would_find_more(eva: Seat, anna: int) -> None:
    writes_down(eva, anna, 2)
    eva.types('/log find "call no" with:anna last:30d by:me')
    said = eva.hears("“call no”, with Anna Berg, last 30 days, by you · 2 found")
    assert len(rows(said)) == 2
    eva.types("/log find call is:canceled")
    empty = eva.hears("“call”, only canceled ones · 0 found")
    eva.presses_on(empty, "entries.10")
    eva.sees(lambda: "“call” · canceled ones too · 2 entries" in current(eva, empty).text)
    eva.types("/log find wiht:anna")
    eva.hears("I did not understand “wiht:anna”. Did you mean with:anna?")


def test_several_are_counted_before_they_are_canceled_and_come_back_with_one_undo(
    eva: Seat, anna: int
) -> None:
    made = writes_down(eva, anna, 4)
    said = lists(eva)
    eva.presses_on(said, "cancel_several")
    eva.sees_form("Cancel several")
    ticks(eva, made[:3])
    assert eva.submits().acked
    eva.sees(lambda: "Cancel 3 interactions?" in eva.reads())
    assert len(live(eva)) == 4
    assert eva.submits().acked
    done = eva.hears("Canceled 3 interactions:")
    assert live(eva) == {made[3]}
    eva.sees(lambda: "Yours · not canceled · 1 entry" in current(eva, said).text)
    eva.presses_on(done, "undo")
    eva.sees(lambda: "Undone: 3 interactions count again." in current(eva, done).text)
    assert live(eva) == set(made)
    eva.sees(lambda: "Yours · not canceled · 4 entries" in current(eva, said).text)


def test_several_are_reinstated(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 3)
    eva.bot.services["entry_acts"].cancel(eva.person, made[:2], None)
    said = lists(eva)
    shows_canceled(eva, said)
    eva.sees(lambda: "reinstate_several" in str(current(eva, said).blocks))
    eva.presses_on(current(eva, said), "reinstate_several")
    assert len(eva.element("entries")["options"]) == 2
    ticks(eva, made[:2])
    eva.submits()
    eva.sees(lambda: "Reinstate 2 interactions?" in eva.reads())
    assert eva.submits().acked
    eva.hears("Reinstated 2 interactions:")
    assert live(eva) == set(made)


def test_a_second_submission_does_nothing(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 2)
    eva.presses_on(lists(eva), "cancel_several")
    ticks(eva, made)
    eva.submits()
    eva.sees(lambda: "Cancel 2 interactions?" in eva.reads())
    sent = eva.submits().sent
    eva.hears("Canceled 2 interactions:")
    assert sent is not None
    assert eva.acts.post.repeat_in_new_envelope(sent).acked
    assert sum("Canceled 2" in text for text in eva.said()) == 1


def test_one_is_evaluated_from_its_row(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 2)
    said = lists(eva)
    row_choice(eva, said, made[0], "evaluate")
    eva.sees_form("Evaluate")
    assert "entries" not in [block.get("block_id") for block in eva.view.blocks]
    assert eva.holds("evaluation") == "none"
    eva.chooses("evaluation", "Very Positive")
    assert eva.submits().acked
    eva.hears("Evaluated 1 interaction as Very Positive:")
    eva.sees(lambda: "Very Positive" in current(eva, said).text)
    row_choice(eva, current(eva, said), made[0], "evaluate")
    eva.chooses("evaluation", "No evaluation")
    eva.submits()
    eva.hears("Took the evaluation off 1 interaction:")


def test_several_are_evaluated_and_dismissing_changes_nothing(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 3)
    said = lists(eva)
    eva.presses_on(said, "evaluate_several")
    ticks(eva, made)
    eva.chooses("evaluation", "Negative")
    eva.leaves()
    assert {one.entry.evaluation for one in eva.logged()} == {None}
    eva.presses_on(said, "evaluate_several")
    ticks(eva, made[:2])
    eva.chooses("evaluation", "Negative")
    assert eva.submits().acked
    eva.presses_on(eva.hears("Evaluated 2 interactions as Negative:"), "undo")
    eva.hears("Undone: 2 interactions are evaluated as before.")
    assert {one.entry.evaluation for one in eva.logged()} == {None}
    assert eva.waiting() == []


def test_somebody_elses_is_refused_and_who_can_is_named(eva: Seat, anna: int) -> None:
    (mine,) = writes_down(eva, anna, 1)
    wim = eva.at(WIM)
    (his,) = writes_down(wim, anna, 1)
    said = lists(eva)
    eva.presses_on(said, "entries.3")
    eva.sees(lambda: "2 entries" in current(eva, said).text)
    row_choice(eva, current(eva, said), his, "cancel_entry")
    eva.hears("only an admin can change Wim Peeters's entries")
    eva.presses_on(current(eva, said), "cancel_several")
    ticks(eva, [mine, his])
    eva.submits()
    eva.sees(lambda: "Cancel 2 interactions?" in eva.reads())
    assert eva.submits().acked
    done = eva.hears("Canceled 1 interaction:")
    assert "only an admin" in done.text
    assert (live(eva), live(wim)) == (set(), {his})


def test_where_nothing_can_be_done_the_form_says_why(eva: Seat, anna: int) -> None:
    wim = eva.at(WIM)
    his = writes_down(wim, anna, 2)
    said = lists(eva)
    eva.presses_on(said, "entries.3")
    eva.sees(lambda: "2 entries" in current(eva, said).text)
    eva.presses_on(current(eva, said), "evaluate_several")
    ticks(eva, his)
    eva.chooses("evaluation", "Positive")
    eva.submits()
    eva.sees_form("Not possible")
    assert eva.reads().count("only an admin") == 2


def test_the_manager_acts_on_his_teams_entries(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 2)
    managed(eva)
    boss = eva.at(MAX)
    said = lists(boss)
    assert "team North · not canceled · 2 entries" in said.text
    row_choice(boss, said, made[0], "cancel_entry")
    boss.hears("Canceled: Outgoing call")
    assert live(eva) == {made[1]}


def test_a_row_whose_entry_was_purged_meanwhile(eva: Seat, anna: int) -> None:
    first, second = writes_down(eva, anna, 2)
    said = lists(eva)
    purge(eva, first)
    row_choice(eva, said, first, "cancel_entry")
    eva.hears("This entry is gone, or not yours to see.")
    eva.sees(lambda: "Yours · not canceled · 1 entry" in current(eva, said).text)
    assert live(eva) == {second}


def test_a_follow_up_from_the_list_leaves_the_list_alone(eva: Seat, anna: int) -> None:
    (entry,) = writes_down(eva, anna, 1)
    said = lists(eva)
    row_choice(eva, said, entry, "follow_up")
    eva.sees_form("Follow up")
    assert eva.submits().acked
    eva.hears("follow-up")
    assert LIST in current(eva, said).text


def test_history_tells_what_happened_in_words(eva: Seat, anna: int) -> None:
    (entry,) = writes_down(eva, anna, 1)
    eva.bot.services["entry_acts"].evaluate(eva.person, [entry], Evaluation.VERY_NEGATIVE, None)
    eva.bot.services["entry_acts"].cancel(eva.person, [entry], None)
    said = lists(eva)
    shows_canceled(eva, said)
    eva.sees(lambda: "1 entry" in current(eva, said).text)
    row_choice(eva, current(eva, said), entry, "history")
    eva.sees_form("History")
    for words in ("Eva Lindqvist-Bakke", "(empty) → Very Negative", "No → Yes", "Logged as entry no."):
        assert words in eva.reads()


def test_a_long_history_is_turned(eva: Seat, anna: int) -> None:
    (entry,) = writes_down(eva, anna, 1)
    for turn in range(41):
        good = Evaluation.POSITIVE if turn % 2 else Evaluation.NEGATIVE
        eva.bot.services["entry_acts"].evaluate(eva.person, [entry], good, None)
    row_choice(eva, lists(eva), entry, "history")
    eva.sees_form("History")
    assert "Logged as entry no." not in eva.reads()
    eva.presses("history_page.2")
    eva.sees(lambda: "Logged as entry no." in eva.reads())
    eva.presses("history_page.1")
    eva.sees(lambda: "Logged as entry no." not in eva.reads())


def test_from_app_home_the_list_is_a_modal_that_changes_in_place(eva: Seat, anna: int) -> None:
    made = writes_down(eva, anna, 12)
    eva.acts.open_home(eva.user)
    eva.sees(lambda: "All my entries" in eva.desk)
    eva.presses_at_home("entries")
    eva.sees_form(LIST)
    assert "12 entries, page 1 of 2" in eva.reads()
    eva.presses("entries.2")
    eva.sees(lambda: "page 2 of 2" in eva.reads())
    eva.presses("cancel_several")
    eva.sees_form("Cancel several")
    ticks(eva, made[10:])
    eva.submits()
    eva.sees(lambda: "Cancel 2 interactions?" in eva.reads())
    assert eva.submits().acked
    eva.sees(lambda: "10 entries" in eva.reads())
    eva.hears("Canceled 2 interactions:")
    eva.presses("open_entry")
    eva.sees_form("Interaction log entry")
    eva.presses("log_from_entry")
    eva.sees_form("Create interaction")
    eva.leaves()
    eva.presses("entries")
    eva.sees_form(LIST)
    assert "10 entries" in eva.reads()


def test_an_empty_list_teaches_what_to_do(eva: Seat) -> None:
    assert "Nothing here yet. Log an interaction with /log" in lists(eva).text
