"""What lines come to: the domain says it line by line, the database set by set, and both say the same."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import TODAY, Office
from running import Running
from sqlalchemy import select, update

from bot.domain.campaigns import Campaign
from bot.domain.ids import CampaignId, PersonId
from bot.domain.interactions import Correspondence, Evaluation, Flow, Initiator, Translation
from bot.domain.segment_values import Values, fault_of, sent_by, template_of, values_for
from bot.domain.segments import Line, Segment
from storage import segment_values as sql
from storage.attachments import Attachments
from storage.tables.contacts import contacts
from storage.tables.templates import interaction_templates

MAYBE_DAY = st.none() | st.dates(date(2026, 1, 1), TODAY)
CORRESPONDENCE = st.none() | st.sampled_from(Correspondence)


class World:
    """One segment with one line, whose contact, template and header are drawn again and again."""

    def __init__(self, office: Office) -> None:
        self.office, self.running = office, Running(office)
        self.eva, self.wim = office.joins("Eva"), office.joins("Wim")
        self.templates = [office.template("MAILING"), office.template("OUTGOING")]
        self.campaign = CampaignId(office.store.ids())
        with office.store.begin(office.workspace) as work:
            work.campaigns.add(Campaign(id=self.campaign, number="CP0001", description="Autumn"))
            rows = Attachments(work.access)
            self.hung = rows.put("nb.pdf", "application/pdf", b"nb")
            self.letter = rows.put("all.pdf", "application/pdf", b"all")
        self.contact = office.knows(self.eva, "Anna Berg", "Fjordbygg AS")
        self.segment = self.running.segment(self.eva, [self.contact])

    def people(self) -> st.SearchStrategy[PersonId | None]:
        return st.sampled_from([None, self.eva.id, self.wim.id])

    def shared(self) -> dict[str, st.SearchStrategy[Any]]:
        """What a header and a line have in common."""
        return {
            "template": st.sampled_from([None, *self.templates]),
            "salesperson": self.people(),
            "correspondence": CORRESPONDENCE,
            "language": st.sampled_from([None, "nb", "de"]),
            "flow": st.none() | st.sampled_from(Flow),
            "initiated_by": st.none() | st.sampled_from(Initiator),
            "duration": st.none() | st.integers(0, 90),
            "campaign": st.sampled_from([None, self.campaign]),
        }

    def put(self, segment: Segment, line: Line, contact: dict[str, Any], template: dict[str, Any]) -> None:
        with self.office.store.begin(self.office.workspace) as work:
            now = work.segments.get(segment.id)
            assert now is not None
            assert work.segments.change(now, segment)
            assert work.segment_lines.change(segment.id, line)
            execute = work.access.connection.execute
            execute(update(contacts).where(contacts.c.id == self.contact).values(**contact))
            execute(update(interaction_templates).values(**template))
            for one in self.templates:
                for language in ("nb", "de"):
                    hung = self.hung if language == "nb" else None
                    work.templates.translate(one, Translation(language=language, attachment=hung))

    def says(self, *, sending: bool) -> Any:
        """Return what the database makes of the line."""
        query = (
            select(
                sql.fault.label("fault"),
                sql.text.label("text"),
                *(column.label(name) for name, column in sql.COLUMNS.items()),
            )
            .select_from(sql.joined())
            .where(sql.present())
        )
        known = {"workspace": self.office.workspace, "segment": self.segment.id, "sending": sending}
        with self.office.store.reading() as connection:
            return connection.execute(query, known).one()


@pytest.fixture
def world(office: Office) -> World:
    return World(office)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_database_says_what_the_domain_says(world: World, data: st.DataObject) -> None:
    def drawn(**strategies: st.SearchStrategy[Any]) -> dict[str, Any]:
        return data.draw(st.fixed_dictionaries(strategies))

    header = drawn(
        **world.shared(),
        description=st.sampled_from(["", "Catalogue"]),
        text=st.sampled_from(["", "Dear"]),
        ignore_contact=st.booleans(),
        cost=st.sampled_from(["", "1.50"]),
        day=st.dates(date(2026, 1, 1), TODAY),
    )
    own = drawn(
        **world.shared(),
        description=st.sampled_from([None, "Own"]),
        text=st.sampled_from([None, "", "Mine"]),
        evaluation=st.none() | st.sampled_from(Evaluation),
        attempt_failed=st.booleans(),
        cost=st.sampled_from([None, "2.50"]),
        day=MAYBE_DAY,
    )
    contact = drawn(
        correspondence=CORRESPONDENCE,
        email=st.sampled_from(["", "anna@example.com"]),
        salesperson_id=world.people(),
        privacy_blocked=st.booleans(),
    )
    template = drawn(
        correspondence=CORRESPONDENCE,
        ignore_contact=st.booleans(),
        active=st.booleans(),
        attachment_id=st.sampled_from([None, world.letter]),
    )
    sending = data.draw(st.booleans())
    segment = replace(world.segment, **header)
    line = Line(number=1, contact=world.contact, **own)
    world.put(segment, line, contact, template)
    with world.office.store.read(world.office.workspace) as work:
        known, company = work.contacts.with_company(world.contact)
        chosen = template_of(segment, line)
        used = work.templates.by_id().get(chosen) if chosen else None
    assert known is not None
    values = values_for(segment, line, used, known)
    blocked = known.privacy_blocked or (company is not None and company.privacy_blocked)
    row = world.says(sending=sending)
    retired = used is not None and not used.active
    assert row.fault == fault_of(values, known, blocked=blocked, retired=retired, sending=sending)
    assert row.correspondence == sent_by(values, known)
    assert _of(row) == replace(values, correspondence=None)


def _of(row: Any) -> Values:
    return Values(
        template=row.template_id,
        description=row.description,
        text=row.text,
        evaluation=row.evaluation,
        attempt_failed=row.attempt_failed,
        correspondence=None,
        day=row.date,
        salesperson=row.salesperson_id,
        language=row.language,
        flow=row.flow,
        initiated_by=row.initiated_by,
        duration=row.duration,
        cost=row.cost,
        campaign=row.campaign_id,
        attachment=row.attachment_id,
    )
