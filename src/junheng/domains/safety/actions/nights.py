"""What the house does about levels by night: suspend while a major hazard is overdue, give back after, end on the day."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.models.acceptances import HELD
from junheng.domains.safety.queries.levels import with_major_overdue
from junheng.domains.safety.terms import AcceptanceState
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of

AT_ONCE = 500
COLUMNS = ["state", "ended_on", "ended_by", "ended_why"]


@transaction.atomic
def watch_levels(*, on: date, by: Any, at: datetime, why: str) -> dict[str, int]:
    """Bring every level that is held up to a day; how many were suspended, given back, ended. Twice a day does nothing."""
    late: dict[int, str] = {}
    for school, code in with_major_overdue(on).order_by("due_on", "pk").values_list("school", "code"):
        late.setdefault(school, code)
    told = {"suspended": 0, "restored": 0, "ended": 0}
    changed = []
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("school")
    for one in rows.filter(state__in=HELD).order_by("pk"):
        before, who = columns_of(one), name_of(by)
        if one.until is not None and one.until <= on:
            one.state, kind, words = AcceptanceState.ENDED, "ended", _("有效期满")
        elif one.school.until is not None and one.school.until <= on:
            one.state, kind, words = AcceptanceState.ENDED, "ended", _("学校已撤销")
        elif one.school_id in late and one.state == AcceptanceState.GRANTED:
            one.state, kind = AcceptanceState.SUSPENDED, "suspended"
            words = _("重大隐患 %(code)s 逾期未整改") % {"code": late[one.school_id]}
        elif one.school_id not in late and one.state == AcceptanceState.SUSPENDED:
            one.state, kind, words = AcceptanceState.GRANTED, "restored", ""
        else:
            continue
        one.ended_on, one.ended_by, one.ended_why = (on, who, words[:200]) if words else (None, "", "")
        told[kind] += 1
        changed.append((one, before))
    Acceptance.objects.bulk_update([one for one, _before in changed], COLUMNS, batch_size=AT_ONCE)
    append_many(list(drafts_of(changed, by=by, at=at, why=why, verb=Verb.DEED.value)))
    return told
