"""Who stands where: on which level somebody reviews, whose own matter it is, and what of the reviews they may see."""

from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from junheng.domains.groups.models import GroupMember
from junheng.domains.schemes.models import (
    AwardScheme,
    PublicityLine,
    SchemeApplication,
    SchemeJuror,
    SchemeReview,
)
from junheng.domains.schemes.queries.beside import tied_elsewhere
from junheng.domains.schemes.terms import OF_A_SCHOOL, ReviewLevel, Stage, Subject, Verdict
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of, roles_of

OF_LEVEL = {
    ReviewLevel.SCHOOL: Role.PRINCIPAL,
    ReviewLevel.VISIT: Role.COUNTY_OFFICER,
    ReviewLevel.COUNTY: Role.COUNTY_OFFICER,
    ReviewLevel.CITY: Role.CITY_SECTION,
}
SEES_ALL = frozenset({Role.AUDITOR, Role.CITY_LEADER, Role.CITY_OFFICE})


def level_now(application: SchemeApplication) -> ReviewLevel | None:
    """The level at which an application waits; ``None`` where it waits for nobody's review."""
    return {Stage.COUNTY: ReviewLevel.COUNTY, Stage.CITY: ReviewLevel.CITY}.get(Stage(application.stage))


def first_stage(application: SchemeApplication) -> Stage:
    """Where an application goes when it is handed in: to its school first, where that chooses and has not shown it yet.

    What was sent back from above goes straight back there: the school has chosen already.
    """
    subject = application.given()
    if subject == Subject.COUNTY:
        return Stage.CITY
    if application.scheme.school_days and subject in OF_A_SCHOOL:
        posted = PublicityLine.objects.filter(application=application, publicity__school__isnull=False)
        if not posted.exists():
            return Stage.SCHOOL
    return Stage.COUNTY


def owns(application: SchemeApplication, user: Any, *, on: date) -> str:
    """Why an application is somebody's own matter, in words of this list; empty where it is not."""
    login = user.get_username()
    if login == application.submitted_by:
        return "submitted"
    if application.teacher and login == application.teacher:
        return "subject"
    grants = grants_of(user, on=on)
    if application.school_id and any(one.school == application.school_id for one in grants):
        return "school"
    if application.given() == Subject.COUNTY and any(
        one.area.startswith(application.area_id) for one in grants
    ):
        return "county"
    if application.kindergarten_id and any(
        one.kindergarten == application.kindergarten_id for one in grants_of(user, on=on)
    ):
        return "kindergarten"
    if SchemeReview.objects.filter(application=application, login=login, verdict=Verdict.RECUSE).exists():
        return "recused"
    return ""


def reviews_of(application: SchemeApplication) -> "QuerySet[SchemeReview]":
    """The reviews since the last submission."""
    return SchemeReview.objects.filter(application=application, turn=application.turn).order_by("pk")


def given(application: SchemeApplication, level: ReviewLevel) -> "QuerySet[SchemeReview]":
    """The reviews of one level that count: whoever recused gave none.

    What was found in order on site counts after papers were sent back too: the rooms are the same. What was found wrong is
    looked at again.
    """
    if level != ReviewLevel.VISIT:
        return reviews_of(application).filter(level=level).exclude(verdict=Verdict.RECUSE)
    every = SchemeReview.objects.filter(application=application, level=level).exclude(verdict=Verdict.RECUSE)
    last = every.order_by().values("login").annotate(last=Max("pk")).values("last")
    return every.filter(Q(turn=application.turn) | Q(verdict=Verdict.PASS), pk__in=last).order_by("pk")


def reviews_shown(application: SchemeApplication, user: Any, *, on: date) -> list[SchemeReview]:
    """What somebody may see of the reviews. Of a level that still collects, nobody sees others before their own is in.

    The school and whoever applied see what they must act upon, and neither scores nor who gave them.
    """
    login, roles = user.get_username(), set(roles_of(user, on=on))
    rows = list(reviews_of(application))
    if application.turn > 1 and application.scheme.visitors:
        visits = given(application, ReviewLevel.VISIT)
        rows = [*(one for one in visits if one.turn < application.turn), *rows]
    if not SEES_ALL.isdisjoint(roles):
        return rows
    if (Role.COUNTY_OFFICER not in roles and Role.CITY_SECTION not in roles) or owns(
        application, user, on=on
    ) == "school":
        return [
            one
            for one in rows
            if one.level == ReviewLevel.SCHOOL
            or (one.verdict in {Verdict.RETURN, Verdict.REJECT} and one.points is None)
        ]
    wanted = {ReviewLevel.VISIT: application.scheme.visitors, ReviewLevel.SCORE: application.scheme.jurors}
    shown = []
    for one in rows:
        same = [each for each in rows if each.level == one.level and each.verdict != Verdict.RECUSE]
        collecting = len(same) < wanted.get(ReviewLevel(one.level), 0)
        if one.login == login or not collecting or any(each.login == login for each in same):
            shown.append(one)
    return shown


def is_juror(scheme: AwardScheme, login: str) -> bool:
    """Whether somebody scores applications of a scheme."""
    return SchemeJuror.objects.filter(scheme=scheme, login=login).exists()


def to_score(user: Any, *, on: date) -> list[SchemeApplication]:
    """The applications that a juror still has to score: not those of their own school, county or hand."""
    login = user.get_username()
    mine = SchemeJuror.objects.filter(login=login).values("scheme")
    scored = SchemeReview.objects.filter(login=login, level=ReviewLevel.SCORE)
    done = {(one.application_id, one.turn) for one in scored}
    rows = (
        SchemeApplication.objects.filter(category__scheme__in=mine, stage=Stage.CITY)
        .select_related("category__scheme")
        .order_by("category", "number")
    )
    tied = ties_of(user, on=on)
    left = [one for one in rows if (one.pk, one.turn) not in done and not tied_to(one, login, tied)]
    elsewhere = tied_elsewhere(left, login)
    return [one for one in left if one.pk not in elsewhere]


def ties_of(user: Any, *, on: date) -> list[Grant]:
    """The schools and counties somebody belongs to."""
    return [one for one in grants_of(user, on=on) if one.school is not None or len(one.area) >= 6]


def tied_to(application: SchemeApplication, login: str, tied: list[Grant]) -> bool:
    """Whether a juror has to do with an application: their own hand, their own self, their school, or their county."""
    if login in {application.submitted_by, application.teacher}:
        return True
    schools = {application.school_id}
    if application.group_id is not None:
        members = GroupMember.objects.filter(group=application.group_id, until=None)
        schools |= set(members.values_list("school", flat=True))
    return any(
        one.school in schools if one.school is not None else application.area_id.startswith(one.area)
        for one in tied
    )
