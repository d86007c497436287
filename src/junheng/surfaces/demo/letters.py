"""Letters, a warning meeting and the tasks of the three work plans in the demonstration city.

Planted: schools that did not sign for the warning letter or reply to it, a unit that was absent and not talked to, a
commitment that was broken, a letter that was withdrawn, and tasks that are overdue.
"""

from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Model

from junheng.content.bulletins.letters import LETTERS
from junheng.content.rulebook import CASEWORK
from junheng.domains.areas.models import Area
from junheng.domains.documents.models import Annex, Document
from junheng.domains.governance.models import Case, FeeCharge
from junheng.domains.letters.actions.issuing import days_later, freeze
from junheng.domains.letters.models import (
    Commitment,
    Delivery,
    Invitee,
    Letter,
    LetterSeries,
    PlanTask,
    WarningMeeting,
)
from junheng.domains.letters.queries.reaching import Unit, of_county, of_school
from junheng.domains.letters.terms import (
    Attendance,
    DeliveryState,
    LetterKind,
    LetterState,
    MeetingState,
    PromiseState,
)
from junheng.domains.schools.models import School
from junheng.domains.schools.terms import SchoolKind
from junheng.platform.audit.append import append_many
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.surfaces.demo.logins import county_login

CITY, OFFICE = "4108", "焦作市教育局（演示）"
SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2023, 12, 29, 9, tzinfo=SHANGHAI)
WHY, SECTION = "按演示方案办理", "caiwu"
WARNED, MET, PLANNED = date(2023, 8, 14), date(2023, 9, 6), date(2023, 4, 17)
TASKS = (("制定本地实施细则", 20), ("组织自查并公示", 45), ("逐校核查整改", 90), ("报送工作总结", 230))
SCHOOLS_AT_MEETING = 12
MANY = 12
"""Units beyond which some did not answer."""
M = TypeVar("M", bound=Model)


@transaction.atomic
def add_letters() -> None:
    """The year's letters with what became of each copy, the meeting, and the tasks."""
    series = add_series()
    counties = list(Area.objects.filter(kind="county", until=None).order_by("code"))
    schools = list(School.objects.filter(until=None).exclude(kind=SchoolKind.VOCATIONAL).order_by("pk"))
    schools.sort(key=lambda one: (one.kind != SchoolKind.PRIMARY, one.pk))
    warned = letter(series[CITY, "warning"], "warning", WARNED, 1)
    copies(warned, [of_school(one) for one in schools], WARNED)
    notice = Document.objects.filter(topic="fees").order_by("pk").first()
    if notice is not None:
        plan = letter(series[CITY, "plan"], "plan", PLANNED, 1, source="documents", row=notice.pk)
        copies(plan, [of_county(one) for one in counties], PLANNED)
        add_tasks(notice, counties)
    order_about_a_case(series)
    order_about_a_charge(series)
    withdrawn(series, counties)
    add_meeting(counties, schools[:SCHOOLS_AT_MEETING])


def add_series() -> dict[tuple[str, str], LetterSeries]:
    """The words by which the city and each county number their letters."""
    offices = [(CITY, OFFICE), *((one.code, f"{one.name}教育局（演示）") for one in counties_of())]
    rows = [
        LetterSeries(
            code=f"{area}-{kind}", area_id=area, kind=kind, word=f"演{area[4:]}教{word}", office=office
        )
        for area, office in offices
        for kind, word in zip(LetterKind.values, ("告", "提", "改", "发"), strict=True)
    ]
    keep(LetterSeries, rows)
    return {(row.area_id, row.kind): row for row in rows}


def counties_of() -> list[Area]:
    """All counties by code."""
    return list(Area.objects.filter(kind="county", until=None).order_by("code"))


def letter(
    series: LetterSeries, kind: str, on: date, serial: int, *, source: str = "", row: int = 0, body: str = ""
) -> Letter:
    """An issued letter with its slots filled as the deed fills them."""
    made = Letter(
        series=series,
        area_id=series.area_id,
        year=on.year,
        serial=serial,
        number=f"{series.word}〔{on.year}〕{serial}号",
        title=LETTERS[kind].title,
        body=body or LETTERS[kind].body,
        source=source,
        source_row=row,
        state=LetterState.ISSUED,
        drafted_by=SECTION,
        issued_on=on,
        issued_by=SECTION,
        reply_by=days_later(on, CASEWORK.letter_replied_within),
    )
    freeze(made)
    keep(Letter, [made])
    return made


