"""A plan as one value: what is published, what the digest is of, and what every check reads."""

from typing import Any

from django.utils import timezone

from junheng.domains.intakes.models import (
    Catchment,
    Category,
    Intake,
    Paper,
    PlaceGroup,
    PlanSchool,
    PlanVersion,
)
from junheng.kernel.admission.problem import canonical
from junheng.kernel.lottery import Algorithm, digest

Document = dict[str, Any]
DAYS = (
    "announce_by", "opens_at", "closes_at", "checked_by", "draw_at", "release_at", "reply_by", "appeal_by",
)  # fmt: skip


def group_code(school: str, group: str) -> str:
    """How a group is called in lists and files: the school's code and its own."""
    return f"{school}-{group}"


def document_of(version: PlanVersion) -> Document:
    """The plan as it stands in the tables; few questions, however many schools."""
    intake = version.intake
    return {
        "intake": facts_of(intake),
        "version": version.number,
        "reason": version.reason,
        "schools": schools_of(version),
        "categories": [
            {
                "tier": one.tier,
                "label": one.label,
                "needs": sorted(one.needs),
                "in_catchment": one.in_catchment,
                "private": one.private,
                "explanation": one.explanation,
            }
            for one in Category.objects.filter(version=version).order_by("private", "tier")
        ],
        "papers": [
            {"circumstance": one.circumstance, "label": one.label, "exchange": one.exchange}
            for one in Paper.objects.filter(version=version).order_by("circumstance", "label")
        ],
    }


def facts_of(intake: Intake) -> Document:
    """What is said of the admission itself."""
    return {
        "code": intake.code,
        "title": intake.title,
        "area": intake.area_id,
        "area_name": str(intake.area),
        "year": intake.year,
        "stage": intake.stage,
        "algorithm": intake.algorithm,
        "born_by": intake.born_by.isoformat() if intake.born_by else None,
        "max_choices": intake.max_choices,
        "max_private": intake.max_private,
        "coordinate": intake.coordinate,
        "address_limit": intake.address_limit,
        "starts_on": intake.starts_on.isoformat(),
        "days": {name: timezone.localtime(getattr(intake, name)).isoformat() for name in DAYS},
    }


def schools_of(version: PlanVersion) -> list[Document]:
    """The schools with their groups and catchments, by code."""
    groups: dict[int, list[PlaceGroup]] = {}
    for group in PlaceGroup.objects.filter(plan_school__version=version).order_by("precedence"):
        groups.setdefault(group.plan_school_id, []).append(group)
    catchments: dict[int, list[Catchment]] = {}
    rows = Catchment.objects.filter(plan_school__version=version)
    for row in rows.order_by("community", "street", "low", "id"):
        catchments.setdefault(row.plan_school_id, []).append(row)
    schools = PlanSchool.objects.filter(version=version).select_related("school").order_by("school__code")
    return [
        {
            "code": one.school.code,
            "name": one.school.name,
            "area": one.school.area_id,
            "private": one.school.nature == "private",
            "classes": one.classes,
            "class_size": one.class_size,
            "places": one.places,
            "point": None if one.longitude is None else [one.longitude, one.latitude],
            "note": one.note,
            "groups": groups_of(groups.get(one.pk, [])),
            "catchments": [catchment_of(row) for row in catchments.get(one.pk, [])],
        }
        # left out where nothing is shared, so that a plan keeps the digest with which it was published
        | ({"zone": one.zone} if one.zone else {})
        for one in schools
    ]


def groups_of(groups: list[PlaceGroup]) -> list[Document]:
    """The groups of one school in the order in which they are filled."""
    code_of = {one.pk: one.code for one in groups}
    return [
        {
            "code": one.code,
            "label": one.label,
            "precedence": one.precedence,
            "capacity": one.capacity,
            "who": one.who,
            "ties": one.ties,
            "release_to": None if one.release_to_id is None else code_of.get(one.release_to_id, "?"),
        }
        for one in groups
    ]


def catchment_of(row: Catchment) -> Document:
    """One piece of a catchment."""
    return {
        "street": row.street,
        "low": row.low,
        "high": row.high,
        "parity": row.parity,
        "community": row.community,
        "outline": row.outline,
    }


def digest_of(document: Document) -> str:
    """The digest that is published with a plan, in the hash that its admission uses."""
    return digest(Algorithm(document["intake"]["algorithm"]), canonical(document)).hex()


def differences(before: Any, after: Any, path: str = "") -> list[tuple[str, str, str]]:
    """What differs between two versions: where, what it was, what it is."""
    if isinstance(before, dict) and isinstance(after, dict):
        found = []
        for key in sorted(before.keys() | after.keys()):
            found += differences(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
        return found
    if isinstance(before, list) and isinstance(after, list):
        old, new = keyed(before), keyed(after)
        if old is not None and new is not None:
            found = []
            for key in sorted(old.keys() | new.keys()):
                found += differences(old.get(key), new.get(key), f"{path}[{key}]")
            return found
    return [] if before == after else [(path, said(before), said(after))]


def keyed(rows: list[Any]) -> dict[str, Any] | None:
    """Rows by what they are called, where each is called something else; else none."""
    names = [str(one.get("code") or one.get("label")) for one in rows if isinstance(one, dict)]
    if len(names) != len(rows) or len(set(names)) != len(rows) or "None" in names:
        return None
    return dict(zip(names, rows, strict=True))


def said(value: Any) -> str:
    """A value as a reader sees it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, dict):
        return str(value.get("name") or value.get("label") or canonical(value).decode().strip())
    return str(value) if not isinstance(value, list) else f"{len(value)}"
