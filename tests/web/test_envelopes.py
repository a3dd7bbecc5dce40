"""What Slack posts, opened the quick way, is what the standard library would open."""

from urllib.parse import parse_qsl, urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from bot.envelopes import opened

FORM = "application/x-www-form-urlencoded"
ESCAPED = st.text(alphabet='%2257BbDd{}":,[] +&=;aø').map("command=%2Flog&text={}".format)


@given(st.text(), st.text())
@example("%22", '{"a": [1, "%2522"]}')
def test_what_was_typed_arrives_as_typed(command: str, text: str) -> None:
    clean = {"command": command, "text": text.encode(errors="replace").decode()}
    clean["command"] = command.encode(errors="replace").decode()
    assert opened(urlencode(clean).encode(), FORM) == clean


@given(ESCAPED)
@example("command=%2Flog&text=%%22")
@example("command=%2Flog&text=%2%22")
def test_broken_escapes_are_read_as_the_standard_library_reads_them(body: str) -> None:
    assert opened(body.encode(), FORM) == dict(parse_qsl(body, keep_blank_values=True))
