"""The outbox: claim, send, settle; whatever Slack answers, each message is said once (`reliability.md` 6)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from office import Office
from postroom import SECOND, Postroom
from seat import MANIFEST

from bot.clock import FixedClock
from bot.domain.deliveries import ATTEMPTS, LEASE, DeliveryKind
from bot.domain.ids import SlackUser
from bot.playground.seeds import EVA, LEFT, demo_workspace
from bot.playground.server import Server
from storage.outbox import OutboxRows
from storage.store import open_store


def test_a_message_is_sent_once_and_settled(post: Postroom) -> None:
    post.writes("Logged")
    assert post.outbox.drain() == 1
    assert post.outbox.drain() == 0
    assert post.direct() == ["Logged"]
    assert (post.row("Logged").state, post.row("Logged").settled_at) == ("sent", post.office.clock.now())


def test_the_same_key_is_written_down_once(post: Postroom) -> None:
    post.writes("Logged")
    post.writes("Logged")
    post.outbox.drain()
    assert post.direct() == ["Logged"]


def test_the_bell_sends_at_once_from_its_own_thread(post: Postroom) -> None:
    post.outbox.start()
    post.writes("Logged")
    post.outbox.ring()
    assert post.slack.workspace.wait_for(lambda: post.direct() == ["Logged"], 1.0)


def test_slack_says_when_to_come_back_and_is_obeyed(post: Postroom) -> None:
    post.slack.faults.rate_limited(30, "chat.postMessage")
    post.writes("Logged")
    post.outbox.drain()
    post.passes(29 * SECOND)
    assert post.direct() == []
    post.passes(SECOND)
    assert post.direct() == ["Logged"]


def test_being_told_to_wait_is_no_failed_attempt(post: Postroom) -> None:
    post.slack.faults.rate_limited(30, "chat.postMessage", times=ATTEMPTS + 1)
    post.writes("Logged")
    for _ in range(ATTEMPTS + 2):
        post.passes(30 * SECOND)
    assert post.direct() == ["Logged"]
    assert post.row("Logged").attempts == 1


def test_a_broken_slack_is_tried_again_later_and_later(post: Postroom) -> None:
    post.slack.faults.broken("chat.postMessage", times=3)
    post.writes("Logged")
    post.outbox.drain()
    for pause in (1, 2, 4):
        assert post.row("Logged").state == "due"
        assert post.row("Logged").next_at == post.office.clock.now() + pause * SECOND
        post.passes(pause * SECOND)
    assert post.direct() == ["Logged"]


def test_what_never_works_is_given_up_with_its_reason_and_the_rest_flows(post: Postroom) -> None:
    post.slack.faults.broken("conversations.open", times=None)
    post.writes("Logged")
    for _ in range(ATTEMPTS):
        post.passes(timedelta(minutes=5))
    row = post.row("Logged")
    assert (row.state, row.reason, row.attempts) == ("failed", "given up: http_500", ATTEMPTS)
    post.slack.faults.clear()
    post.writes("Another")
    post.passes(SECOND)
    assert post.direct() == ["Another"]


def test_a_lost_reply_is_looked_up_before_it_is_said_again(post: Postroom) -> None:
    post.slack.faults.lost_reply("chat.postMessage")
    post.writes("Logged", answer="form")
    post.outbox.drain()
    assert post.row("Logged").state == "unknown"
    post.passes(SECOND)
    assert post.direct() == ["Logged"]
    assert (post.row("Logged").state, post.row("Logged").reason) == ("sent", "was there already")
    assert post.answer("form").ts


def test_a_lost_reply_stays_uncertain_while_slack_asks_to_wait(post: Postroom) -> None:
    post.slack.faults.lost_reply("chat.postMessage")
    post.writes("Logged")
    post.outbox.drain()
    post.slack.faults.rate_limited(5, "conversations.open")
    post.passes(SECOND)
    assert post.row("Logged").state == "unknown"
    post.passes(5 * SECOND)
    assert post.direct() == ["Logged"]


def test_without_the_scope_for_history_it_is_said_at_least_once(office: Office) -> None:
    scopes = frozenset(MANIFEST["oauth_config"]["scopes"]["bot"])
    with Server(MANIFEST, demo_workspace(), scopes=scopes) as slack:
        post = Postroom(office, slack, office.joins("Eva", slack_id=SlackUser(EVA)))
        slack.faults.lost_reply("chat.postMessage")
        post.writes("Logged")
        post.outbox.drain()
        post.passes(SECOND)
        assert post.direct() == ["Logged", "Logged"]
        assert post.row("Logged").state == "sent"
        post.outbox.stop()


def test_a_permanent_error_settles_with_its_reason(post: Postroom) -> None:
    post.person = post.office.joins("Zoe", slack_id=SlackUser(LEFT))
    post.writes("Logged")
    post.outbox.drain()
    assert (post.row("Logged").state, post.row("Logged").reason) == ("failed", "user_disabled")
    post.passes(timedelta(hours=1))
    assert post.row("Logged").attempts == 1


def test_nobody_is_written_to_who_left(post: Postroom) -> None:
    post.writes("Logged")
    with post.office.store.begin(post.office.workspace) as work:
        work.people.change(replace(post.person, active=False))
    post.outbox.drain()
    assert (post.row("Logged").state, post.row("Logged").reason) == ("failed", "nobody to send it to")
    assert post.direct() == []


def test_one_message_a_second_and_person(post: Postroom) -> None:
    for number in range(3):
        post.writes(f"Word {number}")
    post.outbox.drain()
    assert post.direct() == ["Word 0"]
    post.passes(SECOND * 0.9)
    assert post.direct() == ["Word 0"]
    post.passes(SECOND * 0.1)
    post.passes(SECOND)
    assert sorted(post.direct()) == ["Word 0", "Word 1", "Word 2"]
    assert {post.row(f"Word {number}").attempts for number in range(3)} == {1}


def test_a_crash_between_claim_and_send_is_made_up_for_after_the_lease(post: Postroom) -> None:
    post.writes("Logged")
    assert len(OutboxRows(post.office.store).turn([], 1)) == 1  # and then the process dies
    post.passes(LEASE - SECOND)
    assert post.direct() == []
    post.passes(SECOND)
    assert post.direct() == ["Logged"]


def test_a_crash_between_send_and_settle_says_nothing_twice(post: Postroom) -> None:
    post.writes("Logged", answer="form")
    rows = OutboxRows(post.office.store)
    post.outbox.sender.send(rows.turn([], 1)[0])  # and then the process dies
    post.passes(LEASE)
    assert post.direct() == ["Logged"]
    assert post.row("Logged").state == "sent"


def test_two_outboxes_on_one_database_say_each_thing_once(
    postgres_url: str, clock: FixedClock, slack: Server
) -> None:
    first, second = open_store(postgres_url, clock), open_store(postgres_url, clock)
    office = Office(first, clock)
    post = Postroom(office, slack, office.joins("Eva", slack_id=SlackUser(EVA)))
    rival = post.another(second)
    post.answers_to("form")
    members = [office.joins(f"P{number}", slack_id=SlackUser(EVA + str(number))) for number in range(40)]
    with first.begin(office.workspace) as work:
        for member in members:
            work.deliveries.say(f"to {member.code}", DeliveryKind.ANSWER, member.id, {"text": member.code})
    with ThreadPoolExecutor(4) as desks:
        tried = sum(desks.map(lambda one: one.drain(), [post.outbox, rival, post.outbox, rival]))
    asked = [call.args["users"] for call in slack.calls if call.method == "conversations.open"]
    assert tried == 40
    assert sorted(asked) == sorted(str(member.slack_id) for member in members)
    for one in (post.outbox, rival):
        one.stop()
    first.close()
    second.close()
