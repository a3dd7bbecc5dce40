"""Reading and applying the rows of a contact import: tables of cases."""

from dataclasses import replace

import pytest

from bot.domain.contact_import import Incoming, Key, KeyKind, Links, RowReader, changed_contact, new_contact
from bot.domain.contacts import Contact, ContactType, match_key
from bot.domain.folding import compact
from bot.domain.ids import ContactId, PersonId
from bot.domain.import_cells import READERS, Fault
from bot.domain.import_fields import _NAMES, Columns, Field, columns_of
from bot.domain.messages import Refusal

HEADER = (
    "No.",
    "Type",
    "Name",
    "Company Name",
    "Phone No.",
    "E-Mail",
    "Minor",
    "Privacy Blocked",
    "Parental Consent",
)
ANNA = Contact(
    id=ContactId(7),
    number="CT000007",
    type=ContactType.PERSON,
    name="Anna Berg",
    first_name="Anna",
    surname="Berg",
    phone="+47 1234",
    email="anna@post.no",
)


def row(*cells: str) -> Incoming:
    return RowReader(columns_of(HEADER)).read(cells)


def test_no_title_means_two_fields() -> None:
    titles = [compact(title) for names in _NAMES.values() for title in names.split("|")]
    assert len({(compact(t), f) for f, names in _NAMES.items() for t in names.split("|")}) == len(set(titles))
    assert set(_NAMES) == set(Field) == set(READERS)


@pytest.mark.parametrize(
    "header",
    [
        ("No.", "Name", "E-Mail", "City", "Salesperson Code", "Exclude from Segment"),
        ("Nr.", "Naam", "E-mailadres", "Plaats", "Verkoperscode", "Uitsluiten van segment"),
        ("Kontaktnr.", "Navn", "E-post", "Poststed", "Selgerkode", "Utelat fra segment"),
        ("nummer", "NAVN", "epost", "sted", "selger", "utelat-fra-segment"),
    ],
)
def test_titles_are_known_in_three_languages(header: tuple[str, ...]) -> None:
    wanted = (
        Field.NUMBER,
        Field.NAME,
        Field.EMAIL,
        Field.CITY,
        Field.SALESPERSON,
        Field.EXCLUDE_FROM_SEGMENT,
    )
    assert columns_of(header) == Columns(tuple(enumerate(wanted)), ())


def test_unknown_columns_are_named_and_the_reason_is_not() -> None:
    columns = columns_of(("Shoe size", "Name", "", "Phone", "Telephone", "Reason"))
    assert columns == Columns(((1, Field.NAME), (3, Field.PHONE)), ("Shoe size", "Telephone"))


def test_titles_that_tell_nobody_apart_are_refused() -> None:
    with pytest.raises(Refusal) as refused:
        columns_of(("City", "Shoe size"))
    assert "Shoe size" in refused.value.message.text.format(**refused.value.message.values)


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (("ct1", "", "Anna", "", "", "a@b.no"), Key(KeyKind.NUMBER, "CT1")),
        (("", "", "Anna", "", "", "A@B.no"), Key(KeyKind.EMAIL, "a@b.no")),
        (
            ("", "", " Ånna  Berg ", "Fjordbygg AS", "+47 (12) 34"),
            Key(KeyKind.NAME, "anna berg\tfjordbygg as\t471234"),
        ),
        (("", "Company", "Havtech", "Havtech", ""), Key(KeyKind.NAME, "havtech\t\t")),
    ],
)
def test_the_key_is_number_else_email_else_name_company_and_phone(cells: tuple[str, ...], key: Key) -> None:
    assert row(*cells).key == key


