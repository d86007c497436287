"""What is unusual about inspections."""

from datetime import date, timedelta

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import QUALITY
from junheng.platform.quality import Rows, Severity, Sides, reconcile, soft_rule


@soft_rule(
    "inspection-not-remedied",
    "inspections",
    title=_("检查问题久未整改完毕"),
    why=_("安全隐患须限期整改；长期未改的须说明。"),
    sentence=_("{done_on} 检查发现 {findings} 个问题，已整改 {remedied} 个，超过 {limit} 天。"),
    severity=Severity.HIGH,
    facts=("done_on", "findings", "remedied", "limit"),
    fields=("remedied",),
    limits=(QUALITY.days_to_remedy,),
    acts=_("学校整改，县（市、区）教育局督办"),
    asked=False,
)
def not_remedied(rows: Rows, on: date) -> Rows:
    """More found than remedied, long ago."""
    limit = QUALITY.days_to_remedy.on(on).value
    old = rows.filter(done_on__lt=on - timedelta(days=limit), remedied__lt=F("findings"))
    return old.annotate(limit=Value(limit))


@reconcile(
    "inspection-area",
    "inspections",
    sides=Sides(_("检查记录的区划"), _("学校名录的区划")),
    title=_("检查记录的区划与学校不一致"),
    why=_("按区划统计三级督导检查时会算到别的县（市、区）。"),
    sentence=_("检查记录在 {left}，学校在 {right}；以学校名录为准。"),
    severity=Severity.MEDIUM,
    fields=("area",),
    acts=_("检查方更正记录"),
)
def inspection_area(rows: Rows, on: date) -> Rows:
    """An inspection lies where its school lies."""
    differing = rows.exclude(area_id=F("school__area_id"))
    return differing.annotate(left=F("area__name"), right=F("school__area__name"))
