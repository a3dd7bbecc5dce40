"""The house style as far as it can be counted (CONTRIBUTING; architecture, house style 8 and 6)."""

import ast
import re
from functools import cache
from pathlib import Path
from statistics import median

from order import SECONDS

FOLDERS = ("bot", "handlers", "storage")
FILES = [path for folder in FOLDERS for path in Path(folder).rglob("*.py") if "versions" not in path.parts]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _functions() -> list[tuple[str, int]]:
    return [
        (f"{path}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path in FILES
        for node in ast.walk(_tree(path))
        if isinstance(node, FUNCTIONS)
    ]


def test_functions_are_short() -> None:
    sizes = sorted(length for _, length in _functions())
    assert median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 25
    assert [name for name, length in _functions() if length > 50] == []


def test_files_are_small() -> None:
    sizes = {path: path.read_text(encoding="utf-8").count("\n") for path in FILES}
    assert median(sizes.values()) <= 120
    assert {path: lines for path, lines in sizes.items() if lines > 300} == {}


def test_nothing_is_left_unfinished() -> None:
    words = re.compile(
        r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError|coming soon|for now|not yet implemented)\b",
        re.IGNORECASE,
    )
    assert [path for path in FILES if words.search(path.read_text(encoding="utf-8"))] == []


def test_modules_keep_no_state() -> None:
    """An empty list, set or dictionary at module level waits to be filled, and would be shared by everybody."""
    found = [
        f"{path}:{node.lineno}"
        for path in FILES
        for node in _tree(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _is_empty(node.value)
    ]
    assert found == []
    assert [
        path for path in FILES if re.search(r"^\s+global ", path.read_text(encoding="utf-8"), re.MULTILINE)
    ] == []


def test_exceptions_are_never_swallowed() -> None:
    """A broad `except` stands at the three borders only, and a handler never just passes."""
    broad, empty = [], []
    for path in FILES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ExceptHandler):
                if node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"}:
                    broad.append(str(path))
                if len(node.body) == 1 and isinstance(node.body[0], ast.Pass):
                    empty.append(f"{path}:{node.lineno}")
    assert set(broad) <= {"handlers/middleware.py", "bot/apart.py", "bot/outbox.py", "bot/jobs/board.py"}
    assert empty == []


def test_the_files_of_tests_that_begin_first_are_there() -> None:
    assert [name for name in SECONDS if not (Path("tests") / name).exists()] == []


def test_top_level_packages_are_ours() -> None:
    tops = {path.parent.name for path in Path().glob("*/__init__.py")}
    assert tops <= {*FOLDERS, "tests"}


def _is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.List | ast.Set):
        return not value.elts
    if isinstance(value, ast.Dict):
        return not value.keys
    named = value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""
    return named in {"dict", "list", "set", "deque", "defaultdict"} and not getattr(value, "args", ())
