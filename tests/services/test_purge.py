"""Canceled entries are announced to admins and deleted a day later, and nothing else is (`product.md` 9)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from office import Office, Silence
from postroom import Postroom
from sqlalchemy import func, select

from bot.domain.ids import CardId, ContactId, EntryId, SlackUser
from bot.domain.messages import Refusal
from bot.domain.operations import ItemKind
from bot.domain.people import Person
from bot.domain.purge import CardState, Filters, PurgeCard, counted
from bot.playground.seeds import ADA, MAX
from bot.services.card_messages import CardMessages
from bot.services.deletions import Deletions
from bot.services.purge import Purge
from bot.services.sweep import Sweep
from storage.tables.deliveries import deliveries
from storage.tables.interactions import (
    drafts,
    entries,
    entry_comments,
    history,
    operation_items,
    tasks,
)
from storage.tables.jobs import purge_cards

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass
class Archive:
    """An office whose canceled entries are looked after."""

    office: Office
    post: Postroom
    folder: Path
    eva: Person = field(init=False)
    ada: Person = field(init=False)
    anna: ContactId = field(init=False)

    def __post_init__(self) -> None:
        self.eva = self.post.person
        self.ada = self.office.joins("Ada", slack_id=SlackUser(ADA), admin=True)
        self.anna = self.office.knows(self.eva, "Anna Berg", "Fjordbygg AS")
        self.sweep = Sweep(self.office.store)
        messages = CardMessages(self.office.people, self.folder)
        self.purge = Purge(self.office.store, Silence(), self.sweep, messages)
        self.deletions = Deletions(self.office.store, Silence(), self.sweep, messages)

    def cancels(self, count: int, **facts: Any) -> list[EntryId]:
        """Let Eva log and cancel some."""
        made = [self.office.logs(self.eva, self.anna, **facts) for _ in range(count)]
        for entry in made:
            self.office.entries.cancel(self.eva, entry, None)
        return made

    def passes(self, time: timedelta) -> None:
        """Let time pass, with everything said that is due."""
        self.post.passes(time)
        for _ in range(12):
            self.post.passes(SECOND)

    def announced(self, count: int = 3) -> PurgeCard:
        """Cancel some, and let the card about them reach Ada 89 days later."""
        self.cancels(count)
        self.passes(89 * DAY + timedelta(hours=1))
        assert self.purge.run() == f"Announced {counted(count)}."
        self.passes(SECOND)
        return self.cards()[-1]

    def cards(self) -> list[PurgeCard]:
        with self.office.store.read(self.office.workspace) as work:
            ids = work.access.connection.scalars(select(purge_cards.c.id).order_by(purge_cards.c.id))
            return [card for one in ids if (card := work.purge_cards.get(CardId(one)))]

    def logged(self) -> int:
        with self.office.store.reading() as connection:
            return int(connection.scalar(select(func.count()).select_from(entries)) or 0)

    def heard(self, user: str = ADA) -> list[str]:
        channel = self.post.slack.workspace.directory.direct(user).id
        return [message.text for message in self.post.slack.workspace.seen_by(user, channel)]

    def files(self, user: str = ADA) -> list[list[dict[str, str]]]:
        """The rows of the CSV files in somebody's direct message."""
        workspace = self.post.slack.workspace
        channel = workspace.directory.direct(user).id
        named = [file for message in workspace.seen_by(user, channel) for file in message.files]
        texts = [workspace.files.file(name).content.decode("utf-8-sig") for name in named]
        return [list(csv.DictReader(text.splitlines())) for text in texts]

    def reinstates_everything(self) -> None:
        with self.office.store.writing() as connection:
            nothing = {"canceled_at": None, "canceled_by": None, "cancel_reason": None}
            connection.execute(entries.update().values(**nothing))

    def state(self, card: PurgeCard) -> CardState:
        return next(one.state for one in self.cards() if one.id == card.id)


@pytest.fixture
def archive(office: Office, post: Postroom, tmp_path: Path) -> Iterator[Archive]:
    made = Archive(office, post, tmp_path / "exports")
    yield made
    made.post.slack.faults.clear()


def test_what_is_canceled_is_announced_and_then_deleted(archive: Archive) -> None:
    live = archive.office.logs(archive.eva, archive.anna)
    card = archive.announced(3)
    said = next(text for text in archive.heard() if "Tomorrow" in text)
    assert "Tomorrow 3 canceled entries are deleted for good (canceled before Sat 21 Nov 2026)." in said
    assert "Eva 3." in said
    assert "Outgoing call · Anna Berg (Fjordbygg AS) · Fri 20 Nov 2026" in said
    assert [[row["Contact"] for row in rows] for rows in archive.files()] == [["Anna Berg"] * 3]
    assert archive.purge.run() == ""
    archive.passes(DAY)
    assert archive.purge.run() == "Deleted 3 canceled entries."
    assert archive.logged() == 1
    archive.passes(SECOND)
    assert archive.heard()[-1] == "Deleted 3 canceled entries. The CSV stays in this conversation."
    assert not [text for text in archive.heard() if "Tomorrow" in text]
    assert archive.state(card) is CardState.DONE
    with archive.office.store.read(archive.office.workspace) as work:
        assert work.entries.get(live) is not None
    assert archive.purge.run() == ""


