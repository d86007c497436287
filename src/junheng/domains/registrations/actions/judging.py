"""Judging a form that was sent: pass, window, rules and papers, in this order; the fast lane and the page do it alike."""

from datetime import datetime

from junheng.domains.registrations.actions.sending import Sending
from junheng.domains.registrations.queries.faults import Misfilled, other_turn
from junheng.domains.registrations.queries.passes import Pass
from junheng.domains.registrations.queries.rules import Form, check_window, missing_papers, sound
from junheng.domains.registrations.queries.sheets import Sheet
from junheng.domains.registrations.terms import Channel


def judged(form: Form, given: Pass, sheet: Sheet, *, at: datetime) -> Sending | list[Misfilled]:
    """A form as it is written, or what is wrong with it. Refuses outside of the window.

    Moments count by the whole second, so that of two families within one nobody was first.
    """
    at = at.replace(microsecond=0)
    check_window(sheet, at)
    found = sound(form, sheet)
    if isinstance(found, list):
        return found
    if given.turn not in {"", found.pid}:
        return [other_turn()]
    if given.channel == Channel.PHONE:
        missing = missing_papers(form, sheet, given.shown)
        if missing:
            return [no_photo(kind) for kind in missing]
    return Sending(
        sheet=sheet, sound=found, request_key=given.request_key, at=at, draft=given.draft, channel=given.channel,
        entered_by=given.entered_by, with_photos=bool(given.shown),
    )  # fmt: skip


def no_photo(kind: str) -> Misfilled:
    """A circumstance without the photo that it needs."""
    return Misfilled("no-photo", "这一项还没有上传材料照片。请拍照上传；材料不在手边的，可以先保存，以后接着填。", f"photo_{kind}")  # fmt: skip
