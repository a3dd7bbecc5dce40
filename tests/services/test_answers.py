"""Where answers go: one message for each form, behind a response URL or in the direct message (`product.md` 3)."""

from datetime import timedelta

import pytest
from postroom import SECOND, Postroom, forgets_messages

from bot.domain.deliveries import DeliveryKind


def test_an_answer_goes_to_the_response_url_where_only_the_asker_sees_it(post: Postroom) -> None:
    post.answers_to("form")
    post.writes("Logged", answer="form")
    post.outbox.drain()
    assert (post.in_channel(), post.direct()) == (["Logged"], [])


def test_words_after_a_pressed_button_replace_its_message(post: Postroom) -> None:
    post.answers_to("form")
    post.writes("Logged", answer="form")
    post.outbox.drain()
    post.presses_on_the_answer("form")
    for words in ("Undone", "Logged again"):
        post.writes(words, answer="form")
        post.outbox.drain()
    assert (post.in_channel(), post.direct()) == (["Logged again"], [])


def test_the_next_word_replaces_the_direct_message(post: Postroom) -> None:
    for words in ("Postponed", "Logged", "Undone"):
        post.writes(words, answer="form")
        post.passes(SECOND)
    assert post.direct() == ["Undone"]


def test_words_not_said_yet_give_way_to_newer_ones(post: Postroom) -> None:
    post.writes("Logged", answer="form")
    post.writes("Undone", answer="form")
    post.outbox.drain()
    assert post.direct() == ["Undone"]
    assert post.row("Logged").state == "superseded"


def test_after_five_uses_the_answer_goes_to_the_direct_message(post: Postroom) -> None:
    post.answers_to("form")
    for number in range(6):
        post.writes(f"Word {number}", answer="form")
        post.outbox.drain()
    assert post.in_channel() == [f"Word {number}" for number in range(5)]
    assert post.direct() == ["Word 5"]


def test_after_thirty_minutes_the_answer_goes_to_the_direct_message(post: Postroom) -> None:
    post.answers_to("form")
    post.passes(timedelta(minutes=30))
    post.writes("Logged", answer="form")
    post.outbox.drain()
    assert (post.in_channel(), post.direct()) == ([], ["Logged"])
    assert not any(call.method == "response_url" for call in post.slack.calls)


def test_a_response_url_that_slack_no_longer_takes_is_forgotten(post: Postroom) -> None:
    post.answers_to("form")
    post.slack.workspace.shift(1801)  # Slack's clock is ahead of ours
    post.writes("Logged", answer="form")
    post.outbox.drain()
    assert post.direct() == ["Logged"]
    assert post.answer("form").response_url is None


@pytest.mark.parametrize("fault", ["rate_limited", "broken"])
def test_a_response_url_on_a_bad_day_is_tried_again(post: Postroom, fault: str) -> None:
    if fault == "broken":
        post.slack.faults.broken("response_url")
    else:
        post.slack.faults.rate_limited(7, "response_url")
    post.answers_to("form")
    post.writes("Logged", answer="form")
    post.outbox.drain()
    assert (post.in_channel(), post.direct()) == ([], [])
    post.passes(7 * SECOND)
    assert (post.in_channel(), post.direct()) == (["Logged"], [])


def test_a_lost_reply_to_a_button_leaves_one_message(post: Postroom) -> None:
    post.answers_to("form")
    post.writes("Logged", answer="form")
    post.outbox.drain()
    post.presses_on_the_answer("form")
    post.slack.faults.lost_reply("response_url")
    post.writes("Undone", answer="form")
    post.outbox.drain()
    post.passes(SECOND)
    assert (post.in_channel(), post.direct()) == (["Undone"], [])


def test_a_replacement_says_nothing_where_nothing_can_be_replaced(post: Postroom) -> None:
    post.writes("Cancel entry", answer="form", kind=DeliveryKind.REPLACEMENT)
    post.outbox.drain()
    assert post.direct() == []
    assert (post.row("Cancel entry").state, post.row("Cancel entry").reason) == ("sent", "nothing to replace")


def test_a_replacement_says_nothing_to_a_command_whose_url_can_only_post_anew(post: Postroom) -> None:
    post.answers_to("form")
    post.writes("Logged", answer="form")
    post.outbox.drain()
    post.writes("Cancel entry", answer="form", kind=DeliveryKind.REPLACEMENT)
    post.outbox.drain()
    assert post.in_channel() == ["Logged"]


def test_a_message_that_was_deleted_is_said_anew_but_not_replaced(post: Postroom) -> None:
    post.writes("Logged", answer="form")
    post.outbox.drain()
    forgets_messages(post.slack)
    post.writes("Cancel entry", answer="form", kind=DeliveryKind.REPLACEMENT)
    post.passes(SECOND)
    assert post.direct() == []
    post.writes("Undone", answer="form")
    post.passes(SECOND)
    post.passes(SECOND)
    assert post.direct() == ["Undone"]