def test_nothing_goes_before_the_card_stood_for_a_day(archive: Archive) -> None:
    archive.announced(2)
    archive.passes(timedelta(hours=23))
    assert archive.purge.run() == ""
    assert archive.logged() == 2


def test_only_what_was_announced_goes(archive: Archive) -> None:
    first, _ = archive.cancels(2)
    archive.passes(89 * DAY + timedelta(hours=1))
    archive.purge.run()
    archive.passes(SECOND)
    with archive.office.store.begin(archive.office.workspace) as work:
        entry = work.entries.get(first)
        assert entry is not None
        work.entries.change(entry, replace(entry, canceled_at=None, canceled_by=None, cancel_reason=None))
    archive.cancels(1)
    archive.passes(DAY)
    assert archive.purge.run() == "Deleted 1 canceled entry."
    with archive.office.store.read(archive.office.workspace) as work:
        assert work.entries.get(first) is not None
    assert archive.logged() == 2


def test_what_an_admin_keeps_is_announced_anew_a_retention_later(archive: Archive) -> None:
    card = archive.announced(2)
    archive.purge.keep(archive.ada, card.id)
    archive.passes(SECOND)
    assert archive.heard()[-1].startswith("2 canceled entries are kept until")
    archive.purge.keep(archive.ada, card.id)
    archive.passes(DAY)
    assert archive.purge.run() == ""
    assert archive.logged() == 2
    archive.passes(90 * DAY)
    assert archive.purge.run() == "Announced 2 canceled entries."
    archive.passes(SECOND)
    archive.passes(DAY)
    assert archive.purge.run() == "Deleted 2 canceled entries."
    with pytest.raises(Refusal, match="too late"):
        archive.purge.keep(archive.ada, card.id)


def test_a_kept_card_of_which_nothing_is_left_ends(archive: Archive) -> None:
    card = archive.announced(1)
    archive.purge.keep(archive.ada, card.id)
    archive.reinstates_everything()
    archive.passes(91 * DAY)
    assert archive.purge.run() == ""
    assert archive.state(card) is CardState.DONE
    archive.passes(SECOND)
    assert archive.heard()[-1].startswith("Nothing was deleted")


def test_what_a_wrong_clock_put_among_the_announced_is_announced_first(archive: Archive) -> None:
    card = archive.announced(1)
    (late,) = archive.cancels(1)
    with archive.office.store.writing() as connection:
        moved = entries.update().where(entries.c.id == late).values(canceled_at=card.selection.until)
        connection.execute(moved)
    archive.passes(DAY)
    assert archive.purge.run() == "Announced 2 canceled entries."
    assert archive.logged() == 2
    assert archive.state(card) is CardState.DONE
    archive.passes(SECOND)
    archive.passes(DAY)
    assert archive.purge.run() == "Deleted 2 canceled entries."


def test_only_admins_keep_look_and_set(archive: Archive) -> None:
    card = archive.announced(1)
    for act in (
        lambda: archive.purge.keep(archive.eva, card.id),
        lambda: archive.purge.shown(archive.eva, card.id),
        lambda: archive.purge.keep_for(archive.eva, 1),
        lambda: archive.purge.retention_days(archive.eva),
        lambda: archive.deletions.sample(archive.eva, Filters()),
        lambda: archive.deletions.offered(archive.eva),
        lambda: archive.deletions.order(archive.eva, "key", Filters(), archive.office.clock.now()),
    ):
        with pytest.raises(Refusal, match="Only an admin"):
            act()
    shown, count = archive.purge.shown(archive.ada, card.id)
    assert (len(shown), count) == (1, 1)


def test_without_a_delivered_card_nothing_is_deleted_and_it_is_announced_again(archive: Archive) -> None:
    archive.cancels(2)
    archive.passes(89 * DAY + timedelta(hours=1))
    assert archive.purge.run() == "Announced 2 canceled entries."
    with archive.office.store.writing() as connection:
        connection.execute(
            deliveries.update()
            .where(deliveries.c.key.like("card:%"))
            .values(state="failed", settled_at=archive.office.clock.now(), reason="channel_not_found")
        )
    archive.passes(DAY)
    said = archive.purge.run()
    assert said == "Announced 2 canceled entries. 2 stay: their card or its CSV reached no admin."
    assert archive.logged() == 2
    archive.passes(SECOND)
    archive.passes(DAY)
    assert archive.purge.run() == "Deleted 2 canceled entries."


