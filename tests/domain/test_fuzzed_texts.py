"""Whatever somebody writes as a text with fields: nothing runs, nothing grows, nothing takes long, all is told."""

import io
import time
import tracemalloc
import zipfile
from contextlib import suppress
from xml.sax.saxutils import escape, unescape

import pytest
from docxes import packed, parts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import letters
from bot.domain.letters import FIELDS, WRITTEN_LIMIT
from bot.domain.messages import Refusal
from bot.domain.segments import TEXT_LIMIT
from bot.word.letter import Letter, Mistaken
from bot.word.package import Unfit

MARK = "\N{SNOWMAN}"
VALUES = dict.fromkeys(FIELDS, MARK)
FOREIGN = ("<class", "<built-in", "<function", "object at 0x", "jinja2", "Undefined", "namespace(")
"""What Python's own things look like where they are written out."""
MOST_SECONDS = 1.0
MOST_BYTES = 30_000_000

PYTHON = """
    contact self cycler lipsum namespace joiner range dict request config __builtins__ loop caller __class__ __mro__
    __subclasses__ __init__ __globals__ __import__ os system popen read eval for in if else endif endfor set block
    include import extends macro call raw endraw filter is not
"""
FILTERS = "upper lower title default attr map select format join batch center indent tojson pprint xmlattr"
CONSTANTS = r"'' \"\" 'a' '{{' '\x00' '\ud800' '\x1b' '\N{BULLET}' 0 9 9.9 1e309 0x7f 10_0 none true"
WORDS = st.sampled_from([*FIELDS, *PYTHON.split(), *FILTERS.split(), *CONSTANTS.split()])
SIGNS = st.sampled_from(
    [*".|()[]{},:~+-*/%=<>!#$_\\\"'`^&;?@ \n\t", "**", "//", "{{", "}}", "{%", "%}", "{#", "#}"]
)
PIECES = st.lists(st.one_of(WORDS, SIGNS, st.text(max_size=2)), max_size=14).map("".join)
FIELD = PIECES.map(lambda piece: "{{ " + piece + " }}")
TEXTS = st.lists(st.one_of(FIELD, PIECES, st.sampled_from(["{{ today }}", "Dear "])), max_size=5).map("".join)
LARGE = st.tuples(FIELD, st.integers(1, 3_000)).map(lambda made: (made[0] * made[1])[:TEXT_LIMIT])


@pytest.fixture(autouse=True)
def _measured() -> None:
    """Let the parser be there before its seconds and bytes are counted."""
    letters.mistakes("{{ today }}")


def filled(text: str) -> str | None:
    """The text with a mark for each value; None where it is a mistake. Neither takes long nor much."""
    began = time.process_time()
    tracemalloc.start()
    try:
        with suppress(Refusal):
            written = letters.rendered(text, VALUES)
            return None if letters.mistakes(text) else written
        return None
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert time.process_time() - began < MOST_SECONDS
        assert most < MOST_BYTES


TRIES = [250, pytest.param(10_000, marks=pytest.mark.soak)]
often = pytest.mark.parametrize("tries", TRIES)


@often
@pytest.mark.timeout(3_600)
def test_a_text_is_filled_in_with_values_alone_or_is_a_mistake(tries: int) -> None:
    @given(TEXTS | LARGE)
    @settings(max_examples=tries, deadline=None)
    @example("{{ contact.name | default('\\ud800') }}")
    @example("{{ contact.name | default('\\x00') }}")
    @example("{{ contact.name | default(9**9**9) }}")
    def tried(text: str) -> None:
        written = filled(text)
        if written is None:
            return
        assert len(written) <= WRITTEN_LIMIT
        assert letters.NEVER_WRITTEN.search(text) or not letters.NEVER_WRITTEN.search(written)
        assert "{{" in text or written == text
        assert not any(foreign in written for foreign in FOREIGN if foreign not in text)

    tried()


@often
@pytest.mark.timeout(3_600)
def test_a_letter_is_merged_from_values_alone_or_is_refused(tries: int) -> None:
    """The same in Word, where Jinja2 itself renders."""

    @given(st.lists(TEXTS.map(lambda text: letters.NEVER_WRITTEN.sub("", text)), min_size=1, max_size=3))
    @settings(max_examples=tries // 4, deadline=None)
    @example(["{% raw %}{{ contact.__class__ }}{% endraw %}"])
    @example(["{%p for x in contact %}", "{{r today }}", "{%p endfor %}"])
    @example(["{_{ ''.__class__ }_}"])
    def tried(paragraphs: list[str]) -> None:
        said = merged(paragraphs)
        assert not any(foreign in said for foreign in FOREIGN if foreign not in "".join(paragraphs))

    tried()


def merged(paragraphs: list[str]) -> str:
    """What stands in a letter of these paragraphs; nothing where it is refused. It does not take long."""
    body = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    began = time.process_time()
    try:
        content = Letter(packed(parts(body))).merged(VALUES)
    except (Mistaken, Unfit):
        return ""
    finally:
        assert time.process_time() - began < MOST_SECONDS
    with zipfile.ZipFile(io.BytesIO(content)) as letter:
        return unescape(letter.read("word/document.xml").decode())
