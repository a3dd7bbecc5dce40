"""Lines of the acceptance list (`domain.md` 4) that the domain alone decides."""

from dataclasses import replace

import pytest

from bot.domain.checks import Circumstances, problems
from bot.domain.inheritance import correspondence_for, with_template
from bot.domain.interactions import (
    Correspondence,
    Field,
    Flow,
    Form,
    Translation,
    WizardAction,
    filled,
)
from bot.domain.titles import title
from tests.views.things import TEXT, TODAY, anna, eva, form, outgoing


def typed(words: str) -> str:
    return words


GOLF = replace(outgoing(typed), id=12, code="GOLF", description="Golf event")
SEEN = Circumstances(
    actor=eva(typed),
    today=TODAY,
    contact=anna(typed),
    company=None,
    template=outgoing(typed),
    salesperson=eva(typed),
)


def faulty(*, seen: Circumstances = SEEN, **missing: object) -> list[Field]:
    """Return the fields that are refused, in the order in which they are named."""
    return [*problems(replace(form(typed), **missing), seen)]


def test_a_whole_form_is_refused_nowhere() -> None:
    assert faulty() == []


def test_line_03_a_template_without_description_and_none_typed_is_refused_for_description() -> None:
    bare = with_template(Form(), replace(GOLF, description=""), None)
    assert bare.description == ""
    assert faulty(description=bare.description) == [Field.DESCRIPTION]
    assert faulty(description="  \n") == [Field.DESCRIPTION]


def test_line_04_without_contact_it_is_refused_for_the_contact_first() -> None:
    nothing = Circumstances(
        actor=eva(typed), today=TODAY, contact=None, company=None, template=None, salesperson=None
    )
    assert next(iter(problems(Form(), nothing))) is Field.CONTACT


def test_line_05_without_salesperson_it_is_refused() -> None:
    assert faulty(seen=replace(SEEN, salesperson=None)) == [Field.SALESPERSON]


def test_line_06_without_date_it_is_refused() -> None:
    assert faulty(day=None) == [Field.DATE]


def test_line_07_a_template_fills_a_blank_description() -> None:
    assert with_template(Form(), GOLF, None).description == "Golf event"


def test_line_08_a_typed_description_survives_the_first_template() -> None:
    before = filled(Form(), {Field.DESCRIPTION: "Birthday"})
    assert with_template(before, GOLF, None).description == "Birthday"


@pytest.mark.parametrize(("stands", "becomes"), [("Golf event", "Outgoing call"), ("Birthday", "Birthday")])
def test_line_09_another_template_brings_its_description(stands: str, becomes: str) -> None:
    """Only if it still is the old template's text (`product.md` 4)."""
    before = replace(with_template(Form(), GOLF, None), description=stands)
    assert with_template(before, outgoing(typed), GOLF).description == becomes


def test_line_13_email_needs_no_attachment_unless_the_template_demands_one() -> None:
    """`product.md` 4 replaces the line: a bot records, it sends nothing."""
    assert faulty(correspondence=Correspondence.EMAIL) == []


def test_line_14_a_template_that_ignores_the_contact_keeps_its_blank_type() -> None:
    ignoring = replace(GOLF, ignore_contact=True, correspondence=None)
    assert correspondence_for(ignoring, Correspondence.EMAIL) is None
    heeding = replace(ignoring, ignore_contact=False)
    assert correspondence_for(heeding, Correspondence.EMAIL) is Correspondence.EMAIL


@pytest.mark.parametrize("action", [WizardAction.OPEN, WizardAction.MERGE])
def test_line_15_a_template_that_demands_a_document_needs_one(action: WizardAction) -> None:
    demanding = replace(outgoing(typed), wizard_action=action)
    in_nb = replace(demanding, translations=(Translation(language="nb", attachment=7),))
    assert faulty(seen=replace(SEEN, template=demanding)) == [Field.TEMPLATE]
    assert faulty(seen=replace(SEEN, template=replace(demanding, attachment=7))) == []
    assert faulty(seen=replace(SEEN, template=in_nb), language="nb") == []
    assert faulty(seen=replace(SEEN, template=in_nb), language="en") == [Field.TEMPLATE]


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (Flow.INBOUND, "Incoming call – from Anna Berg"),
        (Flow.OUTBOUND, "Incoming call – by Eva Lind"),
        (None, "Incoming call"),
    ],
)
def test_line_70_the_title_names_who_spoke(flow: Flow | None, said: str) -> None:
    assert TEXT.say(title("Incoming call", flow, "Eva Lind", "Max Aubert", "Anna Berg")) == said


def test_line_71_without_salesperson_the_title_names_who_logged() -> None:
    said = title("Outgoing call", Flow.OUTBOUND, "", "Max Aubert", "Anna Berg")
    assert TEXT.say(said) == "Outgoing call – by Max Aubert"
