"""Tips of the demonstration year: those that led to cases, some of them twice, the others, and one night of spam.

Most were answered in time. Of what is still under way only what is planted is late: two cases and a school of which the
office did not report by its day, and two tips that nobody took in for a week. Those were put before the leaders.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.governance.models import Case
from junheng.domains.schools.models import School
from junheng.domains.tips.actions.assigning import monday_of
from junheng.domains.tips.actions.sending import days_of
from junheng.domains.tips.models import Referral, Tip
from junheng.domains.tips.queries.codes import code_of, digest_of
from junheng.domains.tips.terms import TOLD, Became, Outcome, ReferralState, TipChannel, TipKind, TipState
from junheng.kernel.workdays import add_working_days
from junheng.surfaces.demo.city import SEED
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.noting import note_new

SHANGHAI = ZoneInfo("Asia/Shanghai")
YEAR = 2023
LAST = date(2023, 12, 29)
AT = datetime(2023, 12, 29, 17, tzinfo=SHANGHAI)
WHY = "按演示方案办理"
OFFICER = "jubao"
WORDS = {
    TipKind.UNLICENSED: (
        "楼上常有学生进出，门口贴着辅导海报，没看到许可证。",
        "孩子同学在那里补课，老师说没有办证。",
    ),
    TipKind.OVERTIME: ("周日上午还在上数学课。", "晚上九点多还没下课。"),
    TipKind.FEES: ("要求另交资料费，没有票据。", "群里通知统一交订卷子的钱。"),
    TipKind.SAFETY: ("放学时门口车很多，没有人管。", "河边救生圈不见了。"),
    TipKind.OTHER: ("想反映老师布置作业太多。", "小区物业不让停车。"),
}
WHEN = ("每周六上午", "周末全天", "每天晚上六点以后", "上周日")
SPAM, QUEUED = 45, 5
SPAM_NIGHT, MORNING_AFTER = date(YEAR, 12, 28), date(YEAR, 12, 29)
LATE_CASES = 2
"""Cases under way about which the office has not reported; the others said in time that a case was opened."""
LATE_SCHOOL = date(YEAR, 11, 20)
"""When the tip about a school came that is still not reported on."""
SPAM_WORDS = '<script>alert("加微信领奖")</script>点击领取大奖'
ELSEWHERE = "您反映的事项不属于教育部门受理范围，请拨打 12345 政务服务便民热线反映。"
GARBAGE = "内容与教育无关，没有可以核查的线索，不予受理。"


@dataclass(slots=True)
class Made:
    """A tip and what was passed on of it, before they are written."""

    tip: Tip
    referral: Referral | None = None
    lead: "Made | None" = None


@transaction.atomic
def add_tips() -> None:
    """Make them in the order in which they came, number them, and write them with their entries."""
    dice = Dice(SEED, "tips")
    made = [*of_cases(dice), *of_schools(dice), *others(dice), *spam()]
    made.sort(key=lambda one: (one.tip.received_at, one.tip.place))
    referrals = list({id(one.referral): one.referral for one in made if one.referral is not None}.values())
    for number, referral in enumerate(sorted(referrals, key=lambda one: (one.assigned_on, one.title)), 1):
        referral.code = f"ZB{YEAR}-{number:05d}"
    Referral.objects.bulk_create(referrals)
    for number, one in enumerate(made, 1):
        request = f"demo-{number}"
        one.tip.number = f"JB{YEAR}-{number:05d}"
        one.tip.sent, one.tip.follow = digest_of("sent", request), digest_of("follow", code_of(request))
        one.tip.referral = one.referral
    first = [one for one in made if one.lead is None]
    Tip.objects.bulk_create([one.tip for one in first])
    later = [one for one in made if one.lead is not None]
    for one in later:
        assert one.lead is not None
        one.tip.lead = one.lead.tip
    Tip.objects.bulk_create([one.tip for one in later])
    note_new(referrals, by=OFFICER, at=AT, why=WHY)
    note_new([one.tip for one in [*first, *later]], by=OFFICER, at=AT, why=WHY)


def tip(dice: Dice, kind: TipKind, day: date, **given: Any) -> Tip:
    """A tip of a day with its days."""
    at = datetime.combine(day, time(dice.number(8, 21), dice.number(0, 59)), SHANGHAI)
    acked, answered = days_of(day)
    facts: dict[str, Any] = {
        "kind": kind, "words": dice.pick(WORDS[kind]) + "（演示）", "happened": dice.pick(WHEN),
        "channel": dice.pick((TipChannel.WEB,) * 6 + (TipChannel.PHONE, TipChannel.PHONE, TipChannel.MAIL, TipChannel.COUNTER)),
        "received_at": at, "ack_due": acked.day, "answer_due": answered.day, "certain": acked.certain and answered.certain,
    }  # fmt: skip
    if dice.number(1, 3) == 1:
        facts |= {
            "person": f"热心群众{dice.number(1, 99)}",
            "contact": f"1390000{dice.number(1000, 9999)}",
            "wants_answer": True,
        }
    row = Tip(**facts | given)
    row.entered_by = "" if row.channel == TipChannel.WEB else OFFICER
    return row


def of_cases(dice: Dice) -> Iterator[Made]:
    """Two of three cases of the year began with a tip, one of five of those was told twice, under another spelling."""
    rows = Case.objects.filter(opened_on__year=YEAR).select_related("area").order_by("code")
    late = 0
    for case in rows:
        if dice.number(1, 3) == 1:
            continue
        kind, day = TipKind(case.kind), before(dice, case.opened_on, 9)
        place = f"{case.area.name}{dice.number(1, 99)}号"
        one = tip(dice, kind, day, about=case.title, place=place, area_id=case.area_id[:6])
        referral = task(
            one,
            case.title,
            place,
            f"反映“{case.title}”{kind.label}，请核查现场、办学资质和收费。",
            case.opened_on,
        )
        referral.became, referral.became_row = Became.CASE, case.pk
        if case.state in ("closed", "unfounded"):
            result = Outcome.TRUE if case.state == "closed" else Outcome.UNFOUNDED
            done(referral, result, "案件已经办结。", min(case.decided_on or LAST, LAST))
        elif referral.due_on <= LAST and late < LATE_CASES:
            late += 1
            escalated(referral)
        elif referral.due_on <= LAST:
            done(referral, Outcome.TRUE, "已立案查处，案件正在办理。", referral.due_on - timedelta(days=3))
        first = Made(settled(dice, one, referral), referral)
        yield first
        if dice.number(1, 5) == 1:
            again = tip(
                dice, kind, day + timedelta(days=dice.number(0, 4)), about=respelt(dice, case.title), place=place,
                area_id=case.area_id[:6],
            )  # fmt: skip
            yield Made(settled(dice, again, referral), referral, first)


def before(dice: Dice, day: date, most: int) -> date:
    """A day some days before, still in the year."""
    return max(date(YEAR, 1, 3), day - timedelta(days=dice.number(1, most)))


def respelt(dice: Dice, name: str) -> str:
    """The same name as somebody else writes it."""
    return str(
        dice.pick((name.replace("“", "").replace("”", ""), f" {name}", name.replace("班", "班（二楼）")))
    )


def task(one: Tip, title: str, place: str, summary: str, opened: date) -> Referral:
    """What was passed on of a tip."""
    day = one.received_at.date()
    assigned = max(day, min(opened, add_working_days(day, 2).day))
    return Referral(
        kind=one.kind, area_id=one.area_id[:6], title=title, place=place, summary=f"{summary}（演示）", week=monday_of(day),
        assigned_on=assigned, due_on=add_working_days(assigned, 20).day,
    )  # fmt: skip


def done(referral: Referral, outcome: Outcome, report: str, day: date) -> None:
    """What the office reported."""
    referral.state, referral.outcome, referral.report = ReferralState.DONE, outcome, f"{report}（演示）"
    referral.done_on = max(day, referral.assigned_on)


def escalated(referral: Referral) -> None:
    """Nobody reported by the day: in the night after it those above were told."""
    referral.escalated_on = referral.due_on + timedelta(days=1)


def settled(dice: Dice, one: Tip, referral: Referral) -> Tip:
    """A tip that was passed on, answered where the office is done."""
    one.acked_on = referral.assigned_on
    one.state = TipState.ASSIGNED
    if referral.state == ReferralState.OPEN and one.answer_due <= LAST:
        one.escalated_on = one.answer_due + timedelta(days=1)
    if referral.state == ReferralState.DONE and referral.done_on is not None:
        one.state, one.answer = TipState.ANSWERED, str(TOLD[Outcome(referral.outcome)])
        one.answered_on = max(referral.done_on, one.received_at.date())
        if dice.number(1, 3) == 1:
            one.rating, one.rated_on = dice.pick((5, 5, 4, 4, 4, 3, 2)), one.answered_on
    return one


def of_schools(dice: Dice) -> Iterator[Made]:
    """Tips about fees and safety at schools, dealt with by the county; one of six came lately and is under way."""
    schools = list(School.objects.filter(until=None).select_related("area").order_by("pk")[:200])
    for number in range(min(36, len(schools))):
        school = dice.pick(schools)
        kind = TipKind.FEES if number % 2 else TipKind.SAFETY
        day = dice_day(dice)
        if not number % 6:
            day = date(YEAR, 12, 4 + number // 2) if number else LATE_SCHOOL
        one = tip(dice, kind, day, about=school.name, school=school, place=f"{school.area.name}{school.name}门口", area_id=school.area_id[:6])  # fmt: skip
        referral = task(
            one, school.name, "", f"反映{school.name}{kind.label}问题，请对照目录和制度核查。", day
        )
        referral.school = school
        if number % 6:
            done(
                referral,
                dice.pick(tuple(TOLD)),
                "已到校核查并处理。",
                referral.assigned_on + timedelta(days=dice.number(3, 20)),
            )
        elif referral.due_on <= LAST:
            escalated(referral)
        yield Made(settled(dice, one, referral), referral)


def dice_day(dice: Dice) -> date:
    """A day of the year up to November."""
    return date(YEAR, 1, 9) + timedelta(days=dice.number(0, 310))


def others(dice: Dice) -> Iterator[Made]:
    """Not the bureau's, waiting for more, withdrawn, and what came in the last days and is still to be taken in.

    Two of the last lay for longer than the rule allows.
    """
    schools = list(School.objects.filter(until=None).select_related("area").order_by("pk")[:40])
    for number in range(30):
        school = dice.pick(schools)
        place = f"{school.area.name}{dice.number(1, 99)}号"
        if number < 12:
            one = tip(dice, TipKind.OTHER, dice_day(dice), place=place, area_id=school.area_id[:6])
            one.state, one.answer = TipState.DECLINED, ELSEWHERE
            one.acked_on = one.answered_on = add_working_days(one.received_at.date(), dice.number(1, 4)).day
        elif number < 16:
            one = tip(
                dice,
                TipKind.UNLICENSED,
                date(YEAR, 12, 12 + number - 12),
                place=place,
                area_id=school.area_id[:6],
            )
            one.state, one.asked, one.acked_on = (
                TipState.ASKED,
                "请写明门牌号和上课时间。",
                date(YEAR, 12, 19),
            )
        elif number < 19:
            one = tip(dice, TipKind.OVERTIME, dice_day(dice), place=place, area_id=school.area_id[:6])
            one.state = TipState.WITHDRAWN
        else:
            late = number < 21
            day = date(YEAR, 12, number - 1) if late else date(YEAR, 12, 25 + number % 5)
            one = tip(dice, dice.pick(tuple(TipKind)), day, place=place, area_id=school.area_id[:6])
            if late:
                one.escalated_on = one.ack_due + timedelta(days=1)
        yield Made(one)


def spam() -> Iterator[Made]:
    """One night: the first were let through and brought together, the last still queue."""
    school = School.objects.filter(until=None).order_by("pk").first()
    if school is None:
        return
    acked, answered = days_of(SPAM_NIGHT)
    first: Made | None = None
    for number in range(SPAM):
        row = Tip(
            kind=TipKind.OTHER, area_id=school.area_id[:6], place="网上", words=SPAM_WORDS, channel=TipChannel.WEB,
            received_at=datetime.combine(SPAM_NIGHT, time(3, 12, number), SHANGHAI), ack_due=acked.day, answer_due=answered.day,
        )  # fmt: skip
        if number >= SPAM - QUEUED:
            row.state = TipState.QUEUED
            yield Made(row)
            continue
        row.state, row.answer, row.acked_on = TipState.DECLINED, GARBAGE, MORNING_AFTER
        row.answered_on = row.acked_on
        one = Made(row, lead=first)
        first = first or one
        yield one


__all__ = ["add_tips"]
