"""E-mails in the direct message: logged with Undo, or asked about."""

from hypothesis import given, settings
from hypothesis import strategies as st
from mails.letters import an_email
from seat import Seat

from bot.playground.seeds import EVA
from handlers.payloads import forwarded

FORWARDED = {
    "subject": "Re: v1.2 prices",
    "from": [
        {
            "address": "Kari@Havblikk.example",
            "name": "Kari Nes",
            "original": "Kari Nes <Kari@Havblikk.example>",
        }
    ],
    "to": [{"address": "sales@nordvik.example", "name": "", "original": "sales@nordvik.example"}],
    "cc": [],
    "plain_text": "Thank you,\r\nKari",
    "headers": {"date": "Fri, 16 Dec 2022 18:58:30 +0000", "message_id": "<9@havblikk.example>"},
}


JUNK = st.recursive(
    st.none() | st.integers() | st.text("a@b. \x00\ud800<>", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*FORWARDED, "address", "name", "date", "message_id"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from([*FORWARDED, "bcc", "attachments", "preview", "id"]), JUNK))
def test_law_whatever_slack_tells_of_a_file_it_is_an_email_or_none(facts: dict[str, object]) -> None:
    mail = forwarded(facts)
    assert mail is None or (mail.sender is not None and mail.message_id)


def sends(seat: Seat, *files: str) -> None:
    seat.acts.say(seat.user, seat.slack.workspace.directory.direct(seat.user).id, "", files)


def hands_in(seat: Seat, raw: bytes, name: str = "price list.EML") -> None:
    sends(seat, seat.acts.upload(seat.user, name, raw, "message/rfc822"))


def test_an_email_is_logged_and_taken_back(eva: Seat) -> None:
    eva.knows("Anna Berg", email="anna@fjordbygg.example")
    address = eva.slack.workspace.directory.member(EVA).email
    hands_in(eva, an_email("Price list", From=address, To="anna@fjordbygg.example"))
    said = eva.hears("Logged: E-mail · Anna Berg")
    assert "Price list" in said.text
    eva.presses_on(said, "undo")
    assert eva.hears("Undone: it waits in the inbox again.").ts == said.ts
    hands_in(eva, b"PK\x03\x04 no e-mail")
    eva.hears("This is no e-mail")


def test_an_email_that_slack_took_apart_is_asked_about_and_answered(eva: Seat) -> None:
    sends(eva, eva.acts.forward_email(EVA, FORWARDED))
    news = eva.hears("waits for your answer")
    assert "Incoming e-mail · Kari Nes · kari@havblikk.example" in news.text
    eva.presses_on(news, "inbox")
    eva.sees_form("Inbox")
    eva.presses("inbox_new")
    eva.sees(lambda: "Logged: Incoming e-mail · Kari Nes" in eva.reads())
    with eva.bot.store.read(eva.workspace) as work:
        (listed,) = work.entries.latest_logged_by(eva.person.id, 5)
    assert (listed.entry.description, listed.entry.comment) == ("Re: v1.2 prices", "Thank you,\nKari")
    eva.leaves()
