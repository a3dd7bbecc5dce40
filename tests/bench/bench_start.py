"""How long it takes until the bot is ready, and until `--help` is there."""

import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from addressbook import fresh
from bench import Line, Sizes
from hall import free_port
from posting import SECRET

SALESLOG = str(Path(sys.executable).parent / "saleslog")
READY = 2.0
HELP = 0.3


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    runs = 2 * sizes.runs + 1
    floor = median(_run(sys.executable, "-c", "pass") for _ in range(runs))
    helped = median(_run(SALESLOG, "--help") for _ in range(runs))
    ready = median(_ready() for _ in range(runs))
    return [
        Line(
            work="`saleslog run` until it is healthy, HTTP mode",
            figure=f"{ready:.2f} s",
            floor=f"{floor:.2f} s (python)",
            ratio=ready / floor,
            reach="≤ 2 s",
            reached=ready <= READY,
        ),
        Line(
            work="`saleslog --help`",
            figure=f"{helped:.2f} s",
            floor=f"{floor:.2f} s (python)",
            ratio=helped / floor,
            reach="≤ 0.3 s",
            reached=helped <= HELP,
        ),
    ]


def _run(*words: str) -> float:
    began = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - began


def _ready() -> float:
    """Return the seconds from calling `saleslog run` until its health is well."""
    with TemporaryDirectory() as folder:
        url, port, slack = fresh(Path(folder), 500), free_port(), HTTPServer(("127.0.0.1", 0), Yes)
        threading.Thread(target=slack.serve_forever, daemon=True).start()
        began = time.perf_counter()
        facts = _facts(url, port, slack.server_port)
        child = subprocess.Popen([SALESLOG, "run"], env=os.environ | facts, stderr=subprocess.DEVNULL)
        while not _well(port):
            assert child.poll() is None, "saleslog run ended"
            time.sleep(0.005)
        took = time.perf_counter() - began
        child.terminate()
        child.wait()
        slack.shutdown()
    return took


class Yes(BaseHTTPRequestHandler):
    """A Web API that says yes."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"ok":true,"team":"Bench","user":"saleslog","team_id":"T0BENCH","user_id":"U1"}')

    def log_message(self, format: str, *arguments: object) -> None: ...


def _facts(url: str, port: int, slack: int) -> dict[str, str]:
    return {
        "SALESLOG_ENV_FILE": "",
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": f"http://127.0.0.1:{slack}/",
        "DATABASE_URL": url,
        "PORT": str(port),
    }


def _well(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
