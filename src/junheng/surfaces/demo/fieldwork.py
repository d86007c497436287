"""Field records of the demonstration city: how the checks since December came in from phones, with what was asked."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord, FieldVersion
from junheng.domains.fieldwork.queries.asking import Other, about_record
from junheng.domains.fieldwork.queries.sent import Place, Sent, digest_of
from junheng.domains.fieldwork.terms import RecordState, VersionState
from junheng.domains.patrols.models import Check
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.save import drafts_of
from junheng.surfaces.demo.faults import DAY

ZONE = ZoneInfo("Asia/Shanghai")
WEEKS = 3
WHY, WHO = "外勤手机同步", "演示数据"
OFF, SLOW, SIMULATED, TWICE, EXPLAINED = 19, 27, 33, 37, 3
"""Of so many records of a county one is far from its water, has a clock that is wrong, a simulated place, two versions;
of so many questions one has no answer yet, and so has the first of every county."""
FAR = 9_000
"""Millionths of a degree, about a kilometre to the north."""
ANSWERS = (
    "堤顶道路施工，绕到下游桥头检查。", "手机换新，时间没有自动校准。", "两处水域相邻，步行三分钟。", "手机没有装这类软件，已请县里核对。",
)  # fmt: skip
NAMES = uuid.UUID("6f0b1d52-9f5e-5c7b-8a2d-41080041080f")


@transaction.atomic
def add_fieldwork() -> None:
    """A record with its version for every check since some weeks before the day of the data; its questions follow from it as they would from a phone."""
    begin = timezone.make_aware(datetime.combine(first_day(), time()), ZONE)
    checks = list(
        Check.objects.filter(checked_at__gte=begin)
        .select_related("water", "person")
        .order_by("checked_at", "pk")
    )
    records: list[FieldRecord] = []
    versions: list[FieldVersion] = []
    questions: list[FieldQuestion] = []
    of_county, asked_in = Counter[str](), set[str]()
    for place, check in enumerate(checks):
        county = check.area_id[:6]
        of_county[county] += 1
        number = of_county[county]
        record, version, told = record_of(check, number)
        others = neighbours(checks, place)
        asked = list(
            about_record(
                record=record.uuid,
                told=told,
                water=check.water,
                at=check.checked_at,
                drift=version.drift,
                others=others,
            )
        )
        records.append(record)
        versions.append(version)
        for one in asked:
            questions.append(question_of(record, one, len(questions), first=county not in asked_in))
            asked_in.add(county)
        if number % TWICE == 0:
            versions.append(other_version(record, version))
            record.state = RecordState.BOTH
    write(records, versions, questions)


def first_day() -> date:
    """The Monday from which on checks came from phones: some weeks before the day of the data."""
    return DAY - timedelta(days=DAY.weekday() + 7 * (WEEKS - 1))


def record_of(check: Check, number: int) -> tuple[FieldRecord, FieldVersion, Sent]:
    """A check as a phone would have brought it some minutes later."""
    came = check.checked_at + timedelta(minutes=2 + number % 50)
    drift = 60 * 25 if number % SLOW == 0 else number % 7
    water = check.water
    known = water.longitude is not None and water.latitude is not None
    lon, lat = (
        (water.longitude or 0) + number % 300,
        (water.latitude or 0) + number % 200 + FAR * (number % OFF == 0),
    )
    place = Place(lon, lat, 8 + number % 20) if known else None
    signs = {"mock": number % SIMULATED == 0, "zone": 480}
    told_at = timezone.localtime(check.checked_at - timedelta(seconds=drift), ZONE).isoformat(
        timespec="seconds"
    )
    hazard = check.hazard or ""
    raw: dict[str, Any] = {
        "id": str(uuid.uuid5(NAMES, str(check.pk))), "water": water.pk, "checked_at": told_at,
        "place": None if place is None else {"lon": lon, "lat": lat, "accuracy": place.accuracy}, "signs": signs,
        "hazard": hazard, "severity": "general" if hazard else "", "photos": [],
    }  # fmt: skip
    record = FieldRecord(
        uuid=raw["id"], person_id=check.person_id, area_id=check.area_id, water_id=water.pk, check_row=check,
        checked_at=check.checked_at, device="演示手机", received_at=came,
    )  # fmt: skip
    version = FieldVersion(
        record=record, number=1, digest=digest_of(raw), water_id=water.pk, told_at=told_at, checked_at=check.checked_at,
        drift=drift, longitude=lon if known else None, latitude=lat if known else None,
        accuracy=place.accuracy if place else None, signs=signs, hazard=hazard, severity=raw["severity"], received_at=came,
    )  # fmt: skip
    sent = Sent(raw["id"], water.pk, told_at, check.checked_at, place, signs, hazard, raw["severity"], (), {}, None, version.digest)  # fmt: skip
    return record, version, sent


def neighbours(checks: Sequence[Check], place: int) -> list[Other]:
    """The checks shortly before and after one, by the same person."""
    own = checks[place]
    beside = [*checks[max(0, place - 12) : place], *checks[place + 1 : place + 13]]
    return [
        Other("", one.checked_at, one.water.name)
        for one in beside
        if one.person_id == own.person_id and abs(one.checked_at - own.checked_at) < timedelta(minutes=30)
    ]


def question_of(record: FieldRecord, one: Any, place: int, *, first: bool) -> FieldQuestion:
    """A question; most are answered the next day."""
    question = FieldQuestion(
        record=record, kind=one.kind, about=one.about, facts=one.facts, asked_at=record.received_at
    )
    if place % EXPLAINED and not first:
        question.answer = ANSWERS[place % len(ANSWERS)]
        question.answered_at = record.received_at + timedelta(hours=5)
    return question


def other_version(record: FieldRecord, first: FieldVersion) -> FieldVersion:
    """What the person's other phone said about the same check."""
    words = f"{first.digest}:2"
    return FieldVersion(
        record=record, number=2, state=VersionState.WAITING, digest=hashlib.sha256(words.encode()).hexdigest(), base=None,
        water_id=first.water_id, told_at=first.told_at, checked_at=first.checked_at, drift=first.drift,
        longitude=first.longitude, latitude=first.latitude, accuracy=first.accuracy, signs=first.signs,
        hazard="警示牌字迹不清，救生圈绳索老化", severity="general", received_at=first.received_at + timedelta(hours=2),
    )  # fmt: skip


def write(records: list[FieldRecord], versions: list[FieldVersion], questions: list[FieldQuestion]) -> None:
    """All rows with their entries."""
    for record in records:
        record.check_row_id = record.check_row.pk
    insert_rows(FieldRecord, records)
    for version in versions:
        version.record_id = version.record.pk
    insert_rows(FieldVersion, versions)
    for question in questions:
        question.record_id = question.record.pk
    insert_rows(FieldQuestion, questions)
    at = datetime.combine(DAY, time(20), ZONE)
    rows: list[Any] = [*records, *versions, *questions]
    append_many(list(drafts_of(((one, None) for one in rows), by=WHO, at=at, why=WHY)))
