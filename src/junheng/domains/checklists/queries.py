"""Questions about checklists."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.schools.terms import SchoolKind, Stage

STAGES: Mapping[str, frozenset[str]] = {
    SchoolKind.PRIMARY: frozenset({Stage.PRIMARY}),
    SchoolKind.JUNIOR: frozenset({Stage.JUNIOR}),
    SchoolKind.NINE_YEAR: frozenset({Stage.PRIMARY, Stage.JUNIOR}),
    SchoolKind.TWELVE_YEAR: frozenset({Stage.PRIMARY, Stage.JUNIOR, Stage.SENIOR}),
    SchoolKind.SENIOR: frozenset({Stage.SENIOR}),
    SchoolKind.VOCATIONAL: frozenset({Stage.SENIOR}),
    SchoolKind.SPECIAL: frozenset({Stage.PRIMARY, Stage.JUNIOR}),
}
"""The stages that a kind of school has."""


def applies(item: ChecklistItem, *, kind: str, boarding: bool) -> bool:
    """Whether an item concerns a school of this kind."""
    return (
        (not item.stage or item.stage in STAGES[kind])
        and (not item.kind or item.kind == kind)
        and (boarding or not item.boarding_only)
    )


def items_of(checklist: Checklist) -> list[ChecklistItem]:
    """The items of a version, in their order."""
    return list(ChecklistItem.objects.filter(checklist=checklist).order_by("position", "number"))


def items_for(checklist: Checklist, *, kind: str, boarding: bool) -> list[ChecklistItem]:
    """The items of a version that concern a school of this kind."""
    return [one for one in items_of(checklist) if applies(one, kind=kind, boarding=boarding)]


def sections_of(items: Iterable[ChecklistItem]) -> list[tuple[str, list[ChecklistItem]]]:
    """Items by section, in the order in which the sections begin."""
    return [(name, list(those)) for name, those in groupby(items, key=lambda one: one.section)]


def contents_of(checklist: Checklist) -> list[list[object]]:
    """What the digest of a version is made of."""
    return [
        [
            one.number, one.section, one.position, one.clause, one.citation, one.how, one.grade, one.stage,
            one.kind, one.boarding_only,
        ]
        for one in items_of(checklist)
    ]  # fmt: skip
