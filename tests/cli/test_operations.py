"""Runs every block of docs/operations.md, in its order, on a machine made of a folder."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from postgres import binaries

from bot.playground.seeds import EVA, SALES
from bot.playground.server import Server
from bot.settings import documented

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SUDO = '#!/bin/sh\ncase "$1" in -u) shift 2;; esac\nexec "$@"\n'
SAY_ONLY = "#!/bin/sh\nexit 0\n"
SYSTEMCTL = '#!/bin/sh\nexec "{python}" "{root}/tests/cli/systemd.py" "{units}" "$@"\n'
CURL = "#!{python}\nimport sys, urllib.request\nprint(urllib.request.urlopen(sys.argv[-1]).read().decode())\n"
MAKE = """#!/bin/sh
mkdir -p .venv/bin
printf '#!/bin/sh\\nPYTHONPATH="%s" exec "{python}" -m bot.cli "$@"\\n' "$PWD" > .venv/bin/saleslog
chmod +x .venv/bin/saleslog
"""


HEADINGS = ("Install", "Is it well?", "Backup", "The setup as a file", "Restore", "Upgrade", "PostgreSQL")


def blocks(heading: str) -> list[str]:
    """The commands under a heading."""
    chapter = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", DOCUMENT, re.MULTILINE | re.DOTALL)
    assert chapter, heading
    return re.findall(r"^```sh\n(.*?)^```", chapter.group(1), re.MULTILINE | re.DOTALL)


@dataclass
class Machine:
    """A folder that takes the place of `/`, and programs that take the place of what only root may do."""

    folder: Path
    settings: dict[str, str]

    @property
    def app(self) -> Path:
        return self.folder / "srv" / "saleslog" / "app"

    def does(self, commands: str) -> str:
        done = subprocess.run(
            ["sh", "-eu", "-c", self.here(commands)],
            env=self._environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
        assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}{self.journal()}"
        return done.stdout

    def here(self, text: str) -> str:
        return text.replace("/srv/saleslog", f"{self.folder}/srv/saleslog").replace(
            "/etc/systemd/system", f"{self.folder}/etc"
        )

    def has(self, name: str, script: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(
            script.format(python=sys.executable, root=ROOT, units=self.folder / "etc"), encoding="utf-8"
        )
        path.chmod(0o755)

    def journal(self) -> str:
        journal = self.folder / "etc" / "journal"
        return journal.read_text(encoding="utf-8") if journal.exists() else ""

    def _environment(self) -> dict[str, str]:
        ours = {setting.name for setting in documented()}
        inherited = {name: value for name, value in os.environ.items() if name not in ours}
        path = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        return {**inherited, "PATH": path, **self.settings}


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    for folder in ("bin", "etc", "srv/saleslog"):
        (tmp_path / folder).mkdir(parents=True)
    machine = Machine(tmp_path, {"REPOSITORY": f"file://{tmp_path / 'origin'}", "PORT": str(free_port())})
    for name, script in (
        ("sudo", SUDO),
        ("useradd", SAY_ONLY),
        ("chown", SAY_ONLY),
        ("systemctl", SYSTEMCTL),
    ):
        machine.has(name, script)
    machine.has("make", MAKE)
    if not shutil.which("curl"):
        machine.has("curl", CURL)
    yield machine
    state = tmp_path / "etc" / "state"
    if state.exists() and Path(f"/proc/{state.read_text()}").exists():
        os.kill(int(state.read_text()), signal.SIGKILL)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def published(machine: Machine) -> None:
    """A repository with what is in the working tree now; its unit is for this machine."""
    folder = machine.folder / "origin"
    kept = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "tests")
    shutil.copytree(ROOT, folder, ignore=kept)
    unit = folder / "docs" / "saleslog.service"
    unit.write_text(machine.here(unit.read_text(encoding="utf-8")), encoding="utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Everything"]):
        subprocess.run([*git, *words], check=True)


def test_the_document_does_what_it_says(machine: Machine, slack: Server) -> None:
    published(machine)
    install, protect, serve = blocks("Install")
    machine.does(install)
    write_env(machine, slack)
    assert "missing" not in machine.does(protect)
    machine.does(serve)
    assert slack.acts.command(EVA, SALES, "/log help").acked

    for commands in blocks("Is it well?"):
        machine.does(commands)
    machine.does(blocks("Backup")[0])
    machine.does(blocks("The setup as a file")[0])
    machine.does(blocks("Restore")[0])
    assert list((machine.app / "var").glob("saleslog.db.before-*"))
    assert slack.acts.command(EVA, SALES, "/log help").acked

    machine.does(blocks("Upgrade")[0])
    assert (machine.app / "var" / "backups" / "before-upgrade.db").exists()
    assert slack.acts.command(EVA, SALES, "/log help").acked
    machine.does("sudo systemctl stop saleslog")
    assert "Traceback" not in machine.journal()


def write_env(machine: Machine, slack: Server) -> None:
    app = slack.workspace.app
    lines = [
        f"SLACK_BOT_TOKEN={app.bot_token}",
        f"SLACK_APP_TOKEN={app.app_token}",
        f"SLACK_API_URL={slack.url}/api/",
        f"PORT={machine.settings['PORT']}",
    ]
    (machine.app / ".env").write_text("\n".join(lines), encoding="utf-8")


def test_a_server_is_dumped_and_brought_back(machine: Machine, postgres_url: str) -> None:
    machine.settings["DATABASE_URL"] = postgres_url
    machine.settings["PATH_TO_PROGRAMS"] = str(binaries())
    (commands,) = blocks("PostgreSQL")
    machine.does(f'PATH="$PATH_TO_PROGRAMS:$PATH"\n{commands}')
    assert (machine.folder / "saleslog.dump").stat().st_size > 10_000


def test_the_unit_is_one_that_systemd_takes(machine: Machine) -> None:
    program = machine.app / ".venv" / "bin" / "saleslog"
    program.parent.mkdir(parents=True)
    program.write_text(SAY_ONLY, encoding="utf-8")
    program.chmod(0o755)
    unit = machine.folder / "etc" / "saleslog.service"
    unit.write_text(
        machine.here((ROOT / "docs" / "saleslog.service").read_text(encoding="utf-8")), encoding="utf-8"
    )
    text = unit.read_text(encoding="utf-8")
    assert "RestartPreventExitStatus=2" in text
    assert f"ReadWritePaths={machine.app}/var" in text
    if shutil.which("systemd-analyze"):
        verdict = subprocess.run(
            ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
        )
        assert "saleslog.service" not in verdict.stdout + verdict.stderr


def test_every_block_of_commands_is_run() -> None:
    run = [block for heading in HEADINGS for block in blocks(heading)]
    assert DOCUMENT.count("```sh\n") == len(run)