def test_a_card_without_its_csv_deletes_nothing(archive: Archive) -> None:
    archive.cancels(1)
    archive.passes(89 * DAY + timedelta(hours=1))
    archive.post.slack.faults.broken("files.getUploadURLExternal", None)
    archive.purge.run()
    archive.passes(SECOND)
    archive.passes(DAY)
    assert [text for text in archive.heard() if "Tomorrow" in text]
    assert "Deleted" not in archive.purge.run()
    assert archive.logged() == 1


def test_without_an_admin_nothing_is_announced(archive: Archive) -> None:
    archive.cancels(1)
    archive.office.joins("Ada", slack_id=SlackUser(ADA), admin=False)
    archive.passes(100 * DAY)
    assert archive.purge.run() == "Canceled entries stay: there is no admin to tell."
    assert archive.cards() == []


def test_the_retention_is_a_setting_and_never_is_one_too(archive: Archive) -> None:
    archive.purge.keep_for(archive.ada, 0)
    archive.cancels(1)
    archive.passes(1000 * DAY)
    assert archive.purge.run() == ""
    archive.purge.keep_for(archive.ada, 30)
    assert archive.purge.retention_days(archive.ada) == 30
    assert archive.purge.run() == "Announced 1 canceled entry."
    archive.passes(SECOND)
    archive.purge.keep_for(archive.ada, 2000)
    archive.passes(DAY)
    assert archive.purge.run() == ""
    assert archive.logged() == 1


def test_everything_of_a_deleted_entry_goes_and_one_line_without_content_stays(archive: Archive) -> None:
    office = archive.office
    office.types(archive.eva, "form", office.typed(archive.anna, comment="Agreed the price list"), "1")
    entry = office.submits(
        archive.eva, "form", office.typed(archive.anna, comment="Agreed the price list")
    ).entry
    assert entry is not None
    office.tasks.follow_up(archive.eva, entry, office.clock.now().date(), "Send the list")
    office.entries.cancel(archive.eva, entry, None)
    archive.passes(89 * DAY + timedelta(hours=1))
    archive.purge.run()
    archive.passes(SECOND)
    archive.passes(DAY)
    assert archive.purge.run() == "Deleted 1 canceled entry."
    with office.store.reading() as connection:
        lines = connection.execute(
            select(history.c.kind, history.c.field, history.c.old, history.c.new, history.c.actor_id).where(
                history.c.item_id == entry
            )
        ).all()
        assert lines == [("entry", "deleted", None, None, None)]
        for table in (entries, entry_comments):
            assert connection.execute(select(table)).all() == []
        assert connection.scalars(select(tasks.c.entry_id)).all() == [None]
        items = connection.execute(select(operation_items.c.kind, operation_items.c.item_id)).all()
        assert (ItemKind.ENTRY, entry) not in items
        kept = connection.execute(select(drafts.c.state, drafts.c.form, drafts.c.contact_id)).one()
        assert tuple(kept) == ("discarded", {}, None)


def test_what_was_just_canceled_and_deleted_can_not_be_undone(archive: Archive) -> None:
    archive.cancels(1)
    archive.deletions.order(archive.ada, "key", Filters(), archive.office.clock.now())
    archive.deletions.run()
    archive.passes(SECOND)
    assert archive.deletions.run() == "Deleted 1 canceled entry."
    with pytest.raises(Refusal, match="nothing to undo"):
        archive.office.undo.latest(archive.eva)


def test_line_62_only_canceled_entries_go_and_the_count_is_shown(archive: Archive) -> None:
    """Acceptance line 62 of `domain.md`: deleting cancelled entries."""
    archive.office.logs(archive.eva, archive.anna)
    archive.cancels(7)
    sample = archive.deletions.sample(archive.ada, Filters())
    assert (sample.count, len(sample.entries)) == (7, 5)
    assert archive.deletions.order(archive.ada, "key", Filters(), sample.at) == 7
    assert archive.deletions.order(archive.ada, "key", Filters(), sample.at) == 7
    archive.deletions.run()
    assert archive.logged() == 8
    archive.passes(SECOND)
    assert [len(rows) for rows in archive.files()] == [7]
    assert archive.deletions.run() == "Deleted 7 canceled entries."
    archive.passes(SECOND)
    assert "Deleted 7 canceled entries. The CSV stays in this conversation." in archive.heard()
    assert archive.logged() == 1
    assert archive.deletions.sample(archive.ada, Filters()).count == 0
    with pytest.raises(Refusal, match="Nothing was deleted"):
        archive.deletions.order(archive.ada, "again", Filters(), archive.office.clock.now())