def copies(of: Letter, to: list[Unit], on: date) -> None:
    """A copy for each unit: most signed and replied in time, some late, a few not at all.

    The first of many did not reply, the last did not even sign.
    """
    receive_by = days_later(on, CASEWORK.letter_received_within)
    rows = []
    for place, unit in enumerate(to):
        row = Delivery(
            letter=of,
            area_id=unit.area,
            school_id=unit.school,
            institution_id=unit.institution,
            name=unit.name,
            receive_by=receive_by,
            reply_by=of.reply_by,
        )
        many, last = len(to) > MANY, place == len(to) - 1
        signed = place % 97 != 96 and not (many and last)
        if signed:
            row.state = DeliveryState.RECEIVED
            row.received_at, row.received_by = moment(on, 1 + place % 3), who(unit)
        if signed and place % 31 != 30 and not (many and place == 0):
            row.state = DeliveryState.REPLIED
            row.reply = "已按要求自查，收费项目与公示一致，告诫函已张贴（演示）。"
            row.replied_at = moment(on, 14 + place % 5 if place % 23 == 22 else 4 + place % 5)
            row.replied_by = who(unit)
        elif row.reply_by is not None:
            row.escalated_on = row.reply_by + timedelta(days=1)
        rows.append(row)
    keep(Delivery, rows)


def who(unit: Unit) -> str:
    """By whose account a copy was signed for."""
    return "校长（演示）" if unit.school else county_login(unit.area[:6])


def moment(on: date, days: int) -> datetime:
    """Ten in the morning, so many days later."""
    return datetime.combine(on + timedelta(days=days), datetime.min.time(), SHANGHAI) + timedelta(hours=10)


def order_about_a_case(series: dict[tuple[str, str], LetterSeries]) -> None:
    """The city reminds a county of a case that missed its day; what the letter says it reads from the case."""
    case = Case.objects.filter(state="investigating").order_by("opened_on", "pk").first()
    if case is None:
        return
    body = "{案件编号} {现场名称}于{立案日}立案，至今未作出处理决定。请依法抓紧办理，于{答复期限}前书面说明。"
    made = letter(
        series[CITY, "reminder"], "reminder", date(2023, 11, 6), 1, source="cases", row=case.pk, body=body
    )
    copies(made, [of_county(Area.objects.get(pk=case.area_id[:6]))], date(2023, 11, 6))


def order_about_a_charge(series: dict[tuple[str, str], LetterSeries]) -> None:
    """A county orders a school to repay; every number is read from the charge. The school has not signed for it yet."""
    charge = (
        FeeCharge.objects.filter(repaid_fen__lt=F("owed_fen")).select_related("school").order_by("pk").first()
    )
    if charge is None:
        return
    body = (
        "你校于{收费日}收取“{收费项目}”，{不合规的理由}。涉及{涉及家庭数}户，应退{应退（元）}元，已退{已退（元）}元。"
        "请立即退清，于{答复期限}前书面答复，附退费凭证。"
    )
    on, code = date(2023, 12, 27), charge.area_id[:6]
    made = letter(series[code, "order"], "order", on, 1, source="feecharges", row=charge.pk, body=body)
    unit = of_school(charge.school)
    receive_by = days_later(on, CASEWORK.letter_received_within)
    row = Delivery(
        letter=made,
        area_id=unit.area,
        school_id=unit.school,
        name=unit.name,
        receive_by=receive_by,
        reply_by=made.reply_by,
    )
    keep(Delivery, [row])


def withdrawn(series: dict[tuple[str, str], LetterSeries], counties: list[Area]) -> None:
    """A letter that went to the wrong county and was taken back the next day."""
    made = letter(series[CITY, "warning"], "warning", date(2023, 10, 9), 2)
    made.state, made.withdrawn_on = LetterState.WITHDRAWN, date(2023, 10, 10)
    made.withdrawn_why = "收函单位有误，另行发函（演示）"
    save_row(made, by=SECTION, at=AT, why=WHY, verb=Verb.DEED.value)
    row = Delivery(
        letter=made,
        area_id=counties[-1].pk,
        name=of_county(counties[-1]).name,
        receive_by=days_later(date(2023, 10, 9), CASEWORK.letter_received_within),
        reply_by=made.reply_by,
        state=DeliveryState.WITHDRAWN,
    )
    keep(Delivery, [row])


