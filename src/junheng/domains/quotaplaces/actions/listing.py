"""The list: who is eligible by the roll, objections while it is public, and its fixing."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.quotaplaces.actions.stepping import advance, locked, write_rows
from junheng.domains.quotaplaces.models import (
    QuotaCandidate,
    QuotaObjection,
    QuotaRound,
)
from junheng.domains.quotaplaces.queries import (
    graduating,
    stays_of,
)
from junheng.domains.quotaplaces.terms import Found, RoundState, Verdict
from junheng.kernel import quotas
from junheng.kernel.errors import Conflict, NotAllowed
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.audit.append import name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come

PUPIL_COLUMNS = ("pk", "school_id", "area_id", "since", "until", "id_number_blind")


@transaction.atomic
def list_candidates(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRound:
    """Read from the roll who is eligible, give everybody a number that says nothing, and open the publicity."""
    one = locked(one, {RoundState.PUBLISHED}, _("公示资格名单"), by=by, at=at)
    pupils = list(graduating(one).only(*PUPIL_COLUMNS).order_by("pk"))
    stays = stays_of(pupils, on=one.roll_on)
    rows = []
    for pupil in pupils:
        found, since = quotas.finding_of(
            stays[pupil.pk], str(pupil.school_id), entered_by=one.entered_by, on=one.roll_on
        )
        rows.append(
            QuotaCandidate(
                quota_round=one,
                number="",
                pupil=pupil,
                school_id=pupil.school_id,
                area_id=pupil.area_id,
                found=Found(found.value),
                there_since=since,
            )
        )
    # the order of numbers follows from a digest, so that a number tells neither school nor name
    rows.sort(key=lambda row: digest_of_rows([[one.code, row.pupil_id]]))
    for place, row in enumerate(rows, start=1):
        row.number = f"{one.area_id}{one.year % 100:02d}{place:06d}"
    write_rows(QuotaCandidate, rows, by=by, at=at, why=why)
    return advance(one, RoundState.LISTED, by=by, at=at, why=why)


@transaction.atomic
def raise_objection(
    candidate: QuotaCandidate, *, words: str, on: date, by: Any, at: datetime, why: str
) -> QuotaObjection:
    """Write down what somebody says against a finding, while the list is public."""
    one = QuotaRound.objects.select_for_update().get(pk=candidate.quota_round_id)
    if one.state != RoundState.LISTED or not one.public_from <= on <= one.public_until:
        raise Conflict(
            "not-in-publicity",
            "异议只能在公示期（{since} 至 {until}）内提出，{on} 不在其中。没有登记。",
            since=one.public_from,
            until=one.public_until,
            on=on,
        )
    check_has_come(on, at=at)
    made = QuotaObjection(
        candidate=candidate,
        school_id=candidate.school_id,
        area_id=candidate.area_id,
        words=words.strip(),
        raised_on=on,
        raised_by=name_of(by),
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("登记异议"), made, by=by, at=at)
    return made


@transaction.atomic
def decide_objection(
    objection: QuotaObjection, *, found: str, answer: str, on: date, by: Any, at: datetime, why: str
) -> QuotaObjection:
    """Decide an objection: the finding that holds now, and why. Not by the school concerned, nor by who raised it."""
    objection = (
        QuotaObjection.objects.select_for_update(of=("self",))
        .select_related("candidate")
        .get(pk=objection.pk)
    )
    check_may(_("核查异议"), objection, by=by, at=at)
    one = QuotaRound.objects.get(pk=objection.candidate.quota_round_id)
    if objection.state != Verdict.OPEN or one.state != RoundState.LISTED:
        raise Conflict("objection-decided", "这条异议已经办结，或资格名单已经确定。没有改动。")
    if objection.raised_by == name_of(by):
        raise NotAllowed("own-objection", "提出异议的人不能自己核查。请由未经手的人员办理。")
    if Role.PRINCIPAL in roles_of(by, on=timezone.localdate(at)):
        raise NotAllowed("school-decides-own", "资格异议由教育局核查，学校不能核查本校的异议。")
    check_has_come(on, at=at)
    candidate = objection.candidate
    changed = found != candidate.found
    candidate.found = Found(found)
    if changed:
        save_row(candidate, by=by, at=at, why=why, verb=Verb.DEED.value)
    objection.state = Verdict.UPHELD if changed else Verdict.DISMISSED
    objection.answer, objection.decided_on, objection.decided_by = answer.strip(), on, name_of(by)
    save_row(objection, by=by, at=at, why=why, verb=Verb.DEED.value)
    return objection


@transaction.atomic
def confirm_list(one: QuotaRound, *, by: Any, at: datetime, why: str) -> QuotaRound:
    """Fix the list once the publicity is over and no objection is open."""
    one = locked(one, {RoundState.LISTED}, _("确定资格名单"), by=by, at=at)
    if timezone.localdate(at) <= one.public_until:
        raise Conflict(
            "publicity-goes-on", "公示到 {until} 才结束，之后才能确定名单。没有改动。", until=one.public_until
        )
    waiting = QuotaObjection.objects.filter(candidate__quota_round=one, state=Verdict.OPEN).count()
    if waiting:
        raise Conflict("objections-open", "还有 {count} 条异议没有核查，不能确定名单。", count=waiting)
    one.list_digest = digest_of_rows(
        [number, school, found]
        for number, school, found in QuotaCandidate.objects.filter(quota_round=one)
        .order_by("number")
        .values_list("number", "school__code", "found")
    )
    return advance(one, RoundState.CONFIRMED, by=by, at=at, why=why)
