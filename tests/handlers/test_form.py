"""Create interaction through the real bot (`product.md` 4)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from seat import Seat

from bot.domain.campaigns import Campaign, Opportunity, OpportunityStatus
from bot.domain.ids import CampaignId, ContactId, OpportunityId, TemplateId
from bot.domain.interactions import Translation
from bot.playground.seeds import ADA
from bot.services.defaults import rounded_up
from tests.handlers.walks import LABELS, blocks, fills, logs

MORE = ["Correspondence type", "Information flow", "Initiated by", "Duration (min.)", "Cost"]


def test_the_form_has_its_fields_in_order(eva: Seat) -> None:
    eva.types("/log")
    assert eva.labels() == LABELS
    spec = eva.view.spec
    assert [spec[name]["text"] for name in ("title", "submit", "close")] == [
        "Create interaction",
        "Log",
        "Postpone",
    ]
    must = [block["label"]["text"] for block in eva.view.blocks if block.get("optional") is False]
    assert must == ["Contact", "Interaction template", "Description", "Date"]
    assert "Saved as you type: close any time, it waits under /log drafts." in eva.reads()
    assert all(block["dispatch_action"] for block in eva.view.blocks if block["type"] == "input")


def test_more_fields_shows_what_has_something_to_choose(eva: Seat) -> None:
    eva.types("/log")
    eva.presses("more_fields")
    eva.sees(lambda: eva.labels() == LABELS + MORE)
    with pytest.raises(AssertionError, match="no more_fields"):
        eva.presses("more_fields")


def test_more_fields_shows_every_field_once_there_is_a_choice(eva: Seat, anna: int) -> None:
    with eva.bot.store.begin(eva.workspace) as work:
        work.campaigns.add(Campaign(id=CampaignId(work.access.ids()), number="CP1", description="Autumn"))
        work.opportunities.add(
            Opportunity(
                id=OpportunityId(work.access.ids()),
                number="OP1",
                description="Forty more",
                contact=ContactId(anna),
                company=None,
                salesperson=None,
                status=OpportunityStatus.NOT_STARTED,
            )
        )
        shipped = next(iter(work.templates.active()))
        work.templates.add(
            replace(
                shipped,
                id=TemplateId(work.access.ids()),
                code="GOLF",
                description="Golf event",
                translations=(Translation(language="en"), Translation(language="nb")),
            )
        )
    ada = eva.at(ADA)
    fills(ada, anna, "Golf event")
    ada.presses("more_fields")
    everything = [*LABELS, "Salesperson", *MORE, "Language", "Campaign", "Opportunity"]
    ada.sees(lambda: "Cost" in ada.labels())
    assert ada.labels() == everything


def test_a_template_forces_its_values_into_the_open_fields(eva: Seat) -> None:
    eva.types("/log")
    eva.presses("more_fields")
    eva.sees(lambda: "Cost" in eva.labels())
    eva.chooses("template", "Incoming call")
    eva.sees(lambda: eva.holds("duration") == "15")
    assert eva.holds("flow") == "inbound"
    assert eva.holds("initiated_by") == "them"
    eva.chooses("template", "Meeting at the customer")
    eva.sees(lambda: eva.holds("duration") == "180")
    assert eva.holds("flow") is None
    assert eva.holds("description") == "Meeting at the customer"
    assert "Saved at" in eva.reads()


def test_the_time_is_now_rounded_up(eva: Seat) -> None:
    before = rounded_up(eva.bot.store.clock.now(), eva.person.zone)
    eva.types("/log")
    after = before + timedelta(minutes=1)
    assert (eva.holds("date"), eva.holds("time")) in [
        (moment.date().isoformat(), moment.strftime("%H:%M")) for moment in (before, after)
    ]


def test_recent_contacts_come_before_anything_is_typed(eva: Seat, anna: int) -> None:
    eva.knows("Bob Dahl")
    logs(eva, anna)
    eva.types("/log")
    assert next(iter(eva.searches(""))).startswith("Anna Berg · Fjordbygg AS (person, Bergen)")
    offered = eva.searches("anna b")
    assert next(iter(offered)).startswith("Anna Berg")
    assert list(offered)[-1] == "＋ New contact “anna b”"


def test_a_new_contact_does_not_lose_the_form(eva: Seat) -> None:
    eva.types("/log")
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    eva.writes("comment", "asked for a quote")
    eva.picks("contact", eva.searches("Zoë Ødegård")["＋ New contact “Zoë Ødegård”"])
    eva.sees_form("New contact")
    assert eva.holds("name") == "Zoë Ødegård"
    eva.writes("company_name", "Fjordbygg AS")
    assert eva.submits().acked
    eva.sees_form("Create interaction")
    eva.sees(lambda: "Zoë Ødegård · Fjordbygg AS" in str(eva.element("contact").get("initial_option")))
    assert eva.holds("comment") == "asked for a quote"
    assert eva.submits().acked
    assert "asked for a quote" in eva.hears("Logged: Outgoing call · Zoë Ødegård (Fjordbygg AS)").text


def test_line_12_a_contact_from_a_card_stands_fixed_in_the_form(eva: Seat, anna: int) -> None:
    eva.types("/contact anna")
    eva.presses_on(eva.hears("Fjordbygg AS"), "log_contact")
    assert eva.labels() == LABELS[1:]
    assert "Anna Berg · Fjordbygg AS (Bergen)" in eva.reads()
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    assert eva.submits().acked
    eva.hears("Logged: Outgoing call · Anna Berg (Fjordbygg AS)")
    assert eva.logged()[0].entry.contact == anna


def test_each_error_stands_at_its_field_with_its_cure(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    eva.presses("more_fields")
    eva.sees(lambda: "Cost" in eva.labels())
    eva.picks_day("date", (eva.today + timedelta(days=1)).isoformat())
    eva.writes("duration", "soon")
    eva.writes("cost", "much")
    errors = {block.partition(".")[0]: words for block, words in eva.submits().errors.items()}
    assert errors == {
        "date": "This date lies in the future. Pick today or earlier, or make it a task.",
        "duration": "Write whole minutes, as in 15, or hours, as in 1h30; at most 24 hours.",
        "cost": "Write an amount, as in 120 or 99.50.",
    }
    assert eva.logged() == []
    eva.picks_day("date", eva.today.isoformat())
    eva.writes("duration", "1h30")
    eva.writes("cost", "99,5")
    assert eva.submits().errors == {}
    eva.sees(eva.logged)
    entry = eva.logged()[0].entry
    assert (entry.duration, entry.cost) == (90, "99.50")


def test_slack_itself_refuses_an_empty_form(eva: Seat) -> None:
    eva.types("/log")
    outcome = eva.submits()
    assert not outcome.acked
    assert set(outcome.errors) == {"contact", "template", "description"}


def test_a_description_over_its_limit_is_kept_whole_and_refused(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    eva.writes("description", "x" * 101)
    (words,) = eva.submits().errors.values()
    assert words == "At most 100 characters; this has 101. Put the rest into the comment."
    assert eva.waiting()[0].form.description == "x" * 101


def test_an_error_of_a_folded_field_stands_where_it_can_be_seen(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    with eva.bot.store.begin(eva.workspace) as work:
        work.people.change(replace(eva.person, active=True))
        draft = eva.waiting()[0]
        work.drafts.save(draft.form_id, draft.owner, replace(draft.form, cost="much"), None)
    errors = eva.submits().errors
    assert [*errors.values()] == ["Write an amount, as in 120 or 99.50."]
    assert next(iter(errors)).startswith("description")


def test_the_same_again_is_asked_about_in_the_form(eva: Seat, anna: int) -> None:
    logs(eva, anna, comment="first")
    fills(eva, anna, comment="second")
    eva.submits()
    eva.sees(lambda: "You logged this 1 min ago. Add anyway?" in eva.reads())
    assert eva.view.spec["submit"]["text"] == "Log anyway"
    assert eva.holds("comment") == "second"
    assert len(eva.logged()) == 1
    assert eva.submits().acked
    eva.hears("second")
    assert len(eva.logged()) == 2


def test_after_a_quarter_of_an_hour_the_same_is_no_twin(eva: Seat, anna: int) -> None:
    logs(eva, anna, comment="first")
    eva.slack.workspace.shift(16 * 60)
    logs(eva, anna, comment="second")
    assert len(eva.logged()) == 2


def test_one_submission_gives_one_entry_whatever_is_repeated(eva: Seat, anna: int) -> None:
    fills(eva, anna, comment="once")
    first = eva.submits()
    assert first.sent is not None
    for repeated in (eva.acts.post.repeat, eva.acts.post.repeat_in_new_envelope):
        assert repeated(first.sent).acked
    eva.hears("once")
    assert len(eva.logged()) == 1
    assert [text for text in eva.said() if "Logged:" in text] == [eva.hears("once").text]


def test_a_contact_blocked_meanwhile_is_refused_at_the_field(eva: Seat, anna: int) -> None:
    fills(eva, anna)
    blocks(eva, anna)
    errors = eva.submits().errors
    assert errors == {"contact": "Anna Berg asked not to be recorded. Choose somebody else or discard."}
    assert eva.logged() == []


def test_a_contact_blocked_meanwhile_is_refused_in_the_form_of_its_card(eva: Seat, anna: int) -> None:
    eva.types("/contact anna")
    eva.presses_on(eva.hears("Fjordbygg AS"), "log_contact")
    eva.chooses("template", "Outgoing call")
    eva.sees(lambda: eva.holds("description") == "Outgoing call")
    blocks(eva, anna)
    assert "asked not to be recorded" in str(eva.submits().errors)
    assert eva.logged() == []
