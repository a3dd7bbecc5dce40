from terminal import Terminal

from bot.domain.setup_lists import SetupList

TEMPLATES = "Code;Interaction Group Code;Description;Duration\nDEMO;FAIR;Demonstration;1h30\n;FAIR;Nothing;\n"


def test_templates_are_imported_tried_again_and_exported(terminal: Terminal) -> None:
    file = terminal.folder / "templates.csv"
    file.write_text(TEMPLATES, encoding="utf-8")
    ended = terminal.runs("import", "templates", "templates.csv", "--workspace", "T1")
    head, fault = ended.said.splitlines()
    assert head == (
        "Interaction templates: 2 rows: 1 new, 0 changed, 0 unchanged, 1 faulty → templates.errors.csv"
    )
    assert fault == "  row 2 below the titles: “Code” is blank: fill it in."
    errors = terminal.folder / "templates.errors.csv"
    assert "“Code” is blank" in errors.read_text(encoding="utf-8-sig")
    file.write_text(TEMPLATES.replace("Demonstration", "Show"), encoding="utf-8")
    tried = terminal.runs("import", "templates", "templates.csv", "--dry-run")
    assert "0 new, 1 changed, 0 unchanged, 1 faulty" in tried.said
    assert tried.said.endswith("Only tried: nothing was written.\n")
    ended = terminal.runs("export", "setup", "setup.xlsx")
    assert ended.said.startswith("setup.xlsx holds number series: 4, campaigns: 0, interaction groups: 5,")
    again = terminal.runs("import", "setup", "setup.xlsx").said.splitlines()
    assert len(again) == len(SetupList)
    assert all("0 new, 0 changed," in line and line.endswith("0 faulty") for line in again)
