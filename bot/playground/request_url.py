"""HTTP mode: payloads as signed forms to the app's request URL."""

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from bot.playground.delivery import PATIENCE, Envelope, EnvelopeKind, Reply
from bot.playground.shapes import Json

_OK = 200
_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """A request as Slack sends it; tests may send it again, later, or tampered with."""

    body: bytes
    headers: dict[str, str]


class RequestUrl:
    """The Delivery of HTTP mode; `url` may be set once the bot listens."""

    def __init__(self, signing_secret: str, url: str = "") -> None:
        self._signing_secret = signing_secret
        self.url = url
        self.requests: list[SignedRequest] = []

    def deliver(self, envelope: Envelope) -> Reply:
        request = self.signed(envelope)
        self.requests.append(request)
        return self.post(request)

    def signed(self, envelope: Envelope) -> SignedRequest:
        body, content_type = _body_of(envelope)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        return SignedRequest(body, {**headers, **self.signature(body, str(int(time.time())))})

    def signature(self, body: bytes, timestamp: str) -> dict[str, str]:
        """The two headers that prove that Slack sent the body."""
        signed = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self._signing_secret.encode(), signed, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}

    def post(self, request: SignedRequest) -> Reply:
        if urlsplit(self.url).scheme not in ("http", "https"):
            return Reply("dispatch_failed")
        started = time.monotonic()
        prepared = urllib.request.Request(self.url, request.body, request.headers)  # noqa: S310 - checked above
        try:
            with _DIRECTLY.open(prepared, timeout=PATIENCE) as answer:
                error = None if answer.status == _OK else "http_error"
                return Reply(error, _answer_of(answer.read()), time.monotonic() - started)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return Reply("http_error", {"status": refusal.code}, time.monotonic() - started)
        except TimeoutError:
            return Reply("operation_timeout", None, time.monotonic() - started)
        except OSError:
            return Reply("dispatch_failed", None, time.monotonic() - started)


def _body_of(envelope: Envelope) -> tuple[bytes, str]:
    if envelope.kind is EnvelopeKind.EVENT:
        return json.dumps(envelope.payload).encode(), "application/json"
    form = envelope.payload
    if envelope.kind is EnvelopeKind.INTERACTIVE:
        form = {"payload": json.dumps(envelope.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _answer_of(body: bytes) -> Json | None:
    text = body.decode(errors="replace").strip()
    if not text:
        return None
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text}
    return answer if isinstance(answer, dict) else {"text": text}
