"""Deleting canceled entries for good, as admins see it (screens: Purge card; `product.md` 9)."""

from typing import Any

from seat import Seat

from bot.domain.ids import EntryId

DAY = 86_400


NAMES = ("Anna Berg", "Bo Dahl", "Cato Eide")


def cancels(eva: Seat, count: int) -> None:
    """Let Eva log and cancel some, each with another contact."""
    for name in NAMES[:count]:
        eva.knows(name, company_name="Fjordbygg AS", city="Bergen")
        eva.types(f'/log call "{name}" agreed')
        eva.hears(name)
    for listed in eva.logged():
        eva.bot.services["entries"].cancel(eva.person, EntryId(listed.entry.id), None)


def passes(seat: Seat, days: float) -> None:
    seat.slack.workspace.shift(days * DAY)


def purge(seat: Seat) -> str:
    """Do now what the clock does every hour, unless it does so itself."""
    return str(seat.bot.services["purge"].run())


def deletes(seat: Seat) -> None:
    """Do now what the clock does every few seconds, until nothing is ordered any more."""
    seat.sees(lambda: seat.bot.services["deletions"].run() or _all_over(seat))


def _all_over(seat: Seat) -> bool:
    return any("Deleted" in text for text in seat.said())


def files(seat: Seat) -> list[Any]:
    return [file for message in seat.messages() for file in message.files]


def test_a_card_tells_admins_what_goes_and_then_what_went(eva: Seat, ada: Seat) -> None:
    cancels(eva, 3)
    passes(ada, 89.5)
    purge(ada)
    card = ada.hears("Tomorrow 3 canceled entries are deleted for good")
    ada.sees(lambda: files(ada))
    ada.presses_on(card, "show_card")
    ada.sees_form("Canceled entries")
    assert "Cato Eide" in ada.reads()
    ada.leaves()
    passes(ada, 1)
    ada.sees(lambda: purge(ada) or _all_over(ada))
    ada.hears("Deleted 3 canceled entries. The CSV stays in this conversation.")
    assert not [text for text in ada.said() if "Tomorrow" in text]
    assert files(ada)


def test_keep_these_keeps_them(eva: Seat, ada: Seat) -> None:
    cancels(eva, 1)
    passes(ada, 89.5)
    purge(ada)
    ada.presses_on(ada.hears("Tomorrow 1 canceled entry is deleted"), "keep_card")
    ada.hears("1 canceled entry is kept until")
    passes(ada, 2)
    purge(ada)
    assert not _all_over(ada)


def test_an_admin_deletes_what_he_selects(eva: Seat, ada: Seat) -> None:
    cancels(eva, 2)
    eva.knows("Dag Foss")
    eva.types('/log call "Dag Foss" this one stays')
    eva.hears("this one stays")
    ada.types("/log setup")
    ada.sees_form("Setup")
    ada.presses("delete_canceled")
    ada.sees_form("Delete canceled")
    ada.writes("first", "many")
    assert "Write an entry number" in str(ada.submits().errors)
    ada.writes("first", "900")
    assert "there is nothing to delete" in str(ada.submits().errors)
    ada.writes("first", "")
    ada.picks("of_contact", ada.searches("anna", "of_contact")["Anna Berg · Fjordbygg AS (person, Bergen)"])
    ada.picks("of_salesperson", ada.searches("Eva", "of_salesperson")["Eva Lindqvist-Bakke"])
    ada.submits()
    ada.sees_form("Are you sure?")
    assert "Delete 1 canceled entry for good?" in ada.reads()
    assert "Anna Berg" in ada.reads()
    assert "Bo Dahl" not in ada.reads()
    ada.submits()
    assert ada.slack.workspace.top(ada.user) is None
    ada.hears("Deleting 1 canceled entry… Its CSV comes first;")
    deletes(ada)
    ada.hears("Deleted 1 canceled entry. The CSV stays in this conversation.")
    assert len(files(ada)) == 1
    assert len(eva.logged()) == 1


def test_the_retention_is_changed_in_setup(ada: Seat) -> None:
    ada.types("/log setup")
    ada.sees_form("Setup")
    ada.presses("retention")
    ada.sees_form("Keep canceled entries")
    ada.writes("days", "a month")
    assert "Write whole days" in str(ada.submits().errors)
    ada.writes("days", "0")
    ada.submits()
    ada.sees_form("Setup")
    ada.sees(lambda: "kept for ever" in ada.reads())


def test_setup_is_for_admins(eva: Seat) -> None:
    eva.types("/log setup")
    eva.hears("Only an admin can do this.")
