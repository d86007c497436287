"""Changing and withdrawing, until the window closes, by whoever holds code and secret."""

import json
from datetime import datetime

from django.db import transaction

from junheng.domains.registrations.actions.sending import FAMILY, Sending, blind_address, one_at_a_time, stale
from junheng.domains.registrations.models import Application, Choice, Draft, Evidence, StatedCircumstance
from junheng.domains.registrations.queries.faults import Misfilled
from junheng.domains.registrations.queries.keys import codes_of
from junheng.domains.registrations.queries.records import digest_of, record_of
from junheng.domains.registrations.queries.rules import Sound, check_window
from junheng.domains.registrations.queries.sheets import sheet_of, stamps
from junheng.domains.registrations.terms import ApplicationState, FoundState
from junheng.kernel.errors import Conflict
from junheng.platform.audit.save import save_row


@transaction.atomic
def change(sending: Sending, application: int) -> Application:
    """Write what a family changed: the same code and secret, a new digest. What was found about an unchanged
    circumstance stays; what is stated anew waits to be checked.
    """
    one_at_a_time()
    sheet, sound = sending.sheet, sending.sound
    if stamps({sheet.intake}, lock=True).get(sheet.intake) != sheet.stamp:
        raise stale()
    row = Application.objects.select_for_update().get(pk=application)
    check_open(row)
    if sound.pid != row.pid:
        raise Misfilled("another-child", "修改时不能换成另一个孩子。如果号码当时填错了，请先撤回这份报名，再重新报名。", "id_number")  # fmt: skip
    old = form_stated(row)
    codes = codes_of(row.request_key)
    record = record_of(
        sound, intake=sheet.code, code=row.code, salt=codes.salt, channel=row.channel, sent_at=sending.at
    )
    row.details = json.dumps(sound.form, ensure_ascii=False)
    row.home_area_id = sound.home_area or None
    row.catchment_school_id = sound.catchment.id if sound.catchment else None
    row.address_blind, row.migrant, row.bound_to = blind_address(sound.form), sound.migrant, sound.bound_to
    row.sent_at, row.receipt = sending.at, digest_of(record, sheet.algorithm)
    save_row(row, by=sending.entered_by or FAMILY, at=sending.at, why="家长修改报名")
    Choice.objects.filter(application=row).delete()
    Choice.objects.bulk_create(
        Choice(application=row, area_id=sheet.area, rank=rank, school_id=offer.id)
        for rank, offer in enumerate(sound.choices, 1)
    )
    restate(row, sound, old)
    if sending.draft is not None:
        Draft.objects.filter(pk=sending.draft).update(application=row)
        Evidence.objects.filter(draft=sending.draft).update(application=row)
    return row


def check_open(row: Application) -> None:
    """Refuse what was withdrawn."""
    if row.state != ApplicationState.SENT:
        raise Conflict("withdrawn", "这份报名已经撤回，不能再修改。如需报名，请重新填写。")


def form_stated(row: Application) -> dict[str, tuple[int | None, str]]:
    """What was stated before: by kind, about which school, and the address it was stated for."""
    return {one.kind: (one.about_id, row.address_blind) for one in row.circumstances.all()}


def restate(row: Application, sound: Sound, old: dict[str, tuple[int | None, str]]) -> None:
    """Keep the circumstances that are stated as before and from the same address, put the others anew."""
    same = [kind for kind in sound.has if old.get(kind) == (sound.about.get(kind), row.address_blind)]
    StatedCircumstance.objects.filter(application=row).exclude(kind__in=same).delete()
    StatedCircumstance.objects.bulk_create(
        StatedCircumstance(
            application=row,
            area_id=row.area_id,
            kind=kind,
            about_id=sound.about.get(kind),
            state=FoundState.CLAIMED,
        )
        for kind in sound.has
        if kind not in same
    )


@transaction.atomic
def withdraw(application: Application, *, at: datetime, by: str = FAMILY) -> Application:
    """Take an application back while the window is open; the child may then be registered anew."""
    one_at_a_time()
    sheet = sheet_of(application.intake_id)
    stamps({sheet.intake}, lock=True)
    check_window(sheet, at.replace(microsecond=0))
    row = Application.objects.select_for_update().get(pk=application.pk)
    check_open(row)
    row.state = ApplicationState.WITHDRAWN
    save_row(row, by=by, at=at, why="家长撤回报名")
    return row
