"""A segment stands in the direct messages of several people: each copy tells what is true now."""

import pytest
from office import Office
from roster import Roster
from sqlalchemy import select

from bot.domain.deliveries import DeliveryState
from bot.domain.people import Person
from storage.tables.deliveries import deliveries


@pytest.fixture
def roster(office: Office) -> Roster:
    return Roster(office)


def test_everybody_who_has_a_segment_before_him_sees_how_it_stands(roster: Roster) -> None:
    office, eva = roster.office, roster.eva
    max_, pia = office.joins("Max"), office.joins("Pia")
    for who in (eva, max_):
        roster.segments.bring(who, roster.segment)
    roster.segments.add(eva, roster.segment, roster.knows_one("Anna"))
    assert ["1 contact" in told(roster, who) for who in (eva, max_, pia)] == [True, True, False]
    office.sees("own")
    roster.segments.add(eva, roster.segment, roster.knows_one("Ola"))
    assert ["2 contacts" in told(roster, who) for who in (eva, max_)] == [True, False]
    roster.segments.delete(eva, roster.segment)
    assert ["was deleted" in told(roster, who) for who in (eva, max_, pia)] == [True, True, False]


def told(roster: Roster, who: Person) -> str:
    """Return what waits to be said to somebody of the segment."""
    place = deliveries.c.answer_key == f"segment:{roster.segment}:{who.id}"
    with roster.office.store.reading() as connection:
        waiting = select(deliveries.c.payload).where(place, deliveries.c.state == DeliveryState.DUE)
        return str(list(connection.scalars(waiting)))
