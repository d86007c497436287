"""Three-level inspection of the demonstration city: the rounds of the books get their checklist and their sheets.

Every inspection of both rounds of 2023 gets the sheet it would have come from, with as many failed items as the books
count. Of schools in the city's sample the failed items are findings too. One county is lenient: it looks elsewhere
than where the city finds something. The last round of 2024 is open, and some schools have sent theirs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from junheng.domains.checklists import actions as lists
from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.checklists.queries import items_for
from junheng.domains.findings.actions import new_finding, new_step
from junheng.domains.findings.actions.opening import next_code
from junheng.domains.findings.models import Finding, FindingStep
from junheng.domains.findings.terms import FindingState, Severity, StepKind
from junheng.domains.safety import actions
from junheng.domains.safety.models import Answer, Inspection, ResultNotice, Round, RoundPlan, Sheet
from junheng.domains.safety.terms import CheckLevel, Result, RoundState, SheetState
from junheng.platform.access.models import User
from junheng.platform.audit.append import append_many, batch_draft
from junheng.platform.audit.chain import Draft, digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row
from junheng.surfaces.demo.checklist import BASIS, CODE, ITEMS, TITLE
from junheng.surfaces.demo.logins import county_login

SHANGHAI = ZoneInfo("Asia/Shanghai")
WHY = "按演示方案办理"
KINDS = ("primary", "junior", "nine_year", "twelve_year", "senior")
ROUNDS = ("2023-1", "2023-2")
OPEN = "2024-3"
SENT_ALREADY = 4
"""Of the open round every so manieth school has sent its self-check."""
Found = tuple[Answer, Sheet]
"""An item that failed, and the sheet that says so."""
Asked = dict[bool, list[ChecklistItem]]
"""The items for boarding schools and for others."""
PASS, FAIL = Result.PASS.value, Result.FAIL.value
BY_HOUR = {CheckLevel.SELF: time(16), CheckLevel.COUNTY: time(17), CheckLevel.CITY: time(17, 30)}


@transaction.atomic
def add_safety() -> None:
    """The checklist, both rounds of the year, the results of the last one, and the round that is open."""
    users = {user.username: user for user in User.objects.all()}
    checklist = make_checklist(users["anquan"])
    for code in ROUNDS:
        one = Round.objects.filter(code=code).first()
        if one is not None:
            add_sheets(one, checklist, by=users["anquan"])
    tell_counties(users)
    open_last(checklist, users)


def moment(day: date, hour: time = time(9)) -> datetime:
    """A time of a day in Shanghai."""
    return datetime.combine(day, hour, SHANGHAI)


def make_checklist(by: User) -> Checklist:
    """The list, issued before the first round of the year."""
    at = moment(date(2023, 2, 20))
    one = Checklist(code=CODE, title=TITLE, area_id="4108", basis=BASIS)
    save_row(one, by=by, at=at, why=WHY)
    rows = [
        ChecklistItem(
            checklist=one, area_id="4108", section=section, number=number, position=place, clause=clause,
            citation=citation, how=how, grade=grade, boarding_only=number.startswith("5."),
        )
        for place, (section, number, clause, citation, how, grade) in enumerate(ITEMS, 1)
    ]  # fmt: skip
    insert_rows(ChecklistItem, rows)
    append_many([batch(ChecklistItem, rows, [[row.number, row.clause] for row in rows], by="anquan", at=at)])
    return lists.issue(one, by=by, at=at, why=WHY)


def batch(
    model: Any, rows: Sequence[Any], values: Iterable[Sequence[Any]], *, by: str, at: datetime
) -> Draft:
    """The entry of rows that were written together."""
    return batch_draft(
        model, first_row=rows[0].pk, last_row=rows[-1].pk, count=len(rows), digest=digest_of_rows(values),
        source="检查表", by=by, at=at, why=WHY,
    )  # fmt: skip


def add_sheets(one: Round, checklist: Checklist, *, by: User) -> None:
    """The plan of a round that is over, and a sheet for every inspection of it, county by county."""
    assert one.closed_on is not None
    first = one.opened_on
    plan = RoundPlan(
        round=one, checklist=checklist, kinds=",".join(KINDS), state=RoundState.CLOSED,
        self_from=first, self_until=first + timedelta(days=13),
        county_from=first + timedelta(days=14), county_until=first + timedelta(days=35),
        city_from=first + timedelta(days=36), city_until=one.closed_on,
    )  # fmt: skip
    save_row(plan, by=by, at=moment(first), why=WHY)
    counties: dict[str, list[Inspection]] = defaultdict(list)
    rows = (
        Inspection.objects.filter(round=one).select_related("school", "area").order_by("school__code", "pk")
    )
    for row in rows:
        counties[str(row.area_id)[:6]].append(row)
    sampled = {row.school_id for row in rows if row.level == CheckLevel.CITY}
    lenient = lenient_county(rows, sampled)
    asked = asked_of(checklist)
    found: list[Found] = []
    drafts: list[Draft] = []
    for county in sorted(counties):
        sheets = sheets_of(one, counties[county], asked)
        insert_rows(Sheet, [sheet for sheet, _row in sheets])
        answers = [
            answer
            for sheet, row in sheets
            for answer in answers_of(sheet, row, asked[sheet.boarding], lenient=lenient)
        ]
        insert_rows(Answer, answers)
        of = {sheet.pk: sheet for sheet, _row in sheets}
        found += [
            (answer, of[answer.sheet_id])
            for answer in answers
            if answer.result == FAIL and of[answer.sheet_id].school_id in sampled
        ]
        told: dict[str, Any] = {"by": county_login(county), "at": moment(one.closed_on)}
        drafts.append(
            batch(
                Sheet,
                [sheet for sheet, _row in sheets],
                ([s.school_id, s.level, s.failed] for s, _row in sheets),
                **told,
            )
        )
        drafts.append(batch(Answer, answers, ([a.sheet_id, a.item_id, a.result] for a in answers), **told))
    append_many(drafts)
    add_findings(found, {item.pk: item for item in asked[True]}, at=moment(one.closed_on))


def asked_of(checklist: Checklist) -> Asked:
    """The items for day schools and for boarding schools; no item of the list asks for a stage or a kind."""
    return {boarding: items_for(checklist, kind="primary", boarding=boarding) for boarding in (False, True)}


def lenient_county(rows: Iterable[Inspection], sampled: set[int]) -> str:
    """Who inspected most of the schools that the city drew: planted as overlooking what the city finds there."""
    counted = Counter(
        str(row.by_area_id) for row in rows if row.level == CheckLevel.COUNTY and row.school_id in sampled
    )
    return max(counted, key=lambda code: (counted[code], code), default="")


def sheets_of(one: Round, rows: list[Inspection], asked: Asked) -> list[tuple[Sheet, Inspection]]:
    """A sent sheet for each inspection; what a school said of itself is disclosed when it was inspected."""
    inspected = {row.school_id: row.done_on for row in rows if row.level == CheckLevel.COUNTY}
    made = []
    for row in rows:
        level = CheckLevel(row.level)
        sent = moment(row.done_on, BY_HOUR[level])
        own = level == CheckLevel.SELF
        disclosed = moment(inspected[row.school_id], BY_HOUR[CheckLevel.COUNTY]) if own else sent
        who = (
            f"校长（{row.school.code}）"
            if own
            else "anquan"
            if level == CheckLevel.CITY
            else county_login(str(row.by_area_id))
        )
        sheet = Sheet(
            round=one, school_id=row.school_id, area_id=row.area_id, level=level, by_area_id=row.by_area_id,
            kind=row.school.kind, boarding=row.school.boarding, draw=row.draw or "", state=SheetState.SENT,
            done_on=row.done_on, begun_at=sent - timedelta(hours=1), begun_by=who, sent_at=sent, sent_by=who,
            disclosed_at=disclosed, items=len(asked[row.school.boarding]),
            failed=row.findings, inspection=row,
        )  # fmt: skip
        made.append((sheet, row))
    return made


def answers_of(
    sheet: Sheet, row: Inspection, items: list[ChecklistItem], *, lenient: str
) -> Iterator[Answer]:
    """An answer for every item. What fails at a school comes in one order, in which a lenient county looks last."""
    sheet_order = troubles(row, items)
    if row.level == CheckLevel.COUNTY and str(row.by_area_id) == lenient:
        sheet_order.reverse()
    failed = set(sheet_order[: row.findings])
    for item in items:
        bad = item.pk in failed
        yield Answer(
            sheet_id=sheet.pk, item_id=item.pk, result=FAIL if bad else PASS,
            note=f"{item.section}：现场不符合（演示）" if bad else "",
        )  # fmt: skip


def troubles(row: Inspection, items: list[ChecklistItem]) -> list[int]:
    """The items that could fail at a school in a round, in an order of its own; none of them is a major hazard."""
    draw = sha256(f"{row.round_id}/{row.school_id}".encode()).digest()
    able = [item.pk for item in items if item.grade != "major"]
    return sorted(able, key=lambda pk: (draw[pk % 32] * 251 + pk * 17) % 257)


def add_findings(found: list[Found], items: dict[int, ChecklistItem], *, at: datetime) -> None:
    """The findings of failed items, closed as far as the books count them as put right."""
    if not found:
        return
    year = day_of(found[0][1]).year
    number = int(next_code(year).rpartition("-")[2])
    closed: dict[int, int] = defaultdict(int)
    findings, steps = [], []
    for place, (answer, sheet) in enumerate(found):
        item, day, row = items[answer.item_id], day_of(sheet), sheet.inspection
        assert row is not None
        one = new_finding(
            code=f"YH{year}-{number + place:06d}", source="inspections", source_row=row.pk,
            what=f"{answer.note}（{item.number} {item.clause}）", severity=Severity(item.grade), area=row.area,
            school=row.school, owner=row.school.name, found_on=day, found_by=sheet.sent_by,
            place=item.section, cites=item.citation,
        )  # fmt: skip
        steps.append(new_step(one, StepKind.FOUND, on=day, at=at, who=one.found_by, words=one.what))
        closed[row.pk] += 1
        if closed[row.pk] <= row.remedied:
            put_right(one, steps, at=at)
        findings.append(one)
        answer.finding = one
    insert_rows(Finding, findings)
    for step in steps:
        step.finding_id = step.finding.pk
    insert_rows(FindingStep, steps)
    answers = [answer for answer, _sheet in found]
    for answer in answers:
        answer.finding_id = answer.finding.pk if answer.finding else None
    Answer.objects.bulk_update(answers, ["finding"], batch_size=500)
    append_many([
        batch(Finding, findings, ([f.code, f.state] for f in findings), by="anquan", at=at),
        batch(FindingStep, steps, ([s.finding_id, s.kind] for s in steps), by="anquan", at=at),
    ])  # fmt: skip


def day_of(sheet: Sheet) -> date:
    """The day of a sheet that was sent."""
    assert sheet.done_on is not None
    return sheet.done_on


def put_right(one: Finding, steps: list[FindingStep], *, at: datetime) -> None:
    """Remedied by the school after three days, and closed two days later by its county."""
    one.remedied_on, one.remedied_by = one.found_on + timedelta(days=3), "校长（演示）"
    one.closed_on, one.closed_by = one.found_on + timedelta(days=5), county_login(str(one.area_id)[:6])
    one.state = FindingState.CLOSED
    for kind, day, who, words in (
        (StepKind.REMEDIED, one.remedied_on, one.remedied_by, "已整改（演示）"),
        (StepKind.CLOSED, one.closed_on, one.closed_by, "现场复查，已整改到位（演示）"),
    ):
        steps.append(new_step(one, kind, on=day, at=at, who=who, words=words))


def tell_counties(users: dict[str, User]) -> None:
    """The results of the autumn round were sent to the counties; the first two replied."""
    one = Round.objects.filter(code=ROUNDS[-1]).first()
    if one is None or one.closed_on is None:
        return
    day = one.closed_on + timedelta(days=10)
    actions.send_results(one, until=day + timedelta(days=15), by=users["anquan"], at=moment(day), why=WHY)
    for notice in ResultNotice.objects.filter(round=one).order_by("area_id")[:2]:
        by = users[county_login(str(notice.area_id))]
        words = "没有异议。漏查的条目已组织学校逐条补查，整改情况随问题台账上报。（演示）"
        actions.reply(notice, words=words, by=by, at=moment(day + timedelta(days=3)), why=WHY)


def open_last(checklist: Checklist, users: dict[str, User]) -> None:
    """The last round of 2024 is open without an end; every fourth school has sent its self-check."""
    one = Round.objects.filter(code=OPEN).first()
    if one is None:
        return
    by, first = users["anquan"], one.opened_on
    windows: dict[str, tuple[date | None, date | None]] = {
        level: (first + timedelta(days=days), None)
        for level, days in (("self", 0), ("county", 14), ("cross", 28), ("city", 42))
    }
    actions.plan_round(
        one, checklist=checklist, kinds=KINDS, windows=windows, by=by, at=moment(first), why=WHY
    )
    actions.open_round(one, by=by, at=moment(first), why=WHY)
    send_some(one, checklist, first + timedelta(days=4), users)


def send_some(one: Round, checklist: Checklist, day: date, users: dict[str, User]) -> None:
    """Self-checks that were sent, all good: what others will find there is still to be seen. Demonstration schools wait."""
    waiting = set(User.objects.filter(grants__school__isnull=False).values_list("grants__school", flat=True))
    due = (
        Sheet.objects.filter(round=one, level=CheckLevel.SELF)
        .exclude(school__in=waiting)
        .select_related("school")
    )
    sheets = list(due.order_by("school__code"))[::SENT_ALREADY]
    answers: list[Answer] = []
    asked = asked_of(checklist)
    before = [columns_of(sheet) for sheet in sheets]
    for sheet in sheets:
        items = asked[sheet.boarding]
        sheet.state, sheet.done_on, sheet.items = SheetState.SENT, day, len(items)
        sheet.begun_at, sheet.sent_at = moment(day, time(15)), moment(day, time(16))
        sheet.begun_by = sheet.sent_by = f"校长（{sheet.school.code}）"
        answers += [Answer(sheet_id=sheet.pk, item_id=item.pk, result=PASS) for item in items]
    if not sheets:
        return
    names = ["state", "done_on", "items", "begun_at", "sent_at", "begun_by", "sent_by"]
    Sheet.objects.bulk_update(sheets, names, batch_size=500)
    insert_rows(Answer, answers)
    at = moment(day, time(17))
    append_many([
        *drafts_of(zip(sheets, before, strict=True), by="anquan", at=at, why=WHY, verb=Verb.DEED.value),
        batch(Answer, answers, ([a.sheet_id, a.item_id, a.result] for a in answers), by="anquan", at=at),
    ])  # fmt: skip
