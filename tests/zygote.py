"""The command line in processes forked from one that has loaded everything: loading takes longer than most commands."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from bot import app, cli, running  # noqa: F401 - loaded once, before any command is forked
from bot.commands import opening, run  # noqa: F401


class Zygote:
    """Forks commands, one after the other."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(("tests", "."))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def runs(self, words: tuple[str, ...], env: dict[str, str], folder: Path) -> tuple[int, str, str]:
        """Run a command to its end; return its exit code, what it said, and what it complained of."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as place:
            said, complained = Path(place, "said"), Path(place, "complained")
            order = {"words": words, "env": env, "folder": str(folder), "files": [str(said), str(complained)]}
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            return code, said.read_text(encoding="utf-8"), complained.read_text(encoding="utf-8")

    def ends(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


def _become(words: list[str], env: dict[str, str], folder: str, files: list[str]) -> NoReturn:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    for stream, file in zip((sys.stdout, sys.stderr), files, strict=True):
        with open(file, "w", encoding="utf-8") as opened:  # noqa: PTH123 - a plain descriptor is wanted
            os.dup2(opened.fileno(), stream.fileno())
    with open(os.devnull) as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    sys.argv = ["saleslog", *words]
    cli.main()
    sys.exit(0)


def _ended(order: dict[str, object]) -> int:
    try:
        _become(**order)  # type: ignore[arg-type]
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return end.code if isinstance(end.code, int) else int(end.code is not None)


def _leave(code: int) -> NoReturn:
    """End like a process of one's own: what broke is told, and nothing of the parent is cleaned up."""
    if code and (broken := sys.exception()):
        sys.excepthook(type(broken), broken, broken.__traceback__)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _wait() -> None:
    replies = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                code = _ended(json.loads(line))
            finally:
                _leave(code)
        _, status = os.waitpid(pid, 0)
        replies.write(f"{os.waitstatus_to_exitcode(status)}\n")
        replies.flush()


if __name__ == "__main__":
    _wait()
