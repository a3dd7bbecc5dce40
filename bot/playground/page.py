"""The playground's page: a calm Slack in the browser, for people trying the app and for journeys in tests.

What tests may rely on:

- `/?as=<user>&in=<channel or "home">` is one person looking at one place.
- The composer is the text box labelled "Message #sales" ("Message Saleslog" in the app's messages); Enter sends.
  The buttons "Shortcuts" (global) and, on each message, "Message shortcuts" open menus of `menuitem`s.
- Messages are `article`s with `data-ts`; ephemeral ones have the class `ephemeral`. Blocks have `data-block-id`.
- The modal on top is the only `dialog`; its buttons are named as the view names them ("Cancel" and "Close" by
  default), the X is "Dismiss", the way back to the view below is "Back". Confirm dialogs are `alertdialog`s.
- A form field is found by its block's label: text, date (ISO), time and select alike. A select is a `combobox`:
  fill in words, then pick an `option`. Checkboxes and radio buttons go by the words of their option.
- Outside of input blocks a field's label is the section's text, else the placeholder. An overflow menu is the
  button "More actions".
- Tabs of the app are the links "Home" and "Messages". The top bar has "+1 h", "Next morning", "+1 week",
  "Restart bot", "Lose the modal", the menu "Slack answers", and "Under the hood".
- Mentions are `span.mention` with `data-mention`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.page_doing import Doing
from bot.playground.page_levers import Levers
from bot.playground.page_looking import Looking
from bot.playground.page_templates import Templates

if TYPE_CHECKING:
    from bot.playground.server import Server

__all__ = ["Levers", "Page"]

_STATIC = Path(__file__).with_name("static")


class Page:
    """`Server(manifest, workspace, page=Page(levers).routes)` serves it at `/`."""

    def __init__(self, levers: Levers | None = None) -> None:
        self._levers = levers or Levers()

    def routes(self, server: "Server") -> Sequence[BaseRoute]:
        templates = Templates()
        looking = Looking(server, self._levers, templates)
        doing = Doing(server, self._levers, templates)
        return [
            Route("/", looking.page),
            Route("/page/parts/{part}", looking.part),
            Route("/page/changes", looking.changes),
            Route("/page/entries/{key}", looking.entry),
            Route("/page/files/{id}", looking.file),
            Route("/page/files", doing.upload, methods=["POST"]),
            Route("/page/suggestions", doing.suggest, methods=["POST"]),
            Route("/page/acts/{act}", doing.act, methods=["POST"]),
            Route("/page/levers/{lever}", doing.pull, methods=["POST"]),
            Mount("/page/static", StaticFiles(directory=_STATIC)),
        ]
