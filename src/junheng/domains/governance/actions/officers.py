"""Who works on a case with us, and who keeps out of it."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.governance.actions.stepping import working
from junheng.domains.governance.models import Case, CasePartner, Enforcer, Recusal
from junheng.domains.governance.terms import RecusalKind
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def keep_out(
    case: Case, *, enforcer: Enforcer, kind: str, on: date, reason: str, by: Any, at: datetime, why: str
) -> Recusal:
    """An officer keeps out of a case from a day on (行政处罚法第四十三条); what was done before is shown as it is."""
    case, _file = working(case, _("登记回避"), by=by, at=at)
    check_has_come(on, at=at)
    if Recusal.objects.filter(case=case, enforcer=enforcer).exists():
        raise Conflict("recused-already", "{name}已经回避本案。", name=enforcer.name)
    made = Recusal(
        case=case,
        area_id=case.area_id,
        enforcer=enforcer,
        kind=RecusalKind(kind),
        on=on,
        reason=reason.strip(),
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def add_partner(
    case: Case, *, office: str, on: date, part: str, by: Any, at: datetime, why: str
) -> CasePartner:
    """Another office works on the case from a day on."""
    case, _file = working(case, _("登记联合办案单位"), by=by, at=at)
    check_has_come(on, at=at)
    if CasePartner.objects.filter(case=case, office=office.strip()).exists():
        raise Conflict("partner-there", "{office}已经参加本案。", office=office)
    made = CasePartner(case=case, area_id=case.area_id, office=office.strip(), since=on, part=part.strip())
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made
