"""Taking an import back, on both databases."""

from dataclasses import replace
from pathlib import Path

import pytest
from sheets import ROWS, a_csv, by_name
from sqlalchemy import text

from bot.domain.contacts import match_key, search_text
from bot.domain.ids import ImportId, PersonId, WorkspaceId
from bot.domain.messages import Refusal
from bot.domain.people import Person, Role
from bot.services.contact_import import ContactImport
from storage.store import Store


def test_reverting_deletes_what_was_made_and_gives_back_what_was_changed(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    imports.run(furnished, None, a_csv(tmp_path, [ROWS[0]]))
    before = by_name(store, furnished, "Anna Berg")
    rows = [
        ("", "", "Anna Strand", "Havtech AS", "", "anna@fjordbygg.no", "Moss", "MAX", "Other"),
        ("", "", "Ola", "Havtech AS"),
    ]
    second = imports.run(furnished, None, a_csv(tmp_path, rows))
    assert second.import_id
    done = imports.revert(furnished, None, second.import_id)
    assert (done.deleted, done.restored, done.stayed, done.names) == (2, 1, 0, ())
    after = by_name(store, furnished, "Anna Berg")
    assert after == replace(before, revision=2)
    with store.read(furnished) as work:
        assert work.search.find("havtech", PersonId(0)) == work.search.find("ola", PersonId(0)) == []
        groups = "SELECT g.code FROM contact_mailing_groups m JOIN mailing_groups g ON g.id = m.group_id ORDER BY 1"
        assert work.access.connection.execute(text(groups)).scalars().all() == ["News", "VIP"]
    with pytest.raises(Refusal, match="taken back before"):
        imports.revert(furnished, None, second.import_id)
    with pytest.raises(Refusal, match="no import"):
        imports.revert(furnished, None, ImportId(1))


def test_what_was_touched_since_stays_and_is_named(
    imports: ContactImport, store: Store, furnished: WorkspaceId, tmp_path: Path
) -> None:
    report = imports.run(furnished, None, a_csv(tmp_path, ROWS))
    with store.begin(furnished) as work:
        anna = by_name(store, furnished, "Anna Berg")
        changed = replace(anna, city="Moss")
        work.contacts.change(changed, search_text(changed), match_key(changed))
    assert report.import_id
    done = imports.revert(furnished, None, report.import_id)
    assert (done.deleted, done.restored, done.stayed) == (3, 0, 2)
    assert done.names == ("Anna Berg (Fjordbygg AS)", "Fjordbygg AS")
    with store.read(furnished) as work:
        assert work.contacts.count() == 2


def test_only_admins_take_an_import_back(
    imports: ContactImport, furnished: WorkspaceId, tmp_path: Path
) -> None:
    report = imports.run(furnished, None, a_csv(tmp_path, ROWS))
    eva = Person(id=PersonId(1), workspace=furnished, slack_id=None, code="EVA", name="Eva")
    assert report.import_id
    with pytest.raises(Refusal, match="Only an admin"):
        imports.revert(furnished, eva, report.import_id)
    assert imports.revert(furnished, replace(eva, role=Role.ADMIN), report.import_id).deleted == 5
