"""Pasted lists: who is told by number, e-mail or name, and what is handed back to be mended (`product.md` 8)."""

import pytest
from office import Office
from roster import Roster

from bot.domain.pasted import MOST_LINES, Pasted
from bot.domain.segments import ActionKind


@pytest.fixture
def roster(office: Office) -> Roster:
    roster = Roster(office)
    fjordbygg, havfisk = roster.company("Fjordbygg AS"), roster.company("Havfisk")
    roster.knows_one("Anna Berg", number="CT000100", company=fjordbygg, email="anna@fjordbygg.example")
    roster.knows_one("Zoë O'Connor-Ødegård", email="zoe@nordvik.example")
    roster.knows_one("Ola Moe", company=fjordbygg)
    roster.knows_one("Ola Moe", company=havfisk)
    roster.knows_one("Hansen (Bergen) AS")
    return roster


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ct000100", "Anna Berg"),
        ("CT000100\tsomebody", "Anna Berg"),
        ("Anna@Fjordbygg.example", "Anna Berg"),
        ("Somebody Else <anna@fjordbygg.example>", "Anna Berg"),
        ("anna berg", "Anna Berg"),
        ("  - Anna  Berg ", "Anna Berg"),
        ("12. Anna Berg", "Anna Berg"),
        ("Berg, Anna", "Anna Berg"),
        ("zoe o’connor-odegard", "Zoë O'Connor-Ødegård"),
        ("Anna Berg\t+47 55 12 34 56", "Anna Berg"),
        ("Hansen (Bergen) AS", "Hansen (Bergen) AS"),
        ("fjordbygg as", "Fjordbygg AS"),
    ],
)
def test_a_line_tells_one_contact(roster: Roster, line: str, found: str) -> None:
    assert roster.pastes(line).added == 1
    assert roster.names() == [found]


@pytest.mark.parametrize(
    "line", ["Ola Moe (Havfisk)", "Ola Moe, Havfisk", "Ola Moe\tHavfisk", "Ola Moe; havfisk"]
)
def test_the_company_tells_people_of_one_name_apart(roster: Roster, line: str) -> None:
    assert roster.pastes(line).added == 1
    with roster.office.store.read(roster.office.workspace) as work:
        joined = work.contacts.many(frozenset(one for one in roster.contacts() if one))
    assert [one.label for one in joined.values()] == ["Ola Moe (Havfisk)"]


@pytest.mark.parametrize(
    "line", ["Nobody", "Anna Berg (Havfisk)", "Anna Berg\tHavfisk", "nobody@x.example", "—", "%"]
)
def test_a_line_that_tells_nobody_comes_back(roster: Roster, line: str) -> None:
    pasted = roster.pastes(line)
    assert (pasted.added, pasted.not_found) == (0, (line,))
    assert roster.actions() == []


def test_a_name_of_several_is_asked_about_and_the_answer_joins(roster: Roster) -> None:
    pasted = roster.pastes("Ola Moe\nAnna Berg")
    assert (pasted.added, pasted.not_found) == (1, ())
    [(line, candidates)] = pasted.ambiguous
    assert (line, len(candidates)) == ("Ola Moe", 2)
    assert roster.pastes("", candidates[1].id).added == 1
    assert roster.contacts()[1] == candidates[1].id


def test_the_order_of_the_list_is_kept_and_nobody_joins_twice(roster: Roster) -> None:
    pasted = roster.pastes("Zoë O'Connor-Ødegård\nanna berg\nAnna Berg\nCT000100")
    assert (pasted.added, pasted.already) == (2, 0)
    assert roster.names() == ["Zoë O'Connor-Ødegård", "Anna Berg"]
    assert roster.pastes("Anna Berg").already == 1
    [action] = roster.actions()
    assert (action.kind, action.added, action.words) == (ActionKind.PASTE, 2, "2 pasted contacts")


def test_several_addresses_on_a_line_are_several_people(roster: Roster) -> None:
    assert roster.pastes("anna@fjordbygg.example; zoe@nordvik.example, x@y.example").not_found == (
        "x@y.example",
    )
    outlook = roster.another()
    assert outlook.pastes("Berg, Anna <anna@fjordbygg.example>; Zoe <zoe@nordvik.example>").added == 2


def test_who_asked_not_to_be_recorded_or_is_excluded_is_left_out_and_named(roster: Roster) -> None:
    silent = roster.company("Taushet", privacy_blocked=True)
    roster.knows_one("Liv Dahl", company=silent)
    roster.knows_one("Kari Nes", exclude_from_segment=True)
    pasted = roster.pastes("Liv Dahl\nKari Nes\nAnna Berg")
    assert (pasted.added, pasted.blocked, pasted.excluded) == (1, ("Liv Dahl (Taushet)",), ("Kari Nes",))


def test_a_pasted_list_can_be_gone_back_on_and_saved(roster: Roster) -> None:
    roster.pastes("Anna Berg\nZoë O'Connor-Ødegård")
    assert roster.saves("LIST") == {}
    other = roster.another()
    assert other.reuses("LIST").added == 2
    roster.membership.go_back(roster.eva, roster.segment)
    assert (roster.names(), roster.actions()) == ([], [])


def test_a_long_list_is_read_at_once(roster: Roster) -> None:
    for number in range(250):
        roster.knows_one(f"Person Number{number}", number=f"P{number}")
    pasted = roster.pastes("\n".join(f"P{number}" for number in range(250)))
    assert (pasted.added, pasted.not_found) == (250, ())


def test_the_lines_after_the_first_500_come_back(roster: Roster) -> None:
    listed = [f"N{number}" for number in range(MOST_LINES - 1)]
    pasted = roster.pastes("\n".join([*listed, "Anna Berg", "Zoë O'Connor-Ødegård", "CT000100"]))
    assert (pasted.added, len(pasted.not_found)) == (1, MOST_LINES - 1)
    assert pasted.later == ("Zoë O'Connor-Ødegård", "CT000100")
    assert roster.names() == ["Anna Berg"]


def test_a_list_of_which_some_was_not_read_is_to_be_mended(roster: Roster) -> None:
    pasted = roster.pastes("\n".join(["Anna Berg", *(f"CT{number}" for number in range(MOST_LINES))]))
    assert Pasted(later=pasted.later).to_mend
