"""What titles and findings say about a school that applies: checks that a criterion may name."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.findings.models import Finding
from junheng.domains.findings.terms import FindingState, Severity
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.checks import Found, check
from junheng.domains.schemes.terms import Subject
from junheng.domains.titles.models import Title


@check(
    "no-open-grave-finding",
    gettext_lazy("没有未销号的重大隐患"),
    register="findings",
    subjects={Subject.SCHOOL, Subject.KINDERGARTEN},
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
    subjects={Subject.SCHOOL},
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
