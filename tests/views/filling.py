"""The views that fill a segment: criteria, counts, pasted lists, saved criteria."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain.criteria import Counted, Saved
from bot.domain.ids import ContactId, PersonId, SavedId
from bot.domain.pasted import Pasted
from bot.domain.segments import Action, ActionKind
from bot.views import criteria_form, membership
from tests.views.previewing import segment
from tests.views.things import META, NOW, TEXT, Say, anna

Page = Callable[[Say], dict[str, Any]]


def filters(say: Say, kind: ActionKind) -> dict[str, Any]:
    return criteria_form.form(META, kind, segment(say), criteria_form.MAY_BE_EMPTY, TEXT)


def counted(say: Say, kind: ActionKind, told: Counted) -> dict[str, Any]:
    return criteria_form.counted(META, kind, told, say("city Bergen or Oslo"), TEXT)


def joining(say: Say) -> dict[str, Any]:
    names = tuple(say(name) for name in ("Kari Nes", "Liv Dahl", *["Ola Moe"] * 8))
    told = Counted(adds=100_000, already=12, excluded=20, blocked=1, skipped=names)
    return counted(say, ActionKind.ADD, told)


def leaving(say: Say) -> dict[str, Any]:
    return counted(say, ActionKind.REDUCE, Counted(removes=12, stays=202))


def staying(say: Say) -> dict[str, Any]:
    return counted(say, ActionKind.REFINE, Counted(stays=3))


def mended(say: Say) -> dict[str, Any]:
    both = (anna(say), replace(anna(say), id=ContactId(9), company_name=""))
    pasted = Pasted(
        added=12,
        already=2,
        excluded=(say("Kari Nes"),),
        blocked=(say("Liv Dahl"),) * 12,
        not_found=(say("Anan Berg"),),
        ambiguous=((say("Anna Berg"), both),) * 17,
    )
    return membership.mend_form(META, segment(say), pasted, TEXT)


def pasted(say: Say) -> dict[str, Any]:
    return membership.result(Pasted(added=1, already=1, excluded=(say("Kari Nes"),)), TEXT)


def action(say: Say) -> Action:
    return Action(number=1, kind=ActionKind.ADD, words=say("city Bergen"), added=2, actor=PersonId(3), at=NOW)


def saving(say: Say) -> dict[str, Any]:
    return membership.save_form(META, segment(say), [action(say)] * 40, TEXT)


def reusing(say: Say) -> dict[str, Any]:
    kept = Saved(id=SavedId(4), code="AUTUMN", description=say("Autumn"), by=PersonId(3), at=NOW, actions=())
    return membership.reuse_form(META, segment(say), 2, [kept, replace(kept, id=SavedId(5))], TEXT)


MODALS: dict[str, Page] = {
    "criteria, add": lambda say: filters(say, ActionKind.ADD),
    "criteria, reduce": lambda say: filters(say, ActionKind.REDUCE),
    "criteria, refine": lambda say: filters(say, ActionKind.REFINE),
    "criteria, joining": joining,
    "criteria, leaving": leaving,
    "criteria, staying": staying,
    "criteria, working": lambda _: criteria_form.working(TEXT),
    "criteria, done": lambda _: criteria_form.done(100_000, 0, TEXT),
    "criteria, anew": lambda say: criteria_form.start_anew(META, segment(say), TEXT),
    "criteria, save": saving,
    "criteria, reuse": reusing,
    "criteria, none saved": lambda say: membership.reuse_form(META, segment(say), 0, [], TEXT),
    "paste, list": lambda say: membership.paste_form(META, segment(say), TEXT),
    "paste, mend": mended,
    "paste, result": pasted,
}