def test_each_filter_lets_its_own_pass(archive: Archive) -> None:
    office = archive.office
    bob = office.knows(archive.eva, "Bob")
    wim = office.joins("Wim")
    with office.store.read(office.workspace) as work:
        template = next(one for one in work.templates.active() if one.code != "OUTGOING")
        company = work.contacts.get(archive.anna)
        assert company is not None
    plain, other = archive.cancels(2)
    of_bob = office.logs(archive.eva, bob)
    incoming = office.logs(archive.eva, archive.anna, template=template.id)
    earlier = office.logs(archive.eva, archive.anna, date=office.clock.now().date() - 9 * DAY)
    of_wim = office.logs(wim, archive.anna)
    for entry, person in (
        (of_bob, archive.eva),
        (incoming, archive.eva),
        (earlier, archive.eva),
        (of_wim, wim),
    ):
        office.entries.cancel(person, entry, None)
    numbers = _numbers(archive)

    def passing(**chosen: Any) -> set[EntryId]:
        sample = archive.deletions.sample(archive.ada, Filters(**chosen))
        assert sample.count == len(sample.entries)
        return {listed.entry.id for listed in sample.entries}

    today = office.clock.now().date()
    assert passing(contact=bob) == {of_bob}
    assert passing(template=template.id) == {incoming}
    assert passing(group=template.group, template=template.id) == {incoming}
    assert passing(until=today - DAY) == {earlier}
    assert passing(since=today, salesperson=archive.eva.id) == {plain, other, of_bob, incoming}
    assert passing(salesperson=wim.id) == {of_wim}
    assert passing(first=numbers[plain], last=numbers[other]) == {plain, other}
    assert passing(contact=company.company, until=today - DAY) == {earlier}
    assert passing(salesperson=wim.id, contact=bob) == set()


def _numbers(archive: Archive) -> dict[EntryId, int]:
    with archive.office.store.reading() as connection:
        return {
            EntryId(entry): number
            for entry, number in connection.execute(select(entries.c.id, entries.c.number))
        }


def test_an_order_whose_csv_can_not_be_delivered_deletes_nothing(archive: Archive) -> None:
    archive.cancels(1)
    archive.deletions.order(archive.ada, "key", Filters(), archive.office.clock.now())
    archive.deletions.run()
    with archive.office.store.writing() as connection:
        csv_ = deliveries.c.kind == "file"
        connection.execute(deliveries.update().where(csv_).values(state="failed"))
    archive.deletions.run()
    archive.passes(SECOND)
    assert archive.heard()[0].startswith("Nothing was deleted: the CSV could not be delivered.")
    assert archive.logged() == 1


def test_a_deletion_that_was_cut_off_is_finished_by_another_process(archive: Archive) -> None:
    card = archive.announced(5)
    archive.passes(DAY)
    store = archive.office.store
    with store.begin(archive.office.workspace) as work:
        assert work.purge_cards.claim(card.id)
        assert not work.purge_cards.claim(card.id)
    assert archive.purge.run() == ""
    archive.passes(timedelta(minutes=2))
    assert archive.purge.run() == "Deleted 5 canceled entries."


def test_a_stopped_deletion_goes_on_at_the_next_start(archive: Archive) -> None:
    archive.announced(2)
    archive.passes(DAY)
    archive.sweep.stop()
    archive.purge.run()
    messages = CardMessages(archive.office.people, archive.folder)
    again = Purge(archive.office.store, Silence(), Sweep(archive.office.store), messages)
    assert again.run() == "Deleted 2 canceled entries."


def test_cells_of_the_csv_are_no_formulas_and_keep_every_word(archive: Archive) -> None:
    archive.cancels(1, description="=1+1", comment="\tone\ntwo")
    archive.deletions.order(archive.ada, "key", Filters(), archive.office.clock.now())
    archive.deletions.run()
    archive.passes(SECOND)
    workspace = archive.post.slack.workspace
    channel = workspace.directory.direct(ADA).id
    name = next(file for message in workspace.seen_by(ADA, channel) for file in message.files)
    text = workspace.files.file(name).content.decode("utf-8-sig")
    row = next(csv.DictReader(text.splitlines(keepends=True)))
    assert row["Description"] == "'=1+1"
    assert row["Comment"] == "'\tone\ntwo"
    assert row["Canceled by"] == "Eva"
    assert (row["Information flow"], row["Initiated by"]) == ("Outbound", "Us")
    assert list(archive.folder.iterdir()) == []


def test_every_admin_gets_card_and_csv_of_his_own(archive: Archive) -> None:
    archive.office.joins("Max", slack_id=SlackUser(MAX), admin=True)
    card = archive.announced(2)
    assert [len(rows) for rows in archive.files(MAX)] == [2]
    assert [len(rows) for rows in archive.files(ADA)] == [2]
    archive.purge.keep(archive.ada, card.id)
    archive.passes(SECOND)
    assert "(Ada chose so)." in archive.heard(MAX)[-1]
