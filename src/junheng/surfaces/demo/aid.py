"""Student aid of spring 2024 in the first county: found, confirmed, written to families, waived, paid, returned, paid again.

The year of the report keeps its figures: everything here belongs to the term after it. Words that are sealed are written
without the deed that would put the seal into the audit (``noting``).
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.aid.actions import answering, booking, checking, finding, paying, requesting
from junheng.domains.aid.models import (
    AidFinding,
    AidLetter,
    AidLine,
    AidRequest,
    Eligibility,
    LoanSlot,
    Payment,
    Waiver,
)
from junheng.domains.aid.queries.gaps import missed
from junheng.domains.aid.terms import RequestStage, Side
from junheng.domains.areas.models import Area
from junheng.domains.pupils.models import Pupil
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.spans import holds
from junheng.surfaces.demo.loans import remind_borrowers
from junheng.surfaces.demo.logins import county_aid
from junheng.surfaces.demo.noting import save_noted
from junheng.surfaces.demo.schemes import chance_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
TERM = SchoolTerm.parse("2024S")
ROLL, PAID, AGAIN = date(2024, 3, 1), date(2024, 3, 20), date(2024, 4, 10)
BEFORE = SchoolTerm.parse("2023A")
WHY = "按演示方案办理"
LATE, UNEXPLAINED = "名单在秋季发放之后才比对完，自2024年春季起资助（演示）", 3
RUSH = (date(2024, 7, 15), date(2024, 7, 26))
HOURS = [time(9), time(10), time(14), time(15)]
REQUESTS = (
    ("illness", "家庭成员长期住院（演示）", 9, 12),
    ("work", "家长失业半年（演示）", 12, 26),
    ("disaster", "房屋受灾（演示）", 12, 29),
)
"""Applications to the first principal's school: kind, words, month and day; the first goes to its end, the last waits."""


def moment(day: date, hour: int = 10) -> datetime:
    """An hour of a day in Shanghai."""
    return datetime.combine(day, time(hour), SHANGHAI)


@transaction.atomic
def add_aid() -> None:
    """All of it, by the deeds by which people do it."""
    county = Area.objects.filter(kind="county", until=None).order_by("code").first()
    officer = User.objects.filter(username=county_aid(county.code)).first() if county else None
    if county is None or officer is None:
        return
    add_requests(officer)
    remind_borrowers(county, officer)
    explain(county, officer)
    one = finding.find(county, term=TERM, day=ROLL, by=officer, at=moment(ROLL), why=WHY)
    finding.confirm(one, digest=one.digest, by=officer, at=moment(date(2024, 3, 4)), why=WHY)
    answering.write_letters(county, term=TERM, by=officer, at=moment(date(2024, 3, 5)), why=WHY)
    answer_letters(one)
    pay(county, officer)
    booking.set_hours(
        county, first=RUSH[0], last=RUSH[1], begins=HOURS, places=6, day=date(2024, 4, 29), by=officer,
        at=moment(date(2024, 4, 29)), why=WHY,
    )  # fmt: skip
    for number, slot in enumerate(LoanSlot.objects.filter(area=county).order_by("day", "begins")[:5]):
        booking.book(
            slot, day=date(2024, 4, 29), at=moment(date(2024, 4, 29), 12), chance=chance_of("booking", number)
        )


def explain(county: Area, officer: User) -> None:
    """Why pupils of the new lists were not aided in autumn: all but the last few, which wait for a word."""
    at = moment(date(2023, 12, 29))
    found = [one for one in missed(BEFORE, day=date(2023, 12, 29), area=county.code) if one.certain]
    pupils = Pupil.objects.in_bulk({one.pupil for one in found})
    for one in found[: len(found) - UNEXPLAINED]:
        checking.give_reason(
            pupils[one.pupil],
            scheme=one.scheme,
            term=BEFORE,
            side=Side.MISSED,
            words=LATE,
            by=officer,
            at=at,
            why=WHY,
        )


