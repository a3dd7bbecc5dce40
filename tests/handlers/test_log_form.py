"""The walk: /log, the form, the entry, Undo."""

from seat import Seat


def test_a_call_is_logged_confirmed_and_undone(eva: Seat) -> None:
    anna = eva.knows("Anna Berg", company_name="Fjordbygg AS", city="Bergen")
    assert eva.types("/log").acked
    eva.picks("contact", str(anna))
    outgoing = next(
        option["value"]
        for block in eva.view.blocks
        if block.get("block_id") == "template"
        for group in block["element"]["option_groups"]
        for option in group["options"]
        if option["text"]["text"] == "Outgoing call"
    )
    eva.picks("template", outgoing)
    assert eva.slack.workspace.wait_for(lambda: "description.1" in str(eva.view.blocks))
    eva.writes("comment", "Agreed the price list")
    assert eva.submits().acked
    assert eva.slack.workspace.top(eva.user) is None
    confirmation = eva.hears("Logged: Outgoing call · Anna Berg (Fjordbygg AS)")
    assert "Agreed the price list" in confirmation.text
    assert eva.presses_on(confirmation, "undo").acked
    eva.hears("Undone. The draft is back.")
