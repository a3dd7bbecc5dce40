"""What nobody needs any more is thrown away, and nothing else (`product.md` 9)."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from office import Office
from postroom import Postroom
from sqlalchemy import select

from bot.domain.deliveries import DeliveryKind
from bot.domain.ids import FormId
from bot.domain.interactions import Form
from bot.domain.operations import ItemKind
from bot.domain.postponed import Layout
from bot.services.tidying import Tidying
from storage.tables.deliveries import deliveries, request_keys
from storage.tables.interactions import drafts, operation_items

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def tidying(office: Office, tmp_path: Path) -> Tidying:
    return Tidying(office.store, tmp_path / "exports")


def forms(office: Office) -> set[str]:
    with office.store.reading() as connection:
        return set(connection.scalars(select(drafts.c.form_id)))


def test_messages_go_thirty_days_after_they_arrived(post: Postroom, tidying: Tidying) -> None:
    post.writes("old")
    post.passes(timedelta())
    post.passes(30 * DAY + HOUR)
    post.writes("new")
    post.passes(timedelta())
    post.writes("waiting")
    assert tidying.run() == "Threw away: old messages 1."
    with post.office.store.reading() as connection:
        assert set(connection.scalars(select(deliveries.c.key))) == {"new", "waiting"}
    assert tidying.run() == ""


def test_what_is_still_to_be_said_stays_however_old(post: Postroom, tidying: Tidying) -> None:
    post.writes("waiting")
    post.office.clock.move(300 * DAY)
    assert tidying.run() == ""


def test_keys_of_repeats_go_after_two_days(office: Office, tidying: Tidying) -> None:
    with office.store.begin(office.workspace) as work:
        work.requests.remember("old", {})
    office.clock.move(2 * DAY + HOUR)
    with office.store.begin(office.workspace) as work:
        work.requests.remember("new", {})
    assert tidying.run() == "Threw away: keys of repeats 1."
    with office.store.reading() as connection:
        assert connection.scalars(select(request_keys.c.key)).all() == ["new"]


def test_empty_forms_go_after_a_day_and_what_was_typed_stays(office: Office, tidying: Tidying) -> None:
    eva = office.joins("Eva")
    anna = office.knows(eva, "Anna Berg")
    with office.store.begin(office.workspace) as work:
        work.drafts.open(FormId("empty"), eva.id, Form(), Layout())
    office.types(eva, "typed", office.typed(anna), "1")
    office.clock.move(DAY + HOUR)
    with office.store.begin(office.workspace) as work:
        work.drafts.open(FormId("fresh"), eva.id, Form(), Layout())
    assert tidying.run() == "Threw away: empty forms 1."
    assert forms(office) == {"typed", "fresh"}


def test_discarded_forms_go_after_thirty_days_with_what_points_at_them(
    office: Office, tidying: Tidying
) -> None:
    eva = office.joins("Eva")
    anna = office.knows(eva, "Anna Berg")
    for form in ("discarded", "logged"):
        office.types(eva, form, office.typed(anna), "1")
    office.postponed.discard(eva, FormId("discarded"), None)
    office.submits(eva, "logged", office.typed(anna))
    office.clock.move(29 * DAY)
    tidying.run()
    assert forms(office) == {"discarded", "logged"}
    office.clock.move(2 * DAY)
    assert "discarded forms 1" in tidying.run()
    assert forms(office) == {"logged"}
    with office.store.reading() as connection:
        pointed = connection.scalars(
            select(operation_items.c.item_id).where(operation_items.c.kind == ItemKind.DRAFT)
        )
        assert set(pointed) <= set(connection.scalars(select(drafts.c.id)))


def test_files_go_when_nobody_waits_for_them(office: Office, tidying: Tidying, tmp_path: Path) -> None:
    eva = office.joins("Eva")
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in ("left.csv", "left.csv.1.part", "awaited.csv", "fresh.csv"):
        (folder / name).write_text("x")
    written = (folder / "fresh.csv").stat().st_mtime
    for name in ("left.csv", "left.csv.1.part", "awaited.csv"):
        os.utime(folder / name, (written - 7200, written - 7200))
    office.clock.move(300 * DAY)
    with office.store.begin(office.workspace) as work:
        payload = {"path": str(folder / "awaited.csv"), "name": "awaited.csv"}
        work.deliveries.say("file", DeliveryKind.FILE, eva.id, payload)
    assert tidying.run() == "Threw away: left-over files 2."
    assert {file.name for file in folder.iterdir()} == {"awaited.csv", "fresh.csv"}


def test_a_stopped_run_leaves_the_rest(office: Office, tidying: Tidying) -> None:
    with office.store.begin(office.workspace) as work:
        work.requests.remember("old", {})
    office.clock.move(3 * DAY)
    tidying.stop()
    assert tidying.run() == ""
