"""Interaction groups and templates as admins type them (`domain.md` 1.1, 1.2)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.checks import cost, minutes
from bot.domain.ids import CampaignId, GroupId
from bot.domain.interactions import Correspondence, Flow, Group, Initiator, Template, WizardAction
from bot.domain.messages import Message, n_

CODE_LIMIT = 10
DESCRIPTION_LIMIT = 100
_CODE = re.compile(r"[^\s:]+")


class TemplateField(StrEnum):
    """The fields of a template, in the order of its form."""

    CODE = "code"
    GROUP = "group"
    DESCRIPTION = "description"
    DURATION = "duration"
    COST = "cost"
    FLOW = "flow"
    INITIATED_BY = "initiated_by"
    CORRESPONDENCE = "correspondence"
    IGNORE_CONTACT = "ignore_contact"
    LANGUAGE = "language"
    WIZARD_ACTION = "wizard_action"
    CAMPAIGN = "campaign"


Problems = Mapping[TemplateField, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTemplate:
    """An interaction template as typed into its form; duration and cost as typed."""

    code: str
    group: GroupId | None
    description: str
    duration: str = ""
    cost: str = ""
    flow: Flow | None = None
    initiated_by: Initiator | None = None
    correspondence: Correspondence | None = None
    ignore_contact: bool = False
    language: str | None = None
    wizard_action: WizardAction | None = None
    campaign: CampaignId | None = None

    def problems(self, others: Iterable[Template]) -> Problems:
        """Return what is wrong with it, by field; `others` are the other templates, retired ones too."""
        wrong = {
            TemplateField.CODE: code_problem(self.code, {one.code for one in others}),
            TemplateField.GROUP: None if self.group else Message(n_("Choose an interaction group.")),
            TemplateField.DESCRIPTION: description_problem(self.description),
            TemplateField.DURATION: _duration_problem(self.duration),
            TemplateField.COST: _cost_problem(self.cost),
        }
        return {field: message for field, message in wrong.items() if message is not None}

    def written_into(self, template: Template) -> Template:
        """Return the template with what was typed, once nothing is wrong with it."""
        return replace(
            template,
            code=written_code(self.code),
            group=self.group or template.group,
            description=" ".join(self.description.split()),
            duration=minutes(self.duration),
            cost=cost(self.cost) or "",
            flow=self.flow,
            initiated_by=self.initiated_by,
            correspondence=self.correspondence,
            ignore_contact=self.ignore_contact,
            language=self.language,
            wizard_action=self.wizard_action,
            campaign=self.campaign,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedGroup:
    """An interaction group as typed into its form."""

    code: str
    description: str

    def problems(self, others: Iterable[Group]) -> Problems:
        """Return what is wrong with it, by field; `others` are the other groups."""
        wrong = {
            TemplateField.CODE: code_problem(self.code, {one.code for one in others}),
            TemplateField.DESCRIPTION: description_problem(self.description),
        }
        return {field: message for field, message in wrong.items() if message is not None}

    def written_into(self, group: Group) -> Group:
        """Return the group with what was typed, once nothing is wrong with it."""
        description = " ".join(self.description.split())
        return replace(group, code=written_code(self.code), description=description)


def written_code(typed: str) -> str:
    """Return a code as it is kept: in capitals."""
    return typed.strip().upper()


def code_problem(typed: str, taken: set[str]) -> Message | None:
    """Return what is wrong with a code."""
    code = written_code(typed)
    if not code:
        return Message(n_("Write a code, as in OUTGOING."))
    if len(code) > CODE_LIMIT:
        return Message(n_("At most {limit} characters."), {"limit": CODE_LIMIT})
    if not _CODE.fullmatch(code):
        return Message(n_("No spaces and no colons: people type it in one line."))
    if code in taken:
        return Message(n_("{code} is taken. Choose another code."), {"code": code})
    return None


def description_problem(typed: str) -> Message | None:
    """Return what is wrong with a description."""
    length = len(" ".join(typed.split()))
    if not length:
        return Message(n_("Say what it is called: people choose it by this name."))
    if length > DESCRIPTION_LIMIT:
        return Message(n_("At most {limit} characters."), {"limit": DESCRIPTION_LIMIT})
    return None


def _duration_problem(typed: str) -> Message | None:
    if typed.strip().startswith("-"):
        return Message(n_("A duration can't be negative."))
    if typed.strip() and minutes(typed) is None:
        return Message(n_("Write whole minutes, as in 15, or hours, as in 1h30; at most 24 hours."))
    return None


def _cost_problem(typed: str) -> Message | None:
    if typed.strip().startswith("-"):
        return Message(n_("A cost can't be negative."))
    if typed.strip() and cost(typed) is None:
        return Message(n_("Write an amount, as in 120 or 99.50."))
    return None
