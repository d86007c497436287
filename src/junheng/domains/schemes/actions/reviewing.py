"""Reviewing up the levels: on site, at the county, by jurors, at the city. Nobody reviews what is their own."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from junheng.domains.areas.policies import check_role
from junheng.domains.schemes.actions.places import check_city_place, check_county_place
from junheng.domains.schemes.actions.stepping import (
    application_held,
    application_locked,
    check_stage,
    move,
)
from junheng.domains.schemes.models import SchemeApplication, SchemeCriterion, SchemeReview
from junheng.domains.schemes.queries.beside import every_beside, tied_elsewhere
from junheng.domains.schemes.queries.standing import (
    OF_LEVEL,
    given,
    is_juror,
    level_now,
    owns,
    reviews_of,
    tied_to,
    ties_of,
)
from junheng.domains.schemes.terms import (
    AFTER,
    UNDER_REVIEW,
    Asked,
    ReviewLevel,
    Stage,
    Verdict,
)
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

OWN = {
    "submitted": gettext_noop("这份申报是您提交的，不能自己审核。请由其他人员办理。"),
    "subject": gettext_noop("这份申报申报的就是您本人，不能自己审核。请由其他人员办理。"),
    "school": gettext_noop("这份申报是您所在学校的，不能自己审核。请由上级教育局办理。"),
    "county": gettext_noop("这份申报申报的就是您所在的县（市、区），不能自己审核。请由市局办理。"),
    "kindergarten": gettext_noop("这份申报是您所在幼儿园的，不能自己审核。请由教育局办理。"),
    "recused": gettext_noop("您已经对这份申报声明回避，不能再审核。请由其他人员办理。"),
}
"""Why somebody may not review: it is their own matter in one of these ways."""


@transaction.atomic
def review(
    application: SchemeApplication, *, verdict: Verdict, words: str, by: Any, at: datetime, why: str
) -> SchemeApplication:
    """Give the review of the level at which the application waits; it then goes where the verdict leads."""
    application = application_held(application, UNDER_REVIEW, _("审核申报"), by=by, at=at)
    level = level_now(application)
    assert level is not None
    check_role(OF_LEVEL[level], _("审核申报"), by=by, at=at)
    check_not_own(application, by=by, at=at)
    if level == ReviewLevel.CITY and given_by(application, ReviewLevel.COUNTY, by):
        raise NotAllowed("reviewed-below", "您在县级已经审核过这份申报，市级须由另一人审核。")
    if verdict == Verdict.PASS:
        check_may_pass(application, level)
    keep(application, level, verdict, words, by=by, at=at, why=why)
    if verdict == Verdict.RECUSE:
        return application
    to = AFTER[Stage(application.stage), verdict]
    if to == Stage.CITY and len(application.scheme.area_id) > 4:
        to = Stage.PASSED  # a county's own scheme ends at the county
    return move(application, to, by=by, at=at, why=why)


def given_by(application: SchemeApplication, level: ReviewLevel, by: Any) -> bool:
    """Whether somebody gave a review at a level since the last submission."""
    return given(application, level).filter(login=name_of(by)).exists()


def check_not_own(application: SchemeApplication, *, by: Any, at: datetime) -> None:
    """Refuse whoever has to do with the matter."""
    if why := owns(application, by, on=timezone.localdate(at)):
        raise NotAllowed(f"own-matter-{why}", OWN[why])


def check_may_pass(application: SchemeApplication, level: ReviewLevel) -> None:
    """Refuse to pass what was not looked at on site, not scored, or for which there is no place left."""
    scheme = application.scheme
    if level == ReviewLevel.COUNTY:
        sheets = list(given(application, ReviewLevel.VISIT))
        if len(sheets) < scheme.visitors:
            raise Refusal(
                "visits-missing",
                "通过前须有 {wanted} 名不同人员的现场核查，现有 {count} 份。没有改动。",
                wanted=scheme.visitors,
                count=len(sheets),
            )
        if any(one.verdict == Verdict.REJECT for one in sheets):
            raise Refusal("visit-found-wrong", "现场核查有不合格的记录，不能通过。请退回补正或不予通过。")
        check_county_place(application)
    else:
        scores = given(application, ReviewLevel.SCORE).count()
        if scores < scheme.jurors:
            raise Refusal(
                "scores-missing",
                "通过前须有 {wanted} 名评委评分，现有 {count} 份。没有改动。",
                wanted=scheme.jurors,
                count=scores,
            )
        check_city_place(application)


def keep(
    application: SchemeApplication,
    level: ReviewLevel,
    verdict: Verdict,
    words: str,
    *,
    by: Any,
    at: datetime,
    why: str,
    points: int | None = None,
    present: int | None = None,
    agreed: int | None = None,
) -> SchemeReview:
    """Write down a review; the same person gives one at each level."""
    login = name_of(by)
    if reviews_of(application).filter(level=level, login=login).exists():
        raise Conflict("reviewed-already", "您在这一环节已经给出意见，不能再给一次。没有改动。")
    made = SchemeReview(
        application=application,
        turn=application.turn,
        level=level,
        login=login,
        verdict=verdict,
        words=words.strip(),
        points=points,
        present=present,
        agreed=agreed,
        made_at=at,
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def visit(
    application: SchemeApplication, *, found: Verdict, words: str, by: Any, at: datetime, why: str
) -> SchemeApplication:
    """Write down what one inspector found on site. Every inspector fills in a sheet of their own."""
    application = application_held(application, frozenset({Stage.COUNTY}), _("登记现场核查"), by=by, at=at)
    check_role(OF_LEVEL[ReviewLevel.VISIT], _("登记现场核查"), by=by, at=at)
    check_not_own(application, by=by, at=at)
    if not application.scheme.visitors:
        raise Refusal("scheme-without-visits", "这个方案不要求现场核查。")
    keep(application, ReviewLevel.VISIT, found, words, by=by, at=at, why=why)
    return application


@transaction.atomic
def score(
    application: SchemeApplication, *, points: dict[int, int], words: str, by: Any, at: datetime, why: str
) -> SchemeReview:
    """Score an application, one number for every criterion that is scored. The sum is known when all are in."""
    application = application_locked(application)
    check_juror(application, by=by, at=at)
    criteria = list(
        SchemeCriterion.objects.filter(scheme=application.scheme, asked=Asked.SCORE).order_by("number")
    )
    for one in criteria:
        most = one.points or 0
        if not 0 <= points.get(one.pk, -1) <= most:
            raise Refusal(
                "score-out-of-range",
                "“{criterion}”须评 0 至 {most} 分。没有保存。",
                criterion=one.words,
                most=most,
            )
    told = "；".join(f"{one.number}：{points[one.pk]}" for one in criteria)
    made = keep(
        application,
        ReviewLevel.SCORE,
        Verdict.PASS,
        f"{told}。{words}",
        by=by,
        at=at,
        why=why,
        points=sum(points[one.pk] for one in criteria),
    )
    for room in every_beside():
        room.scored(made, points, by=by, at=at, why=why)
    scores = given(application, ReviewLevel.SCORE)
    if scores.count() >= application.scheme.jurors:
        application.points = scores.aggregate(sum=Sum("points"))["sum"]
        save_row(application, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def recuse_from_scoring(
    application: SchemeApplication, *, words: str, by: Any, at: datetime, why: str
) -> SchemeReview:
    """A juror says that they know who it is: they have no part in it from then on."""
    application = application_locked(application)
    check_juror(application, by=by, at=at)
    return keep(application, ReviewLevel.SCORE, Verdict.RECUSE, words, by=by, at=at, why=why)


def check_juror(application: SchemeApplication, *, by: Any, at: datetime) -> None:
    """Refuse whoever is no juror of the scheme, has to do with the application, or comes when enough have scored."""
    today = timezone.localdate(at)
    if not is_juror(application.scheme, name_of(by)):
        raise NotAllowed("not-a-juror", "您不是这个方案的评委。")
    check_stage(application, frozenset({Stage.CITY}), _("评分"))
    check_not_own(application, by=by, at=at)
    if tied_to(application, name_of(by), ties_of(by, on=today)):
        raise NotAllowed("juror-tied", "这份申报来自您所在的学校或县（市、区），您须回避，不能评分。")
    if tied_elsewhere([application], name_of(by)):
        raise NotAllowed("juror-tutored", "您是这件作品的指导教师，须回避，不能评分。")
    if given(application, ReviewLevel.SCORE).count() >= application.scheme.jurors:
        raise Conflict("scored-enough", "这份申报的评分已经齐了。没有改动。")
