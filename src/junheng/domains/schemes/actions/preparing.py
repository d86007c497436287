"""A scheme before anybody applies: its jurors named, opened and frozen; and its end."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SCHEMES
from junheng.domains.schemes.actions.effects import registrar_of
from junheng.domains.schemes.actions.stepping import scheme_held
from junheng.domains.schemes.models import (
    AwardScheme,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
    SchemeJuror,
    SchemeQuota,
)
from junheng.domains.schemes.queries.checks import every_check
from junheng.domains.schemes.terms import (
    ENTITLED,
    OF_A_SCHOOL,
    OVER,
    Asked,
    Decider,
    Effect,
    SchemeState,
    Stage,
    Subject,
    Weigh,
)
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.access.models import User
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row

NOT_SAID = {"id", "state", "digest", "opened_on"}
"""Columns of a scheme that are not what it says."""
CAME_LATER: dict[str, dict[str, Any]] = {
    "AwardScheme": {"decider": Decider.OWN, "school_days": 0},
    "SchemeCategory": {"graduating_most": None},
    "SchemeQuota": {"school": None},
}
"""Columns that schemes opened before them do not have."""


@transaction.atomic
def name_juror(scheme: AwardScheme, *, login: str, by: Any, at: datetime, why: str) -> AwardScheme:
    """Have somebody with a login score the applications of a scheme."""
    scheme = AwardScheme.objects.select_for_update().get(pk=scheme.pk)
    state = SchemeState.OPEN if scheme.state == SchemeState.OPEN else SchemeState.DRAFT
    scheme = scheme_held(scheme, state, _("聘请评委"), by=by, at=at)
    login = login.strip()
    if not User.objects.filter(username=login, is_active=True).exists():
        raise NotFound("no-such-account", "没有账号“{login}”，或者已停用。请核对后再填。", login=login)
    if not scheme.jurors:
        raise Refusal("scheme-without-scores", "这个方案不评分，不需要评委。要评分的，请先填写“评分人数”。")
    if SchemeJuror.objects.filter(scheme=scheme, login=login).exists():
        raise Conflict("juror-named-already", "“{login}”已经是这个方案的评委。没有改动。", login=login)
    juror = SchemeJuror(scheme=scheme, login=login, named_by=name_of(by))
    save_row(juror, by=by, at=at, why=why, verb=Verb.DEED.value)
    return scheme


@transaction.atomic
def open_scheme(scheme: AwardScheme, *, by: Any, at: datetime, why: str) -> AwardScheme:
    """Publish a scheme: from now on rules, categories, criteria and places stay as they are, and a digest says so."""
    scheme = scheme_held(scheme, SchemeState.DRAFT, _("发布方案"), by=by, at=at)
    check_complete(scheme, at=at)
    scheme.state, scheme.opened_on = SchemeState.OPEN, timezone.localdate(at)
    scheme.digest = digest_of_scheme(scheme)
    save_row(scheme, by=by, at=at, why=why, verb=Verb.DEED.value)
    return scheme


def check_complete(scheme: AwardScheme, *, at: datetime) -> None:
    """Refuse a scheme by which nobody could apply properly."""
    today = timezone.localdate(at)
    if scheme.applies_until < today:
        raise Refusal(
            "scheme-too-late",
            "申报截止日 {until} 已经过去，不能发布。请改正日期。",
            until=scheme.applies_until,
        )
    least = SCHEMES.least_publicity.on(today).value
    shortest = min(scheme.publicity_days, scheme.school_days or scheme.publicity_days)
    if shortest < least:
        raise Refusal(
            "publicity-too-short",
            "公示 {days} 个工作日，少于规定的最少 {least} 个工作日（{cites}）。请改正后再发布。",
            days=shortest,
            least=least,
            cites=SCHEMES.least_publicity.on(today).cites,
        )
    categories = list(SchemeCategory.objects.filter(scheme=scheme))
    criteria = list(SchemeCriterion.objects.filter(scheme=scheme))
    if not categories or not criteria:
        raise Refusal("scheme-empty", "方案还没有类别或条件，不能发布。请先填写。")
    for one in categories:
        given = sum(SchemeQuota.objects.filter(category=one, school=None).values_list("places", flat=True))
        if one.weigh != Weigh.NONE and given != one.places:
            raise Refusal(
                "quota-not-shared",
                "{category}：名额表合计 {given} 个，与名额 {places} 个不符。请先“计算名额表”。",
                category=one,
                given=given,
                places=one.places,
            )
    check_criteria(scheme, criteria)


def check_criteria(scheme: AwardScheme, criteria: list[SchemeCriterion]) -> None:
    """Refuse criteria that nobody can check, and scores that nobody gives."""
    for one in criteria:
        check = every_check().get(one.check_slug)
        if one.asked == Asked.CHECK and (check is None or scheme.subject not in check.subjects):
            raise Refusal(
                "check-unknown",
                "条件 {criterion} 写的核对项“{check}”不存在，或不适用于这类申报对象。请从方案页的核对项里选。",
                criterion=one,
                check=one.check_slug,
            )
        if check is not None and check.limited and one.limit is None:
            raise Refusal(
                "check-without-limit",
                "条件 {criterion} 须填写界限（{unit}）。",
                criterion=one,
                unit=check.limited,
            )
    scored = any(one.asked == Asked.SCORE for one in criteria)
    if scored != bool(scheme.jurors):
        raise Refusal(
            "scores-do-not-fit", "“评分人数”与“评委评分”的条件要么都有，要么都没有。请改正后再发布。"
        )
    visited = any(one.asked == Asked.VISIT for one in criteria)
    if visited != bool(scheme.visitors):
        raise Refusal(
            "visits-do-not-fit", "“现场核查人数”与“现场核查”的条件要么都有，要么都没有。请改正后再发布。"
        )
    if (scheme.effect == Effect.INCLUSIVE) != (scheme.subject == Subject.KINDERGARTEN):
        raise Refusal(
            "effect-does-not-fit",
            "“登记为普惠性民办园”只用于民办幼儿园的方案，民办幼儿园的方案也只能如此登记。",
        )
    if scheme.effect == Effect.TITLE and scheme.subject not in ENTITLED:
        raise Refusal(
            "title-needs-school",
            "荣誉称号登记在学校、集团或县（市、区）名下；对班级、集体和个人的评选请选“只发证书”。",
        )
    if scheme.school_days and scheme.subject not in OF_A_SCHOOL:
        raise Refusal(
            "school-days-do-not-fit", "校内公示只用于由学校报送的评选。请把“校内公示工作日”改为 0。"
        )
    if scheme.decider == Decider.PROVINCE and (len(scheme.area_id) > 4 or scheme.effect == Effect.INCLUSIVE):
        raise Refusal(
            "decider-does-not-fit", "推荐省级认定由市级办理，普惠性民办园由市级认定。请改“由谁认定”。"
        )
    if (enters := registrar_of(scheme.effect)) is not None:
        enters.fits(scheme)


def digest_of_scheme(scheme: AwardScheme) -> str:
    """The digest of all that a scheme says: itself, its categories, criteria and places, in their order."""
    said = {name: value for name, value in said_by(scheme).items() if name not in NOT_SAID}
    rows: list[Any] = [said]
    rows += [said_by(one) for one in SchemeCategory.objects.filter(scheme=scheme).order_by("code")]
    rows += [said_by(one) for one in SchemeCriterion.objects.filter(scheme=scheme).order_by("number")]
    quotas = SchemeQuota.objects.filter(category__scheme=scheme, school=None).order_by(
        "category__code", "area"
    )
    rows += [said_by(one) for one in quotas]
    return digest_of_rows(rows)


def said_by(row: Any) -> dict[str, Any]:
    """The columns of a row; one that came later says nothing while it is as it was born, so that old digests stand."""
    born = CAME_LATER.get(type(row).__name__, {})
    return {
        name: value
        for name, value in columns_of(row).items()
        if name not in born or str(value) != str(born[name])
    }


@transaction.atomic
def end_scheme(scheme: AwardScheme, *, by: Any, at: datetime, why: str) -> AwardScheme:
    """Close a scheme. What is under way is decided or withdrawn before."""
    scheme = scheme_held(scheme, SchemeState.OPEN, _("结束方案"), by=by, at=at)
    waiting = (
        SchemeApplication.objects.filter(category__scheme=scheme)
        .exclude(stage__in=[*OVER, Stage.DRAFT])
        .count()
    )
    if waiting:
        raise Conflict(
            "applications-waiting", "还有 {count} 份申报没有办结，不能结束方案。没有改动。", count=waiting
        )
    scheme.state = SchemeState.ENDED
    save_row(scheme, by=by, at=at, why=why, verb=Verb.DEED.value)
    return scheme
