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


def nearest(
    found: Facts, approved: Collection[str], *, in_catchment: bool, categories: Sequence[Facts]
) -> tuple[str, str] | None:
    """The better category that lacks least of those of which something is true, and what it lacks, in words.

    Where nothing is true of any, the next better one; None where there is no better one.
    """
    better = [
        one
        for one in categories
        if one["private"] == found["private"]
        and one["tier"] < found["tier"]
        and (in_catchment or not one["in_catchment"])
    ]
    if not better:
        return None
    begun = [one for one in better if set(one["needs"]) & set(approved)]

    def lacks(one: Facts) -> int:
        return len(set(one["needs"]) - set(approved))

    best = min(begun, key=lambda one: (lacks(one), -one["tier"])) if begun else max(better, key=lambda one: one["tier"])  # fmt: skip
    return best["label"], WORD.join(
        str(Circumstance(one).label) for one in best["needs"] if one not in approved
    )


def why(
    found: Facts, approved: Collection[str], *, in_catchment: bool, school: str, categories: Sequence[Facts]
) -> str:
    """One sentence for whoever checks: the category, all that was found true, and what a better one would need."""
    held = WORD.join(str(one.label) for one in Circumstance if one in approved)
    said = {
        "school": school, "category": found["label"], "held": held or _("无须核实"),
        "place": _("住址在该校片区内") if in_catchment else _("住址不在该校片区内"),
    }  # fmt: skip
    more = nearest(found, approved, in_catchment=in_catchment, categories=categories)
    if more is None:
        return _("在%(school)s按「%(category)s」排序：%(place)s，已核实：%(held)s。") % said
    return _("在%(school)s按「%(category)s」排序：%(place)s，已核实：%(held)s；「%(better)s」还须：%(missing)s。") % (
        said | {"better": more[0], "missing": more[1]}
    )  # fmt: skip


def would_be(stated: Collection[str], *, school: str, categories: Sequence[Facts]) -> str:
    """The same for a family before it sends: its category at the school of its address if all that it states is true.

    Nobody should learn from the result that one tick was missing.
    """
    found = category_of(stated, in_catchment=True, private=False, categories=categories)
    if found is None:
        return ""
    more = nearest(found, stated, in_catchment=True, categories=categories)
    said = {"school": school, "category": found["label"]}
    if more is None:
        return _("所填情况核实后，在%(school)s按「%(category)s」排序。") % said
    return _("所填情况核实后，在%(school)s按「%(category)s」排序。如果还有：%(missing)s，请勾选，就按「%(better)s」排序。") % (
        said | {"better": more[0], "missing": more[1]}
    )  # fmt: skip


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
