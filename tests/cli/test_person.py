import zipfile

from terminal import Terminal


def test_all_that_is_known_of_a_person_is_written_into_one_file(terminal: Terminal) -> None:
    (terminal.folder / "contacts.csv").write_text("No.,Name,E-mail\nC-7,Anna Berg,anna@fjordbygg.example\n")
    terminal.runs("import", "contacts", "contacts.csv", "--workspace", "T1")
    ended = terminal.runs("export-person", "C-7", "anna.zip")
    assert ended.said == "anna.zip holds all that is known of Anna Berg (C-7).\n"
    with zipfile.ZipFile(terminal.folder / "anna.zip") as parts:
        assert parts.namelist() == ["person.json", "person.html"]
        assert "anna@fjordbygg.example" in parts.read("person.html").decode()
    assert "There is no contact C-8" in terminal.runs("export-person", "C-8", "none.zip").complained
