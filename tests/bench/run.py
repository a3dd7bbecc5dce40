"""`make bench`: every bench, or those named; `--small` for a quick look."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE.parent), str(HERE)]

from bench import QUICK, Line, Sizes, table  # noqa: E402 - found by the path above

BENCHES = {
    "search": "bench_contact_search",
    "import": "bench_contact_import",
    "suggestions": "bench_suggestions",
    "log": "bench_log",
    "dispatch": "bench_dispatch",
    "submissions": "bench_submissions",
    "autosave": "bench_autosave",
    "digest": "bench_digest",
    "purge": "bench_purge",
    "list": "bench_list",
    "export": "bench_export",
    "segments": "bench_segments",
    "rest": "bench_rest",
    "start": "bench_start",
}


def main(words: list[str]) -> None:
    small = "--small" in words
    names = [word for word in words if not word.startswith("-")] or list(BENCHES)
    print(table(_lines(names, QUICK if small else Sizes())))  # noqa: T201 - what it is for


def _lines(names: list[str], sizes: Sizes) -> Iterator[Line]:
    for name in names:
        for line in import_module(BENCHES[name]).lines(sizes):
            print(f"{line.work}: {line.figure}", file=sys.stderr)  # noqa: T201 - a full run takes minutes
            yield line


if __name__ == "__main__":
    main(sys.argv[1:])
