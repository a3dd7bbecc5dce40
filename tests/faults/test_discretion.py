"""Nothing that somebody typed and no secret ever stands in the log."""

import copy

from desks import Desks
from hatchery import Hatchery

from bot.playground.delivery import EnvelopeKind
from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server

CANARY = "canary-7e21"


def test_the_log_holds_no_typed_word_and_no_secret(
    slack: Server, hatchery: Hatchery, sqlite_url: str
) -> None:
    desks = Desks(slack, sqlite_url)
    bot = hatchery.bot(slack, sqlite_url)
    desks.opens(EVA)
    desks.types_into(EVA, "comment", CANARY)
    desks.searches(EVA, CANARY)
    for method in ("views.open", "chat.postMessage", "conversations.open", "response_url"):
        slack.faults.broken(method)
    with bot.full_disk():
        desks.submits(EVA)
    assert desks.submits(EVA).acked
    slack.acts.command(EVA, SALES, f"/log call Anna {CANARY}")
    slack.acts.command(EVA, SALES, f"/contact {CANARY}")
    for sent in [*slack.workspace.journal.sent]:
        broken = copy.deepcopy(sent.payload)
        broken |= {"view": CANARY, "actions": [CANARY], "text": [CANARY]}
        assert slack.acts.post.send(EnvelopeKind(sent.kind), broken).acked
    log = hatchery.log.read_text()
    installed = slack.workspace.app
    said = [line for line in log.splitlines() if "malformed" in line]
    assert said
    for secret in (CANARY, installed.bot_token, installed.app_token, "/actions/", "ticket="):
        assert secret not in log