def add_meeting(counties: list[Area], schools: list[School]) -> None:
    """One meeting of the city: who came, who was absent, what was promised, and what became of it."""
    units = [*(of_county(one) for one in counties), *(of_school(one) for one in schools)]
    meeting = WarningMeeting(
        title="学校严格执行教育收费政策提醒告诫会（演示）", area_id=CITY, on=MET, place="市教育局会议室（演示）",
        agenda="通报收费检查情况；学习收费政策；提醒告诫；单位承诺。", chaired_by="市教育局分管负责人（演示）",
        state=MeetingState.MINUTED, minutes="会议通报了收费检查发现的问题，要求逐校自查、逐户退费、按期答复（演示）。",
    )  # fmt: skip
    meeting.digest = digest_of_rows([[meeting.title, meeting.on.isoformat(), meeting.minutes]])
    keep(WarningMeeting, [meeting])
    rows = [
        Invitee(
            meeting=meeting, area_id=unit.area, school_id=unit.school, name=unit.name, state=Attendance.CAME,
            signed_by="负责人（演示）",
        )
        for unit in units
    ]  # fmt: skip
    for place, state, reason in (
        (3, Attendance.SENT_OTHER, "负责人外出学习，副职参会（演示）"),
        (-1, Attendance.ABSENT, "外出培训（演示）"),
        (-2, Attendance.ABSENT, "因病请假（演示）"),
    ):
        rows[place].state, rows[place].reason = state, reason
        rows[place].signed_by = "副职（演示）" if state == Attendance.SENT_OTHER else ""
    rows[-2].made_up_on, rows[-2].made_up = date(2023, 9, 11), "已当面告诫并学习会议材料（演示）"
    keep(Invitee, rows)
    keep(Commitment, promises([one for one in rows if one.school_id and one.state == Attendance.CAME]))


def promises(rows: list[Invitee]) -> list[Commitment]:
    """What each school promised: kept and looked at, but for one that waits to be looked at and one that was broken."""
    made = []
    for place, row in enumerate(rows):
        one = Commitment(
            invitee=row, area_id=row.area_id, school_id=row.school_id, words="公示全部收费项目，多收的逐户退还（演示）",
            owner="校长（演示）", due_on=date(2023, 9, 30),
        )  # fmt: skip
        if place != 0:
            one.state, one.done_on, one.proof = (
                PromiseState.REPORTED,
                date(2023, 9, 26),
                "公示照片和退费清单（演示）",
            )
            one.done_by = "校长（演示）"
        if place > 1:
            one.state, one.checked_on = PromiseState.KEPT, date(2023, 10, 9)
            one.checked_by = county_login(row.area_id[:6])
        made.append(one)
    return made


def add_tasks(notice: Document, counties: list[Area]) -> None:
    """Four tasks of each annexed plan in each county; the last county is late with one, the first with its summary."""
    rows = []
    for annex in Annex.objects.filter(document=notice, kind="work_plan").order_by("position"):
        for place, area in enumerate(counties):
            for number, (title, days) in enumerate(TASKS, start=1):
                row = PlanTask(
                    annex=annex, number=number, area=area, title=title, owner=f"{area.name}教育局",
                    due_on=PLANNED + timedelta(days=days),
                )  # fmt: skip
                open_one = (number == len(TASKS) and place == 0) or (
                    number == 3 and place == len(counties) - 1
                )
                if not open_one:
                    late = 6 if (place + number + annex.position) % 11 == 0 else -3
                    row.done_on = row.due_on + timedelta(days=late)
                    row.proof, row.done_by = "材料已归档（演示）", county_login(area.pk)
                rows.append(row)
    keep(PlanTask, rows)


def keep(model: type[M], rows: list[M]) -> None:
    """Insert rows of one model with an entry each."""
    insert_rows(model, rows)
    pairs = ((row, None) for row in rows)
    append_many(list(drafts_of(pairs, by=SECTION, at=AT, why=WHY, verb=Verb.DEED.value)))
