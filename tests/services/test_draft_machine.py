"""Forms typed into, closed, logged, discarded and resumed, in whatever order the words arrive (`product.md` 4, 5).

Nothing dispatched is lost, no form becomes two entries, no draft stands beside its own entry, none that ended
comes to life again by late words.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from itertools import count
from pathlib import Path
from random import Random
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from office import NORTH, Office
from sqlalchemy import Connection

from bot.clock import FixedClock
from bot.domain.ids import FormId
from bot.domain.interactions import Entry, Field
from bot.domain.messages import Refusal
from bot.domain.postponed import Draft, DraftState
from bot.services.forms import Start
from bot.views.forms import Meta
from storage.store import Store, open_store
from tests.conftest import NOW

Act = Callable[[], object]


MANY = 1_000
"""Runs of the soak, each another one; those of every day are always the same."""


class Died(Exception):  # noqa: N818
    """The process was killed before it could commit."""


class Fate(Enum):
    """What happens to something on its way."""

    ONCE = auto()
    TWICE = auto()
    AGAIN_LATER = auto()
    KILLED_FIRST = auto()
    """The process that heard it first was killed before it could commit."""


@dataclass
class Screen:
    """A form that stands open on a screen."""

    form_id: FormId
    comment: str


@dataclass
class Told:
    """What Slack was told of a form, and what of it has arrived."""

    last: int = 0
    """The time of the newest act of typing that arrived."""

    comment: str | None = None
    """The comment that must be kept: the newest typed one, or that of a refused submission that arrived after it."""

    submitted: bool = False

    def typed(self, at: int, comment: str) -> None:
        """Hear of words typed at the act `at`."""
        if at >= self.last:
            self.last, self.comment = at, comment


@dataclass(frozen=True)
class Letter:
    """Something on its way to the bot."""

    act: Act
    arrived: Callable[[object], None]
    blocks: bool = False


class Drafts(RuleBasedStateMachine):
    """One salesperson with many forms and a bad line."""

    def __init__(self, template: Path) -> None:
        super().__init__()
        self._template = template

    @initialize()
    def begins(self) -> None:
        self.folder = TemporaryDirectory()
        path = Path(self.folder.name) / "saleslog.db"
        copyfile(self._template, path)
        self.clock = FixedClock(NOW)
        self.store = open_store(f"sqlite:///{path}", self.clock)
        self.office = Office(self.store, self.clock, NORTH)
        self.eva = self.office.joins("Eva")
        self.anna = self.office.knows(self.eva, "Anna Berg")
        self.screens: list[Screen] = []
        self.told: dict[FormId, Told] = {}
        self.ended: dict[FormId, None] = {}
        self.acts = count(1)
        self.post: list[Letter] = []

    @rule(prefilled=st.booleans())
    def opens(self, *, prefilled: bool) -> None:
        """Open a form: a prefilled one is remembered at once, the memory of an empty one may be late."""
        start = Start(contact=self.anna, locked=True) if prefilled else Start()
        opened = self.office.forms.open(self.eva, start)
        self.screens.append(Screen(opened.form_id, ""))
        self.told[opened.form_id] = Told()

        def remember() -> None:
            self.office.forms.remember(self.eva, opened, None)

        if prefilled:
            remember()
        else:
            self.post.append(Letter(remember, lambda _: None))

    @precondition(lambda self: self.screens)
    @rule(which=st.integers(0), words=st.sampled_from(["a", "ab", "agreed", ""]))
    def types(self, which: int, words: str) -> None:
        screen = self._screen(which)
        screen.comment = f"{words}{next(self.acts)}"
        self.post.append(self._autosave(screen))

    @precondition(lambda self: self.screens)
    @rule(which=st.integers(0), by_x=st.booleans())
    def closes(self, which: int, *, by_x: bool) -> None:
        screen = self._screen(which)
        self.screens.remove(screen)
        closing = self.office.postponed.close_all if by_x else self.office.postponed.close
        self.post.append(Letter(lambda: closing(self.eva, screen.form_id), lambda _: None))

    @precondition(lambda self: self.screens)
    @rule(which=st.integers(0))
    def submits(self, which: int) -> None:
        """Press Log: until it is answered Slack lets nothing be done in the form, and it never sends it again."""
        screen = self._screen(which)
        self.screens.remove(screen)
        comment = screen.comment
        typed = self.office.typed(self.anna, comment=comment, description=f"Call {screen.form_id[:6]}")
        told = self.told[screen.form_id]

        def submit() -> object:
            return self.office.submits(self.eva, screen.form_id, typed)

        def submitted(outcome: object) -> None:
            if getattr(outcome, "entry", None) is not None:
                told.submitted = True
                self.ended.setdefault(screen.form_id)
                return
            told.comment = comment
            if screen not in self.screens:
                self.screens.append(screen)

        self.post.append(Letter(submit, submitted, blocks=True))

    @precondition(lambda self: self.screens)
    @rule(which=st.integers(0))
    def discards(self, which: int) -> None:
        screen = self._screen(which)
        self.screens.remove(screen)
        autosave = self._autosave(screen)

        def discard() -> None:
            autosave.act()
            self.office.postponed.discard(self.eva, screen.form_id, None)

        self.post.append(Letter(discard, lambda _: self.ended.setdefault(screen.form_id)))

    @precondition(lambda self: self.post)
    @rule(which=st.integers(0), fate=st.sampled_from(Fate))
    def one_arrives(self, which: int, fate: Fate) -> None:
        """Let something arrive, whatever was sent before it."""
        letter = self.post[which % len(self.post)]
        if fate is not Fate.AGAIN_LATER or letter.blocks:
            self.post.remove(letter)
        self._bring(letter, fate)

    @precondition(lambda self: self.post)
    @rule(random=st.randoms(use_true_random=False), fate=st.sampled_from(Fate))
    def all_arrive(self, random: Random, fate: Fate) -> None:
        """Let everything arrive that is on its way, in any order."""
        random.shuffle(self.post)
        letters, self.post = self.post, []
        for letter in letters:
            self._bring(letter, fate)

    def _bring(self, letter: Letter, fate: Fate) -> None:
        self.arrived = True
        if fate is Fate.KILLED_FIRST:
            with suppress(Died, Refusal), killed(self.store):
                letter.act()
        for _ in range(2 if fate is Fate.TWICE else 1):
            with suppress(Refusal):
                letter.arrived(letter.act())

    @precondition(lambda self: self._waiting())
    @rule(which=st.integers(0))
    def resumes(self, which: int) -> None:
        waiting = self._waiting()
        draft = waiting[which % len(waiting)]
        opened = self.office.forms.resume(self.eva, draft.form_id)
        self.office.forms.resumed(self.eva, draft.form_id, None)
        assert opened.form.comment == draft.form.comment
        self.screens.append(Screen(draft.form_id, opened.form.comment))

    @precondition(lambda self: self.ended)
    @rule(which=st.integers(0))
    def takes_back(self, which: int) -> None:
        """Undo a log or a discard: the form comes back under an id of its own, once."""
        self.arrived = True
        form_id = list(self.ended)[which % len(self.ended)]
        before = self._draft(form_id)
        with self.store.read(self.office.workspace) as work:
            entry = work.entries.of_form(form_id)
            operation = work.operations.of_entry(entry.id) if entry else None
        with suppress(Refusal):
            if operation is not None:
                back = self.office.undo.operation(self.eva, operation.id, None).given_back
            else:
                back = self.office.postponed.give_back(self.eva, form_id)
            if back is not None and back not in self.told:
                given = self._draft(back)
                assert (given.state, given.form) == (DraftState.OPEN, before.form)
                self.told[back] = Told()

    @invariant()
    def holds(self) -> None:
        """What the module's first words promise, for every form, after each arrival."""
        if not getattr(self, "arrived", False):
            return
        self.arrived = False
        with self.store.read(self.office.workspace) as work:
            for form_id, told in self.told.items():
                self._check(told, work.drafts.of_form(form_id), work.entries.of_form(form_id))

    def _check(self, told: Told, draft: Draft | None, entry: Entry | None) -> None:
        assert (entry is not None) == told.submitted
        if draft is None:
            assert told.comment is None
            return
        if draft.form_id in self.ended:
            assert draft.state is not DraftState.OPEN
        elif told.comment is not None:
            assert (draft.state, draft.kept) == (DraftState.OPEN, True)
            assert draft.form.comment == told.comment

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def _screen(self, which: int) -> Screen:
        return self.screens[which % len(self.screens)]

    def _autosave(self, screen: Screen) -> Letter:
        at, comment, told = next(self.acts), screen.comment, self.told[screen.form_id]
        meta, typed = Meta(form_id=screen.form_id), {Field.COMMENT: comment}

        def autosave() -> None:
            self.office.postponed.autosave(self.eva, meta, typed, f"{at:020}")

        return Letter(autosave, lambda _: told.typed(at, comment))

    def _waiting(self) -> list[Draft]:
        """Return what is listed, in the order in which the forms were opened."""
        listed = {draft.form_id: draft for draft, _ in self.office.postponed.waiting(self.eva)}
        assert set(listed) <= set(self.told)
        return [listed[form_id] for form_id in self.told if form_id in listed]

    def _draft(self, form_id: FormId) -> Draft:
        with self.store.read(self.office.workspace) as work:
            found = work.drafts.of_form(form_id)
        assert found is not None, form_id
        return found


@contextmanager
def killed(store: Store) -> Iterator[None]:
    """Let every transaction end before its commit, as if the process had been killed."""
    writing = store.writing

    @contextmanager
    def cut_short() -> Iterator[Connection]:
        with writing() as connection:
            yield connection
            raise Died

    store.writing = cut_short  # type: ignore[method-assign]
    try:
        yield
    finally:
        del store.writing  # type: ignore[attr-defined]


@pytest.mark.parametrize("runs", [15, pytest.param(MANY, marks=pytest.mark.soak)])
@pytest.mark.timeout(3_600)
def test_whatever_overtakes_whatever(sqlite_template: Path, runs: int) -> None:
    often = settings(
        max_examples=runs,
        stateful_step_count=40,
        deadline=None,
        database=None,
        derandomize=runs < MANY,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lambda: Drafts(sqlite_template), settings=often)
