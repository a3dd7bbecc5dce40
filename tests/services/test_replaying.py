"""What a run wrote down as criteria of the segments it made can be saved like any other."""

import pytest
from office import Office
from running import Running

from bot.domain.criteria import Criteria, read_criteria
from bot.domain.ids import SegmentId
from bot.services.membership import Membership
from bot.services.saved_criteria import SavedCriteria


@pytest.fixture
def running(office: Office) -> Running:
    return Running(office)


def test_the_contacts_of_a_logged_segment_are_criteria_to_be_saved(running: Running, office: Office) -> None:
    eva = office.joins("Eva")
    logged = running.logs(eva, running.segment(eva, running.people(eva, 3)))
    running.logged_segments.reuse(eva, logged.id)
    running.runs.run()
    made = running.register(logged.id).follow_up_segment
    [action] = running_actions(running, made)
    assert action == Criteria(logged=frozenset({logged.id}))
    saved = SavedCriteria(office.store, Membership(office.store, office.people, running.segments))
    assert saved.save(eva, made or SegmentId(0), "AGAIN", "") == {}
    [kept] = saved.all(eva)
    assert [criteria for _, criteria in kept.actions] == [action]


def running_actions(running: Running, segment: SegmentId | None) -> list[Criteria]:
    with running.office.store.read(running.office.workspace) as work:
        return [read_criteria(one.criteria) for one in work.segments.actions(segment or SegmentId(0))]
