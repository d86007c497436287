"""Before the county looks: the school's committee chooses, the school shows its choice, and hands up what stands."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import SCHEMES
from junheng.domains.areas.policies import check_may, check_role
from junheng.domains.schemes.actions.places import check_school_place
from junheng.domains.schemes.actions.publishing import check_answered, check_unchanged, show
from junheng.domains.schemes.actions.reviewing import OWN, keep
from junheng.domains.schemes.actions.stepping import (
    application_held,
    application_locked,
    move,
)
from junheng.domains.schemes.models import AwardScheme, Publicity, PublicityLine, SchemeApplication
from junheng.domains.schemes.terms import ReviewLevel, Stage, Verdict
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come

HANDED_UP = "报送县级"
"""What stands as the decision of a school's list: it decides nothing but that the county looks."""


@transaction.atomic
def choose(
    application: SchemeApplication,
    *,
    on: date,
    present: int,
    agreed: int,
    words: str,
    by: Any,
    at: datetime,
    why: str,
) -> SchemeApplication:
    """Write down how the school's committee voted: more than half of those present, and it goes on."""
    application = application_held(application, frozenset({Stage.SCHOOL}), _("登记校内评审"), by=by, at=at)
    check_role(Role.PRINCIPAL, _("登记校内评审"), by=by, at=at)
    if application.teacher and application.teacher == name_of(by):
        raise NotAllowed("own-matter-subject", OWN["subject"])
    check_has_come(on, at=at)
    assert application.submitted_on is not None
    if on < application.submitted_on:
        raise Refusal(
            "committee-before-submission",
            "评审日 {on} 早于申报提交日 {submitted}。没有改动。",
            on=on,
            submitted=application.submitted_on,
        )
    least = SCHEMES.least_committee.on(on)
    if present < least.value:
        raise Refusal(
            "committee-too-small",
            "到会 {present} 人，少于校内评审最少 {least} 人（{cites}）。没有改动。",
            present=present,
            least=least.value,
            cites=least.cites,
        )
    if agreed > present:
        raise Refusal(
            "more-votes-than-present",
            "赞成 {agreed} 人，多于到会 {present} 人。请核对。",
            agreed=agreed,
            present=present,
        )
    passes = 2 * agreed > present
    if passes:
        check_school_place(application)
    told = _("%(on)s 评审，到会 %(present)s 人，赞成 %(agreed)s 人。%(words)s") % {
        "on": on,
        "present": present,
        "agreed": agreed,
        "words": words.strip(),
    }
    keep(
        application,
        ReviewLevel.SCHOOL,
        Verdict.PASS if passes else Verdict.REJECT,
        told[:500],
        present=present,
        agreed=agreed,
        by=by,
        at=at,
        why=why,
    )
    return move(application, Stage.CHOSEN if passes else Stage.REJECTED, by=by, at=at, why=why)


@transaction.atomic
def post(application: SchemeApplication, *, by: Any, at: datetime, why: str) -> Publicity:
    """Show everything that a school chose in one scheme: a frozen list of its own, for the working days the scheme says."""
    application = application_held(application, frozenset({Stage.CHOSEN}), _("校内公示"), by=by, at=at)
    check_role(Role.PRINCIPAL, _("校内公示"), by=by, at=at)
    scheme = AwardScheme.objects.select_for_update().get(pk=application.scheme.pk)
    school = application.school
    assert school is not None
    chosen = SchemeApplication.objects.filter(
        category__scheme=scheme, school=school, stage=Stage.CHOSEN
    ).order_by("category__code", "number")
    before = Publicity.objects.filter(scheme=scheme, school=school).count()
    return show(
        [application_locked(one) for one in chosen],
        Publicity(
            code=f"{scheme.code}-s{school.pk}-{before + 1}",
            scheme=scheme,
            area_id=school.area_id,
            school=school,
        ),
        days=scheme.school_days,
        stage=Stage.POSTED,
        by=by,
        at=at,
        why=why,
    )


@transaction.atomic
def hand_up(publicity: Publicity, *, by: Any, at: datetime, why: str) -> Publicity:
    """When a school's list has been shown to its end and every objection is answered, what stands goes to the county."""
    publicity = Publicity.objects.select_for_update().get(pk=publicity.pk)
    check_may(_("报送县级"), publicity, by=by, at=at)
    if publicity.school_id is None:
        raise Refusal("not-a-schools-list", "这不是校内公示，由举办单位作出决定。")
    if publicity.decided_on is not None:
        raise Conflict("handed-up-already", "已于 {on} 报送。没有改动。", on=publicity.decided_on)
    today = timezone.localdate(at)
    if today <= publicity.until:
        raise Refusal(
            "school-publicity-not-over",
            "校内公示到 {until} 24 时截止，之后才能报送。没有改动。",
            until=publicity.until,
        )
    check_answered(publicity)
    check_unchanged(publicity)
    publicity.decided_on, publicity.decision = today, HANDED_UP
    save_row(publicity, by=by, at=at, why=why, verb=Verb.DEED.value)
    for line in PublicityLine.objects.filter(publicity=publicity).select_related("application"):
        one = application_locked(line.application)
        if one.stage == Stage.POSTED:
            move(one, Stage.COUNTY, by=by, at=at, why=why)
    return publicity
