"""A program that reports documents to the bot of the demo: `python -m bot.demo.documents sales_invoice 103021 …`."""

import argparse
import hashlib
import hmac
import json
import sys
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from bot.clock import SystemClock
from bot.time_machine import read_offset

SECRET = "the demo's secret, of no use elsewhere"  # noqa: S105 - it opens a door on this machine alone
FOLDER = Path("var/demo")
ADDRESS, OFFSET = "documents", "clock"
"""The files that say where the demo takes documents, and how far its clock is ahead."""
_PATIENCE_SECONDS = 10


def main() -> None:
    """Report one document, and print what became of it."""
    told = _arguments().parse_args()
    try:
        address = (FOLDER / ADDRESS).read_text(encoding="utf-8")
        now = (SystemClock().now() + read_offset(FOLDER / OFFSET)).timestamp()
        print(report(address, document(told), int(now)))  # noqa: T201 - the command line speaks
    except HTTPError as refusal:
        sys.exit(refusal.read().decode())
    except (OSError, URLError):
        sys.exit("The demo does not run here. Start it with `make demo` in another terminal.")


def report(address: str, told: dict[str, object], now: int) -> str:
    """Post a document as any program would; return the answer."""
    body, stamp = json.dumps(told).encode(), str(now)
    seal = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json",
        "Saleslog-Timestamp": stamp,
        "Saleslog-Signature": f"v0={seal}",
    }
    request = Request(f"{address}/documents", data=body, headers=headers)  # noqa: S310 - an address of ours
    with urlopen(request, timeout=_PATIENCE_SECONDS) as answer:  # noqa: S310
        return str(answer.read().decode())


def document(told: argparse.Namespace) -> dict[str, object]:
    """Return the document that the command line names."""
    named = {"company": told.company, "email": told.email, "number": told.contact}
    facts = {"number": told.number, "salesperson": told.salesperson, "description": told.description}
    return {
        "type": told.type,
        "contact": {name: value for name, value in named.items() if value},
        **{name: value for name, value in facts.items() if value},
    }


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Report a document to the demo's bot.")
    parser.add_argument("type", nargs="?", default="sales_invoice", help="as in sales_invoice")
    parser.add_argument("number", nargs="?", default="", help="the document's number")
    parser.add_argument("--company", default="", help="whom it went to: the company's name")
    parser.add_argument("--email", default="", help="or an e-mail address")
    parser.add_argument("--contact", default="", help="or the contact's number")
    parser.add_argument("--salesperson", default="", help="a code or an e-mail")
    parser.add_argument("--description", default="", help="in place of the template's words")
    return parser


if __name__ == "__main__":
    main()
