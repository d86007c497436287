"""Which category a child has at a school: from what was found to be true, and from nothing else."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.intakes.terms import Circumstance, Who

Facts = dict[str, Any]
WORD = "、"


def category_of(
    approved: Collection[str], *, in_catchment: bool, private: bool, categories: Sequence[Facts]
) -> Facts | None:
    """The best category whose needs were all found true; where one is for a catchment, the address lies in it.

    ``categories`` are those of a plan's document. None only where the plan has no category for everybody, which no
    published plan is without.
    """
    for one in sorted(categories, key=lambda each: each["tier"]):
        if one["private"] != private or (one["in_catchment"] and not in_catchment):
            continue
        if set(one["needs"]) <= set(approved):
            return one
    return None


def why(
    found: Facts, approved: Collection[str], *, in_catchment: bool, school: str, categories: Sequence[Facts]
) -> str:
    """One sentence: the category, all that was found true, and what would be needed for the better one that is nearest.

    Nearest is the one that lacks least of those of which something was found; where nothing was, the next better one.
    """
    held = WORD.join(str(one.label) for one in Circumstance if one in approved)
    place = _("住址在该校片区内") if in_catchment else _("住址不在该校片区内")
    better = [
        one
        for one in categories
        if one["private"] == found["private"]
        and one["tier"] < found["tier"]
        and (in_catchment or not one["in_catchment"])
    ]
    if not better:
        return _("在%(school)s按「%(category)s」排序：%(place)s，已核实：%(held)s。") % {
            "school": school, "category": found["label"], "place": place, "held": held or _("无须核实"),
        }  # fmt: skip
    begun = [one for one in better if set(one["needs"]) & set(approved)]
    best = min(
        begun or better,
        key=lambda one: (len(set(one["needs"]) - set(approved)) if begun else 0, -one["tier"]),
    )
    missing = WORD.join(str(Circumstance(one).label) for one in best["needs"] if one not in approved)
    return _("在%(school)s按「%(category)s」排序：%(place)s，已核实：%(held)s；「%(better)s」还须：%(missing)s。") % {
        "school": school, "category": found["label"], "place": place, "held": held or _("无须核实"),
        "better": best["label"], "missing": missing,
    }  # fmt: skip


def may_have(who: str, approved: Collection[str], *, in_catchment: bool) -> bool:
    """Whether a child may ask for the places of a group."""
    if who == Who.ANYBODY:
        return True
    if who == Who.CATCHMENT:
        return in_catchment
    if who == Who.MIGRANT:
        return {Circumstance.PERMIT, Circumstance.WORK} <= set(approved)
    needed = {
        Who.PREFERRED: Circumstance.PREFERRED,
        Who.SIBLING: Circumstance.SIBLING,
        Who.DIRECT: Circumstance.DIRECT,
    }
    return needed[Who(who)] in approved
