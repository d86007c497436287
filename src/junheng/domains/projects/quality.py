"""What is unusual about plans and building projects."""

from datetime import date, timedelta

from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from junheng.content.rulebook import QUALITY
from junheng.domains.projects.terms import ProjectKind
from junheng.platform.quality import Rows, Severity, expect, soft_rule


@soft_rule(
    "project-long-open",
    "projects",
    title=_("项目开工已久未验收"),
    why=_("竣工以验收为准；建成未验收的项目不能计入完成数，也不能投入使用。"),
    sentence=_("{started_on} 开工，超过 {limit} 天没有竣工验收，也没有取消。"),
    severity=Severity.MEDIUM,
    facts=("started_on", "limit"),
    fields=("accepted_on",),
    limits=(QUALITY.days_to_build,),
    acts=_("县（市、区）教育局办理验收或说明"),
    asked=False,
)
def long_open(rows: Rows, on: date) -> Rows:
    """Begun long ago, neither accepted nor cancelled."""
    limit = QUALITY.days_to_build.on(on).value
    begun = rows.filter(started_on__lt=on - timedelta(days=limit), accepted_on=None, cancelled_on=None)
    return begun.annotate(limit=Value(limit))


@soft_rule(
    "project-without-place",
    "projects",
    title=_("项目没有写明学校或幼儿园"),
    why=_("写不出在哪里建的项目，完成后没有学校可以核对。"),
    sentence=_("没有写明是哪所学校或幼儿园的项目。"),
    severity=Severity.MEDIUM,
    fields=("school", "kindergarten"),
    acts=_("县（市、区）教育局补登"),
)
def without_place(rows: Rows, on: date) -> Rows:
    """Neither a school nor a kindergarten."""
    return rows.filter(school=None, kindergarten=None)


@soft_rule(
    "project-fewer-places",
    "projects",
    title=_("新建、扩建后学位反而减少"),
    why=_("新增学位由建设前后的学位数得出，写反了就成了负数。"),
    sentence=_("建设前 {places_before} 个学位，建成后 {places_after} 个。"),
    severity=Severity.HIGH,
    facts=("places_before", "places_after"),
    fields=("places_before", "places_after"),
    acts=_("县（市、区）教育局核对批复文件"),
)
def fewer_places(rows: Rows, on: date) -> Rows:
    """New and larger buildings have more places than before."""
    building = rows.filter(kind__in=(ProjectKind.NEW, ProjectKind.EXTEND), cancelled_on=None)
    return building.filter(places_after__lt=F("places_before"))


@soft_rule(
    "project-without-record",
    "projects",
    title=_("竣工验收没有验收记录"),
    why=_("竣工以验收文件为准；没有文号和验收单位的，完成数就没有依据。"),
    sentence=_("{accepted_on} 竣工验收，没有登记验收文号和验收单位。"),
    severity=Severity.MEDIUM,
    facts=("accepted_on",),
    fields=("accepted_on",),
    acts=_("县（市、区）教育局补登"),
    asked=False,
)
def without_record(rows: Rows, on: date) -> Rows:
    """Accepted, and nothing says by which document."""
    return rows.filter(accepted_on__isnull=False, acceptance=None)


expect("projects", "budget_fen", "started_on", days=180)
