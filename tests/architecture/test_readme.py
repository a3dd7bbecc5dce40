"""The README tells what is there: settings, scopes, commands, pictures."""

import re
from pathlib import Path

import yaml

from bot.settings import documented

README = Path("README.md").read_text(encoding="utf-8")
MANIFEST = yaml.safe_load(Path("app_manifest.yml").read_text(encoding="utf-8"))


def test_every_setting_stands_in_the_table_with_default_and_meaning() -> None:
    rows = [
        f"| `{one.name}` | {f'`{one.default}`' if one.default else ''} | {one.meaning} |"
        for one in documented()
    ]
    table = README.partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0]
    assert table.splitlines()[2:] == rows


def test_every_scope_of_the_manifest_is_explained_and_no_other() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    explained = set(
        re.findall(r"^\| `([a-z.]+:[a-z.]+|commands)`", README.partition("## Scopes")[2], re.MULTILINE)
    )
    assert explained == {*scopes["bot"], *scopes["bot_optional"], "connections:write"}


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"\]\((docs/[^)]+\.png)\)", README)
    assert pictures
    assert [picture for picture in pictures if not Path(picture).exists()] == []
