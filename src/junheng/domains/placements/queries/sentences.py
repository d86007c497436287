"""Why a child got this place and not that one: one sentence for each choice, from what the run wrote down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.intakes.terms import Who
from junheng.domains.placements.queries.asking import Plan
from junheng.kernel.lottery import shown
from junheng.kernel.matching import Why

LEAST = 5
"""A count below this is not told in public: it might be somebody. To be confirmed by the bureau."""


@dataclass(frozen=True, slots=True)
class Told:
    """One choice and what became of it."""

    school: str
    sentence: str
    granted: bool
    coordinated: bool = False
    shared: bool = False
    """Not chosen, but asked because it shares the catchment of one that was."""


def told(
    plan: Plan,
    choices: Sequence[str],
    reasons: Sequence[Sequence[Any]],
    cuts: Mapping[str, dict[str, Any]],
    *,
    number: str,
    own: int,
    names: Mapping[str, str],
    chosen: int | None = None,
    out: bool = False,
) -> list[Told]:
    """A sentence for every choice in its order, then for the place that was found by coordination.

    ``reasons`` are group, rank, why of every question, the first ``own`` of them of the family's own choices; of these the
    schools after the first ``chosen`` are asked because they share a catchment. ``out``: the place was given back.
    """
    if out:
        return [Told(names.get(one, one), _("您已放弃学位，不再参加排序。"), False) for one in choices]
    of_school: dict[str, list[Sequence[Any]]] = {}
    for one in reasons[:own]:
        of_school.setdefault(str(one[0]).partition("-")[0], []).append(one)
    lines = []
    for place, school in enumerate(choices):
        name, shared = names.get(school, school), chosen is not None and place >= chosen
        asked = of_school.get(school, [])
        if not asked:
            lines.append(Told(name, _("未参加排序：这所学校不在现行招生计划中。"), False))
            continue
        one = weightiest(plan, asked)
        said = sentence(plan, one, cuts, number=number)
        lines.append(Told(name, said, one[2] == Why.ADMITTED, shared=shared))
    for one in reasons[own:]:
        if one[2] == Why.ADMITTED:
            school = str(one[0]).partition("-")[0]
            line = _("志愿都没有录取，按远近统筹安排到这所学校，它还有学位。")
            lines.append(Told(names.get(school, school), line, True, True))
    return lines


def weightiest(plan: Plan, asked: "list[Sequence[Any]]") -> Sequence[Any]:
    """The question that tells most about a school: the one that was granted, else that of the group for everybody."""
    granted = [one for one in asked if one[2] == Why.ADMITTED]
    widest = [one for one in asked if plan.group(one[0])[1]["who"] == Who.ANYBODY]
    found: Sequence[Any] = [*granted, *reversed(widest), asked[-1]][0]
    return found


def sentence(plan: Plan, one: Sequence[Any], cuts: Mapping[str, dict[str, Any]], *, number: str) -> str:
    """What became of one question, in one sentence."""
    group, rank, why = one[0], one[1], Why(one[2])
    cut = cuts[group]
    facts = {
        "group": plan.group(group)[1]["label"], "places": cut["places"], "asked": cut["asked"], "rank": rank,
        "last": cut["rank"], "number": shown(bytes.fromhex(number)) if number else "—",
        "cut": cut.get("shown") or "—", "category": cut.get("category") or "—",
    }  # fmt: skip
    if why is Why.ADMITTED:
        if rank > cut["places"]:
            return (
                _(
                    "录取（%(group)s）。%(places)s 个学位，%(asked)s 人填报，您排第 %(rank)s 位；排在您之前的一些孩子去了他们更靠前的志愿。"
                )
                % facts
            )
        return _("录取（%(group)s）。%(places)s 个学位，%(asked)s 人填报，您排第 %(rank)s 位。") % facts
    if why is Why.NOT_NEEDED:
        return _("不需要：更靠前的志愿已经录取。")
    if why is Why.LOWER_TIER:
        return (
            _(
                "未录取。%(places)s 个学位，%(asked)s 人填报，您排第 %(rank)s 位，末位录取为第 %(last)s 位；末位录取的类别是「%(category)s」，次序在您之前。"
            )
            % facts
        )
    if why in {Why.LATER_NUMBER, Why.LOWER_SCORE}:
        return (
            _(
                "未录取。%(places)s 个学位，%(asked)s 人填报，您排第 %(rank)s 位，末位录取为第 %(last)s 位；与末位同属「%(category)s」，按派位号从小到大：您的号 %(number)s，末位录取号 %(cut)s。"
            )
            % facts
        )
    if why is Why.TIES_DID_NOT_FIT:
        return _("未录取。末位并列的不能全部容纳，按公布的办法都不录取。")
    return _("未录取。这个名额组没有学位。")
