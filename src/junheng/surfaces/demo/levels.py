"""Levels of safety standardisation in the demonstration city: one round by the standard, and what became of it until today.

The round lies before the years of the report, so that no figure of it moves. Some schools took part; most
hold a level, some of these end soon, one is suspended for a major hazard, some wait for the county or the city, and the
first school that logs in has its sheet and has not asked yet.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.checklists import actions as lists
from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.checklists.terms import Subject
from junheng.domains.findings.actions import open_finding
from junheng.domains.findings.terms import Severity
from junheng.domains.safety.actions import watch_levels
from junheng.domains.safety.models import Acceptance, Round, RoundPlan, Sheet
from junheng.domains.safety.queries.levels import Score
from junheng.domains.safety.queries.rounds import planned_schools
from junheng.domains.safety.terms import AcceptanceState, CheckLevel, RoundState, SafetyLevel, SheetState
from junheng.domains.schools.models import School
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of, save_row
from junheng.platform.retention.rules import years_before
from junheng.surfaces.demo.checklist import BASIS, ITEMS
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.logins import county_login
from junheng.surfaces.demo.safety import FAIL, KINDS, PASS, PRINCIPAL, Said, asked_of, insert_answers, note_on

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHY = "按演示方案办理"
CODE, TITLE = "bzh-2020", "校园安全标准化建设标准（演示）"
OPENED, CLOSED = date(2020, 10, 12), date(2020, 12, 11)
SELF_DAY, COUNTY_DAY = date(2020, 10, 20), date(2020, 11, 16)
PART = 60
"""About so many schools take part; where there are fewer, all do."""
FAILED = (0, 1, 0, 2, 1, 3, 0, 2)
"""Items that fail in a sheet, by the dice of its school; none of them is a major one."""
GIVEN = (date(2021, 1, 20), date(2021, 5, 20))
"""Of four schools one was given its level on the first day and the others on the second: the first ends soon."""
LATELY = (DAY - timedelta(days=40), DAY - timedelta(days=12), DAY - timedelta(days=5))
"""When the last three schools asked: the first of them has waited for longer than it should."""


@transaction.atomic
def add_levels() -> None:
    """The standard, the round with its sheets, the levels, and one night's look at them."""
    by = User.objects.get(username="anquan")
    checklist = make_standard(by)
    plan = make_round(checklist, by)
    schools = taking_part(plan)
    sheets = make_sheets(plan, schools, checklist)
    waiting = set(Grant.objects.filter(role=Role.PRINCIPAL).values_list("school", flat=True))
    rows = [
        acceptance(place, one, sheets)
        for place, one in enumerate(school for school in schools if school.pk not in waiting)
    ]
    given = [one for one in rows if one.state == AcceptanceState.GRANTED]
    for one, day in zip(given[-len(LATELY) :], LATELY, strict=False):
        wait_since(one, day, checked=one is given[-1])
    insert_rows(Acceptance, rows)
    append_many(list(drafts_of(((one, None) for one in rows), by="anquan", at=moment(GIVEN[1]), why=WHY)))
    hazard_at(given[0])
    watch_levels(on=DAY, by="junheng", at=moment(DAY), why=WHY)


def moment(day: date, hour: time = time(9)) -> datetime:
    """A time of a day in Shanghai."""
    return datetime.combine(day, hour, SHANGHAI)


def make_standard(by: User) -> Checklist:
    """The standard as a list of its own, issued before the round."""
    at = moment(OPENED - timedelta(days=20))
    one = Checklist(code=CODE, title=TITLE, subject=Subject.STANDARD, area_id="4108", basis=BASIS)
    save_row(one, by=by, at=at, why=WHY)
    rows = [
        ChecklistItem(
            checklist=one, area_id="4108", section=section, number=number, position=place, clause=clause,
            citation=citation, how=how, grade=grade, boarding_only=number.startswith("5."),
        )
        for place, (section, number, clause, citation, how, grade) in enumerate(ITEMS, 1)
    ]  # fmt: skip
    insert_rows(ChecklistItem, rows)
    append_many(list(drafts_of(((row, None) for row in rows), by=by, at=at, why=WHY)))
    return lists.issue(one, by=by, at=at, why=WHY)


def make_round(checklist: Checklist, by: User) -> RoundPlan:
    """The round and its plan, both over."""
    one = Round(
        code=CODE,
        title="2020年校园安全标准化建设评定（演示）",
        area_id="4108",
        opened_on=OPENED,
        closed_on=CLOSED,
    )
    save_row(one, by=by, at=moment(OPENED), why=WHY)
    plan = RoundPlan(
        round=one, checklist=checklist, kinds=",".join(KINDS), state=RoundState.CLOSED, self_from=OPENED,
        self_until=OPENED + timedelta(days=20), county_from=OPENED + timedelta(days=21), county_until=CLOSED,
    )  # fmt: skip
    save_row(plan, by=by, at=moment(OPENED), why=WHY)
    return plan


