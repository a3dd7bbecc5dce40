"""Evaluate, cancel, reinstate, one or several as one act, and its Undo (`product.md` 7; `domain.md` 2.10, 2.11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from office import Office
from sqlalchemy import delete, select

from bot.clock import FixedClock
from bot.domain.ids import ContactId, EntryId
from bot.domain.interactions import Evaluation
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.services.entry_acts import Act
from bot.text import Text
from storage.tables.deliveries import deliveries
from storage.tables.entry_words import entry_words
from storage.tables.interactions import entries, entry_comments, history

MINUTE = timedelta(minutes=1)
POSITIVE, NEGATIVE = Evaluation.POSITIVE, Evaluation.NEGATIVE


@dataclass(frozen=True)
class Cast:
    """Eva and Wim sell for Max's team, Pia for nobody's, Ada is admin."""

    eva: Person
    wim: Person
    pia: Person
    max: Person
    ada: Person
    anna: ContactId


@pytest.fixture
def cast(office: Office) -> Cast:
    eva, wim, pia = (office.joins(name) for name in ("Eva", "Wim", "Pia"))
    ada = office.joins("Ada", admin=True)
    max_, eva, wim = office.team_of("North", office.joins("Max"), eva, wim)
    return Cast(eva, wim, pia, max_, ada, office.knows(ada, "Anna Berg", "Fjordbygg AS"))


def canceled(office: Office, entry: EntryId) -> str | None:
    with office.store.read(office.workspace) as work:
        found = work.entries.get(entry)
    return found.cancel_reason if found else "gone"


def evaluation(office: Office, entry: EntryId) -> str | None:
    with office.store.read(office.workspace) as work:
        found = work.entries.get(entry)
    assert found is not None
    return found.evaluation


def left(act: Act) -> list[str]:
    text = Text("en-GB", "UTC", datetime(2026, 11, 20, 13, tzinfo=UTC))
    return [text.say(message) for message in act.left]


def purge(office: Office, entry: EntryId) -> None:
    with office.store.writing() as connection:
        connection.execute(delete(entry_words).where(entry_words.c.entry_id == entry))
        connection.execute(delete(entry_comments).where(entry_comments.c.entry_id == entry))
        connection.execute(delete(entries).where(entries.c.id == entry))
        connection.execute(delete(history).where(history.c.item_id == entry))


def said(office: Office) -> list[str]:
    with office.store.reading() as connection:
        rows = connection.execute(
            select(deliveries.c.payload).where(deliveries.c.key.like("act:%")).order_by(deliveries.c.id)
        )
        return [payload["text"] for (payload,) in rows]


def three(office: Office, cast: Cast) -> Sequence[EntryId]:
    return [office.logs(cast.eva, cast.anna) for _ in range(3)]


def test_several_are_one_act_that_is_undone_as_a_whole(office: Office, cast: Cast) -> None:
    several = three(office, cast)
    act = office.entry_acts.cancel(cast.eva, several, None)
    assert [listed.entry.id for listed in act.changed] == several
    assert [canceled(office, one) for one in several] == ["canceled"] * 3
    undone = office.undo.latest(cast.eva)
    assert undone.message.text.format(**undone.message.values) == "Undone: 3 interactions count again."
    assert [canceled(office, one) for one in several] == [None] * 3


def test_undoing_a_reinstate_cancels_again(office: Office, cast: Cast) -> None:
    several = three(office, cast)
    office.entry_acts.cancel(cast.eva, several, None)
    office.entry_acts.reinstate(cast.eva, several, None)
    assert [canceled(office, one) for one in several] == [None] * 3
    undone = office.undo.latest(cast.eva)
    assert undone.message.text.format(**undone.message.values) == (
        "Undone: 3 interactions are canceled again."
    )
    assert [canceled(office, one) for one in several] == ["canceled"] * 3


def test_undoing_an_evaluation_gives_each_its_own_back(office: Office, clock: FixedClock, cast: Cast) -> None:
    good = office.logs(cast.eva, cast.anna, evaluation=POSITIVE)
    none = office.logs(cast.eva, cast.anna)
    office.entry_acts.evaluate(cast.eva, [good, none], NEGATIVE, None)
    clock.move(MINUTE)
    assert (evaluation(office, good), evaluation(office, none)) == (NEGATIVE, NEGATIVE)
    office.undo.latest(cast.eva)
    assert (evaluation(office, good), evaluation(office, none)) == (POSITIVE, None)


def test_an_evaluation_that_i_changed_again_stays_when_the_earlier_one_is_undone(
    office: Office, clock: FixedClock, cast: Cast
) -> None:
    entry = office.logs(cast.eva, cast.anna)
    office.entry_acts.evaluate(cast.eva, [entry], NEGATIVE, None)
    with office.store.read(office.workspace) as work:
        first = work.operations.latest_undoable(cast.eva.id, clock.now())
    assert first is not None
    clock.move(MINUTE)
    office.entry_acts.evaluate(cast.eva, [entry], POSITIVE, None)
    undone = office.undo.operation(cast.eva, first.id, None)
    assert undone.message.text == "Nothing was left to undo."
    assert evaluation(office, entry) is POSITIVE


def test_what_somebody_else_changed_meanwhile_stays_and_is_named(
    office: Office, clock: FixedClock, cast: Cast
) -> None:
    several = three(office, cast)
    office.entry_acts.cancel(cast.eva, several, None)
    clock.move(MINUTE)
    office.entry_acts.reinstate(cast.max, several[:1], None)
    office.entry_acts.evaluate(cast.max, several[1:2], POSITIVE, None)
    clock.move(MINUTE)
    undone = office.undo.latest(cast.eva)
    assert [canceled(office, one) for one in several] == [None, "canceled", None]
    assert [message.values["contact"] for message in undone.left] == ["Anna Berg (Fjordbygg AS)"] * 2
    assert "was changed by somebody else meanwhile; it stays as it is" in undone.left[0].text


def test_the_ten_minutes_end_and_the_way_out_is_named(office: Office, clock: FixedClock, cast: Cast) -> None:
    entry = office.logs(cast.eva, cast.anna)
    office.entry_acts.cancel(cast.eva, [entry], None)
    with office.store.read(office.workspace) as work:
        operation = work.operations.latest_undoable(cast.eva.id, clock.now())
    assert operation is not None
    clock.move(10 * MINUTE)
    with pytest.raises(Refusal, match="Use “Reinstate” under /log list instead"):
        office.undo.operation(cast.eva, operation.id, None)
    assert canceled(office, entry) == "canceled"


def test_those_that_are_not_mine_are_left_and_named_and_the_others_done(office: Office, cast: Cast) -> None:
    mine, his, hers = (office.logs(person, cast.anna) for person in (cast.eva, cast.wim, cast.pia))
    act = office.entry_acts.cancel(cast.eva, [mine, his, hers], None)
    assert [canceled(office, one) for one in (mine, his, hers)] == ["canceled", None, None]
    assert left(act) == [
        "Today 14:03 · Outgoing call · Anna Berg: only Max or an admin can change Wim's entries.",
        "Today 14:03 · Outgoing call · Anna Berg: only an admin can change Pia's entries.",
    ]
    assert "only Max" in said(office)[0]


@pytest.mark.parametrize(("actor", "done"), [("eva", 1), ("max", 2), ("ada", 3)])
def test_who_may_act_on_whose(office: Office, cast: Cast, actor: str, done: int) -> None:
    all_three = [office.logs(person, cast.anna) for person in (cast.eva, cast.wim, cast.pia)]
    person: Person = getattr(cast, actor)
    assert len(office.entry_acts.evaluate(person, all_three, POSITIVE, None).changed) == done
    assert len(office.entry_acts.cancel(person, all_three, None).changed) == done
    assert len(office.entry_acts.reinstate(person, all_three, None).changed) == done


def test_what_i_cannot_see_is_as_good_as_gone(office: Office, cast: Cast) -> None:
    office.sees("own")
    his = office.logs(cast.wim, cast.anna)
    act = office.entry_acts.cancel(cast.eva, [his], None)
    assert (left(act), canceled(office, his)) == (["This entry is gone, or not yours to see."], None)


def test_an_entry_purged_meanwhile_is_left_and_the_others_done(office: Office, cast: Cast) -> None:
    first, second, third = three(office, cast)
    purge(office, second)
    act = office.entry_acts.cancel(cast.eva, [first, second, third], None)
    assert [listed.entry.id for listed in act.changed] == [first, third]
    assert left(act) == ["This entry is gone, or not yours to see."]
    purge(office, first)
    assert len(office.undo.latest(cast.eva).entries) == 1
    assert canceled(office, third) is None


def test_a_second_click_does_nothing_and_says_nothing(office: Office, cast: Cast) -> None:
    several = three(office, cast)
    for act in (office.entry_acts.cancel, office.entry_acts.reinstate):
        assert len(act(cast.eva, several, None).changed) == 3
        again = act(cast.eva, several, None)
        assert (again.changed, again.left) == ([], [])
    once = office.entry_acts.evaluate(cast.eva, [*several, *several], POSITIVE, None)
    assert len(once.changed) == 3
    assert office.entry_acts.evaluate(cast.eva, several, POSITIVE, None).changed == []
    with office.store.reading() as connection:
        assert (
            len(
                connection.execute(
                    select(history.c.id).where(history.c.kind == "entry", history.c.field != "logged")
                ).all()
            )
            == 9
        )


def test_what_was_undone_is_not_reinstated(office: Office, cast: Cast) -> None:
    entry = office.logs(cast.eva, cast.anna)
    office.undo.operation(cast.eva, office.entries.operation(cast.eva, entry), None)
    act = office.entry_acts.reinstate(cast.eva, [entry], None)
    assert (canceled(office, entry), act.changed) == ("undone", [])
    assert "this was undone, so it can't be reinstated" in left(act)[0]


def test_one_message_for_each_act(office: Office, clock: FixedClock, cast: Cast) -> None:
    several = three(office, cast)
    office.entry_acts.evaluate(cast.eva, several, POSITIVE, None)
    (now, later) = said(office)
    assert now.splitlines()[0] == later.splitlines()[0] == "Evaluated 3 interactions as Positive:"
    office.entry_acts.evaluate(cast.eva, several[:1], None, None)
    assert said(office)[2].splitlines()[0] == "Took the evaluation off 1 interaction:"
