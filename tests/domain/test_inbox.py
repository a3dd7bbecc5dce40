"""What arrives, as it is written down, and what is posted: whatever that is."""

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.documents import DOCUMENT_WORDS, DocumentType
from bot.domain.ids import AttachmentId
from bot.domain.inbox import Arrival, ArrivalKind, Whom, read, type_of
from bot.domain.interactions import Flow, Initiator
from bot.posted import Unreadable, arrival_of, opened

TODAY = date(2026, 11, 20)
LONGEST_KEY = 200
texts = st.text(max_size=20)
whom = st.builds(Whom, number=texts, email=texts, company=texts, name=texts)
arrivals = st.builds(
    Arrival,
    kind=st.sampled_from(ArrivalKind),
    key=st.text(min_size=1, max_size=20),
    type=texts,
    number=texts,
    version=st.none() | st.integers(1, 9),
    occurrence=st.none() | st.integers(1, 9),
    description=texts,
    comment=texts,
    day=st.dates(date(2000, 1, 1)),
    at=st.none() | st.times(),
    contact=whom,
    salesperson=texts,
    campaign=texts,
    opportunity=texts,
    flow=st.none() | st.sampled_from(Flow),
    initiated_by=st.none() | st.sampled_from(Initiator),
    attachment=st.none() | st.integers(1).map(AttachmentId),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
)
fields = st.fixed_dictionaries(
    {"type": anything, "contact": anything | st.just({"company": "Fjordbygg AS"})},
    optional=dict.fromkeys(("number", "version", "date", "time", "key", "comment"), anything),
)


@settings(max_examples=50, deadline=None)
@given(arrivals)
def test_what_is_written_down_is_read_again(arrival: Arrival) -> None:
    assert read(json.loads(json.dumps(arrival.written()))) == arrival


@settings(max_examples=60, deadline=None)
@given(st.binary() | st.one_of(anything, fields, st.lists(fields)).map(lambda one: json.dumps(one).encode()))
def test_whatever_is_posted_is_taken_or_refused_with_its_place(raw: bytes) -> None:
    try:
        bundle = opened(raw, TODAY)
    except Unreadable as unreadable:
        faults = unreadable.problems
    else:
        faults = ()
        for one in bundle.documents:
            arrival = arrival_of(one, "", TODAY)
            assert 0 < len(arrival.key) <= LONGEST_KEY
            assert "\x00" not in repr(arrival.written())
    assert all(fault.reason for fault in faults)


def test_a_word_that_grows_when_it_is_folded_still_makes_a_key() -> None:
    bundle = opened(json.dumps({"type": "ﷺ" * 60, "number": "7", "contact": {"number": "1"}}).encode(), TODAY)
    assert len(arrival_of(bundle.documents[0], "", TODAY).key) <= LONGEST_KEY


def test_a_type_is_known_however_it_is_spelled() -> None:
    for kind, word in DOCUMENT_WORDS.items():
        spelled: list[Any] = [kind.value, word, word.upper(), kind.value.replace("_", "-"), f" {word} "]
        assert {type_of(one) for one in spelled} == {kind}
    assert type_of("Sales  Invoice") is DocumentType.SALES_INVOICE
    assert type_of("") is None
