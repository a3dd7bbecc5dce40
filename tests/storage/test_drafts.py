"""Drafts on both databases: the newest act of the person wins, whatever the order of arrival."""

import pytest

from bot.domain.ids import FormId, PersonId, WorkspaceId
from bot.domain.interactions import Form
from bot.domain.people import Person
from bot.domain.postponed import Layout
from storage.store import Store

FORM = FormId("f1")


@pytest.fixture
def owner(store: Store, workspace: WorkspaceId) -> PersonId:
    person = Person(id=PersonId(store.ids()), workspace=workspace, slack_id=None, code="EVA", name="Eva")
    with store.begin(workspace) as work:
        work.people.add(person)
        work.drafts.open(FORM, person.id, Form(), Layout(more=True))
    return person.id


def kept(store: Store, workspace: WorkspaceId) -> tuple[str, bool]:
    with store.read(workspace) as work:
        draft = work.drafts.of_form(FORM)
    assert draft is not None
    return draft.form.comment, draft.layout.more


def test_words_that_arrive_late_do_not_overwrite_newer_ones(
    store: Store, workspace: WorkspaceId, owner: PersonId
) -> None:
    with store.begin(workspace) as work:
        assert work.drafts.save(FORM, owner, Form(comment="newer"), "1700000002.000100")
        assert not work.drafts.save(FORM, owner, Form(comment="older"), "1700000001.999999")
    assert kept(store, workspace) == ("newer", True)


def test_our_own_word_is_kept_and_holds_nothing_of_the_person_back(
    store: Store, workspace: WorkspaceId, owner: PersonId
) -> None:
    with store.begin(workspace) as work:
        work.drafts.save(FORM, owner, Form(comment="typed"), "1700000002.000100")
        assert work.drafts.save(FORM, owner, Form(comment="filled in"), None, Layout())
        assert work.drafts.save(FORM, owner, Form(comment="typed on"), "1700000003.000100")
    assert kept(store, workspace) == ("typed on", False)


def test_nobody_elses_words_and_none_after_the_end(
    store: Store, workspace: WorkspaceId, owner: PersonId
) -> None:
    with store.begin(workspace) as work:
        work.drafts.save(FORM, owner, Form(comment="mine"), "1700000002.000100")
        assert not work.drafts.save(FORM, PersonId(owner + 1), Form(comment="theirs"), "1700000003.000100")
        assert work.drafts.finish(FORM, Form(comment="mine"))
        assert not work.drafts.save(FORM, owner, Form(comment="late"), "1700000004.000100")
    assert kept(store, workspace) == ("mine", True)
