"""What is unusual about cases."""

from datetime import date, timedelta

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import QUALITY
from junheng.domains.governance.terms import CaseState
from junheng.platform.quality import Rows, Severity, soft_rule

OPEN = (CaseState.TIP, CaseState.INVESTIGATING)


@soft_rule(
    "case-long-open",
    "cases",
    title=_("案件久未作出决定"),
    why=_("长期不决的案件须说明；查处数按处理决定日计算。"),
    sentence=_("{opened_on} 立案，超过 {limit} 天没有处理决定。"),
    severity=Severity.MEDIUM,
    facts=("opened_on", "limit"),
    fields=("state", "decided_on"),
    limits=(QUALITY.days_of_a_case,),
    acts=_("县（市、区）校外监管部门办理或说明"),
    asked=False,
)
def long_open(rows: Rows, on: date) -> Rows:
    """Opened long ago and still without a decision."""
    limit = QUALITY.days_of_a_case.on(on).value
    old = rows.filter(state__in=OPEN, decided_on=None, opened_on__lt=on - timedelta(days=limit))
    return old.annotate(limit=Value(limit))
