"""What is unusual about grants."""

from datetime import date, timedelta

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import QUALITY
from junheng.platform.quality import Rows, Severity, soft_rule


@soft_rule(
    "grant-not-paid",
    "grants",
    title=_("奖补资金久未拨付"),
    why=_("下达一年仍未拨付的资金须说明原因。"),
    sentence=_("{granted_on} 下达，超过 {limit} 天没有拨付日。"),
    severity=Severity.MEDIUM,
    facts=("granted_on", "limit"),
    fields=("paid_on",),
    limits=(QUALITY.days_to_pay,),
    acts=_("财务科核对拨付"),
    asked=False,
)
def not_paid(rows: Rows, on: date) -> Rows:
    """Granted long ago, and not paid on any day."""
    limit = QUALITY.days_to_pay.on(on).value
    return rows.filter(granted_on__lt=on - timedelta(days=limit), paid_on=None).annotate(limit=Value(limit))
