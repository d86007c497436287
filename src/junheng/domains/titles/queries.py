"""How a title is called and who holds it; and what titles and findings say about whoever applies, as checks."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.checks import Found, check
from junheng.domains.schemes.terms import ENTITLED, OF_A_SCHOOL, Subject
from junheng.domains.titles.models import Title
from junheng.domains.titles.terms import LOWER, TitleName


def title_of(awards: str) -> dict[str, str]:
    """How a title is written down: one that figures count by its code, whatever stands before it; another by its words.

    >>> title_of("平安校园"), title_of("省级平安校园")
    ({'name': 'safe_campus', 'called': ''}, {'name': 'safe_campus', 'called': ''})
    >>> title_of("书香校园")
    {'name': 'other', 'called': '书香校园'}
    """
    words = awards.strip()
    for one in TitleName:
        if one != TitleName.OTHER and words.endswith(str(one.label)):
            return {"name": one.value, "called": ""}
    return {"name": TitleName.OTHER.value, "called": words}


def titles_held(application: SchemeApplication) -> "QuerySet[Title]":
    """The titles of the name that the scheme is about, of whoever applies, at every level."""
    rows = Title.objects.filter(**title_of(application.scheme.awards))
    if application.group_id:
        return rows.filter(group=application.group_id)
    if application.scheme.subject == Subject.COUNTY:
        return rows.filter(area=application.area_id, school=None, group=None)
    return rows.filter(school=application.school_id)


def standing(on: date) -> Q:
    """Titles that hold on a day."""
    return Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)


@check(
    "no-open-grave-finding",
    gettext_lazy("没有未销号的重大隐患"),
    register="findings",
    subjects=set(OF_A_SCHOOL) | {Subject.KINDERGARTEN, Subject.GROUP},
)
def no_open_grave_finding(application: SchemeApplication, limit: int, on: date) -> Found:
    """Hazards of the gravest kind that nobody has closed."""
    rows = Finding.objects.filter(found_on__lte=on, severity=Severity.MAJOR).exclude(
        state=FindingState.CLOSED
    )
    place = (
        Q(kindergarten=application.kindergarten_id)
        if application.kindergarten_id
        else Q(school=application.school_id)
    )
    number = rows.filter(place).count()
    return Found(not number, _("未销号的重大隐患 %(number)s 条") % {"number": number})


@check(
    "holds-no-revoked-title",
    gettext_lazy("近年没有被撤销称号"),
    register="titles",
    subjects={Subject.SCHOOL, Subject.GROUP},
    limited=gettext_lazy("年"),
)
def holds_no_revoked_title(application: SchemeApplication, limit: int, on: date) -> Found:
    """Titles of the school that were revoked in so many years."""
    since = on.replace(year=on.year - limit, day=min(on.day, 28))
    number = Title.objects.filter(
        school=application.school_id, revoked_on__gt=since, revoked_on__lte=on
    ).count()
    return Found(
        not number, _("近 %(limit)s 年被撤销称号 %(number)s 个") % {"limit": limit, "number": number}
    )


@check(
    "holds-lower-title",
    gettext_lazy("已获下一级同名称号"),
    register="titles",
    subjects=set(ENTITLED),
)
def holds_lower_title(application: SchemeApplication, limit: int, on: date) -> Found:
    """The municipal title comes before the provincial one, where a scheme asks for it."""
    rows = titles_held(application).filter(
        standing(on), level__in=LOWER[application.scheme.rank], awarded_on__lte=on
    )
    held = rows.order_by("-awarded_on").first()
    if held is None:
        return Found(False, _("没有有效的下一级同名称号"))
    return Found(
        True, _("%(day)s 获%(level)s称号") % {"day": held.awarded_on, "level": held.get_level_display()}
    )


@check(
    "title-not-held",
    gettext_lazy("没有同级同名的有效称号"),
    register="titles",
    subjects=set(ENTITLED),
)
def title_not_held(application: SchemeApplication, limit: int, on: date) -> Found:
    """Who holds it does not apply for it again."""
    rows = titles_held(application).filter(standing(on), level=application.scheme.rank, awarded_on__lte=on)
    held = rows.order_by("-awarded_on").first()
    if held is None:
        return Found(True, _("没有同级同名称号"))
    return Found(False, _("已于 %(day)s 获得") % {"day": held.awarded_on})
