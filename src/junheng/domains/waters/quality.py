"""What is unusual about waters and those who have charge of them."""

from datetime import date

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from junheng.domains.waters.models import Assignment
from junheng.domains.waters.terms import Level, Risk
from junheng.platform.quality import Rows, Severity, expect, soft_rule
from junheng.platform.spans import holds


@soft_rule(
    "water-without-warden",
    "waters",
    title=_("高风险水域缺责任人"),
    why=_("高风险水域须有县、乡两级责任人；缺一级就没有人去暗访。"),
    sentence=_("高风险水域，没有同时落实县级和乡镇级责任人。"),
    severity=Severity.HIGH,
    fields=("risk",),
    touches=("assignments.water",),
    acts=_("县（市、区）教育局会同乡镇落实责任人"),
    asked=False,
)
def without_warden(rows: Rows, on: date) -> Rows:
    """Of each level at least one on the day."""
    charged = Assignment.objects.filter(holds(on), water=OuterRef("pk"))
    complete = rows.filter(*(Exists(charged.filter(level=level)) for level in Level.values))
    return rows.filter(risk=Risk.HIGH).exclude(pk__in=complete.values("pk"))


@soft_rule(
    "warden-left-office",
    "assignments",
    title=_("责任人已离任，分工未移交"),
    why=_("离任的人不会再去暗访，水域实际上没有人管。"),
    sentence=_("责任人已于 {left_on} 离任，分工还没有移交。"),
    severity=Severity.HIGH,
    facts=("left_on",),
    fields=("person", "until"),
    touches=("people.until",),
    acts=_("县（市、区）教育局办理「移交责任」"),
    asked=False,
)
def warden_left(rows: Rows, on: date) -> Rows:
    """The assignment holds on a day on which the person is no longer in office."""
    return rows.filter(person__until__lte=on).annotate(left_on=F("person__until"))


expect("waters", "owner", "longitude", "latitude", days=365)
