from docxes import a_docx, packed, parts
from terminal import Terminal


def test_a_letter_is_attached_by_the_templates_code(terminal: Terminal) -> None:
    (terminal.folder / "autumn.docx").write_bytes(a_docx("Dear {{ contact.name }}"))
    ended = terminal.runs("import", "attachment", "bus", "autumn.docx", "--workspace", "T1")
    assert ended.said == "autumn.docx belongs to the interaction template BUS (Business letter) now.\n"
    assert ended.code == 0


def test_what_can_be_no_letter_is_told_with_its_place(terminal: Terminal) -> None:
    (terminal.folder / "wrong.docx").write_bytes(a_docx("Dear {{ contact.nmae }}"))
    (terminal.folder / "macros.docx").write_bytes(packed(parts() | {"word/vbaProject.bin": b"x"}))
    wrong = terminal.runs("import", "attachment", "BUS", "wrong.docx", "--workspace", "T1")
    assert (
        "Text, paragraph 1 (“Dear {{ contact.nmae }}”): {{ contact.nmae }} is not a field" in wrong.complained
    )
    assert wrong.code == 1
    assert "macros" in terminal.runs("import", "attachment", "BUS", "macros.docx").complained
    assert (
        "“ELSE”. There are: ABSTRACT, BUS"
        in terminal.runs("import", "attachment", "ELSE", "wrong.docx").complained
    )
    assert "No such file" in terminal.runs("import", "attachment", "BUS", "none.docx").complained


def test_any_other_file_is_attached_to_a_language_of_the_template(terminal: Terminal) -> None:
    (terminal.folder / "brochure.txt").write_text("Forty chairs")
    wrong = terminal.runs(
        "import", "attachment", "BUS", "brochure.txt", "--language", "xx", "--workspace", "T1"
    )
    assert "not there in this language" in wrong.complained
    ended = terminal.runs("import", "attachment", "bus", "brochure.txt")
    assert ended.said == "brochure.txt belongs to the interaction template BUS (Business letter) now.\n"