def add_requests(officer: User) -> None:
    """Three applications at the school of the first principal: recognised, shown, and waiting."""
    principal = User.objects.get(username="xiaozhang1")
    school = Grant.objects.get(user=principal, role=Role.PRINCIPAL).school
    pupils = list(
        Pupil.objects.filter(holds(date(2023, 9, 12)), until=None, school=school).order_by("pk")[:3]
    )
    for number, (pupil, (kind, words, month, day)) in enumerate(zip(pupils, REQUESTS, strict=False)):
        asked = moment(date(2023, month, day))
        one = requesting.written(
            pupil, kind=kind, words=words, promised_by=f"家长{number + 1}（演示）", today=asked.date(),
            chance=chance_of("aid request", number),
        )  # fmt: skip
        save_noted(one, by=requesting.FAMILY, at=asked, why=requesting.APPLIED)
        if number < 2:
            at = asked + timedelta(days=1)
            one = requesting.recognise(one, band="hard", by=principal, at=at, why=WHY)
        if number == 0:
            bring_to_end(one, principal, officer)


def bring_to_end(one: AidRequest, principal: User, officer: User) -> None:
    """An objection, its answer, and the county's word, where the school lies in the county."""
    at = moment(date(2023, 9, 15))
    one.objection = "家里有汽车（演示）"
    save_noted(one, by=principal, at=at, why=WHY)
    one.answer, one.answered_on = "经核实车辆为营运所用，困难情况属实（演示）", at.date()
    save_noted(one, by=principal, at=at + timedelta(hours=2), why=WHY)
    one = requesting.send_up(one, by=principal, at=moment(date(2023, 10, 11)), why=WHY)
    if one.area_id.startswith(Grant.objects.get(user=officer).area):
        agreed = moment(date(2023, 10, 13))
        one.stage, one.ended_on, one.ended_words = RequestStage.RECOGNISED, agreed.date(), "同意认定（演示）"
        save_noted(one, by=officer, at=agreed, why=WHY)


def answer_letters(one: AidFinding) -> None:
    """Most families agree; the last one that was found gives up its aid by signature."""
    found = AidLine.objects.filter(finding=one).order_by("pk").values_list("pupil", flat=True)
    letters = {row.pupil_id: row for row in AidLetter.objects.filter(term=str(TERM), pupil__in=found)}
    pupils = list(dict.fromkeys(found))
    for number, pupil in enumerate(pupils[:12]):
        answering.agree(letters[pupil], at=moment(date(2024, 3, 8), 8 + number))
    signed = moment(date(2024, 3, 9))
    for row in Eligibility.objects.filter(pupil=pupils[-1], term=str(TERM)).order_by("scheme"):
        waiver = Waiver(
            pupil_id=row.pupil_id, area_id=row.area_id, scheme=row.scheme, term=row.term, signed_on=signed.date(),
            signed_by="家长（演示）", reason="家庭情况好转（演示）",
        )  # fmt: skip
        save_noted(waiver, by=answering.FAMILY, at=signed, why=answering.WAIVED)


def pay(county: Area, officer: User) -> None:
    """One document a programme; one payment comes back, its account is checked, and it is paid again."""
    for number, scheme in enumerate(("living", "nutrition"), 1):
        paying.pay(
            county, scheme=scheme, term=TERM, document=f"演示资助〔2024〕{number}号", total=None, paid_on=PAID, by=officer,
            at=moment(PAID), why=WHY,
        )  # fmt: skip
    back = Payment.objects.filter(document="演示资助〔2024〕1号").order_by("pk").first()
    if back is None:
        return
    paying.take_return(back, on=date(2024, 3, 28), by=officer, at=moment(date(2024, 3, 28)), why=WHY)
    checking.ask_school(back.pupil, question="account", by=officer, at=moment(date(2024, 3, 29)), why=WHY)
    paying.pay(
        county, scheme="living", term=TERM, document="演示资助〔2024〕3号", total=None, paid_on=AGAIN, by=officer,
        at=moment(AGAIN), why=WHY,
    )  # fmt: skip
