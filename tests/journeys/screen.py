"""What a person does with the page and reads on it."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Screen:
    page: Page

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name=re.compile("^Message "))

    @property
    def form(self) -> Locator:
        """The modal on top."""
        return self.page.get_by_role("dialog")

    def titled(self, title: str) -> Locator:
        """The modal of this title, as soon as it is on top."""
        form = self.page.get_by_role("dialog", name=title, exact=True)
        expect(form).to_be_visible()
        return form

    def writes(self, line: str) -> None:
        """Write into the composer and send it."""
        self.composer.press_sequentially(line)
        self.composer.press("Enter")

    def logs(self) -> Locator:
        """Open the form by `/log`."""
        self.writes("/log")
        return self.titled("Create interaction")

    def said(self, words: str) -> Locator:
        """The latest message with these words, as soon as it is there."""
        message = self.page.get_by_role("article").filter(has_text=words).last
        expect(message).to_be_visible()
        return message

    def chooses(self, field: str, words: str, option: str) -> None:
        """Write words into a select and choose what is offered under a name that begins like `option`."""
        select = self.form.get_by_role("combobox", name=field, exact=True)
        select.fill(words)
        self.form.get_by_role("option", name=re.compile(f"^{re.escape(option)}")).click()
        expect(select).to_have_value(re.compile(f"^{re.escape(option)}"))

    def chooses_template(self, words: str, template: str) -> None:
        """Choose a template and wait for what it brings along."""
        self.chooses("Interaction template", words, template)
        expect(self.form.get_by_label("Description")).not_to_be_empty()

    def presses(self, button: str) -> None:
        """Press a button of the modal."""
        self.form.get_by_role("button", name=button, exact=True).click()

    def closed(self) -> None:
        """Wait until no modal is open."""
        expect(self.form).to_have_count(0)