def taking_part(plan: RoundPlan) -> list[School]:
    """Some schools of every county, and those whose principals log in."""
    known = list(planned_schools(plan).filter(until=None).select_related("area").order_by("code"))
    own = set(Grant.objects.filter(role=Role.PRINCIPAL).values_list("school", flat=True))
    step = max(1, len(known) // PART)
    return [one for place, one in enumerate(known) if place % step == 0 or one.pk in own]


def failed_at(school: School, level: CheckLevel) -> int:
    """How many items fail; the county finds one more at some schools."""
    dice = sha256(f"{CODE}/{school.code}".encode()).digest()
    more = 1 if level == CheckLevel.COUNTY and dice[1] % 3 == 0 else 0
    return FAILED[dice[0] % len(FAILED)] + more


def make_sheets(
    plan: RoundPlan, schools: Sequence[School], checklist: Checklist
) -> dict[tuple[int, str], Sheet]:
    """A sent sheet of each school and one of its county about it, with every answer."""
    asked, sheets = asked_of(checklist), []
    for level, day in ((CheckLevel.SELF, SELF_DAY), (CheckLevel.COUNTY, COUNTY_DAY)):
        for school in schools:
            county = str(school.area_id)[:6]
            own = level == CheckLevel.SELF
            who, at = PRINCIPAL if own else county_login(county), moment(day, time(16))
            sheets.append(
                Sheet(
                    round=plan.round, school=school, area_id=school.area_id, level=level,
                    by_area_id=None if own else county, kind=school.kind, boarding=school.boarding,
                    state=SheetState.SENT, done_on=day, begun_at=at - timedelta(hours=1), begun_by=who,
                    sent_at=at, sent_by=who, disclosed_at=moment(COUNTY_DAY, time(16)),
                    items=len(asked[school.boarding]), failed=failed_at(school, level),
                )
            )  # fmt: skip
    insert_rows(Sheet, sheets)
    said: list[Said] = []
    for sheet in sheets:
        bad = bad_items(sheet, asked[sheet.boarding])
        said += [
            (
                sheet.pk,
                item.pk,
                FAIL if item.pk in bad else PASS,
                note_on(item) if item.pk in bad else "",
                None,
            )
            for item in asked[sheet.boarding]
        ]
    append_many([
        *drafts_of(((one, None) for one in sheets), by="anquan", at=moment(CLOSED), why=WHY, verb=Verb.DEED.value),
        insert_answers(said, by="anquan", at=moment(CLOSED)),
    ])  # fmt: skip
    return {(one.school_id, str(one.level)): one for one in sheets}


def bad_items(sheet: Sheet, items: Sequence[ChecklistItem]) -> set[int]:
    """Which items fail: always the same first ones of a school's own order."""
    able = [item for item in items if item.grade != "major"]
    dice = sha256(f"{CODE}/{sheet.school_id}".encode()).digest()
    order = sorted(able, key=lambda item: (dice[item.position % 32], item.position))
    return {item.pk for item in order[: sheet.failed]}


def acceptance(place: int, school: School, sheets: dict[tuple[int, str], Sheet]) -> Acceptance:
    """What came of a school's two sheets: the level that the county's supports, or nothing."""
    own, county = (score(sheets[school.pk, level]) for level in ("self", "county"))
    own_level, level = (one.level(on=CLOSED) for one in (own, county))
    given = GIVEN[min(place % 4, 1)]
    made = Acceptance(
        school=school, area_id=school.area_id, round=sheets[school.pk, "self"].round,
        own_met=own.met, own_of=own.of, own_level=own_level or SafetyLevel.THIRD, asked_on=SELF_DAY, asked_by=PRINCIPAL,
        county_met=county.met, county_of=county.of, county_level=level or "", county_on=COUNTY_DAY,
        county_by=county_login(str(school.area_id)[:6]), county_words="现场核对（演示）",
    )  # fmt: skip
    if level is None:
        made.state, made.ended_on, made.ended_by = AcceptanceState.RETURNED, CLOSED, made.county_by
        made.ended_why = "未达到三级，整改后再申请（演示）"
        return made
    made.state, made.level, made.number = AcceptanceState.GRANTED, level, f"演安〔{given.year}〕{place + 1}号"
    made.decided_by, made.since, made.until = "anquan", given, years_before(given, -3)
    return made


def score(sheet: Sheet) -> Score:
    """What a sheet of the round comes to: no major item fails in any."""
    return Score(sheet.items - sheet.failed, sheet.items)


def wait_since(one: Acceptance, day: date, *, checked: bool) -> None:
    """A school that asked only lately: the county has not been there yet, or the city has not decided yet."""
    one.asked_on, one.level, one.number, one.decided_by = day, "", "", ""
    one.since = one.until = one.ended_on = None
    one.ended_by = one.ended_why = ""
    one.state = AcceptanceState.CHECKED if checked else AcceptanceState.ASKED
    if checked:
        one.county_on = day + timedelta(days=2)
    else:
        one.county_met = one.county_of = one.county_on = None
        one.county_level = one.county_by = one.county_words = ""


def hazard_at(one: Acceptance) -> None:
    """A major hazard whose plan is overdue at a school that holds a level: the night suspends it."""
    school = one.school
    day = DAY - timedelta(days=11)
    facts: dict[str, Any] = {"by": county_login(str(school.area_id)[:6]), "at": moment(day), "why": WHY}
    open_finding(
        source="acceptances", source_row=one.pk, what="安全出口锁闭，疏散楼梯堆放杂物（演示）", severity=Severity.MAJOR,
        area=school.area, school=school, owner=school.name, found_on=day, found_by="县级复查（演示）",
        place="二、消防", cites="消防安全管理规定（演示）相应条款", **facts,
    )  # fmt: skip
