"""Number series, as admins set them up (`domain.md` 1.17)."""

from bot.domain.messages import Message, Refusal
from bot.domain.number_series import Series, SeriesCode, SeriesField, TypedSeries
from bot.domain.operations import SetupKind
from bot.domain.people import Person
from bot.services.purge import admin_only
from storage.store import Store

Problems = dict[SeriesField, Message]


class NumberSeries:
    """Shows and changes number series."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self, actor: Person) -> list[Series]:
        """Return the series that can be changed.

        Raises:
            Refusal: the actor is no admin.
        """
        admin_only(actor)
        with self._store.read(actor.workspace) as work:
            found = [work.numbers.series(code) for code in SeriesCode]
        return [one for one in found if one is not None]

    def one(self, actor: Person, code: SeriesCode) -> Series:
        """Return a series.

        Raises:
            Refusal: the actor is no admin, or there is no such series.
        """
        found = next((one for one in self.all(actor) if one.code is code), None)
        if found is None:
            raise Refusal("There is no number series “{code}”.", code=code.value)
        return found

    def change(self, actor: Person, shown: Series, typed: TypedSeries) -> Problems:
        """Change a series, or return what is wrong; `shown` is what stood in the form.

        A next number that was left alone goes on where the series stands now, whatever was taken meanwhile.

        Raises:
            Refusal: the actor is no admin, or somebody else changed the series since the form was opened.
        """
        admin_only(actor)
        wrong = dict(typed.problems())
        if wrong:
            return wrong
        wanted = typed.series(shown.code)
        with self._store.begin(actor.workspace) as work:
            work.numbers.hold(shown.code)
            before = work.numbers.series(shown.code)
            if before is not None and shown.going_on(before) != before:
                raise Refusal(
                    "Somebody changed this series meanwhile: next is {number}. Open it again.",
                    number=before.number,
                )
            if before is not None and wanted.next == shown.next:
                wanted = wanted.going_on(before)
            if before == wanted:
                return {}
            given = work.numbers.collision(wanted) if wanted.gives_others_than(before) else None
            if given is not None:
                return {SeriesField.NEXT: _taken(given)}
            work.numbers.put(wanted)
            old = before.number if before else None
            line = (shown.code.value, old, wanted.number)
            work.history.note(SetupKind.SERIES, actor.workspace, actor.id, line)
        return {}


def _taken(number: str) -> Message:
    return Message(
        "The series would give {number} once more. Begin after it, or write another prefix.",
        {"number": number},
    )
