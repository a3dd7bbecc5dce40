"""The setup in files: what is exported is imported again; twice changes nothing; faulty rows come back."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import NORTH, Office

from bot.clock import FixedClock
from bot.domain.campaigns import Campaign, OpportunityStatus
from bot.domain.ids import CampaignId, SlackTeam
from bot.domain.import_cells import Fault
from bot.domain.interactions import Correspondence, Flow, Initiator, Template, Translation, WizardAction
from bot.domain.messages import Refusal
from bot.domain.number_series import SeriesCode
from bot.domain.setup_lists import COLUMNS, RowReader, SetupList, Sort
from bot.services.setup_export import Exported, SetupExport
from bot.services.setup_import import ROWS, Report, SetupImport
from bot.services.setup_rows import Outcome
from storage.store import Store


@dataclass
class Shelf:
    """A folder of files beside an office."""

    office: Office
    folder: Path

    def file(self, name: str, words: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_text(words, encoding=encoding)
        return path

    def takes(self, sort: Sort, path: Path) -> list[Report]:
        return SetupImport(self.office.store).run(self.office.workspace, sort, path, path)

    def takes_one(self, sort: Sort, words: str, encoding: str = "utf-8") -> Report:
        (report,) = self.takes(sort, self.file(f"{sort}.csv", words, encoding))
        return report

    @property
    def lists(self) -> Exported:
        return SetupExport(self.office.store).lists(self.office.workspace)

    def template(self, code: str) -> Template:
        with self.office.store.read(self.office.workspace) as work:
            return next(one for one in work.templates.by_id().values() if one.code == code)


def told(report: Report) -> tuple[int, int, int, int]:
    new, changed, unchanged = (report.outcomes[one] for one in Outcome)
    return new, changed, unchanged, report.faulty


@pytest.fixture
def shelf(office: Office, tmp_path: Path) -> Shelf:
    return Shelf(office, tmp_path)


@pytest.fixture
def elsewhere(store: Store, clock: FixedClock, tmp_path: Path) -> Shelf:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Shelf(Office(store, clock, SlackTeam("T0SOUTH")), folder)


def test_templates_are_made_and_changed_by_their_codes(shelf: Shelf) -> None:
    words = (
        "Code;Interaction Group Code;Description;Unit Cost;Duration;Information Flow;Shoe Size\n"
        "DEMO;FAIR;Demonstration;12,50;1h30;Outbound;42\n"
        "OUTGOING;PHONE;Call to a customer;;20;Uitgaand;\n"
    )
    report = shelf.takes_one(Sort.TEMPLATES, words, "cp1252")
    assert (told(report), report.unknown_columns) == ((1, 1, 0, 0), ("Shoe Size",))
    made, changed = shelf.template("DEMO"), shelf.template("OUTGOING")
    assert (made.cost, made.duration, made.flow) == ("12.50", 90, Flow.OUTBOUND)
    assert (changed.description, changed.duration) == ("Call to a customer", 20)
    assert changed.initiated_by is Initiator.US, "no column, no change"
    assert told(shelf.takes_one(Sort.TEMPLATES, words, "cp1252")) == (0, 0, 2, 0)


def test_headings_are_read_in_dutch_and_norwegian(shelf: Shelf) -> None:
    report = shelf.takes_one(
        Sort.CAMPAIGNS, "Nr.;Omschrijving;Begindatum;Einddatum\nCP0009;Najaar;1-11-2026;24-12-2026\n"
    )
    assert told(report) == (1, 0, 0, 0)
    report = shelf.takes_one(Sort.CAMPAIGNS, "Nummer\tBeskrivelse\tStartdato\nCP0009\tHøst\t2026-11-02\n")
    assert told(report) == (0, 1, 0, 0)
    assert shelf.lists[SetupList.CAMPAIGNS] == [
        ["CP0009", "Høst", date(2026, 11, 2), date(2026, 12, 24), None, "Yes"]
    ]


def test_numbers_that_a_file_brings_are_not_given_again(shelf: Shelf) -> None:
    shelf.takes_one(Sort.CAMPAIGNS, "No.,Description\nCP0003,Third\n,Next\nX-1,Own\n")
    assert [row[:2] for row in shelf.lists[SetupList.CAMPAIGNS]] == [
        ["CP0003", "Third"],
        ["CP0004", "Next"],
        ["X-1", "Own"],
    ]
    assert told(shelf.takes_one(Sort.CAMPAIGNS, "No.,Description\n,next\n,Another\n")) == (1, 1, 0, 0)


def test_opportunities_are_known_by_number_or_contact_and_description(shelf: Shelf) -> None:
    eva = shelf.office.joins("Eva")
    shelf.office.knows(eva, "Anna Berg")
    with shelf.office.store.read(shelf.office.workspace) as work:
        (anna,) = work.contacts.first(1)
    words = f"Contact No.,Description,Salesperson,Status\n{anna.number},A hall,eva@nordvik.example,Won\n"
    assert told(shelf.takes_one(Sort.OPPORTUNITIES, words)) == (1, 0, 0, 0)
    assert told(shelf.takes_one(Sort.OPPORTUNITIES, words)) == (0, 0, 1, 0)
    with shelf.office.store.read(shelf.office.workspace) as work:
        (made,) = work.opportunities.all()
    assert (made.salesperson, made.status) == (eva.id, OpportunityStatus.WON)
    assert made.closed_at is not None
    again = f"No.,Status\n{made.number},In progress\n"
    assert told(shelf.takes_one(Sort.OPPORTUNITIES, again)) == (0, 1, 0, 0)


FAULTS = [
    (Sort.TEMPLATES, "Code,Description,Interaction Group Code\nTOO LONG A CODE,x,PHONE\n", "can't be a code"),
    (Sort.TEMPLATES, "Code,Description,Group\nDEMO,,PHONE\n", "Say what it is called"),
    (Sort.TEMPLATES, "Code,Description\nDEMO,Demonstration\n", "Choose an interaction group"),
    (Sort.TEMPLATES, "Code,Duration\nOUTGOING,-5\n", "can't be negative"),
    (Sort.TEMPLATES, "Code,Information Flow\nOUTGOING,sideways\n", "Outbound, Inbound"),
    (Sort.TEMPLATES, "Code,Campaign\nOUTGOING,CP0099\n", "no campaign CP0099"),
    (Sort.TEMPLATES, "Code,Description\n,Nothing\n", "is blank"),
    (Sort.CAMPAIGNS, "No.,Description\nCP0001,\n", "Write what it is called"),
    (Sort.CAMPAIGNS, "Description,Starting Date\nAutumn,yesterday\n", "no date"),
    (Sort.CAMPAIGNS, "Description,Start Date,End Date\nA,2026-11-02,2026-11-01\n", "end before it starts"),
    (Sort.CAMPAIGNS, "Description,Salesperson\nAutumn,NOBODY\n", "no salesperson"),
    (Sort.OPPORTUNITIES, "Description,Contact\nA hall,CT999999\n", "no contact CT999999"),
    (Sort.OPPORTUNITIES, "Description,Status\nA hall,Won\n", "Contact No."),
]


@pytest.mark.parametrize(("sort", "words", "reason"), FAULTS)
def test_a_faulty_row_comes_back_with_its_reason(shelf: Shelf, sort: Sort, words: str, reason: str) -> None:
    before = shelf.lists
    report = shelf.takes_one(sort, words)
    assert told(report) == (0, 0, 0, 1)
    assert report.errors is not None
    assert reason in report.errors.read_text(encoding="utf-8-sig")
    assert shelf.lists == before


@pytest.mark.parametrize(
    ("sort", "words", "reason"),
    [
        (Sort.TEMPLATES, "Shoe Size,Hat\n42,7\n", "first line must name"),
        (Sort.SETUP, "Shoe Size,Hat\n42,7\n", "no list of the setup"),
        (Sort.CAMPAIGNS, "", "empty"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused(shelf: Shelf, sort: Sort, words: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        shelf.takes_one(sort, words)


def test_a_series_never_gives_a_number_twice(shelf: Shelf) -> None:
    shelf.takes_one(Sort.CAMPAIGNS, "No.,Description\nAA07,Seventh\n")
    report = shelf.takes_one(Sort.SETUP, "Code,Prefix,Next No.,Digits\nCAMPAIGN,AA,1,2\n")
    assert told(report) == (0, 0, 0, 1)
    assert told(shelf.takes_one(Sort.SETUP, "Code,Prefix,Next No.,Digits\nCAMPAIGN,AA,8,2\n")) == (0, 1, 0, 0)
    with shelf.office.store.read(shelf.office.workspace) as work:
        series = work.numbers.series(SeriesCode.CAMPAIGN)
    assert series is not None
    assert series.number == "AA08"


SETTINGS = "Setting,Value\nvisibility,team\nretention_days,30\nreminder_policy,0123 08:00-16:00\n"


def test_settings_are_read_and_what_can_not_be_is_refused(shelf: Shelf) -> None:
    assert told(shelf.takes_one(Sort.SETUP, SETTINGS)) == (0, 3, 0, 0)
    assert told(shelf.takes_one(Sort.SETUP, SETTINGS)) == (0, 0, 3, 0)
    wrong = "Setting,Value\nvisibility,nobody\nretention_days,-1\nreminder_policy,always\nshoe_size,42\n"
    assert told(shelf.takes_one(Sort.SETUP, wrong)) == (0, 0, 0, 4)
    assert shelf.lists[SetupList.SETTINGS][1] == ["retention_days", "30"]


WORDS = st.text("aåzÆ é漢=+-@'\"<&;,_x005F", min_size=1, max_size=20).map(
    lambda one: " ".join(f"n{one}".split())
)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


def optional(kind: Any) -> Any:
    return st.none() | st.sampled_from(kind)


TEMPLATE_FACTS = st.fixed_dictionaries(
    {
        "description": WORDS,
        "cost": st.sampled_from(["", "0.00", "99.50"]),
        "duration": st.none() | st.integers(0, 1440),
        "flow": optional(Flow),
        "initiated_by": optional(Initiator),
        "correspondence": optional(Correspondence),
        "ignore_contact": st.booleans(),
        "wizard_action": optional(WizardAction),
        "active": st.booleans(),
    }
)
CAMPAIGN_FACTS = st.fixed_dictionaries({"description": WORDS, "starts": DAYS, "active": st.booleans()})


def furnish(office: Office, templates: list[Any], campaigns: list[Any], words: str) -> None:
    with office.store.begin(office.workspace) as work:
        known = sorted(work.templates.by_id().values(), key=lambda one: one.code)
        numbers = {one.number: one for one in work.campaigns.all()}
        for one, facts in zip(known, templates, strict=False):
            work.templates.change(replace(one, **facts))
            work.templates.translate(one.id, Translation(language="nl", description=words))
        for place, facts in enumerate(campaigns):
            number = f"X{place:03}"
            base = numbers.get(number)
            kept = base or Campaign(id=CampaignId(work.access.ids()), number=number, description="")
            (work.campaigns.change if base else work.campaigns.add)(replace(kept, **facts))


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(
    templates=st.lists(TEMPLATE_FACTS, min_size=1, max_size=4),
    campaigns=st.lists(CAMPAIGN_FACTS, max_size=3),
    words=WORDS,
)
def test_what_was_exported_is_imported_as_it_was(
    shelf: Shelf, elsewhere: Shelf, templates: list[Any], campaigns: list[Any], words: str
) -> None:
    furnish(shelf.office, templates, campaigns, words)
    file = shelf.folder / "setup.xlsx"
    SetupExport(shelf.office.store).write(shelf.office.workspace, file)
    reports = elsewhere.takes(Sort.SETUP, file)
    assert [(one.about, one.faults) for one in reports if one.faulty] == []
    assert elsewhere.lists == shelf.lists
    again = elsewhere.takes(Sort.SETUP, file)
    assert [one.about for one in again if told(one)[:2] != (0, 0)] == []


CELLS = st.one_of(
    st.sampled_from(["", "OUTGOING", "PHONE", "CP0001", "CT000001", "2026-02-30", "31.12.2026", "-1", "1e9"]),
    st.sampled_from(["yes", "Won", "Outbound", "nb-NO", "SEGMENT", "visibility", "Sales invoice", "9" * 400]),
    st.text(max_size=30),
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(rows=st.lists(st.lists(CELLS, max_size=14), min_size=1, max_size=5))
@pytest.mark.parametrize("about", SetupList)
def test_whatever_stands_in_a_row_it_is_taken_or_told_as_faulty(
    shelf: Shelf, about: SetupList, rows: list[list[str]]
) -> None:
    with shelf.office.store.begin(shelf.office.workspace) as work:
        reader, taking = RowReader(about, [one.title for one in COLUMNS[about]]), ROWS[about](work)
        for row in rows:
            with suppress(Fault):
                assert taking.take(reader.read(row)) in Outcome


def test_a_workbook_of_the_setup_is_read_list_by_list_too(shelf: Shelf, elsewhere: Shelf) -> None:
    assert shelf.office.team == NORTH
    shelf.takes_one(Sort.CAMPAIGNS, "No.,Description\nCP0001,Autumn\n")
    file = shelf.folder / "setup.xlsx"
    SetupExport(shelf.office.store).write(shelf.office.workspace, file)
    assert [one.about for one in elsewhere.takes(Sort.CAMPAIGNS, file)] == [SetupList.CAMPAIGNS]
    assert elsewhere.lists[SetupList.CAMPAIGNS] == shelf.lists[SetupList.CAMPAIGNS]
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [one.value for one in shelf.lists]


def test_a_workbook_is_changed_in_a_spreadsheet_and_read_again(shelf: Shelf) -> None:
    shelf.takes_one(Sort.CAMPAIGNS, "No.,Description\nCP0001,Autumn\n")
    file = shelf.folder / "setup.xlsx"
    SetupExport(shelf.office.store).write(shelf.office.workspace, file)
    book = openpyxl.load_workbook(file)
    changes = {
        SetupList.GROUPS: [("PHONE", "Telephone")],
        SetupList.LANGUAGES: [("OUTGOING", "nl", "Uitgaand gesprek"), ("NOTHING", "nl", "Niets")],
        SetupList.RECORDING: [("Sales invoice", "OUTGOING"), ("Email", None)],
    }
    for one, rows in changes.items():
        for row in rows:
            book[one.value].append(row)
    templates = book[SetupList.TEMPLATES.value]
    places = {cell.value: cell.column for cell in templates[1]}
    row = next(cell.row for cell in templates["A"] if cell.value == "OUTGOING")
    templates.cell(row, places["Campaign No."], "CP0001")
    templates.cell(row, places["Language"], "nb")
    book.save(file)
    reports = {one.about: one for one in shelf.takes(Sort.TEMPLATES, file)}
    assert [told(one)[1] for one in reports.values()] == [1, 1, 0, 1]
    faulty = reports[SetupList.LANGUAGES].errors
    assert faulty is not None
    assert faulty.name == "setup.template-languages.errors.csv"
    changed = shelf.template("OUTGOING")
    assert changed.campaign is not None
    assert {one.language: one.description for one in changed.translations} == {
        "nb": "",
        "nl": "Uitgaand gesprek",
    }
    recorded = {row[0]: row[1] for row in shelf.lists[SetupList.RECORDING]}
    assert (recorded["Sales invoice"], recorded["Email"]) == ("OUTGOING", None)
    assert ["PHONE", "Telephone"] in shelf.lists[SetupList.GROUPS]
