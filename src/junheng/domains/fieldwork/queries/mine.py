"""What one person's phone holds: the own waters with what is known of each, the week, the days off, what is asked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord
from junheng.domains.fieldwork.queries.asking import sentence
from junheng.domains.fieldwork.queries.charges import Charge, charges_of
from junheng.domains.fieldwork.queries.known import kept_records, missing_of
from junheng.domains.fieldwork.queries.receipts import side_by_side
from junheng.domains.fieldwork.terms import RecordState
from junheng.domains.findings.queries import unclosed
from junheng.domains.patrols.models import Check
from junheng.domains.patrols.queries import weeks
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.domains.waters.terms import Level, Risk
from junheng.kernel.errors import NotAllowed
from junheng.kernel.workdays import Week, is_known, is_working_day
from junheng.platform.audit.chain import canonical

ONE = timedelta(days=1)
DAYS_AHEAD = 14
RECENT = timedelta(days=7)
MOST_WATERS, MOST_HAZARDS, MOST_QUESTIONS, MOST_RECORDS = 150, 5, 50, 60
"""So that the first sync of anybody stays below 100 kB."""
LONGEST_HAZARD = 80
COUNTY = 6


def no_person() -> NotAllowed:
    """The refusal of somebody who is signed in and in no register of officials."""
    return NotAllowed(
        "no-person",
        "您的账号没有对应在任的责任人，不能记外勤。请县（市、区）教育局在「责任人名册」中把账号与责任人对应起来。",
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """What goes to the phone, and a digest that changes when it does."""

    told: dict[str, Any]
    version: str


def mine(persons: Sequence[Person], person: Person, *, at: datetime) -> Mine:
    """Everything that a person's phone needs for two weeks without a network. ``person`` is the post of today."""
    today = timezone.localdate(at)
    first = today - timedelta(days=FIELDWORK.recent_days.on(today).value)
    charges = charges_of([one.pk for one in persons], first=first)
    level = next((one.level for one in charges if one.person == person.pk and not one.whom), person.area.kind)
    told: dict[str, Any] = {
        "account": person.user_id,
        "person": {
            "id": person.pk, "name": person.name, "level": str(Level(level).label) if level in Level.values else "",
            "place": person.area.name,
        },
        "today": today.isoformat(),
        "week": week_of(person, today),
        "waters": waters_of(charges, today=today),
        "holidays": [day_off(today + n * ONE) for n in range(DAYS_AHEAD)],
        "records": records_of(persons, since=at - RECENT),
        "questions": open_questions(persons),
        "limits": {
            "far_metres": FIELDWORK.far_metres.on(today).value, "photos": FIELDWORK.record_photos.on(today).value,
            "photo_bytes": FIELDWORK.photo_bytes.on(today).value, "late_days": FIELDWORK.late_days.on(today).value,
        },
    }  # fmt: skip
    version = hashlib.sha256(canonical(told).encode()).hexdigest()[:32]
    return Mine(told | {"version": version}, version)


def week_of(person: Person, today: date) -> dict[str, Any]:
    """What is owed and done this week, as the patrols count it."""
    monday = Week.of(today).monday
    lines = weeks.week(monday, where=(person.area_id[:COUNTY],), within=Q(pk=person.pk), until=today + ONE)
    total = weeks.total_of([one.total for one in lines])
    return {"monday": monday.isoformat(), "owed": total.owed, "done": total.done}


def waters_of(charges: Sequence[Charge], *, today: date) -> list[dict[str, Any]]:
    """The waters of some charges with the last check by anybody and what is open."""
    by_water: dict[int, list[Charge]] = {}
    for one in charges:
        by_water.setdefault(one.water, []).append(one)
    last = Check.objects.filter(water=OuterRef("pk")).order_by("-checked_at", "-pk")
    rows = (
        Water.objects.filter(pk__in=list(by_water))
        .select_related("area")
        .annotate(
            last_at=Subquery(last.values("checked_at")[:1]), last_by=Subquery(last.values("person__name")[:1])
        )
        .order_by("code")[:MOST_WATERS]
    )
    hazards = hazards_of(list(by_water))
    return [water_told(one, by_water[one.pk], hazards.get(one.pk, []), today=today) for one in rows]


def water_told(
    row: Any, charges: list[Charge], hazards: list[dict[str, str]], *, today: date
) -> dict[str, Any]:
    """One water."""
    last_on = timezone.localdate(row.last_at) if row.last_at else None
    return {
        "id": row.pk, "code": row.code, "name": row.name, "area": row.area.name, "lon": row.longitude,
        "lat": row.latitude, "risk": str(row.get_risk_display()), "risk_code": row.risk,
        "counted": row.risk == Risk.HIGH,
        "last_on": last_on.isoformat() if last_on else None, "last_by": row.last_by or "",
        "days": (today - last_on).days if last_on else None, "hazards": hazards,
        "charges": [
            {"since": one.since.isoformat(), "until": one.until.isoformat() if one.until else None, "for": one.whom_name or None}
            for one in charges
        ],
    }  # fmt: skip


def hazards_of(waters: list[int]) -> dict[int, list[dict[str, str]]]:
    """What is open at waters, the newest first."""
    found: dict[int, list[dict[str, str]]] = {}
    rows = unclosed().filter(water__in=waters).order_by("-found_on", "-pk")
    for one in rows:
        told = found.setdefault(one.water_id or 0, [])
        if len(told) < MOST_HAZARDS:
            told.append(
                {
                    "text": one.what[:LONGEST_HAZARD],
                    "severity": str(one.get_severity_display()),
                    "since": one.found_on.isoformat(),
                }
            )
    return found


def day_off(day: date) -> dict[str, Any]:
    """Whether offices work on a day."""
    return {"day": day.isoformat(), "off": not is_working_day(day), "certain": is_known(day), "name": ""}


def records_of(persons: Sequence[Person], *, since: datetime) -> list[dict[str, Any]]:
    """The newest records, and all that wait for a choice, with their versions."""
    rows = FieldRecord.objects.filter(person__in=persons)
    chosen = {one.pk: one for one in rows.filter(received_at__gte=since).order_by("-pk")[:MOST_RECORDS]}
    chosen |= {one.pk: one for one in rows.filter(state=RecordState.BOTH).order_by("-pk")[:MOST_HAZARDS]}
    kept = kept_records([one.uuid for one in chosen.values()])
    missing = missing_of(chosen)
    found = []
    for one in sorted(kept.values(), key=lambda each: -each.row.pk):
        both = one.row.state == RecordState.BOTH
        found.append(
            {
                "id": one.row.uuid, "water": one.row.water_id, "state": "both" if both else "kept",
                "checked_at": timezone.localtime(one.row.checked_at).isoformat(timespec="seconds"),
                "version": one.newest if both else one.row.version, "digest": one.current.digest,
                "missing": missing.get(one.row.pk, []), "versions": side_by_side(one) if both else [],
            }
        )  # fmt: skip
    return found


def open_questions(persons: Sequence[Person]) -> list[dict[str, str]]:
    """What somebody has not answered yet, the newest first."""
    rows = FieldQuestion.objects.filter(record__person__in=persons, answered_at=None).select_related("record")
    return [
        {"record": one.record.uuid, "code": one.code, "text": sentence(one.kind, one.facts)}
        for one in rows.order_by("-pk")[:MOST_QUESTIONS]
    ]
