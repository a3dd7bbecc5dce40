"""Interaction groups and templates as admins set them up (`domain.md` 1.1, 1.2; acceptance line 72)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from office import Office
from running import Running

from bot.domain.documents import Act, DocumentType
from bot.domain.ids import ContactId, FormId, GroupId, TemplateId
from bot.domain.interactions import Correspondence, Field, Flow, Translation, WizardAction
from bot.domain.messages import Refusal
from bot.domain.people import Person
from bot.domain.segment_values import Fault
from bot.domain.template_forms import TemplateField, TypedGroup, TypedTemplate
from bot.domain.template_lists import Figures
from bot.services.choices import Choices
from bot.services.forms import Start
from bot.services.segment_headers import SegmentHeaders
from bot.services.template_groups import TemplateGroups
from bot.services.template_languages import TemplateLanguages
from bot.services.template_setup import TemplateSetup, template_for
from bot.services.templates import Templates
from bot.text import Text
from bot.views.forms import Meta
from storage.attachments import Attachments
from tests.views.things import outgoing


@pytest.fixture
def ada(office: Office) -> Person:
    return office.joins("Ada", admin=True)


@pytest.fixture
def eva(office: Office) -> Person:
    return office.joins("Eva")


@pytest.fixture
def anna(office: Office, eva: Person) -> ContactId:
    return office.knows(eva, "Anna Berg", "Fjordbygg AS")


@pytest.fixture
def templates(office: Office) -> Templates:
    return Templates(office.store)


def group(office: Office, code: str = "PHONE") -> GroupId:
    with office.store.read(office.workspace) as work:
        return next(one.id for one in work.templates.groups().values() if one.code == code)


def typed(office: Office, **facts: Any) -> TypedTemplate:
    plain: dict[str, Any] = {"code": "golf", "group": group(office), "description": "  Golf   event "}
    return TypedTemplate(**plain | facts)


def made(office: Office, ada: Person, **facts: Any) -> TemplateId:
    kept = Templates(office.store).make(ada, f"key:{office.store.ids()}", typed(office, **facts))
    assert kept.template is not None, kept.problems
    return kept.template


def said(refusal: pytest.ExceptionInfo[Refusal], office: Office) -> str:
    return Text("en-GB", "Europe/Oslo", office.clock.now()).say(refusal.value.message)


def test_a_template_gets_every_field_and_fills_the_form_with_it(
    office: Office, templates: Templates, ada: Person, eva: Person, anna: ContactId
) -> None:
    template = made(
        office,
        ada,
        duration="1h30",
        cost="99,5",
        flow=Flow.OUTBOUND,
        correspondence=Correspondence.HARD_COPY,
        ignore_contact=True,
        language="nb",
        wizard_action=WizardAction.IMPORT,
    )
    one = templates.one(ada, template).template
    assert (one.code, one.description, one.duration, one.cost) == ("GOLF", "Golf event", 90, "99.50")
    assert one.languages == ("nb",)
    form = office.forms.open(eva, Start(contact=anna, template=template)).form
    assert (form.description, form.duration, form.cost, form.language) == ("Golf event", "90", "99.50", "nb")
    assert (form.flow, form.correspondence) == (Flow.OUTBOUND, Correspondence.HARD_COPY)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": " "}, {TemplateField.CODE: "Write a code"}),
        ({"code": "outgoing"}, {TemplateField.CODE: "{code} is taken"}),
        ({"code": "ELEVENCHARS"}, {TemplateField.CODE: "At most"}),
        ({"code": "TWO WORDS"}, {TemplateField.CODE: "No spaces"}),
        ({"group": None}, {TemplateField.GROUP: "Choose"}),
        ({"description": " \n"}, {TemplateField.DESCRIPTION: "Say what"}),
        ({"description": "x" * 101}, {TemplateField.DESCRIPTION: "At most"}),
        ({"duration": "-5"}, {TemplateField.DURATION: "negative"}),
        ({"duration": "1.5"}, {TemplateField.DURATION: "whole minutes"}),
        ({"cost": "-0.01"}, {TemplateField.COST: "negative"}),
        ({"cost": "much"}, {TemplateField.COST: "amount"}),
        ({"code": "", "cost": "x"}, {TemplateField.CODE: "Write", TemplateField.COST: "amount"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(wrong: dict[str, Any], words: dict[TemplateField, str]) -> None:
    plain: dict[str, Any] = {"code": "golf", "group": GroupId(1), "description": "Golf event"}
    problems = TypedTemplate(**plain | wrong).problems([outgoing(str)])
    assert [*problems] == [*words]
    assert all(word in problems[field].text for field, word in words.items())


def test_a_group_that_is_gone_is_said_at_its_field(office: Office, templates: Templates, ada: Person) -> None:
    problems = templates.make(ada, "key", typed(office, group=GroupId(7))).problems or {}
    assert "gone" in problems[TemplateField.GROUP].text


def test_one_form_makes_one_template(office: Office, templates: Templates, ada: Person) -> None:
    first = templates.make(ada, "key", typed(office))
    assert templates.make(ada, "key", typed(office)) == first


def test_the_second_of_two_admins_sees_what_the_first_changed(
    office: Office, templates: Templates, ada: Person
) -> None:
    max_, template = office.joins("Max Aubert", admin=True), made(office, ada, duration="15")
    revision = templates.one(ada, template).template.revision
    for again in (1, 2):
        changed = typed(office, duration="20", flow=Flow.INBOUND, ignore_contact=True)
        templates.edit(max_, template, revision + again - 1, changed)
    with pytest.raises(Refusal) as refusal:
        templates.edit(ada, template, revision, typed(office, description="Mine"))
    assert said(refusal, office) == (
        "Max Aubert changed this interaction template meanwhile: Duration (min.): 15 → 20, "
        "Information flow: – → Inbound, Ignore contact's correspondence type: No → Yes. Open it again."
    )
    assert templates.one(ada, template).template.description == "Golf event"


def test_a_retired_template_is_offered_no_more_and_comes_back(
    office: Office, templates: Templates, ada: Person, eva: Person, anna: ContactId
) -> None:
    template, form = office.template(), office.typed(anna)
    office.types(eva, "draft", form, "1")
    entry = office.logs(eva, anna)
    templates.retire(ada, template)
    assert office.forms.open(eva, Start(contact=anna, template=template)).form.template is None
    outcome = office.submits(eva, "draft", form)
    assert {field: words.text for field, words in outcome.problems.items()} == {
        Field.TEMPLATE: "This template is no longer in use. Choose another one."
    }
    assert office.entries.get(eva, entry).entry.template == template
    templates.bring_back(ada, template)
    assert office.submits(eva, "draft", form).twin is not None


def test_whoever_resumes_with_a_retired_template_is_told(
    office: Office, templates: Templates, ada: Person, eva: Person, anna: ContactId
) -> None:
    office.types(eva, "draft", office.typed(anna), "1")
    templates.retire(ada, office.template())
    resumed = office.forms.resume(eva, FormId("draft"))
    assert "“Outgoing call” is no longer in use. Choose another" in str(resumed.view)
    assert "no longer in use" not in str(office.forms.open(eva, Start(contact=anna)).view)


def test_a_segment_with_a_retired_template_is_not_logged_but_shows_it(
    office: Office, templates: Templates, ada: Person, eva: Person
) -> None:
    running = Running(office)
    template, segment = office.template("MAILING"), running.segment(eva, running.people(eva, 2))
    templates.retire(ada, template)
    assert running.runs.check(eva, segment.id, send=False).faults == {Fault.RETIRED: 2}
    header = SegmentHeaders(office.store, office.people, office.segments).header(eva, segment.id)
    assert header.templates[0].id == template


def test_only_a_template_that_was_never_used_is_deleted(
    office: Office, templates: Templates, ada: Person, eva: Person, anna: ContactId
) -> None:
    office.logs(eva, anna)
    with pytest.raises(Refusal, match="has been used"):
        templates.delete(ada, office.template())
    spare = made(office, ada, language="nb")
    office.types(eva, "draft", office.typed(anna, template=spare), "1")
    with pytest.raises(Refusal, match="has been used"):
        templates.delete(ada, spare)
    office.postponed.discard(eva, FormId("draft"), None)
    TemplateSetup(office.store).save(ada, {}, {DocumentType.SALES_QUOTE: spare})
    templates.delete(ada, spare)
    with pytest.raises(Refusal, match="gone"):
        templates.one(ada, spare)


def test_line_72_statistics_leave_out_what_is_canceled_or_postponed(
    office: Office, templates: Templates, ada: Person, eva: Person, anna: ContactId
) -> None:
    with office.store.begin(office.workspace) as work:
        call = work.templates.get(office.template())
        assert call is not None
        work.templates.change(replace(call, cost="5.25", duration=20))
    for _ in range(2):
        office.logs(eva, anna)
    office.entries.cancel(eva, office.logs(eva, anna), None)
    office.types(eva, "draft", office.typed(anna), "1")
    office.postponed.close(eva, FormId("draft"))
    counted = Figures(2, 40, Decimal("10.50"))
    page = templates.page(ada)
    assert page.statistics is not None
    assert page.statistics.templates == {office.template(): counted}
    assert page.statistics.groups == {group(office): counted}
    assert templates.one(ada, office.template()).figures == counted
    assert {one.group.code: one.figures for one in TemplateGroups(office.store).all(ada)}["PHONE"] == counted


def test_templates_stand_by_group_and_page_by_page(office: Office, templates: Templates, ada: Person) -> None:
    for number in range(30):
        made(office, ada, code=f"T{number}", description=f"Call {number:02}")
    shown = [templates.page(ada, number) for number in range(3)]
    assert [(one.page, one.pages) for one in shown] == [(0, 3), (1, 3), (2, 3)]
    names = [one.description for page in shown for one in page.templates]
    phone = sorted([f"Call {number:02}" for number in range(30)] + ["Incoming call", "Outgoing call"])
    assert [name for name in names if "all" in name] == phone
    assert templates.page(ada, 99).page == 2


def test_groups_are_made_changed_and_deleted_while_they_are_empty(office: Office, ada: Person) -> None:
    groups = TemplateGroups(office.store)
    assert groups.make(ada, "key", TypedGroup(code="sales", description="Sales")) is None
    assert groups.make(ada, "key", TypedGroup(code="sales", description="Sales")) is None
    made_one = groups.one(ada, group(office, "SALES"))
    problems = groups.edit(ada, made_one.id, 0, TypedGroup(code="PHONE", description=""))
    assert [*(problems or {})] == [TemplateField.CODE, TemplateField.DESCRIPTION]
    assert groups.edit(ada, made_one.id, 0, TypedGroup(code="SALES", description="Sold")) is None
    with pytest.raises(Refusal, match="meanwhile") as refusal:
        groups.edit(ada, made_one.id, 0, TypedGroup(code="SALES", description="Mine"))
    assert "Description: Sales → Sold" in said(refusal, office)
    groups.delete(ada, made_one.id)
    with pytest.raises(Refusal, match="not empty"):
        groups.delete(ada, group(office))


def worded(office: Office, eva: Person, chosen: dict[Field, object]) -> str:
    """Choose in an open form; return the description that stands there then."""
    form = FormId("choosing")
    with office.store.read(office.workspace) as work:
        draft = work.drafts.of_form(form)
    meta = Meta(form_id=form, revisions=draft.layout.revisions if draft else {})
    Choices(office.store).choose(eva, meta, chosen, str(office.store.ids()))
    with office.store.read(office.workspace) as work:
        draft = work.drafts.of_form(form)
    assert draft is not None
    return draft.form.description


def test_a_contact_gets_the_words_of_his_language(
    office: Office, templates: Templates, ada: Person, eva: Person, anna: ContactId
) -> None:
    languages, template = TemplateLanguages(office.store), made(office, ada, language="en")
    assert languages.put(ada, template, "nb", " Golfdag ") is None
    assert languages.put(ada, template, "nl", "x" * 101) is not None
    with office.store.begin(office.workspace) as work:
        found = work.contacts.get(anna)
        assert found is not None
        work.contacts.change(replace(found, language="nb-NO"), "anna", "anna")
    form = office.forms.open(eva, Start(contact=anna, template=template)).form
    assert (form.language, form.description) == ("nb", "Golfdag")
    assert worded(office, eva, office.typed(anna, template=template, description="")) == "Golfdag"
    assert worded(office, eva, {Field.LANGUAGE: "en"}) == "Golf event"
    assert worded(office, eva, {Field.DESCRIPTION: "Mine", Field.LANGUAGE: "nb"}) == "Mine"
    with pytest.raises(Refusal, match="language of the template"):
        languages.remove(ada, template, "en")
    languages.remove(ada, template, "nb")
    assert templates.one(ada, template).template.translations == (Translation(language="en"),)


def test_what_is_recorded_finds_its_template(office: Office, templates: Templates, ada: Person) -> None:
    setup, spare = TemplateSetup(office.store), made(office, ada)
    with office.store.read(office.workspace) as work:
        assert template_for(work, Act.EMAIL) == office.template("EMAIL")
        assert template_for(work, DocumentType.SALES_INVOICE) is None
    shown = {kind: one.id for kind, one in setup.shown(ada).items()}
    assert setup.save(ada, shown, {**shown, DocumentType.SALES_INVOICE: spare, Act.EMAIL: None}) == {}
    with office.store.read(office.workspace) as work:
        assert template_for(work, DocumentType.SALES_INVOICE) == spare
        assert template_for(work, Act.EMAIL) is None
    templates.retire(ada, spare)
    with office.store.read(office.workspace) as work:
        assert template_for(work, DocumentType.SALES_INVOICE) is None
    wrong = setup.save(ada, {}, {DocumentType.SALES_QUOTE: spare})
    assert [*wrong] == [DocumentType.SALES_QUOTE]


def test_the_second_of_two_admins_sees_what_is_recorded_otherwise_now(office: Office, ada: Person) -> None:
    setup, spare = TemplateSetup(office.store), made(office, ada)
    setup.save(ada, {}, {DocumentType.SALES_QUOTE: spare})
    assert setup.save(ada, {}, {DocumentType.SALES_ORDER_CONFIRMATION: spare}) == {}
    with pytest.raises(Refusal) as refusal:
        setup.save(ada, {}, {DocumentType.SALES_QUOTE: office.template("BUS")})
    assert (
        said(refusal, office)
        == "Somebody changed the same meanwhile: Sales quote: Golf event. Open it again."
    )


def test_a_document_is_recorded_without_the_template_s_own_attachment(office: Office, ada: Person) -> None:
    setup, spare = TemplateSetup(office.store), made(office, ada)
    with office.store.begin(office.workspace) as work:
        rows = Attachments(work.access)
        rows.hang(spare, rows.put("letter.docx", "application/octet-stream", b"x"))
    chosen = {DocumentType.SALES_QUOTE: spare, Act.MEETING_INVITATION: spare}
    shown = {Act.MEETING_INVITATION: office.template("MEETINV")}
    assert [*setup.save(ada, shown, chosen)] == [DocumentType.SALES_QUOTE]


def test_nobody_but_admins_sets_up_anything(office: Office, templates: Templates, eva: Person) -> None:
    for act in (
        lambda: templates.page(eva),
        lambda: templates.retire(eva, office.template()),
        lambda: TemplateGroups(office.store).all(eva),
        lambda: TemplateLanguages(office.store).put(eva, office.template(), "nb", ""),
        lambda: TemplateSetup(office.store).save(eva, {}, {}),
    ):
        with pytest.raises(Refusal, match="Only an admin"):
            act()
