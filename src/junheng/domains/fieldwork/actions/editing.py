"""A record that is here already comes again: the same, changed, or changed from a state that is no longer the newest."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.fieldwork.models import FieldRecord, FieldVersion
from junheng.domains.fieldwork.queries.known import Judged, Kept, differs
from junheng.domains.fieldwork.queries.sent import Sent
from junheng.domains.fieldwork.terms import RecordState, VersionState
from junheng.domains.findings.actions.opening import open_finding
from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import Severity
from junheng.domains.patrols.models import Check
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.audit.save import columns_of, draft_of, save_row

CHANGED, SIDE, CHOSEN, CORRECTED = "外勤记录修改", "外勤记录另有版本", "选定外勤记录版本", "台账中的更正"


def edited(
    here: Kept, sent: Sent, judgement: Judged | None, *, by: Any, at: datetime, drift: timedelta
) -> tuple[str, FieldVersion | None]:
    """What becomes of it, and the new version that is to be written with its photos, if there is one.

    Nothing is ever thrown away: what does not count is kept beside what does.
    """
    same = next((one for one in here.versions.values() if one.digest == sent.digest), None)
    if same is not None:
        if here.row.state == RecordState.BOTH and sent.base == here.newest:
            settle(here, same, by=by, at=at)
            return "changed", None
        return ("both" if here.row.state == RecordState.BOTH else "same"), None
    assert judgement is not None
    corrected = office_version(here, by=by, at=at)
    fits = sent.base == here.newest and not corrected
    version = version_of(here.row, judgement, number=here.newest + 1, drift=drift, at=at)
    version.state = VersionState.WAITING
    version.save(force_insert=True)
    append_many([made(version, by=by, at=at, why=CHANGED if fits else SIDE)])
    here.versions[version.number] = version
    if fits:
        settle(here, version, by=by, at=at, pictures=[one.digest for one in sent.photos])
        return "changed", version
    if here.row.state != RecordState.BOTH:
        here.row.state = RecordState.BOTH
        save_row(here.row, by=by, at=at, why=SIDE)
    return "both", version


def office_version(here: Kept, *, by: Any, at: datetime) -> bool:
    """Where the books were corrected at a desk since, that correction is a version too, by whoever made it."""
    row: Check = here.row.check_row
    current = here.current
    if not differs(row, current) or any(
        one.origin and not differs(row, one) for one in here.versions.values()
    ):
        return False
    last = (
        Entry.objects.filter(table=Check._meta.label_lower, row=row.pk)
        .exclude(verb=Verb.READ)
        .order_by("-id")
        .first()
    )
    hazard = row.hazard or ""
    version = FieldVersion(
        record=here.row, number=here.newest + 1, state=VersionState.WAITING, digest="", base=current.number,
        water_id=row.water_id, told_at=current.told_at, checked_at=row.checked_at, hazard=hazard,
        severity=(current.severity or Severity.GENERAL) if hazard else "", origin=last.who if last else name_of(by),
        received_at=at,
    )  # fmt: skip
    version.save(force_insert=True)
    append_many([made(version, by=by, at=at, why=CORRECTED)])
    here.versions[version.number] = version
    return True


def made(version: FieldVersion, *, by: Any, at: datetime, why: str) -> Any:
    """The entry of a new version."""
    draft = draft_of(version, None, by=by, at=at, why=why)
    assert draft is not None
    return draft


def settle(
    here: Kept,
    version: FieldVersion,
    *,
    by: Any,
    at: datetime,
    why: str = "",
    pictures: Sequence[str] | None = None,
) -> None:
    """One version counts from now on: the others are kept aside, and the books say what it says."""
    why = why or (CHOSEN if here.row.state == RecordState.BOTH else CHANGED)
    for one in here.versions.values():
        if one is not version and one.state != VersionState.ASIDE:
            become(one, VersionState.ASIDE, by=by, at=at, why=why)
    become(version, VersionState.CURRENT, by=by, at=at, why=why)
    record, check = here.row, here.row.check_row
    before = columns_of(check)
    check.water_id, check.area_id = version.water_id, version.water.area_id
    check.checked_at, check.hazard = version.checked_at, version.hazard or None
    save_row(check, by=by, at=at, why=why, before=before)
    record.version, record.state = version.number, RecordState.KEPT
    record.water_id, record.area_id, record.checked_at = version.water_id, check.area_id, version.checked_at
    if version.hazard and record.finding_id is None:
        if pictures is None:
            pictures = list(version.shots.order_by("rank").values_list("photo__digest", flat=True))
        record.finding = opened(record, version, pictures, by, at)
    save_row(record, by=by, at=at, why=why, verb=Verb.DEED.value)


def become(version: FieldVersion, state: str, *, by: Any, at: datetime, why: str) -> None:
    """Say what a version is now."""
    if version.state != state:
        version.state = state
        save_row(version, by=by, at=at, why=why)


def opened(
    record: FieldRecord, version: FieldVersion, pictures: Sequence[str], by: Any, at: datetime
) -> Finding:
    """A hazard at the water becomes a finding, which goes its own way from here."""
    water = version.water
    return open_finding(
        source="checks", source_row=record.check_row.pk, what=version.hazard, severity=Severity(version.severity),
        area=water.area, water=water, owner=water.owner or _("%(place)s（水域管理单位未登记）") % {"place": water.area},
        found_on=timezone.localdate(version.checked_at), found_by=record.person.name, photos=" ".join(pictures), by=by, at=at,
        why=version.hazard,
    )  # fmt: skip


def version_of(
    record: FieldRecord, judgement: Judged, *, number: int, drift: timedelta, at: datetime
) -> FieldVersion:
    """What the phone sent as a version that counts."""
    sent = judgement.sent
    return FieldVersion(
        record=record, number=number, digest=sent.digest, base=sent.base, water=judgement.water,
        told_at=sent.told_at, checked_at=judgement.at, drift=int(drift.total_seconds()),
        longitude=sent.place.longitude if sent.place else None, latitude=sent.place.latitude if sent.place else None,
        accuracy=sent.place.accuracy if sent.place else None, signs=sent.signs, hazard=sent.hazard,
        severity=sent.severity, received_at=at,
    )  # fmt: skip
