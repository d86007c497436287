"""Surveys of the demonstration city: one of each state, two terms of one of them, and one that asks what is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.platform.access.models import User
from junheng.platform.asks import designing, moving
from junheng.platform.asks.answering import linked_sources
from junheng.platform.asks.models import Answer, Collection, Question, Response
from junheng.platform.asks.terms import Kind, Origin, Progress, State
from junheng.platform.audit.append import record_batch
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.registers.asker import Asker
from junheng.surfaces.demo.city import SEED
from junheng.surfaces.demo.dice import Dice

SHANGHAI = ZoneInfo("Asia/Shanghai")
WATER = (
    ("直饮水机台数", Kind.NUMBER, {"unit": "台", "most": 200, "purpose": "核算缺口，安排更新"}),
    ("饮水设备年维护费", Kind.MONEY, {"purpose": "测算运行经费"}),
    ("饮水水质是否每学期检测", Kind.YESNO, {"purpose": "掌握检测覆盖"}),
    ("班级数", Kind.NUMBER, {"linked_register": "classes", "purpose": "按班折算设备数"}),
)
COUNSEL = (
    ("心理辅导室间数", Kind.NUMBER, {"unit": "间", "most": 20, "purpose": "了解场所缺口", "again_why": "台账记的是辅导场次，不是用房"}),
    ("心理辅导室开放方式", Kind.CHOICE, {"choices": ["每天开放", "每周固定时段", "预约开放", "尚未开放"], "purpose": "安排培训"}),
    ("心理设备购置经费", Kind.MONEY, {"purpose": "测算补助"}),
)  # fmt: skip
HEATING = (
    ("园舍取暖方式", Kind.CHOICE, {"choices": ["集中供暖", "空调", "燃气壁挂炉", "电暖气"], "purpose": "安排冬季安全检查"}),
    ("取暖设备是否年检", Kind.YESNO, {"purpose": "安排冬季安全检查"}),
)  # fmt: skip
FIELD = (
    ("操场待修面积", Kind.NUMBER, {"unit": "平方米", "most": 50_000, "purpose": "排维修先后"}),
    ("操场待修原因", Kind.TEXT, {"purpose": "判断修法"}),
)
CARE = (
    ("课后服务外聘人员数", Kind.NUMBER, {"unit": "人", "most": 500, "purpose": "了解师资缺口"}),
    ("目前贵校教学班数量", Kind.NUMBER, {"unit": "个", "most": 500, "purpose": "折算师资"}),
    ("直饮水机数量", Kind.NUMBER, {"unit": "台", "most": 500, "purpose": "了解保障条件"}),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One survey: who designs and approves it, whom it asks when, and how many of a hundred have answered."""

    title: str
    purpose: str
    author: str
    approver: str
    area: str
    unit_kind: str
    kinds: tuple[str, ...]
    term: str
    days: tuple[date, date]
    questions: Sequence[tuple[str, Kind, dict[str, Any]]]
    until: State
    answered: int = 0
    findings: str = ""


def plans(county: str) -> list[Plan]:
    """The surveys in the order in which they were made."""
    spring, autumn = (date(2023, 4, 3), date(2023, 4, 21)), (date(2023, 12, 18), date(2024, 1, 12))
    water = "摸清饮水设备缺口，安排下一年度更新（演示）"
    return [
        Plan("校园饮水设备调查", water, "anquan", "bangongshi", "4108", "schools", ("primary",), "2023S", spring, WATER, State.EVALUATED, 96, "已按缺口把更新计划排进年度项目，首批设备下学期到校。"),
        Plan("心理辅导室建设调查", "安排心理教师培训和设备补助（演示）", "deyu", "bangongshi", "4108", "schools", ("primary", "junior"), "2023A", (date(2023, 10, 9), date(2023, 10, 27)), COUNSEL, State.CLOSED, 92),
        Plan("校园饮水设备调查", water, "anquan", "bangongshi", "4108", "schools", ("primary",), "2023A", autumn, WATER, State.OPEN, 60),
        Plan("幼儿园冬季取暖调查", "安排冬季安全检查（演示）", "xueqian", "bangongshi", "4108", "kindergartens", (), "2023A", autumn, HEATING, State.OPEN, 35),
        Plan("操场维修需求调查", "排定本县操场维修先后（演示）", f"xian-{county}", "", county, "schools", (), "2023A", autumn, FIELD, State.CHECKED),
        Plan("课后服务师资调查", "了解课后服务师资缺口（演示）", "jijiao", "", "4108", "schools", ("primary", "junior", "nine_year"), "2023A", autumn, CARE, State.DRAFT),
    ]  # fmt: skip


@transaction.atomic
def add_surveys() -> None:
    """Make them by the deeds by which people make them; only the answers are written many at once."""
    users = {user.username: user for user in User.objects.all()}
    county = min(name for name in users if name.startswith("xian-4108")).removeprefix("xian-")
    dice = Dice(SEED, "surveys")
    made: dict[str, Collection] = {}
    for plan in plans(county):
        made[plan.title] = carry_out(plan, users, dice, before=made.get(plan.title))


