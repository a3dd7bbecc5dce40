"""An outbox before a playground: what tests of deliveries act with."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from office import Office
from slack_sdk import WebClient
from sqlalchemy import select

from bot.domain.deliveries import DeliveryKind
from bot.domain.people import Person
from bot.outbox import Outbox
from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server
from storage.outbox import OutboxRows
from storage.store import Store
from storage.tables.deliveries import answers, deliveries

SECOND = timedelta(seconds=1)


@dataclass
class Postroom:
    """An outbox that nobody rings: it sends when the test says so."""

    office: Office
    slack: Server
    person: Person
    outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = self.another(self.office.store)

    def another(self, store: Store) -> Outbox:
        token = self.slack.workspace.app.bot_token
        client = WebClient(token=token, base_url=f"{self.slack.url}/api/", timeout=1, retry_handlers=[])
        return Outbox(OutboxRows(store), lambda _: client, self.office.clock, lambda *_: None)

    def writes(
        self, words: str, answer: str | None = None, kind: DeliveryKind = DeliveryKind.CONFIRMATION
    ) -> None:
        """Write down a message for the person."""
        with self.office.store.begin(self.office.workspace) as work:
            if answer is not None:
                work.deliveries.open_answer(answer, self.person.id, None)
            work.deliveries.say(words, kind, self.person.id, {"text": words}, answer=answer)

    def answers_to(self, form: str) -> str:
        """Let the answers of a form go to a response URL, as after a command."""
        workspace = self.slack.workspace
        url = f"{workspace.address}{workspace.response_urls.issue(EVA, SALES)}"
        with self.office.store.begin(self.office.workspace) as work:
            work.deliveries.open_answer(form, self.person.id, url)
        return url

    def presses_on_the_answer(self, form: str) -> None:
        """Press a button of the message that only the person sees."""
        workspace = self.slack.workspace
        shown = [message for message in workspace.seen_by(EVA, SALES) if message.is_ephemeral][-1]
        url = f"{workspace.address}{workspace.response_urls.issue(EVA, SALES, shown.ts)}"
        with self.office.store.begin(self.office.workspace) as work:
            work.deliveries.point_at_message(form, self.person.id, url)

    def passes(self, time: timedelta) -> None:
        """Let time pass, for the office and for Slack, and look what is due."""
        self.office.clock.move(time)
        self.slack.workspace.shift(time.total_seconds())
        self.outbox.drain()

    def row(self, words: str) -> Any:
        with self.office.store.reading() as connection:
            return connection.execute(select(deliveries).where(deliveries.c.key == words)).one()

    def answer(self, form: str) -> Any:
        with self.office.store.reading() as connection:
            return connection.execute(select(answers).where(answers.c.key == form)).one()

    def direct(self) -> list[str]:
        """What stands in the person's direct message."""
        channel = self.slack.workspace.directory.direct(EVA).id
        return [message.text for message in self.slack.workspace.seen_by(EVA, channel)]

    def in_channel(self) -> list[str]:
        """What only the person sees in the channel of the command."""
        seen = self.slack.workspace.seen_by(EVA, SALES)
        return [message.text for message in seen if message.is_ephemeral]


def forgets_messages(slack: Server) -> None:
    for channel in slack.workspace.messages._by_channel.values():
        channel.clear()
