"""Repayment of loans: what a year asks of a contract, reminders once a contract and year, the list, and the public calendar."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from junheng.content.rulebook import AID
from junheng.domains.aid.actions import reminding
from junheng.domains.aid.models import Loan, LoanReminder
from junheng.domains.aid.queries.reminders import living, owing, progress_of
from junheng.domains.aid.queries.repayment import asked_in, known_from
from junheng.domains.aid.terms import Repay
from junheng.domains.areas.models import Area
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry, Verb
from tests.domains import makers
from tests.domains.aid.made import HERE, WHY
from tests.domains.looking import as_, text
from tests.makers import make

OCTOBER = datetime(2026, 10, 12, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PAGE = "/aid/loans/reminders/"
SIGNED, GRADUATED = date(2023, 8, 1), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("signed", "graduates", "year", "state", "due"),
    [
        (SIGNED, None, 2026, Repay.UNKNOWN, None),
        (date(2015, 6, 30), date(2018, 6, 30), 2026, Repay.UNKNOWN, None),
        (SIGNED, GRADUATED, 2025, Repay.STUDY, "2026-12-20"),
        (SIGNED, GRADUATED, 2026, Repay.FIRST_INTEREST, "2026-12-20"),
        (SIGNED, date(2026, 12, 19), 2026, Repay.FIRST_INTEREST, "2026-12-20"),
        (SIGNED, date(2026, 12, 20), 2026, Repay.STUDY, "2027-12-20"),
        (SIGNED, GRADUATED, 2030, Repay.INTEREST, "2030-12-20"),
        (SIGNED, GRADUATED, 2031, Repay.FIRST_PRINCIPAL, "2031-12-20"),
        (SIGNED, GRADUATED, 2040, Repay.PRINCIPAL, "2040-12-20"),
        (SIGNED, GRADUATED, 2041, Repay.LAST, "2041-09-20"),
        (SIGNED, GRADUATED, 2042, Repay.ENDED, "2041-09-20"),
        # eight years of study still: 22 years after signing is sooner than 15 after graduation
        (SIGNED, date(2031, 6, 30), 2045, Repay.LAST, "2045-09-20"),
        # under the rules before: three years of grace, thirteen after study, twenty at most
        (date(2020, 6, 30), date(2022, 6, 30), 2024, Repay.INTEREST, "2024-12-20"),
        (date(2020, 6, 30), date(2022, 6, 30), 2025, Repay.FIRST_PRINCIPAL, "2025-12-20"),
        (date(2020, 7, 1), date(2022, 6, 30), 2025, Repay.INTEREST, "2025-12-20"),
        (date(2019, 8, 1), date(2022, 6, 30), 2035, Repay.LAST, "2035-09-20"),
        (date(2019, 8, 1), date(2028, 6, 30), 2039, Repay.LAST, "2039-09-20"),
    ],
)
def test_what_a_year_asks_of_a_contract(signed, graduates, year, state, due) -> None:
    assert asked_in(year, signed, graduates) == (state, due and date.fromisoformat(due))


def lived(signed: date, graduates: date, year: int) -> str:
    """The same by walking from one due day to the next and counting."""
    new = signed >= date(2020, 7, 1)
    grace, after, longest = (5, 15, 22) if new else (3, 13, 20)
    ends, asked, what = min(graduates.year + after, signed.year + longest), 0, "study"
    for one in range(signed.year, year + 1):
        if date(one, 12, 20) > graduates:
            asked += 1
            what = "first_interest" if asked == 1 else "interest" if asked <= grace else "principal"
            if asked == grace + 1:
                what = "first_principal"
            if one >= ends:
                what = "last" if one == ends else "ended"
    return what


@given(st.dates(date(2015, 7, 1), date(2030, 12, 31)), st.integers(0, 12 * 366), st.integers(0, 40))
def test_whoever_walks_from_due_day_to_due_day_says_the_same(signed, study, later) -> None:
    graduates, year = signed + timedelta(days=study), signed.year + later
    state, due = asked_in(year, signed, graduates)
    assert state == lived(signed, graduates, year)
    assert due is not None
    assert due > graduates
    if state not in {Repay.STUDY, Repay.ENDED}:
        assert due.year == year


def test_the_rules_of_repayment_begin_with_a_school_year() -> None:
    names = [one for one in AID.__dataclass_fields__ if one.startswith("loan_")]
    days = {(step.since.month, step.since.day) for name in names for step in getattr(AID, name).steps}
    assert days == {(9, 1)}, "contracts are counted by the month of signing and asked by their school year"


def a_loan(graduates: date | None = GRADUATED, signed: date = SIGNED, **facts: Any) -> Loan:
    given_ = {"borrower": "示例学生", "contact": "10000000001", "amount_fen": 1_234_500}
    return make(Loan, graduates_on=graduates, signed_on=signed, **given_ | facts)


def officer() -> User:
    if not Area.objects.exists():
        makers.areas()
    return makers.user(Role.AID_OFFICER, area=HERE)


def remind(by: User, **facts: Any) -> int:
    at = facts.get("at", OCTOBER)
    told = {"year": 2026, "day": at.date(), "by": by, "at": OCTOBER, "why": WHY}
    return reminding.remind(Area.objects.get(pk=HERE), **told | facts)


@pytest.mark.django_db
def test_what_the_database_finds_is_what_the_rule_says() -> None:
    officer()
    for signed in (
        date(2015, 6, 30),
        date(2015, 7, 1),
        date(2020, 6, 30),
        SIGNED,
        date(2026, 12, 31),
        date(2027, 1, 1),
    ):
        for days in (0, 300, 1233, 1234, 1235, 4000):
            a_loan(signed + timedelta(days=days), signed)
        a_loan(None, signed)
    for graduates in (date(2026, 12, 19), date(2026, 12, 20), date(2026, 12, 21)):
        a_loan(graduates)
    a_loan(cancelled_on=date(2023, 8, 9))
    a_loan(settled_on=date(2026, 12, 20))
    late = a_loan(settled_on=date(2026, 12, 21))
    every = Loan.objects.all()
    there = [one for one in every if one.cancelled_on is None and one.signed_on.year <= 2026]
    there = [one for one in there if one.settled_on is None or one == late]
    assert set(living(every, 2026)) == set(there)
    asked = {one: asked_in(2026, one.signed_on, one.graduates_on)[0] for one in there}
    assert set(owing(every, 2026)) == {
        one for one, state in asked.items() if state not in {Repay.STUDY, Repay.UNKNOWN}
    }
    rows, total = progress_of(list(Area.objects.filter(kind="county")), 2026)
    assert total.states == {state: list(asked.values()).count(state) for state in set(asked.values())}
    assert [one.waiting for one in rows] == [len(owing(every, 2026)), 0]
    assert known_from() == date(2015, 7, 1)


@pytest.mark.django_db
def test_a_contract_is_reminded_once_a_year_and_those_that_came_later_too() -> None:
    by = officer()
    with pytest.raises(Refusal, match="2026 年没有应还款的合同") as none:
        remind(by)
    assert none.value.code == "no-loans-due"
    first = a_loan()
    a_loan(None)
    a_loan(date(2027, 6, 30))
    a_loan(cancelled_on=date(2023, 8, 9))
    a_loan(settled_on=date(2026, 9, 1))
    make(Loan, where="410811", graduates_on=GRADUATED, signed_on=SIGNED)
    with pytest.raises(Refusal, match="从 2026-10-01 起才能生成"):
        remind(by, day=date(2026, 9, 30))
    with pytest.raises(Refusal, match="2026 年已经过去"):
        remind(by, day=date(2027, 1, 1))
    with pytest.raises(NotAllowed, match="只能由这一区划的资助专员办理"):
        remind(makers.user(Role.AID_OFFICER, area="410811"))
    assert not LoanReminder.objects.exists()

    assert remind(by, day=date(2026, 10, 1)) == 1
    one = LoanReminder.objects.get()
    assert (one.loan, one.state, one.due_on) == (first, Repay.FIRST_INTEREST, date(2026, 12, 20))
    entry = Entry.objects.get(table="aid.loanreminder")
    assert (entry.after["count"], len(entry.after["digest"]), entry.why) == (1, 64, WHY)
    with pytest.raises(Conflict, match="都已经有提醒"):
        remind(by)
    a_loan(date(2020, 6, 30), date(2018, 8, 1))
    assert remind(by) == 1
    assert remind(by, year=2027, day=date(2027, 10, 8)) == 3, "another year begins anew"
    assert set(LoanReminder.objects.values_list("year", "state")) == {
        (2026, "first_interest"), (2026, "principal"), (2027, "interest"), (2027, "principal"), (2027, "first_interest"),
    }  # fmt: skip


@pytest.mark.django_db
def test_whoever_was_told_is_noted_one_by_one_or_all_on_the_list() -> None:
    by = officer()
    told = {"by": by, "at": OCTOBER, "why": WHY}
    here = Area.objects.get(pk=HERE)
    with pytest.raises(Refusal, match="没有待通知的还款提醒"):
        reminding.take_out(here, year=2026, **told)
    loans = [a_loan() for _ in range(4)]
    remind(by)
    rows = list(LoanReminder.objects.order_by("pk"))
    with pytest.raises(Refusal, match="请先导出通知名单"):
        reminding.note_all(here, year=2026, outcome="notified", **told)
    reminding.note_told(rows[0], outcome="notified", **told)
    with pytest.raises(Conflict, match="已经登记为“已通知”"):
        reminding.note_told(rows[0], outcome="notified", **told)
    with pytest.raises(NotAllowed):
        reminding.note_told(
            rows[1], outcome="notified", **told | {"by": makers.user(Role.AID_OFFICER, area="410811")}
        )
    loans[3].settled_on = date(2026, 10, 20)
    loans[3].save()
    assert reminding.take_out(here, year=2026, **told) == rows[1:3], "neither who was told nor who settled"
    with pytest.raises(Conflict, match="已结清或作废"):
        reminding.note_told(rows[3], outcome="notified", **told)
    reminding.note_told(rows[1], outcome="unreachable", **told)
    assert reminding.note_all(here, year=2026, outcome="notified", **told) == 1
    assert reminding.take_out(here, year=2026, **told) == [rows[1]], "who could not be reached is tried again"
    _rows, total = progress_of([here], 2026)
    assert (total.made, total.notified, total.unreachable, total.untold, total.no_more) == (4, 2, 1, 0, 1)
    changes = Entry.objects.filter(table="aid.loanreminder", row=rows[2].pk).order_by("id")
    assert [sorted(one.after) for one in changes] == [["exported_on"], ["noted_on", "outcome"]]


@pytest.mark.django_db
def test_an_officer_reminds_takes_the_list_along_and_notes_it(settings) -> None:
    settings.JUNHENG_AS_OF = date(2026, 11, 2)
    by = officer()
    loan = a_loan()
    client = as_(by)
    assert "份贷款合同今年应还款，没有提醒" in text(client.get("/"))
    settings.JUNHENG_AS_OF = date(2026, 10, 31)
    assert "没有提醒" not in text(client.get("/"))
    assert "这一年还没有生成提醒" in text(client.get(PAGE))
    here = f"{PAGE}{HERE}/"
    assert "请写明事由" in text(client.post(here, {}, follow=True))
    assert "2025 年已经过去" in text(client.post(f"{here}?year=2025", {"why": WHY}, follow=True))
    page = text(client.post(here, {"why": WHY}, follow=True))
    for words in ("已生成 1 份还款提醒", "首次还利息", "2026-12-20", "示***", "100****0001", "待通知"):
        assert words in page
    assert "示例学生" not in page
    assert "10000000001" not in page

    answer = client.post(f"{here}file/", {"why": "电话通知"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    cells = [[one.value for one in row] for row in book.active.iter_rows(min_row=3)]
    assert [row[:5] for row in cells] == [[loan.code, "示例学生", "10000000001", "首次还利息", "2026-12-20"]]
    said = cells[0][5]
    for words in ("还款日2026-12-20", "不发链接", "诈骗"):
        assert words in said
    for words in ("12345", "元", "困难家庭", "http", "点击", "://"):
        assert words not in said
    left = Entry.objects.filter(verb=Verb.EXPORT.value).get()
    assert (left.after["kind"], left.after["rows"], left.why) == ("reminders", 1, "电话通知")
    assert "示例学生" not in str(left.after)
    assert "已导出，待登记" in text(client.get(PAGE))
    assert "已登记 1 份" in text(
        client.post(f"{here}told/", {"outcome": "unreachable", "why": WHY}, follow=True)
    )
    row = LoanReminder.objects.get()
    assert client.post(f"{PAGE}told/{row.pk}/", {"outcome": "gone"}).status_code == 404
    page = text(client.post(f"{PAGE}told/{row.pk}/", {"outcome": "notified"}, follow=True))
    assert LoanReminder.objects.get().outcome == "notified"
    loan.settled_on = date(2026, 11, 1)
    loan.save()
    assert "2026-11-01 已结清" in text(client.get(PAGE))
    assert client.post(f"{here}file/", {"why": WHY})["X-Refusal"] == "nobody-to-tell"

    neighbour = as_(makers.user(Role.AID_OFFICER, area="410811"))
    assert neighbour.get(f"{PAGE}?area={HERE}").status_code == 404
    assert {
        neighbour.post(one, {"why": WHY, "outcome": "notified"}).status_code
        for one in (here, f"{here}file/", f"{here}told/", f"{PAGE}told/{row.pk}/", f"{PAGE}told/{2**70}/")
    } == {404}
    assert as_(makers.user(Role.CITY_LEADER, area="4108")).get(PAGE).status_code == 404


@pytest.mark.django_db
def test_anybody_reads_the_calendar_of_a_contract(settings) -> None:
    settings.JUNHENG_AS_OF = date(2026, 11, 2)
    phone = as_(None)
    assert "/aid/repay/" in text(phone.get("/aid/hours/"))
    assert 'id="lines"' not in text(phone.get("/aid/repay/"))
    page = text(phone.get("/aid/repay/?signed=2023&graduates=2026&month=6"))
    for words in (
        "到 2026-06-30", "2026-12-20", "2027-12-20 至 2030-12-20，每年一次", "2031-12-20", "2032-12-20 至 2040-12-20，每年一次",
        "2041-09-20", "教财〔2020〕4号", "待确认", "诈骗",
    ):  # fmt: skip
        assert words in page, words
    old = text(phone.get("/aid/repay/?signed=2019&graduates=2022&month=12"))
    for words in ("到 2022-12-31", "2023-12-20", "2026-12-20", "2035-09-20", "教财〔2015〕7号"):
        assert words in old, words
    for asked, words in (
        ("signed=2023&graduates=2023&month=6", "毕业要在签订合同之后"),
        ("signed=2015&graduates=2026&month=6", "10 年以后"),
        ("signed=1999&graduates=2002&month=6", "没有提交"),
    ):
        answer = phone.get(f"/aid/repay/?{asked}")
        assert (answer.status_code, words in answer.content.decode()) == (422, True), asked


@pytest.mark.django_db
def test_nobody_graduates_or_settles_before_signing() -> None:
    officer()
    for name in ("graduates_on", "settled_on"):
        with pytest.raises(ValidationError, match="早于签订日"):
            make(Loan, **{"signed_on": SIGNED, name: date(2023, 7, 31)})
