"""Deeds about consent: record an answer, withdraw it; and the question that others ask before they act."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.pupils.models import Child, Consent, Pupil
from junheng.domains.pupils.queries import age_on, answers_about, answers_on, consent_age, standing
from junheng.domains.pupils.terms import Duty, How, Purpose, Relation
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_has_come


@transaction.atomic
def record_consent(
    row: Pupil | Child,
    *,
    purpose: str,
    agreed: bool,
    given_by: str,
    relation: str,
    how: str,
    since: date,
    until: date | None = None,
    by: Any,
    at: datetime,
    why: str,
) -> Consent:
    """Write down what a guardian answered. An earlier answer for the same purpose ends on that day."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    check_has_come(since, at=at)
    check_who_answers(row, relation=relation, on=since)
    if until is not None and until <= since:
        raise Refusal(
            "consent-ends-before-start",
            "失效日 {until} 须晚于答复日 {since}。请改正日期。",
            until=until,
            since=since,
        )
    for earlier in answers_about(row).filter(answers_on(since), purpose=purpose):
        earlier.until = since
        save_row(earlier, by=by, at=at, why=why, verb=Verb.DEED.value)
    made = Consent(
        area_id=row.area_id, purpose=Purpose(purpose), agreed=agreed, given_by=given_by.strip(),
        relation=Relation(relation), how=How(how), since=since, until=until,
    )  # fmt: skip
    if isinstance(row, Pupil):
        made.pupil, made.school_id, made.school_class_id = row, row.school_id, row.school_class_id
    else:
        made.child = row
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("记录同意"), made, by=by, at=at)
    return made


def check_who_answers(row: Pupil | Child, *, relation: str, on: date) -> None:
    """Refuse an answer of a child that is too young to give one."""
    limit = consent_age(on)
    if relation == Relation.SELF and age_on(row.born_on, on) < limit.value:
        raise Refusal(
            "consent-needs-guardian",
            "{on} 时未满 {age} 周岁，须由监护人答复，不能由本人答复（{cites}）。请向监护人取得答复。",
            on=on,
            age=limit.value,
            cites=str(limit.cites),
        )


@transaction.atomic
def withdraw_consent(consent: Consent, *, on: date, by: Any, at: datetime, why: str) -> Consent:
    """Withdraw an answer: from that day on it allows nothing. What was done before stays lawful."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    check_may(_("撤回同意"), consent, by=by, at=at)
    check_has_come(on, at=at)
    if consent.withdrawn_on is not None:
        raise Conflict("consent-withdrawn-already", "这份同意已于 {on} 撤回。", on=consent.withdrawn_on)
    if not consent.agreed:
        raise Refusal(
            "consent-never-given", "这份答复是不同意，不需要撤回。如监护人改变意见，请记录新的答复。"
        )
    if on < consent.since:
        raise Refusal(
            "consent-withdrawn-before-given",
            "撤回日 {on} 早于答复日 {since}。请核对日期。",
            on=on,
            since=consent.since,
        )
    consent.withdrawn_on = on
    save_row(consent, by=by, at=at, why=why, verb=Verb.DEED.value)
    return consent


def require_consent(row: Pupil | Child, purpose: Purpose | Duty, *, on: date) -> Consent | None:
    """Refuse unless somebody agreed to a purpose and the answer stands on the day. Silence is never consent.

    What a law obliges the school to do needs no consent: the answer is ``None``.
    """
    if isinstance(purpose, Duty):
        return None
    answer = standing(row, purpose, on=on)
    label = purpose.label
    if answer is None:
        withdrawn = (
            answers_about(row).filter(purpose=purpose, withdrawn_on__lte=on).order_by("-withdrawn_on").first()
        )
        if withdrawn is not None:
            raise Refusal(
                "consent-withdrawn",
                "监护人已于 {on} 撤回对“{purpose}”的同意，没有办理。如监护人重新同意，请先登记新的答复。",
                on=withdrawn.withdrawn_on,
                purpose=label,
            )
        raise Refusal(
            "consent-missing",
            "没有对“{purpose}”的同意记录，没有办理。没有答复不等于同意，请先取得同意并登记。",
            purpose=label,
        )
    if not answer.agreed:
        raise Refusal(
            "consent-declined",
            "监护人已于 {on} 表示不同意“{purpose}”，没有办理。请尊重这一答复。",
            on=answer.since,
            purpose=label,
        )
    if (
        answer.relation == Relation.SELF
        and age_on(row.born_on, answer.since) < consent_age(answer.since).value
    ):
        raise Refusal(
            "consent-not-the-guardians", "对“{purpose}”的同意不是监护人给的，没有办理。", purpose=label
        )
    return answer
