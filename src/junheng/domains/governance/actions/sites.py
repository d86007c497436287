"""Whether two cases are about one place and operator: somebody says so with a reason; the same are counted once."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.governance.actions.stepping import held
from junheng.domains.governance.models import Case, SiteMatch
from junheng.domains.governance.terms import Verdict
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come

COUNTY = 6


@transaction.atomic
def judge_sites(
    case: Case, *, other: Case, verdict: str, reason: str, on: date, by: Any, at: datetime, why: str
) -> SiteMatch:
    """Say that two cases are about the same place and operator, or that they are not. The same get one number.

    The older number stays; every case under the newer one gets it, so that the place is counted once.
    """
    case = held(case, _("认定同一对象"), by=by, at=at)
    other = held(other, _("认定同一对象"), by=by, at=at)
    check_has_come(on, at=at)
    if case.pk == other.pk:
        raise Refusal("site-with-itself", "一件案件不能和自己认定。请填写另一件案件的编号。")
    if case.area_id[:COUNTY] != other.area_id[:COUNTY]:
        raise Refusal("site-elsewhere", "两件案件不在同一个县（市、区），不能认定为同一地点。")
    first, second = sorted((case, other), key=lambda one: one.pk)
    if SiteMatch.objects.filter(case=first, other=second).exists():
        raise Conflict("site-judged", "这两件案件已经认定过。改变认定请写明新的证据，另案登记。")
    made = SiteMatch(
        case=first,
        other=second,
        area_id=first.area_id,
        verdict=Verdict(verdict),
        reason=reason.strip(),
        on=on,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    if verdict == Verdict.SAME and first.site != second.site:
        for one in Case.objects.select_for_update().filter(site=second.site):
            one.site = first.site
            save_row(one, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made