def carry_out(plan: Plan, users: dict[str, User], dice: Dice, *, before: Collection | None) -> Collection:
    """One survey from its draft to where it stands on the last day."""
    first = datetime(*plan.days[0].timetuple()[:3], 9, tzinfo=SHANGHAI) - timedelta(days=12)
    author = Asker(users[plan.author], first)
    survey = designed(plan, author, before)
    if plan.until is State.DRAFT:
        return survey
    moving.submit(survey, asker=author, why="请审批")
    if plan.until is State.CHECKED:
        return survey
    moving.approve(survey, asker=Asker(users[plan.approver], first + timedelta(days=2)), why="同意下发")
    steps = [State.OPEN, State.CLOSED, State.EVALUATED]
    for number, state in enumerate(steps[: steps.index(plan.until) + 1]):
        day = (plan.days[0], plan.days[1] + timedelta(days=1), plan.days[1] + timedelta(days=20))[number]
        asker = Asker(users[plan.author], datetime(*day.timetuple()[:3], 8, 30, tzinfo=SHANGHAI))
        come_from = {str(one) for one in (State.APPROVED, *steps[:number])}
        facts = {"findings": plan.findings} if state is State.EVALUATED else {}
        moving.move(survey, come_from=come_from, to=state, asker=asker, why=("按期下发", "到期截止", "反馈结果")[number], **facts)  # fmt: skip
        if state is State.OPEN:
            answer(survey, plan, users, dice)
    return survey


def designed(plan: Plan, author: Asker, before: Collection | None) -> Collection:
    """The draft: a new one, or the next round of an earlier one."""
    days = {"term": plan.term, "opens_on": plan.days[0], "closes_on": plan.days[1]}
    if before is not None:
        return designing.again(before, days, asker=author, why="沿用上一期")
    facts = days | {
        "title": plan.title, "purpose": plan.purpose, "basis": "年度工作安排（演示）", "area": plan.area,
        "unit_kind": plan.unit_kind, "kinds": list(plan.kinds),
    }  # fmt: skip
    survey = designing.begin(facts, asker=author, why="设计调查")
    for label, kind, more in plan.questions:
        question = Question(collection=survey, label=label, kind=kind, **more)
        designing.put_question(question, asker=author, why="设计问题")
    survey.refresh_from_db()
    return survey


def answer(survey: Collection, plan: Plan, users: dict[str, User], dice: Dice) -> None:
    """As many units as the plan says have answered, each on a day of the first two weeks; the first school has not yet."""
    responses = list(survey.responses.order_by("unit"))
    open_still = plan.until is State.OPEN
    chosen = [int(one) for one in dice.some(len(responses), len(responses) * plan.answered // 100)]
    chosen = [one for one in chosen if one or not open_still]
    at = datetime(*plan.days[0].timetuple()[:3], 9, tzinfo=SHANGHAI)
    delays, spent = dice.below(12 * 24 * 60, len(responses)), dice.between(45, 260, len(responses))
    questions = list(survey.questions.all())
    units = [responses[one].unit for one in chosen]
    linked = linked_sources(questions, units, survey.unit_kind, on=plan.days[0])
    before = earlier_answers(questions, units)
    rows: list[Answer] = []
    for one in chosen:
        response = responses[one]
        response.state, response.sent_at = Progress.SENT, at + timedelta(minutes=int(delays[one]))
        response.sent_by = users.get(f"xian-{response.area[:6]}") or users[plan.author]
        response.active_seconds = int(spent[one])
        for question in questions:
            if question.pk in linked:
                known, source = linked[question.pk]
                value, number, origin, note = known[response.unit].text, known[response.unit].number, Origin.REGISTER, source  # fmt: skip
            elif (last := before.get((question.pk, response.unit))) and dice.number(0, 2):
                value, number, origin, note = last.value, last.number, Origin.LAST, f"{survey.title} {last.response.sent_at:%Y-%m-%d}"  # fmt: skip
            else:
                value, number = made_up(question, dice)
                origin, note = Origin.BEHALF, ""
            rows.append(Answer(response=response, question=question, value=value, number=number, origin=origin, origin_note=note))  # fmt: skip
    Response.objects.bulk_update(responses, ["state", "sent_at", "sent_by", "active_seconds"], batch_size=200)
    Answer.objects.bulk_create(rows, batch_size=1000)
    note_down(survey, users[plan.author], at + timedelta(days=13))


def earlier_answers(questions: Sequence[Question], units: Sequence[int]) -> dict[tuple[int, int], Answer]:
    """What was answered in the earlier round, by question of today and unit."""
    now = {one.before_id: one.pk for one in questions if one.before_id}
    found = Answer.objects.filter(question__in=now, response__unit__in=units).select_related("response")
    return {(now[row.question_id], row.response.unit): row for row in found}


def made_up(question: Question, dice: Dice) -> tuple[str, int | None]:
    """An answer by chance."""
    if question.kind == Kind.NUMBER:
        number = dice.number(0, min(question.most or 50, 20))
        return str(number), number
    if question.kind == Kind.MONEY:
        fen = 10_000 * dice.number(2, 90)
        return str(fen), fen
    options = question.choices or ["yes", "yes", "no"]
    return options[dice.number(0, len(options) - 1)], None


def note_down(survey: Collection, by: User, at: datetime) -> None:
    """The entry of all answers of a survey."""
    numbers = list(
        Answer.objects.filter(question__collection=survey)
        .order_by("pk")
        .values_list("pk", "response", "question", "value")
    )
    if numbers:
        record_batch(
            Answer,
            first_row=numbers[0][0],
            last_row=numbers[-1][0],
            count=len(numbers),
            digest=digest_of_rows([list(row) for row in numbers]),
            source=survey.title,
            by=by,
            at=at,
            why="学校填报",
        )
