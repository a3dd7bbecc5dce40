"""The inbox in Slack: told, answered in one press or by a form, taken back."""

import pytest
from office import TODAY
from seat import Seat

from bot.domain.ids import SlackTeam
from bot.domain.inbox import Arrival, ArrivalKind, Whom
from bot.playground.seeds import ADA


@pytest.fixture
def ada(eva: Seat) -> Seat:
    """An admin at her App Home."""
    ada = eva.at(ADA)
    ada.acts.open_home(ADA)
    ada.sees(lambda: "Jobs" in ada.desk)
    return ada


def reported(seat: Seat, *whom: Whom, kind: str = "cover_sheet") -> None:
    came = [
        Arrival(kind=ArrivalKind.DOCUMENT, key=f"{kind}{number}", type=kind, day=TODAY, contact=one)
        for number, one in enumerate(whom)
    ]
    seat.bot.services["documents"].take_in(SlackTeam(seat.slack.workspace.team.id), came)


def test_what_arrived_is_told_answered_and_taken_back(ada: Seat) -> None:
    anna = ada.knows("Anna Berg", company_name="Fjordbygg AS")
    reported(ada, Whom(company="Nordlys AS"), Whom(company="Unknown AS"))
    ada.sees(lambda: "2 things that arrived wait in the inbox" in ada.desk)
    ada.presses_on(ada.hears("2 things that arrived wait"), "inbox")
    assert "no contact was found" in ada.reads()
    ada.presses("inbox_new")
    ada.sees(lambda: "Logged: Cover sheet · Nordlys AS." in ada.reads())
    ada.presses("inbox_choose")
    ada.sees_form("Record it")
    assert ada.searches("anna", "inbox_contact")
    ada.picks("inbox_contact", str(anna))
    ada.submits()
    ada.sees(lambda: "Logged: Cover sheet · Anna Berg" in ada.reads())
    assert "Nothing asks" in ada.reads()
    ada.presses("inbox_undo")
    ada.sees(lambda: "it waits in the inbox again" in ada.reads())
    ada.presses("inbox_ignore")
    ada.sees(lambda: "Ignored." in ada.reads())
    ada.sees(lambda: "wait in the inbox" not in ada.desk)


def test_a_template_is_chosen_always_so(ada: Seat) -> None:
    ada.knows("Anna Berg", email="anna@fjordbygg.no")
    reported(ada, Whom(email="anna@fjordbygg.no"), Whom(email="anna@fjordbygg.no"), kind="Pakkseddel")
    ada.types("/log inbox")
    ada.presses("inbox_choose")
    ada.sees_form("Record it")
    ada.picks("inbox_template", ada.searches("bus", "inbox_template")["Business letter"])
    ada.ticks("inbox_always")
    ada.submits()
    ada.sees(lambda: "and 1 other alike" in ada.reads())
    assert len(ada.logged()) == 2
    ada.presses("inbox_forget")
    ada.sees(lambda: "Forgotten" in ada.reads())
    reported(ada, Whom(email="anna@fjordbygg.no", number="9"), kind="pakkseddel")
    ada.sees(lambda: "1 thing that arrived waits" in ada.desk)
