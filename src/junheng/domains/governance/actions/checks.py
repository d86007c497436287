"""What the law asks before a step: its turn, two officers, the time to be heard, another pair of eyes, money paid back."""

from datetime import date

from django.db.models import Q

from junheng.content.rulebook import CASEWORK
from junheng.domains.governance.models import Case, CaseFile, CaseStep, Enforcer, Exhibit, Recusal, Refund
from junheng.domains.governance.queries.procedure import (
    PROCEDURE,
    fine_of,
    handling,
    newest,
    open_steps,
    outcome_of,
)
from junheng.domains.governance.queries.refunds import check_refunds
from junheng.domains.governance.terms import CaseKind, LegalStep, Outcome
from junheng.kernel.errors import Conflict, NotAllowed, NotInForce, Refusal
from junheng.kernel.values.money import yuan
from junheng.kernel.workdays import add_working_days, working_days_between

S = LegalStep
TWO = 2


def check_turn(step: LegalStep, case: Case, file: CaseFile, done: list[CaseStep]) -> None:
    """Refuse a step whose turn it is not, and say which may come."""
    able = open_steps(case, file, done)
    if step in able:
        return
    if file.handed_to:
        raise Conflict(
            "case-handed-over",
            "案件 {case} 已移送（{to}），收到回告前不在本部门办理。请先登记移送回告。",
            case=case,
            to=file.handed_to,
        )
    raise Conflict(
        "case-step-not-its-turn",
        "案件 {case} 现在不能办理“{step}”。现在可以办理：{able}。",
        case=case,
        step=step.label,
        able="、".join(str(one.label) for one in able),
    )


def check_officers(made: CaseStep, case: Case) -> None:
    """Refuse fewer than two officers where the law wants two, and one who is not in office or keeps out of the case."""
    named = [one for one in (made.first, made.second) if one is not None]
    if len({one.pk for one in named}) != len(named):
        raise Refusal("case-officer-twice", "两名执法人员不能是同一人。请另选一名。")
    if PROCEDURE[S(made.step)].two and len(named) < officers_least(made.on):
        raise Refusal(
            "case-two-officers",
            "“{step}”须由两名以上执法人员办理（行政处罚法第四十二条）。请补上另一名执法人员。",
            step=S(made.step).label,
        )
    for one in named:
        check_officer(one, made, case)


def officers_least(on: date) -> int:
    """How many officers the law wants on a day; two before it was in force as well, as its forerunner did."""
    try:
        return CASEWORK.officers_least.on(on).value
    except NotInForce:
        return TWO


def check_officer(one: Enforcer, made: CaseStep, case: Case) -> None:
    """Refuse an officer who was not in office that day, who has no power there, or who keeps out of the case."""
    if one.since > made.on or (one.until is not None and one.until <= made.on):
        raise Refusal(
            "case-officer-not-in-office", "{on} {name} 不在执法岗位。请核对。", on=made.on, name=one.name
        )
    if not case.area_id.startswith(one.area_id):
        raise Refusal(
            "case-officer-elsewhere",
            "{name}的执法区划是{area}，不能在本案办理。",
            name=one.name,
            area=one.area.name,
        )
    if Recusal.objects.filter(case=case, enforcer=one, on__lte=made.on).exists():
        raise NotAllowed(
            "case-officer-recused", "{name}已回避本案，不能参加办理。请另派执法人员。", name=one.name
        )


def check_hearing(made: CaseStep, done: list[CaseStep]) -> None:
    """Refuse a hearing too soon after it was announced, or led by somebody who handled the case."""
    call = newest(done, S.HEARINGCALL)
    assert call is not None
    days = CASEWORK.hearing_called_before.on(call.on)
    if working_days_between(call.on, made.on) < days.value:
        raise Refusal(
            "hearing-too-soon",
            "听证通知于 {call} 发出，须提前 {days} 个工作日通知当事人（{cites}）。最早 {earliest} 举行。",
            call=call.on,
            days=days.value,
            cites=str(days.cites),
            earliest=add_working_days(call.on, days.value).day,
        )
    if {made.first_id, made.second_id} & handling(done):
        raise NotAllowed(
            "hearing-by-handler",
            "听证由非本案调查人员主持（行政处罚法第六十四条第四项）。请另选主持人。",
        )


