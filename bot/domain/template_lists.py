"""Interaction groups and templates with their statistics, as admins see them (`domain.md` 1.1, 1.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Self

from bot.domain.attachments import Attachment
from bot.domain.campaigns import Campaign
from bot.domain.documents import Recorded
from bot.domain.ids import GroupId, TemplateId
from bot.domain.interactions import Group, Template

PAGE = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What was logged and not canceled: interactions, their minutes, their cost."""

    interactions: int = 0
    minutes: int = 0
    cost: Decimal = Decimal(0)

    def __add__(self, other: Self) -> "Figures":
        return Figures(
            self.interactions + other.interactions, self.minutes + other.minutes, self.cost + other.cost
        )


NONE = Figures()


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of all groups and templates that were ever used."""

    templates: Mapping[TemplateId, Figures] = field(default_factory=dict)
    groups: Mapping[GroupId, Figures] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TemplateList:
    """A page of the templates, by group; statistics are None where counting would take too long."""

    templates: tuple[Template, ...]
    groups: Mapping[GroupId, Group]
    statistics: Statistics | None
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePage:
    """One template with all that belongs to it."""

    template: Template
    group: Group
    figures: Figures | None
    campaign: Campaign | None = None
    attachments: Mapping[int, Attachment] = field(default_factory=dict)
    """What hangs on it, in any language, by number."""

    recorded: tuple[Recorded, ...] = ()
    """What is recorded with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateChoices:
    """What stands in a template's form: the template (None: a new one), and what there is to choose."""

    template: Template | None
    groups: tuple[Group, ...]
    campaigns: tuple[Campaign, ...]


@dataclass(frozen=True, slots=True)
class GroupLine:
    """An interaction group with the number of its templates and its statistics (None: not counted)."""

    group: Group
    templates: int
    figures: Figures | None


def in_order(templates: Iterable[Template], groups: Mapping[GroupId, Group]) -> list[Template]:
    """Return templates by group and name, within a group those in use first."""
    return sorted(
        templates,
        key=lambda one: (
            groups[one.group].description.casefold(),
            one.group,
            not one.active,
            one.description.casefold(),
            one.code,
        ),
    )


def page_of(
    templates: list[Template], groups: Mapping[GroupId, Group], statistics: Statistics | None, page: int
) -> TemplateList:
    """Return a page of templates that stand in order; beyond the last one the last."""
    pages = max(1, -(-len(templates) // PAGE))
    shown = min(page, pages - 1)
    return TemplateList(tuple(templates[shown * PAGE :][:PAGE]), groups, statistics, shown, pages)
