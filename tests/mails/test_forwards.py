"""E-mails that a salesperson forwarded, as programs of several languages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.forwards import forwarded_in
from bot.domain.mails import Address, Mail

EVA = Address("Eva Lund", "eva@nordvik.example")
ANNA = Address("Anna Berg", "anna@f.example")
GMAIL = """For the log.

---------- Forwarded message ---------
From: Anna Berg <anna@f.example>
Date: Fri, 20 Nov 2026 at 10:15
Subject: How much for 40?
To: Eva Lund <eva@nordvik.example>, Wim <wim@nordvik.example>

Hello Eva,
From: here on it is text
"""
OUTLOOK = """________________________________
*Van:* Anna Berg [mailto:anna@f.example]
*Verzonden:* vrijdag 20 november 2026 10:15
*Aan:* Eva Lund <eva@nordvik.example>;
 Wim <wim@nordvik.example>
*Onderwerp:* How much for 40?

Hello Eva,
From: here on it is text
"""
APPLE = """
> Fra: Anna Berg <anna@f.example>
> Emne: VS: How much for 40?
> Dato: 20. november 2026 kl. 10:15
> Til: eva@nordvik.example, Wim <wim@nordvik.example>
>
> Hello Eva,
> From: here on it is text
"""


def a_mail(text: str) -> Mail:
    return Mail(sender=EVA, subject="Fwd: How much for 40?", text=text.strip(), message_id="1")


@pytest.mark.parametrize("text", [GMAIL, OUTLOOK, APPLE])
def test_who_had_written_to_whom_is_found_in_the_text(text: str) -> None:
    inner = forwarded_in(a_mail(text))
    assert inner is not None
    assert (inner.sender, inner.subject) == (ANNA, "How much for 40?")
    assert [one.email for one in inner.recipients] == ["eva@nordvik.example", "wim@nordvik.example"]
    assert inner.text.removeprefix("For the log.").strip() == "Hello Eva,\nFrom: here on it is text"


def test_without_recipients_it_had_come_to_who_forwarded_it() -> None:
    inner = forwarded_in(a_mail("From: anna@f.example\n\nHello"))
    assert inner is not None
    assert (inner.recipients, inner.text) == ((EVA,), "Hello")


@pytest.mark.parametrize("text", ["", "Hello Anna", "From: nobody\n\nx", "Far from: here anna@f.example"])
def test_where_nothing_was_forwarded_nothing_is_found(text: str) -> None:
    assert forwarded_in(a_mail(text)) is None


@given(st.text(alphabet="From: Totil@x.<>\n>*,", max_size=300))
def test_law_any_text_is_read(text: str) -> None:
    inner = forwarded_in(a_mail(text))
    assert inner is None or (inner.sender is not None and inner.recipients)
