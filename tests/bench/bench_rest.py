"""Memory of the bot at rest: connected to nothing, everything loaded, one request of each kind heard."""

import os
import re
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from addressbook import fresh
from bench import Line, Sizes
from hall import SERVED

REACH = 120
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")


def lines(sizes: Sizes) -> list[Line]:
    """Return the lines of this bench."""
    used = median(_megabytes() for _ in range(sizes.runs))
    return [
        Line(
            work="memory of the bot at rest, HTTP mode",
            figure=f"{used:.0f} MB",
            reach="≤ 120 MB",
            reached=used <= REACH,
        )
    ]


def _megabytes() -> float:
    with TemporaryDirectory() as folder:
        url = fresh(Path(folder), 500)
        command = [sys.executable, str(SERVED), "resting", url, "http://127.0.0.1:9/api/", "0"]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ)
        assert child.stdout is not None
        child.stdout.readline()
        status = Path(f"/proc/{child.pid}/status").read_text()
        child.communicate()
    found = _RESIDENT.search(status)
    assert found is not None
    return int(found[1]) / 1024
