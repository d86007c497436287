"""Three-level inspection of the demonstration city: the rounds of the books get their checklist and their sheets.

Every inspection of both rounds of 2023 gets the sheet it would have come from, with as many failed items as the books
count. Of schools in the city's sample the failed items are findings too. One county is lenient: it looks elsewhere
than where the city finds something. The last round of 2024 is open, and some schools have sent theirs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
from junheng.platform.audit.inserting import insert_rows, insert_tuples, next_numbers
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
Said = tuple[int, int, str, str, int | None]
"""The sheet, the item, the result, the note and the finding of an answer."""
Asked = dict[bool, list[ChecklistItem]]
"""The items for boarding schools and for others."""
PRINCIPAL = "校长（演示）"
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
    append_many(
        [
            batch(
                ChecklistItem,
                [row.pk for row in rows],
                [[row.number, row.clause] for row in rows],
                by="anquan",
                at=at,
            )
        ]
    )
    return lists.issue(one, by=by, at=at, why=WHY)


def batch(
    model: Any, numbers: Sequence[int], values: Iterable[Sequence[Any]], *, by: str, at: datetime
) -> Draft:
    """The entry of rows that were written together."""
    return batch_draft(
        model, first_row=numbers[0], last_row=numbers[-1], count=len(numbers), digest=digest_of_rows(values),
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
    at, drafts = moment(one.closed_on), []
    for county in sorted(counties):
        sheets = sheets_of(one, counties[county], asked)
        insert_rows(Sheet, sheets)
        said = [
            (sheet, item, item.pk in failed)
            for sheet in sheets
            for failed in [failed_in(sheet, asked[sheet.boarding], lenient=lenient)]
            for item in asked[sheet.boarding]
        ]
        findings = add_findings(
            [(sheet, item) for sheet, item, bad in said if bad and sheet.school_id in sampled], at=at
        )
        answers = [
            (
                sheet.pk,
                item.pk,
                FAIL if bad else PASS,
                note_on(item) if bad else "",
                findings.get((sheet.pk, item.pk)),
            )
            for sheet, item, bad in said
        ]
        by_county = county_login(county)
        drafts.append(
            batch(
                Sheet,
                [row.pk for row in sheets],
                ([s.school_id, s.level, s.failed] for s in sheets),
                by=by_county,
                at=at,
            )
        )
        drafts.append(insert_answers(answers, by=by_county, at=at))
    append_many(drafts)


def insert_answers(answers: Sequence[Said], *, by: str, at: datetime) -> Draft:
    """Write very many answers as they are, without a model of each; the entry that says so."""
    numbers = next_numbers(Answer, len(answers))
    insert_tuples(
        Answer._meta.db_table,
        ("id", "sheet_id", "item_id", "result", "note", "finding_id"),
        ((number, *answer) for number, answer in zip(numbers, answers, strict=True)),
    )
    return batch(Answer, numbers, (answer[:3] for answer in answers), by=by, at=at)


def note_on(item: ChecklistItem) -> str:
    """What is said of an item that fails."""
    return f"{item.section}：现场不符合（演示）"


def asked_of(checklist: Checklist) -> Asked:
    """The items for day schools and for boarding schools; no item of the list asks for a stage or a kind."""
    return {boarding: items_for(checklist, kind="primary", boarding=boarding) for boarding in (False, True)}


def lenient_county(rows: Iterable[Inspection], sampled: set[int]) -> str:
    """Who inspected most of the schools that the city drew: planted as overlooking what the city finds there."""
    counted = Counter(
        str(row.by_area_id) for row in rows if row.level == CheckLevel.COUNTY and row.school_id in sampled
    )
    return max(counted, key=lambda code: (counted[code], code), default="")


def sheets_of(one: Round, rows: list[Inspection], asked: Asked) -> list[Sheet]:
    """A sent sheet for each inspection; what a school said of itself is disclosed when it was inspected."""
    inspected = {row.school_id: row.done_on for row in rows if row.level == CheckLevel.COUNTY}
    made = []
    for row in rows:
        level = CheckLevel(row.level)
        sent = moment(row.done_on, BY_HOUR[level])
        own = level == CheckLevel.SELF
        disclosed = moment(inspected[row.school_id], BY_HOUR[CheckLevel.COUNTY]) if own else sent
        who = (
            PRINCIPAL if own else "anquan" if level == CheckLevel.CITY else county_login(str(row.by_area_id))
        )
        sheet = Sheet(
            round=one, school=row.school, area_id=row.area_id, level=level, by_area_id=row.by_area_id,
            kind=row.school.kind, boarding=row.school.boarding, draw=row.draw or "", state=SheetState.SENT,
            done_on=row.done_on, begun_at=sent - timedelta(hours=1), begun_by=who, sent_at=sent, sent_by=who,
            disclosed_at=disclosed, items=len(asked[row.school.boarding]),
            failed=row.findings, inspection=row,
        )  # fmt: skip
        made.append(sheet)
    return made


def failed_in(sheet: Sheet, items: list[ChecklistItem], *, lenient: str) -> set[int]:
    """The items that fail in a sheet: those of a school come in one order, in which a lenient county looks last."""
    order = troubles(sheet, items)
    if sheet.level == CheckLevel.COUNTY and str(sheet.by_area_id) == lenient:
        order.reverse()
    return set(order[: sheet.failed])


def troubles(row: Sheet, items: list[ChecklistItem]) -> list[int]:
    """The items that could fail at a school in a round, in an order of its own; none of them is a major hazard."""
    draw = sha256(f"{row.round_id}/{row.school_id}".encode()).digest()
    able = [item.pk for item in items if item.grade != "major"]
    return sorted(able, key=lambda pk: (draw[pk % 32] * 251 + pk * 17) % 257)


def add_findings(failed: list[tuple[Sheet, ChecklistItem]], *, at: datetime) -> dict[tuple[int, int], int]:
    """The findings of failed items, closed as far as the books count them as put right; by sheet and item."""
    if not failed:
        return {}
    year = day_of(failed[0][0]).year
    number = int(next_code(year).rpartition("-")[2])
    closed: Counter[int] = Counter()
    findings, steps = [], []
    for place, (sheet, item) in enumerate(failed):
        book, day = sheet.inspection, day_of(sheet)
        assert book is not None
        one = new_finding(
            code=f"YH{year}-{number + place:06d}", source="inspections", source_row=book.pk,
            what=f"{note_on(item)}（{item.number} {item.clause}）", severity=Severity(item.grade), area=book.area,
            school=sheet.school, owner=sheet.school.name, found_on=day, found_by=sheet.sent_by,
            place=item.section, cites=item.citation,
        )  # fmt: skip
        steps.append(new_step(one, StepKind.FOUND, on=day, at=at, who=one.found_by, words=one.what))
        closed[book.pk] += 1
        if closed[book.pk] <= book.remedied:
            put_right(one, steps, at=at)
        findings.append(one)
    insert_rows(Finding, findings)
    for step in steps:
        step.finding_id = step.finding.pk
    insert_rows(FindingStep, steps)
    append_many([
        batch(Finding, [f.pk for f in findings], ([f.code, f.state] for f in findings), by="anquan", at=at),
        batch(FindingStep, [s.pk for s in steps], ([s.finding_id, s.kind] for s in steps), by="anquan", at=at),
    ])  # fmt: skip
    return {(sheet.pk, item.pk): one.pk for (sheet, item), one in zip(failed, findings, strict=True)}


def day_of(sheet: Sheet) -> date:
    """The day of a sheet that was sent."""
    assert sheet.done_on is not None
    return sheet.done_on


def put_right(one: Finding, steps: list[FindingStep], *, at: datetime) -> None:
    """Remedied by the school after three days, and closed two days later by its county."""
    one.remedied_on, one.remedied_by = one.found_on + timedelta(days=3), PRINCIPAL
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
    due = Sheet.objects.filter(round=one, level=CheckLevel.SELF).exclude(school__in=waiting)
    sheets = list(due.order_by("school__code"))[::SENT_ALREADY]
    if not sheets:
        return
    asked, before = asked_of(checklist), [columns_of(sheet) for sheet in sheets]
    facts = {
        "state": SheetState.SENT, "done_on": day, "begun_at": moment(day, time(15)), "sent_at": moment(day, time(16)),
        "begun_by": PRINCIPAL, "sent_by": PRINCIPAL,
    }  # fmt: skip
    for boarding, items in asked.items():
        these = [sheet for sheet in sheets if sheet.boarding == boarding]
        Sheet.objects.filter(pk__in=[sheet.pk for sheet in these]).update(**facts, items=len(items))
    after = Sheet.objects.in_bulk([sheet.pk for sheet in sheets])
    changes = [(after[sheet.pk], columns) for sheet, columns in zip(sheets, before, strict=True)]
    at = moment(day, time(17))
    said: list[Said] = [
        (sheet.pk, item.pk, PASS, "", None) for sheet in sheets for item in asked[sheet.boarding]
    ]
    append_many([
        *drafts_of(changes, by="anquan", at=at, why=WHY, verb=Verb.DEED.value),
        insert_answers(said, by="anquan", at=at),
    ])  # fmt: skip