def test_the_key_of_a_row_is_the_match_key_of_the_contact_it_makes() -> None:
    read = row("", "", "Anna Berg", "", "+47 12 34")
    assert read.key.value == match_key(new_contact(read, ContactId(1), "CT1", Links()))


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        (Field.TYPE, "Bedrijf", ContactType.COMPANY),
        (Field.TYPE, "PERSOON", ContactType.PERSON),
        (Field.MINOR, "Ja", True),
        (Field.MINOR, "nee", False),
        (Field.MINOR, "NEI", False),
        (Field.MINOR, "0", False),
        (Field.COUNTRY, "no", "NO"),
        (Field.COUNTRY, "België", "BE"),
        (Field.LANGUAGE, "nb-NO", "nb-NO"),
        (Field.CORRESPONDENCE, "E-post", "email"),
        (Field.CORRESPONDENCE, "Hard Copy", "hard_copy"),
        (Field.NUMBER, "ct-00.1/a", "CT-00.1/A"),
        (Field.SALESPERSON, "eva", "EVA"),
        (Field.SALESPERSON, "Eva@Post.no", "eva@post.no"),
        (Field.MAILING_GROUPS, "VIP; Christmas  card;VIP; ", ("VIP", "Christmas card")),
        (Field.NAME, "Anna\u00a0 Berg\tAas", "Anna Berg Aas"),
    ],
)
def test_cells_are_read(field: Field, cell: str, value: object) -> None:
    assert READERS[field](cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "cure"),
    [
        (Field.EMAIL, "anna(at)post.no", "write it as in anna@fjordbygg.no"),
        (Field.EMAIL, "anna@post", "write it as in"),
        (Field.EMAIL, "a@b.no; c@d.no", "write it as in"),
        (Field.TYPE, "alien", "write Company or Person"),
        (Field.MINOR, "perhaps", "write Yes or No"),
        (Field.COUNTRY, "Utopia", "write two letters"),
        (Field.LANGUAGE, "Norwegian!", "write it as in nb-NO"),
        (Field.CORRESPONDENCE, "pigeon", "write Hard Copy or Email"),
        (Field.NUMBER, "CT 1; DROP", "at most 20 letters"),
        (Field.NUMBER, "X" * 21, "at most 20 letters"),
        (Field.SALESPERSON, "X" * 21, "at most 20"),
        (Field.MAILING_GROUPS, "ok; " + "x" * 21, "at most 20"),
        (Field.NAME, "x" * 101, "shorten it to 100"),
    ],
)
def test_faults_name_their_cure(field: Field, cell: str, cure: str) -> None:
    with pytest.raises(Fault) as fault:
        READERS[field](cell)
    assert cure in fault.value.message.text.format(**fault.value.message.values)


def test_a_new_person_gets_first_name_and_surname_from_the_name_or_the_other_way_round() -> None:
    made = new_contact(row("", "", "Anna Marie Berg"), ContactId(1), "CT1", Links(salesperson=PersonId(3)))
    assert (made.first_name, made.surname, made.salesperson) == ("Anna Marie", "Berg", 3)
    parts = RowReader(columns_of(("First Name", "Surname"))).read(("Anna", "Berg"))
    assert new_contact(parts, ContactId(1), "CT1", Links()).name == "Anna Berg"


def test_blank_cells_leave_a_contact_unchanged() -> None:
    assert changed_contact(ANNA, row("CT000007"), Links()) is ANNA
    assert changed_contact(ANNA, row("CT000007", "person", "Anna Berg", "", "+47 1234"), Links()) is ANNA


def test_a_changed_name_changes_its_parts() -> None:
    changed = changed_contact(ANNA, row("CT000007", "", "Anna Strand"), Links())
    assert changed == replace(ANNA, name="Anna Strand", surname="Strand")


def test_the_type_of_a_contact_stays() -> None:
    with pytest.raises(Fault, match="can't change"):
        changed_contact(ANNA, row("CT000007", "Company"), Links())


def test_a_row_without_name_makes_nobody() -> None:
    with pytest.raises(Fault, match="write the name"):
        new_contact(row("CT9"), ContactId(1), "CT9", Links())
    with pytest.raises(Fault, match="write a number, an e-mail or a name"):
        row("", "Person", "", "Fjordbygg")


@pytest.mark.parametrize(
    ("cells", "blocked"),
    [(("Yes", "", ""), True), (("Yes", "", "Yes"), False), (("No", "", ""), False), (("", "Yes", ""), True)],
)
def test_a_minor_without_consent_is_blocked(cells: tuple[str, ...], *, blocked: bool) -> None:
    read = row("CT9", "", "Kim", "", "", "", *cells)
    assert new_contact(read, ContactId(1), "CT9", Links()).privacy_blocked is blocked


def test_a_minor_can_not_be_unblocked_without_consent() -> None:
    unblocking = row("CT000007", "", "", "", "", "", "Yes", "No")
    with pytest.raises(Fault, match="privacy blocked"):
        changed_contact(ANNA, unblocking, Links())


def test_a_company_belongs_to_no_company() -> None:
    with pytest.raises(Fault, match="can't belong"):
        new_contact(row("", "Company", "Fjordbygg", "Havtech"), ContactId(1), "CT1", Links())
    assert not new_contact(
        row("", "Company", "Fjordbygg", "FJORDBYGG"), ContactId(1), "CT1", Links()
    ).company_name
