"""Criteria: acceptance lines 33-42 and what `domain.md` 2.4 says beside them, on both databases."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date, timedelta

import pytest
from office import TODAY, Office
from roster import Roster

from bot.domain.contacts import ContactType
from bot.domain.criteria import Counted, Criteria
from bot.domain.ids import ContactId
from bot.domain.interactions import Evaluation
from bot.domain.messages import Refusal
from bot.domain.segments import ActionKind, SegmentState
from bot.services.segment_lines import SegmentLines

ADD, REDUCE, REFINE = ActionKind.ADD, ActionKind.REDUCE, ActionKind.REFINE
JUNE = date(2026, 6, 1)


@pytest.fixture
def roster(office: Office) -> Roster:
    return Roster(office)


def cities(*names: str) -> Criteria:
    return Criteria(cities=frozenset(names))


def test_line_33_reduce_takes_out_who_matches(roster: Roster) -> None:
    max_ = roster.office.joins("Max")
    roster.knows("Anna", "Ola")
    kari = roster.knows_one("Kari", salesperson=max_.id)
    roster.does(ADD, Criteria())
    done = roster.does(REDUCE, Criteria(salespeople=frozenset({roster.eva.id})))
    assert (done.removed, roster.names()) == (2, ["Kari"])
    assert kari in roster.contacts()


def test_line_34_refine_keeps_who_matches(roster: Roster) -> None:
    max_ = roster.office.joins("Max")
    roster.knows("Anna", "Ola")
    roster.knows_one("Kari", salesperson=max_.id)
    roster.does(ADD, Criteria())
    roster.does(REFINE, Criteria(salespeople=frozenset({roster.eva.id})))
    assert roster.names() == ["Anna", "Ola"]


def test_line_35_nobody_joins_twice_unless_that_is_allowed(roster: Roster) -> None:
    roster.knows("Anna", "Ola", city="Bergen")
    roster.does(ADD, cities("Bergen"))
    assert roster.counts(ADD, cities("Bergen")) == Counted(already=2)
    assert roster.does(ADD, cities("Bergen")).added == 0
    twice = replace(cities("Bergen"), allow_existing=True)
    assert roster.counts(ADD, twice) == Counted(adds=2)
    assert roster.does(ADD, twice).added == 2
    assert roster.names() == ["Anna", "Ola", "Anna", "Ola"]


def test_line_36_companies_and_colleagues_come_along_when_asked(roster: Roster) -> None:
    company = roster.company("Fjordbygg")
    ola, kari = roster.knows_one("Ola"), roster.knows_one("Kari", company=company)
    roster.knows_one("Liv", company=company)
    group = roster.group("mailing", "AUTUMN", ola, kari)
    mailed = Criteria(mailing_groups=frozenset({group}))
    assert roster.would_add(mailed) == {"Ola", "Kari"}
    assert roster.would_add(replace(mailed, allow_related_companies=True)) == {"Fjordbygg", "Ola", "Kari"}
    assert roster.would_add(replace(mailed, expand_companies=True)) == {"Ola", "Kari", "Liv"}
    both = replace(mailed, expand_companies=True, allow_related_companies=True)
    assert roster.would_add(both) == {"Fjordbygg", "Ola", "Kari", "Liv"}


def test_line_37_the_excluded_stay_out_unless_that_is_ignored_and_the_blocked_always(roster: Roster) -> None:
    blocked = roster.company("Taushet", privacy_blocked=True)
    roster.knows_one("Anna", city="Bergen", company=blocked)
    roster.knows_one("Bo", city="Bergen", privacy_blocked=True, exclude_from_segment=True)
    roster.knows_one("Cato", city="Bergen", exclude_from_segment=True)
    roster.knows_one("Dag", city="Bergen")
    counted = roster.counts(ADD, cities("Bergen"))
    assert counted == Counted(adds=1, excluded=1, blocked=2, skipped=("Anna", "Bo", "Cato"))
    assert roster.would_add(cities("Bergen")) == {"Dag"}
    assert roster.would_add(replace(cities("Bergen"), ignore_exclusion=True)) == {"Cato", "Dag"}


def test_the_excluded_do_not_come_along_with_their_companies_either(roster: Roster) -> None:
    company = roster.company("Fjordbygg", city="Bergen")
    roster.knows_one("Anna", company=company, exclude_from_segment=True)
    assert roster.would_add(replace(cities("Bergen"), expand_companies=True)) == {"Fjordbygg"}


def test_line_38_one_by_hand_is_one_action(roster: Roster) -> None:
    anna = roster.knows_one("Anna")
    roster.office.segments.add(roster.eva, roster.segment, anna)
    assert len(roster.actions()) == 1


def test_line_39_an_emptied_segment_may_start_anew(roster: Roster) -> None:
    roster.knows("Anna", city="Bergen")
    assert not roster.does(ADD, cities("Bergen")).emptied
    assert roster.does(REDUCE, cities("Bergen")).emptied
    assert len(roster.actions()) == 2
    roster.membership.start_anew(roster.eva, roster.segment)
    assert roster.actions() == []
    with pytest.raises(Refusal):
        roster.membership.go_back(roster.eva, roster.segment)


def test_the_only_action_of_an_empty_segment_is_not_offered_to_be_forgotten(roster: Roster) -> None:
    assert not roster.does(REDUCE, cities("Bergen")).emptied


def test_the_criteria_of_a_segment_with_contacts_are_not_forgotten(roster: Roster) -> None:
    roster.knows("Anna", city="Bergen")
    roster.does(ADD, cities("Bergen"))
    with pytest.raises(Refusal, match="contacts again"):
        roster.membership.start_anew(roster.eva, roster.segment)


def test_line_40_saved_criteria_make_the_same_lines_in_another_segment(roster: Roster) -> None:
    roster.knows("Anna", "Ola", city="Bergen")
    roster.knows("Kari", city="Oslo")
    hand = roster.knows_one("Zoe")
    roster.does(ADD, cities("Bergen", "Oslo"))
    roster.does(REDUCE, cities("Oslo"))
    roster.office.segments.add(roster.eva, roster.segment, hand)
    assert roster.saves("autumn") == {}
    other = roster.another()
    assert other.reuses("AUTUMN").added == 4
    assert other.names() == roster.names() == ["Anna", "Ola", "Zoe"]
    assert [one.kind for one in other.actions()] == [ADD, REDUCE, ADD]


def test_saved_criteria_are_replayed_on_todays_contacts(roster: Roster) -> None:
    roster.knows("Anna", city="Bergen")
    roster.does(ADD, cities("Bergen"))
    roster.saves("autumn")
    roster.knows("Berit", city="Bergen")
    other = roster.another()
    other.reuses("AUTUMN")
    assert other.names() == ["Anna", "Berit"]


def test_line_41_criteria_are_not_saved_without_an_action_nor_under_a_code_that_is_taken(
    roster: Roster,
) -> None:
    with pytest.raises(Refusal, match="no criteria yet"):
        roster.saves("autumn")
    roster.does(ADD, cities("Bergen"))
    assert roster.saves("autumn") == {}
    assert list(roster.saves("Autumn ")) == ["code"]
    assert list(roster.saves("  ")) == ["code"]
    assert list(roster.saves("x" * 21)) == ["code"]


def test_line_42_go_back_takes_the_last_action_back(roster: Roster) -> None:
    roster.knows("Zoe", city="Oslo")
    roster.knows("Anna", "Ola", "Kari", city="Bergen")
    roster.does(ADD, cities("Oslo"))
    roster.does(ADD, cities("Bergen"))
    roster.membership.go_back(roster.eva, roster.segment)
    assert (roster.names(), len(roster.actions())) == (["Zoe"], 1)
    roster.membership.go_back(roster.eva, roster.segment)
    assert (roster.names(), roster.actions()) == ([], [])


def test_go_back_pressed_twice_takes_one_action_back(roster: Roster) -> None:
    roster.knows("Zoe", city="Oslo")
    roster.does(ADD, cities("Oslo"))
    seen = roster.does_and_tells(REDUCE, cities("Oslo"))
    roster.membership.go_back(roster.eva, roster.segment, seen)
    with pytest.raises(Refusal, match="changed meanwhile"):
        roster.membership.go_back(roster.eva, roster.segment, seen)
    assert roster.names() == ["Zoe"]


def test_the_same_form_twice_is_one_action(roster: Roster) -> None:
    roster.knows("Anna", city="Bergen")
    twice = replace(cities("Bergen"), allow_existing=True)
    first = roster.membership.apply(roster.eva, roster.segment, ADD, twice, "form")
    assert roster.membership.apply(roster.eva, roster.segment, ADD, twice, "form") == first
    assert (roster.names(), len(roster.actions())) == (["Anna"], 1)


def test_new_lines_stand_in_the_order_of_their_companies(roster: Roster) -> None:
    late, early = roster.company("Østfold"), roster.company("Askøy")
    roster.knows_one("Berit", company=late)
    roster.knows_one("Zoe", company=early)
    roster.knows_one("Cato")
    roster.does(ADD, Criteria())
    assert roster.names() == ["Askøy", "Zoe", "Cato", "Østfold", "Berit"]


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (Criteria(words="an fjo"), {"Anna"}),
        (Criteria(words="100%"), set()),
        (Criteria(types=frozenset({ContactType.COMPANY})), {"Fjordbygg"}),
        (Criteria(cities=frozenset({"Oslo", "Tromsø"})), {"Kari", "Liv"}),
        (Criteria(countries=frozenset({"NL"})), {"Jan"}),
        (Criteria(post_codes=frozenset({"50*"})), {"Anna", "Ola"}),
        (Criteria(post_codes=frozenset({"5003", "%*"})), {"Anna"}),
        (Criteria(territories=frozenset({"North"})), {"Liv"}),
        (Criteria(languages=frozenset({"nb"}), cities=frozenset({"Oslo"})), {"Kari"}),
        (Criteria(types=frozenset({ContactType.PERSON}), countries=frozenset({"NL", "SE"})), {"Jan"}),
    ],
)
def test_a_contact_passes_every_filter_by_one_of_its_values(
    roster: Roster, criteria: Criteria, found: set[str]
) -> None:
    company = roster.company("Fjordbygg")
    roster.knows_one("Anna", company=company, post_code="5003", city="Bergen")
    roster.knows_one("Ola", post_code="5010", city="Bergen")
    roster.knows_one("Kari", city="Oslo", language="nb", post_code="0150")
    roster.knows_one("Liv", city="Tromsø", territory="North", language="en")
    roster.knows_one("Jan", country="NL", language="nb")
    assert roster.would_add(criteria) == found


def test_contacts_by_number(roster: Roster) -> None:
    for number in ("CT000101", "CT000102", "CT000103"):
        roster.knows_one(number, number=number)
    assert roster.would_add(Criteria(first="CT000102")) >= {"CT000102", "CT000103"}
    assert roster.would_add(Criteria(first="CT000101", last="CT000102")) == {"CT000101", "CT000102"}


def test_groups_are_the_contacts_but_an_industry_group_may_be_its_companys(roster: Roster) -> None:
    company = roster.company("Fjordbygg")
    anna, ola = roster.knows_one("Anna", company=company), roster.knows_one("Ola")
    building = roster.group("industry", "BUILDING", company)
    buyer = roster.group("job", "BUYER", ola)
    mailing = roster.group("mailing", "NEWS", company)
    assert roster.would_add(Criteria(industry_groups=frozenset({building}))) == {"Fjordbygg", "Anna"}
    assert roster.would_add(Criteria(responsibilities=frozenset({buyer}))) == {"Ola"}
    assert roster.would_add(Criteria(mailing_groups=frozenset({mailing}))) == {"Fjordbygg"}
    assert anna


def test_interactions_must_pass_together_and_canceled_ones_do_not_count(roster: Roster) -> None:
    office, eva = roster.office, roster.eva
    anna, ola, kari = roster.knows("Anna", "Ola", "Kari")
    letter = office.template("BUS")
    office.logs(eva, anna, evaluation=Evaluation.POSITIVE)
    office.logs(eva, anna, template=letter)
    office.logs(eva, ola, template=letter, evaluation=Evaluation.POSITIVE)
    gone = office.logs(eva, kari, template=letter, evaluation=Evaluation.POSITIVE)
    office.entry_acts.cancel(eva, [gone], None)
    liked = Criteria(evaluations=frozenset({Evaluation.POSITIVE}))
    assert roster.would_add(liked) == {"Anna", "Ola"}
    assert roster.would_add(replace(liked, templates=frozenset({letter}))) == {"Ola"}
    assert roster.would_add(Criteria(entry_salespeople=frozenset({eva.id}))) == {"Anna", "Ola"}


def test_the_last_interaction_before_or_after_a_day(roster: Roster) -> None:
    office, eva = roster.office, roster.eva
    company = roster.company("Fjordbygg")
    late, early = roster.knows_one("Late", company=company), roster.knows_one("Early")
    failed = roster.knows_one("Failed")
    roster.knows_one("Never")
    office.logs(eva, late, date=JUNE)
    office.logs(eva, early, date=JUNE - timedelta(days=1))
    office.logs(eva, failed, date=TODAY, attempt_failed=True)
    assert roster.would_add(Criteria(met_since=JUNE)) == {"Late", "Fjordbygg"}
    assert roster.would_add(Criteria(not_met_since=JUNE)) == {"Early", "Failed", "Never"}
    assert roster.would_add(Criteria(not_met_since=JUNE, met_since=JUNE - timedelta(days=9))) == {"Early"}


def test_entries_that_somebody_may_not_read_do_not_count_for_him(roster: Roster) -> None:
    office = roster.office
    max_ = office.joins("Max")
    theirs = roster.knows_one("Theirs", salesperson=max_.id)
    office.logs(max_, theirs, evaluation=Evaluation.NEGATIVE)
    asked = Criteria(evaluations=frozenset({Evaluation.NEGATIVE}))
    assert roster.would_add(asked) == {"Theirs"}
    office.sees("own")
    assert roster.would_add(asked) == set()
    assert roster.would_add(Criteria(not_met_since=JUNE)) == {"Theirs"}


def test_entire_companies_go_and_stay_together(roster: Roster) -> None:
    company = roster.company("Fjordbygg")
    roster.knows_one("Anna", company=company, city="Bergen")
    roster.knows_one("Ola", company=company, city="Oslo")
    roster.knows_one("Kari", city="Oslo")
    roster.does(ADD, Criteria())
    whole = replace(cities("Bergen"), entire_companies=True)
    assert roster.counts(REFINE, whole) == Counted(removes=1, stays=3)
    assert roster.counts(REDUCE, whole) == Counted(removes=3, stays=1)
    assert roster.counts(REDUCE, cities("Bergen")) == Counted(removes=1, stays=3)
    roster.does(REDUCE, whole)
    assert roster.names() == ["Kari"]


def test_what_is_counted_is_what_happens(roster: Roster) -> None:
    roster.knows("Anna", "Ola", city="Bergen")
    roster.knows("Kari", city="Oslo")
    counted = roster.counts(ADD, Criteria())
    assert roster.does(ADD, Criteria()).added == counted.adds == 3
    counted = roster.counts(REFINE, cities("Bergen"))
    assert roster.does(REFINE, cities("Bergen")).removed == counted.removes == 1
    assert [(one.added, one.removed) for one in roster.actions()] == [(3, 0), (0, 1)]


def test_an_action_is_told_in_words(roster: Roster) -> None:
    criteria = Criteria(
        cities=frozenset({"Oslo", "Bergen"}),
        salespeople=frozenset({roster.eva.id}),
        not_met_since=JUNE,
        expand_companies=True,
    )
    roster.does(ADD, criteria)
    told = "city Bergen or Oslo · salesperson Eva · no interaction since Mon 1 Jun · with all people of their companies"
    assert [one.words for one in roster.actions()] == [told]


def test_a_segment_that_is_being_logged_is_not_changed(roster: Roster) -> None:
    office = roster.office
    with office.store.begin(office.workspace) as work:
        work.segments.turn(roster.segment, SegmentState.ACTIVE, SegmentState.LOGGING)
    for act in (
        lambda: roster.does(ADD, Criteria()),
        lambda: roster.counts(ADD, Criteria()),
        lambda: roster.membership.go_back(roster.eva, roster.segment),
        lambda: roster.pastes("Anna"),
        lambda: roster.reuses("X"),
    ):
        with pytest.raises(Refusal, match="being logged"):
            act()


def test_somebody_elses_segment_is_not_changed(roster: Roster) -> None:
    max_ = roster.office.joins("Max")
    with pytest.raises(Refusal, match="can change") as refused:
        roster.membership.apply(max_, roster.segment, ADD, Criteria(), "max")
    assert "Only Eva or an admin" in roster.office.people.text(max_).say(refused.value.message)


def test_two_workspaces_do_not_mix(office: Office, roster: Roster) -> None:
    south = Roster(Office(office.store, office.clock, roster.south))
    roster.knows("Anna", city="Bergen")
    south.knows("Solveig", city="Bergen")
    group = south.group("mailing", "NEWS", *south.everybody())
    assert roster.would_add(cities("Bergen")) == {"Anna"}
    assert roster.would_add(Criteria(mailing_groups=frozenset({group}))) == set()
    assert roster.would_add(Criteria(contacts=frozenset(south.everybody()))) == set()
    with pytest.raises(Refusal):
        south.membership.apply(south.eva, roster.segment, ADD, Criteria(), "south")


def test_a_proposal_is_kept_until_it_is_applied(roster: Roster) -> None:
    whole = Criteria(
        words="a",
        cities=frozenset(f"City {number}" for number in range(300)),
        contacts=frozenset({ContactId(7)}),
        not_met_since=JUNE,
        evaluations=frozenset({Evaluation.POSITIVE}),
        entire_companies=True,
    )
    roster.membership.propose(roster.eva, "key", REDUCE, whole)
    assert roster.membership.proposed(roster.eva, "key") == (REDUCE, whole)
    with pytest.raises(Refusal, match="days ago"):
        roster.membership.proposed(roster.eva, "another")


def test_filters_offer_what_there_is(roster: Roster) -> None:
    roster.knows("Anna", city="Tromsø")
    roster.knows("Ola", "Kari", city="Bergen")
    assert roster.membership.find(roster.eva, "cities", "", 9) == [("Bergen", "Bergen"), ("Tromsø", "Tromsø")]
    assert roster.membership.find(roster.eva, "cities", "trom", 9) == [("Tromsø", "Tromsø")]
    assert [name for _, name in roster.membership.find(roster.eva, "salespeople", "ev", 9)] == ["Eva"]
    assert roster.membership.offered(roster.eva) == frozenset()
    roster.group("mailing", "NEWS")
    assert roster.membership.offered(roster.eva) == {"mailing_groups"}


def test_who_was_added_and_removed_by_hand_is_replayed(roster: Roster) -> None:
    anna, ola = roster.knows("Anna", "Ola")
    for contact in (anna, ola):
        roster.segments.add(roster.eva, roster.segment, contact)
    SegmentLines(roster.office.store, roster.office.people, roster.segments).remove(
        roster.eva, roster.segment, roster.lines()[0].number
    )
    assert [one.criteria for one in roster.actions()] == [
        {"contacts": [anna]},
        {"contacts": [ola]},
        {"contacts": [anna]},
    ]
    assert roster.saves("HAND") == {}
    again = roster.another()
    again.reuses("HAND")
    assert again.names() == ["Ola"]


def test_a_run_that_starts_at_the_same_moment_wins_against_one_by_hand(roster: Roster) -> None:
    [anna] = roster.knows("Anna")
    with ThreadPoolExecutor(1) as pool:
        with roster.office.store.begin(roster.office.workspace) as work:
            work.segments.turn(roster.segment, SegmentState.ACTIVE, SegmentState.LOGGING)
            adding = pool.submit(roster.segments.add, roster.eva, roster.segment, anna)
            wait([adding], timeout=0.3)
        with pytest.raises(Refusal, match="being logged"):
            adding.result()
    assert roster.actions() == []
