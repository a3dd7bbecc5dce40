"""The first whole path: a command opens a form, its submission is answered by a message."""

from slack_bolt import Ack, App, Respond
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.websocket_client import SocketModeClient

from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server
from tests.playground.forms import TEXT, field, modal


def test_command_form_answer(slack: Server, app: App) -> None:
    urls: list[str] = []

    @app.command("/form")
    def opened(ack: Ack, body: dict, client: WebClient) -> None:
        ack()
        urls.append(body["response_url"])
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("who", TEXT)))

    @app.view("form")
    def submitted(ack: Ack, view: dict, body: dict) -> None:
        ack()
        who = view["state"]["values"]["who"]["it"]["value"]
        Respond(response_url=urls[0])(f"Logged for {who}")

    handler = SocketModeHandler(app, slack.workspace.app.app_token, ping_interval=1)
    handler.connect()
    assert slack.workspace.wait_for(lambda: slack.sockets.connected == 1)
    assert slack.acts.command(EVA, SALES, "/form now").acked
    slack.workspace.wait_for(lambda: slack.workspace.top(EVA) is not None)
    top = slack.workspace.top(EVA)
    assert top
    outcome = slack.acts.submit(EVA, top.id, {"who": {"it": {"value": "Anna"}}})
    assert outcome.acked
    assert slack.workspace.top(EVA) is None
    assert slack.workspace.wait_for(lambda: slack.workspace.seen_by(EVA, SALES)[-1].text == "Logged for Anna")
    assert slack.workspace.seen_by(EVA, SALES)[-1].only_for == EVA
    end(slack, handler.client)


def end(slack: Server, client: SocketModeClient) -> None:
    """Closed from the bot's side, websocket-client may linger in select() for ten seconds.

    Closed by the server, it forgets its socket without closing it.
    """
    client.auto_reconnect_enabled = False
    raw = client.current_session.sock.sock
    slack.sockets.drop()
    assert slack.workspace.wait_for(lambda: not client.is_connected())
    raw.close()
    client.close()
