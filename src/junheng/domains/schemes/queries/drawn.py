"""The checks about kindergartens, schools, class teachers and pupils, each drawn from one register."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.kindergartens.models import Census, Recognition
from junheng.domains.kindergartens.queries import fee_on, nature_on
from junheng.domains.kindergartens.terms import EndedBy, KindergartenNature
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.queries.checks import Found, check, unknown
from junheng.domains.schemes.terms import Subject
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.registers.values import yuan

YEAR = timedelta(days=365)
KINDERGARTEN = {Subject.KINDERGARTEN}


@check("kg-private", gettext_lazy("为民办园"), register="natures", subjects=KINDERGARTEN)
def kg_private(application: SchemeApplication, limit: int, on: date) -> Found:
    """Only a private kindergarten can become an inclusive private one."""
    assert application.kindergarten is not None
    nature = nature_on(application.kindergarten, on=on)
    if nature is None:
        return unknown()
    return Found(
        nature == KindergartenNature.PRIVATE,
        _("台账为：%(nature)s") % {"nature": KindergartenNature(nature).label},
    )


@check(
    "kg-fee-most",
    gettext_lazy("月保教费不高于最高标准"),
    register="kindergartens",
    subjects=KINDERGARTEN,
    limited=gettext_lazy("元/月"),
)
def kg_fee_most(application: SchemeApplication, limit: int, on: date) -> Found:
    """The fee as the register has it, in yuan a month."""
    assert application.kindergarten is not None
    fee = fee_on(application.kindergarten, on=on)
    if not fee:
        return unknown()
    return Found(
        fee <= 100 * limit,
        _("台账月保教费 %(fee)s 元，最高 %(limit)s 元") % {"fee": yuan(fee), "limit": limit},
    )


@check("kg-within-places", gettext_lazy("在园幼儿不超过核定学位"), register="censuses", subjects=KINDERGARTEN)
def kg_within_places(application: SchemeApplication, limit: int, on: date) -> Found:
    """The children of the newest census against the approved places."""
    assert application.kindergarten is not None
    last = (
        Census.objects.filter(kindergarten=application.kindergarten, counted_on__lte=on)
        .order_by("-year")
        .first()
    )
    if last is None:
        return unknown()
    places = application.kindergarten.capacity
    return Found(
        last.children <= places,
        _("%(year)s 年统计在园 %(children)s 人，核定学位 %(places)s 个")
        % {"year": last.year, "children": last.children, "places": places},
    )


@check(
    "kg-not-withdrawn",
    gettext_lazy("近年没有被撤销认定"),
    register="recognitions",
    subjects=KINDERGARTEN,
    limited=gettext_lazy("年"),
)
def kg_not_withdrawn(application: SchemeApplication, limit: int, on: date) -> Found:
    """No recognition of it was withdrawn in so many years."""
    last = (
        Recognition.objects.filter(
            kindergarten=application.kindergarten, ended_by=EndedBy.WITHDRAWN, until__gt=on - limit * YEAR
        )
        .order_by("-until")
        .first()
    )
    if last is None:
        return Found(True, _("近 %(limit)s 年没有撤销记录") % {"limit": limit})
    return Found(False, _("曾于 %(day)s 被撤销认定") % {"day": last.until})


@check(
    "school-years",
    gettext_lazy("办学满若干年"),
    register="schools",
    subjects={Subject.SCHOOL},
    limited=gettext_lazy("年"),
)
def school_years(application: SchemeApplication, limit: int, on: date) -> Found:
    """How long the school has been there, and that it still is."""
    assert application.school is not None
    since, until = application.school.since, application.school.until
    there = until is None or until > on
    return Found(
        there and full_years(since, on) >= limit,
        _("设立于 %(since)s，满 %(years)s 年") % {"since": since, "years": full_years(since, on)}
        if there
        else _("学校已于 %(until)s 撤销") % {"until": until},
    )


@check(
    "class-teacher-years",
    gettext_lazy("担任班主任满若干年"),
    register="grants-of-roles",
    subjects={Subject.TEACHER},
    limited=gettext_lazy("年"),
)
def class_teacher_years(application: SchemeApplication, limit: int, on: date) -> Found:
    """The days for which the account has been a class teacher's, each day once, in full years of 365 days."""
    spans = Grant.objects.filter(
        user__username=application.teacher, role=Role.CLASS_TEACHER, since__lte=on
    ).order_by("since")
    days, reached = 0, date.min
    for since, until in spans.values_list("since", "until"):
        first, last = max(since, reached), min(until or on, on)
        if last > first:
            days += (last - first).days
            reached = last
    if not days:
        return Found(False, _("没有班主任任职记录"))
    years = days // YEAR.days
    return Found(
        years >= limit, _("任职记录累计 %(years)s 年（%(days)s 天）") % {"years": years, "days": days}
    )


@check(
    "class-teacher-now",
    gettext_lazy("现任本校班主任"),
    register="grants-of-roles",
    subjects={Subject.TEACHER},
)
def class_teacher_now(application: SchemeApplication, limit: int, on: date) -> Found:
    """Whether the account is a class teacher's at this school today."""
    here = Grant.objects.filter(
        user__username=application.teacher,
        role=Role.CLASS_TEACHER,
        school=application.school_id,
        since__lte=on,
    ).exclude(until__lte=on)
    return Found(here.exists(), _("现任本校班主任") if here.exists() else _("不是本校现任班主任"))


@check(
    "pupil-on-roll",
    gettext_lazy("在本校学籍满若干年"),
    register="pupils",
    subjects={Subject.PUPIL},
    limited=gettext_lazy("年"),
)
def pupil_on_roll(application: SchemeApplication, limit: int, on: date) -> Found:
    """How long the pupil has been on the roll of this school, and that it still is."""
    row = application.pupil
    assert row is not None
    there = row.until is None or row.until > on
    years = full_years(row.since, on)
    return Found(
        there and years >= limit,
        _("%(since)s 入学，满 %(years)s 年") % {"since": row.since, "years": years}
        if there
        else _("已不在籍"),
    )


def full_years(since: date, on: date) -> int:
    """Full years from one day to another.

    >>> full_years(date(2020, 9, 1), date(2023, 8, 31)), full_years(date(2020, 9, 1), date(2023, 9, 1))
    (2, 3)
    """
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))
