"""A view as a page of plain text: what stands where, in which order, in which words."""

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]


def outline(page: Json) -> str:
    """Return the page line by line: [a button], (a choice), ⋯ a menu, ▏a field, * where it must be filled."""
    head = [f"# {page['title']['text']}"] if "title" in page else []
    feet = " ".join(f"[{page[name]['text']}]" for name in ("close", "submit") if name in page)
    lines = (line for block in page["blocks"] for line in _block(block))
    return "\n".join([*head, *lines, *([feet] if feet else [])]) + "\n"


def literal(node: Any) -> Iterator[str]:
    """Return every text that Slack shows as it is: plain text, rich text, what stands in a field."""
    if isinstance(node, list):
        for child in node:
            yield from literal(child)
    elif isinstance(node, dict):
        if node.get("type") in ("plain_text", "text"):
            yield node["text"]
        yield from (node[key] for key in ("initial_value",) if key in node)
        yield from literal(list(node.values()))


def markup(node: Any) -> Iterator[str]:
    """Return every text that Slack reads as markup."""
    if isinstance(node, list):
        for child in node:
            yield from markup(child)
    elif isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield node["text"]
        yield from markup(list(node.values()))


def _block(block: Json) -> Iterator[str]:
    match block["type"]:
        case "input":
            yield _field(block)
        case "actions":
            yield "  ".join(_element(element) for element in block["elements"])
        case "divider":
            yield "---"
        case "header":
            yield f"== {block['text']['text']} =="
        case "section":
            beside = [_element(block["accessory"])] if "accessory" in block else []
            yield "  ".join([block["text"]["text"], *beside])
        case "context":
            yield "  ".join(f"~ {element['text']}" for element in block["elements"])
        case "rich_text":
            yield _rich(block)
        case "data_visualization":
            yield from _chart(block)
        case "data_table":
            yield from _table(block)


def _chart(block: Json) -> Iterator[str]:
    yield f"▤ {block['title']}"
    for series in block["chart"]["series"]:
        yield f"  {series['name']}: " + ", ".join(f"{one['label']} {one['value']}" for one in series["data"])


def _table(block: Json) -> Iterator[str]:
    yield f"▦ {block['caption']}"
    for row in block["rows"]:
        yield "  " + " | ".join(str(cell.get("text", cell.get("value"))) for cell in row)


def _rich(block: Json) -> str:
    pieces = (piece for section in block["elements"] for piece in section["elements"])
    return "".join(_styled(piece) for piece in pieces)


def _styled(piece: Json) -> str:
    marks = {"bold": "**", "italic": "_"}
    mark = "".join(marks[name] for name in piece.get("style", ()))
    return f"{mark}{piece['text']}{mark[::-1]}"


def _field(block: Json) -> str:
    must = "" if block["optional"] else " *"
    hint = f"  ({block['hint']['text']})" if "hint" in block else ""
    return f"▏{block['label']['text']}{must}  {_element(block['element'])}{hint}".rstrip()


def _element(element: Json) -> str:
    shown = _SHOWN.get(element["type"])
    return shown(element) if shown else str(element.get("initial_date") or element.get("initial_time"))


def _button(element: Json) -> str:
    asks = " …?" if "confirm" in element else ""
    return f"[{element['text']['text']}{asks}]{'!' if element.get('style') else ''}"


def _menu(element: Json) -> str:
    return "⋯ " + " · ".join(option["text"]["text"] for option in element["options"])


def _box(element: Json) -> str:
    return f"{'☑' if 'initial_options' in element else '☐'} {element['options'][0]['text']['text']}"


def _typed(element: Json) -> str:
    return str(element.get("initial_value", "")) + (" ……" if element.get("multiline") else "")


def _search(element: Json) -> str:
    return f"{_chosen(element)}  {element['placeholder']['text']}"


def _select(element: Json) -> str:
    return f"{_chosen(element)}  {_choices(element)}"


def _chosen(element: Json) -> str:
    option = element.get("initial_option")
    return f"«{option['text']['text']}»" if option else "«»"


def _choices(element: Json) -> str:
    groups = element.get("option_groups") or [{"options": element["options"]}]
    return " | ".join(" · ".join(f"({one['text']['text']})" for one in group["options"]) for group in groups)


_SHOWN: dict[str, Callable[[Json], str]] = {
    "button": _button,
    "overflow": _menu,
    "checkboxes": _box,
    "plain_text_input": _typed,
    "external_select": _search,
    "static_select": _select,
    "conversations_select": lambda element: str(element.get("initial_conversation") or "#"),
}
