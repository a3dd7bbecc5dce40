
import pytest
from office import Office
from running import Running

from bot.domain.people import Person
from bot.domain.segments import RunState, SegmentState


@pytest.fixture
def running(office: Office) -> Running:
    return Running(office)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


def test_46_n_contacts_become_n_entries_of_one_register(running: Running, eva: Person) -> None:
    segment = running.segment(eva, running.people(eva, 7), text="Our catalogue is out.")
    run = running.logs(eva, segment)
    rows = running.entries(run.id)
    assert run.state is RunState.LOGGED
    assert [row.line for row in rows] == list(range(1, 8))
    assert [row.number for row in rows] == list(range(rows[0].number, rows[0].number + 7))
    assert {row.description for row in rows} == {"Autumn catalogue"}
    assert running.read(segment.id).state is SegmentState.LOGGED
    with running.office.store.read(eva.workspace) as work:
        listed = work.entries.many([row.id for row in rows])
        assert {one.entry.comment for one in listed} == {"Our catalogue is out."}
        assert [line.new for line in work.history.of("entry", rows[0].id)] == [str(rows[0].number)]
    assert "Logged 7 interactions of SEG0900 as logged segment 1" in running.said(run.answer)[-1]
