"""Choosing between versions of a record: by who was there, or by the bureau. What is not chosen stays beside it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.fieldwork.actions.editing import settle
from junheng.domains.fieldwork.actions.keeping import one_at_a_time
from junheng.domains.fieldwork.models import FieldRecord
from junheng.domains.fieldwork.policies.scope import check_chooses
from junheng.domains.fieldwork.queries.known import kept_records
from junheng.domains.fieldwork.terms import RecordState, VersionState
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.registers.actions import require_nameless
from junheng.platform.registers.asker import Asker


@transaction.atomic
def choose_version(record: FieldRecord, number: int, *, by: Any, at: datetime, why: str) -> FieldRecord:
    """Have one version count; the check in the books says from then on what it says."""
    one_at_a_time()
    here = kept_records([record.uuid])[record.uuid]
    check_chooses(here.row, by=by, asker=Asker(by, at))
    if here.row.state != RecordState.BOTH:
        raise Conflict("version-chosen", "这条记录的版本已经选定，没有再改。请刷新页面查看。")
    version = here.versions.get(number)
    if version is None or version.state == VersionState.ASIDE:
        raise NotFound("no-such-version", "没有这个版本，或它已不在待选之列。请刷新页面后重新选择。")
    if not why.strip():
        raise Refusal("choice-without-reason", "请写明为什么采用这个版本；事由会留痕。")
    require_nameless(why)
    settle(here, version, by=by, at=at, why=why.strip()[:200])
    return here.row