def check_before_deciding(made: CaseStep, case: Case, file: CaseFile, done: list[CaseStep]) -> None:
    """Refuse a decision before the party could be heard, without evidence, or by one alone where many must agree."""
    names = {S(one.step) for one in done}
    if case.kind == CaseKind.UNLICENSED and S.STOP not in names:
        raise Conflict("decision-before-stop", "无证培训案件须先责令停止，再作决定。请先登记责令停止通知书。")
    if not Exhibit.objects.filter(case=case).exists():
        raise Conflict("decision-without-evidence", "本案没有一件证据，不能作出决定。请先在案卷里登记证据。")
    check_heard(made, done)
    if made.outcome != Outcome.PENALTY and made.fine_fen:
        raise Refusal("fine-without-penalty", "不予行政处罚的不能写罚款。请改结果，或把罚款写为零。")
    limit = CASEWORK.grave_fine_fen.on(made.on).value
    if (file.grave or made.fine_fen >= limit) and S.COLLECTIVE not in names:
        raise Conflict(
            "decision-without-collective",
            "情节复杂或重大、罚款达到 {limit} 元的，须经负责人集体讨论（行政处罚法第五十七条第二款）。请先登记集体讨论。",
            limit=str(yuan(limit)),
        )


def check_heard(made: CaseStep, done: list[CaseStep]) -> None:
    """Refuse a decision while the party may still ask to be heard, or has asked and was not."""
    notice = newest(done, S.NOTICE)
    assert notice is not None
    said = outcome_of(done, S.PLEA)
    if said == Outcome.WANTS_HEARING:
        if newest(done, S.HEARING) is None:
            raise Conflict(
                "decision-before-hearing", "当事人要求听证，听证举行前不能作出决定。请先通知并举行听证。"
            )
        return
    if said == Outcome.WAIVED:
        return
    try:
        days = CASEWORK.hearing_asked_within.on(notice.on)
    except NotInForce:
        return
    last = add_working_days(notice.on, days.value).day
    if made.on <= last:
        raise Conflict(
            "decision-before-hearing-period",
            "{notice} 才告知当事人，{last} 前当事人可以要求听证（{cites}）。当事人书面放弃的，请先登记陈述申辩的结果。",
            notice=notice.on,
            last=last,
            cites=str(days.cites),
        )


def check_revisit(made: CaseStep, done: list[CaseStep], *, by: str) -> None:
    """Refuse a re-visit by whoever handled the case, in person or by their account."""
    handlers = handling(done)
    own = Enforcer.objects.filter(pk__in=handlers).exclude(login="").values_list("login", flat=True)
    if {made.first_id, made.second_id} & handlers or by in set(own):
        raise NotAllowed(
            "revisit-by-handler", "复查须由没有办理本案的人员进行，也由他们登记。请另派两名执法人员复查。"
        )


def check_before_closing(case: Case, file: CaseFile, done: list[CaseStep]) -> None:
    """Refuse to close where training goes on, a fine is unpaid, or families have not got their money back."""
    if outcome_of(done, S.REVISIT) != Outcome.STOPPED:
        raise Conflict("case-not-stopped", "最近一次复查仍在办班，不能结案。请继续处理，停止后再复查。")
    if fine_of(done) and newest(done, S.ENFORCE) is None:
        raise Conflict("case-fine-unpaid", "罚款尚未执行，不能结案。请先登记缴款凭证或强制执行。")
    check_refunds(case)
    if not file.nothing_owed and not Refund.objects.filter(Q(case=case)).exists():
        raise Conflict(
            "case-refunds-unknown",
            "案卷里没有退费记录。请逐户登记应退和已退；确实无需退费的，请登记“无需退费”并写明理由。",
        )
