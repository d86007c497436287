"""The checks about what was won before, by whom a class voted for, and what was done: drawn from records, typed by nobody."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.activities.models import Activity
from junheng.domains.activities.terms import ActivityKind
from junheng.domains.groups.models import GroupMember
from junheng.domains.schemes.models import Certificate, ClassVote, SchemeApplication
from junheng.domains.schemes.queries.checks import Found, check
from junheng.domains.schemes.queries.drawn import YEAR, full_years
from junheng.domains.schemes.terms import OF_A_SCHOOL, Rank, Subject
from junheng.platform.spans import holds

ANYBODY = set(Subject) - {Subject.KINDERGARTEN}
BELOW = {Rank.PROVINCE: [Rank.CITY, Rank.COUNTY], Rank.CITY: [Rank.COUNTY], Rank.COUNTY: []}


def certificates_of(application: SchemeApplication, *, on: date) -> "QuerySet[Certificate]":
    """The certificates of the same name of whoever applies that are good on a day."""
    same = Q(
        application__teacher=application.teacher,
        application__pupil=application.pupil_id,
        application__school_class=application.school_class_id,
        application__group=application.group_id,
        application__named=application.named,
        application__school=application.school_id,
        application__area=application.area_id,
    )
    if application.teacher:  # who moved to another school took the certificate along
        same = Q(application__teacher=application.teacher)
    return (
        Certificate.objects.filter(same, awards=application.scheme.awards, awarded_on__lte=on)
        .exclude(revoked_on__lte=on)
        .exclude(application=application.pk)
        .order_by("-awarded_on")
    )


@check(
    "holds-lower-certificate",
    gettext_lazy("已获下一级同名认定"),
    register="certificates",
    subjects=ANYBODY,
)
def holds_lower_certificate(application: SchemeApplication, limit: int, on: date) -> Found:
    """Whoever goes up to the province was found good by the city first."""
    rank = application.scheme.rank
    rows = certificates_of(application, on=on).filter(level__in=BELOW[rank]).exclude(valid_until__lte=on)
    if (found := rows.first()) is None:
        return Found(False, _("没有有效的下一级同名证书"))
    return Found(
        True,
        _("%(day)s 获%(level)s认定，证书 %(code)s")
        % {"day": found.awarded_on, "level": found.get_level_display(), "code": found.code},
    )


@check(
    "not-won-before",
    gettext_lazy("近年没有获得同级同名认定"),
    register="certificates",
    subjects=ANYBODY,
    limited=gettext_lazy("年"),
)
def not_won_before(application: SchemeApplication, limit: int, on: date) -> Found:
    """Earlier winners are not chosen again for so many years."""
    rows = certificates_of(application, on=on).filter(
        level=application.scheme.rank, awarded_on__gt=on - limit * YEAR
    )
    if (found := rows.first()) is None:
        return Found(True, _("近 %(limit)s 年没有同级同名证书") % {"limit": limit})
    return Found(False, _("已于 %(day)s 获得，证书 %(code)s") % {"day": found.awarded_on, "code": found.code})


@check(
    "class-vote",
    gettext_lazy("班级投票得票不低于到会人数的百分之几"),
    register="classvotes",
    subjects={Subject.PUPIL},
    limited="%",
)
def class_vote(application: SchemeApplication, limit: int, on: date) -> Found:
    """The class voted, two counted, and enough of those present were for it."""
    vote = ClassVote.objects.filter(
        category=application.category_id, pupil=application.pupil_id, held_on__lte=on
    ).first()
    if vote is None:
        return Found(False, _("没有班级投票记录"))
    return Found(
        100 * vote.votes >= limit * vote.present,
        _("%(day)s 班级投票：到会 %(present)s 人，得 %(votes)s 票")
        % {"day": vote.held_on, "present": vote.present, "votes": vote.votes},
    )


@check("class-open", gettext_lazy("班级现在开办"), register="classes", subjects={Subject.CLASS})
def class_open(application: SchemeApplication, limit: int, on: date) -> Found:
    """The class is there on the day."""
    row = application.school_class
    assert row is not None
    there = row.since <= on and (row.until is None or row.until > on)
    return Found(there, _("%(since)s 开班") % {"since": row.since} if there else _("班级已结班"))


@check(
    "group-schools",
    gettext_lazy("集团成员学校不少于若干所"),
    register="members",
    subjects={Subject.GROUP},
    limited=gettext_lazy("所"),
)
def group_schools(application: SchemeApplication, limit: int, on: date) -> Found:
    """How many schools the group has on the day, its lead among them."""
    number = GroupMember.objects.filter(holds(on), group=application.group_id).count()
    return Found(number >= limit, _("现有成员学校 %(number)s 所") % {"number": number})


@check(
    "group-years",
    gettext_lazy("集团成立满若干年"),
    register="groups",
    subjects={Subject.GROUP},
    limited=gettext_lazy("年"),
)
def group_years(application: SchemeApplication, limit: int, on: date) -> Found:
    """How long the group has been there."""
    assert application.group is not None
    since, until = application.group.since, application.group.until
    years = full_years(since, on)
    return Found(
        years >= limit and (until is None or until > on),
        _("成立于 %(since)s，满 %(years)s 年") % {"since": since, "years": years},
    )


def activities_of(application: SchemeApplication, kind: str, *, on: date) -> "QuerySet[Activity]":
    """What a class, or a school, did in the last year: of a class what was its own and what the whole school did."""
    rows = Activity.objects.filter(
        school=application.school_id, kind=kind, held_on__gt=on - YEAR, held_on__lte=on
    )
    room = application.school_class_id or (application.pupil.school_class_id if application.pupil else None)
    return rows if room is None else rows.filter(Q(school_class=room) | Q(school_class=None))


def counted(application: SchemeApplication, kind: str, limit: int, on: date) -> Found:
    """How many there were, and the newest of them by name, so that nobody types them again."""
    rows = list(activities_of(application, kind, on=on).order_by("-held_on", "-pk")[:50])
    if not rows:
        return Found(limit <= 0, _("近一年没有活动记录"))
    told = "；".join(f"{one.held_on} {one.title}（{one.people} 人）" for one in rows[:5])
    return Found(
        len(rows) >= limit, _("近一年 %(number)s 次：%(told)s") % {"number": len(rows), "told": told}
    )


def _offer(slug: str, label: "object", kind: ActivityKind) -> None:
    @check(slug, label, register="activities", subjects=set(OF_A_SCHOOL), limited=gettext_lazy("次"))
    def found(application: SchemeApplication, limit: int, on: date) -> Found:
        return counted(application, kind, limit, on)


_offer("readings", gettext_lazy("近一年读书活动不少于若干次"), ActivityKind.READING)
_offer("key-days", gettext_lazy("近一年重要节点主题活动不少于若干次"), ActivityKind.KEY_DAY)
_offer("drug-lessons", gettext_lazy("近一年禁毒教育不少于若干次"), ActivityKind.DRUGS)
_offer("fraud-lessons", gettext_lazy("近一年反诈教育不少于若干次"), ActivityKind.FRAUD)
_offer("moral-activities", gettext_lazy("近一年德育活动不少于若干次"), ActivityKind.MORAL)
