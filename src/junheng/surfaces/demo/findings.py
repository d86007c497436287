"""Hazards at the waters in the demonstration city: what the year's checks found, remedied, checked again, or overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from junheng.domains.findings.actions import escalate_overdue, new_finding, new_step
from junheng.domains.findings.actions.opening import next_code
from junheng.domains.findings.models import Finding, FindingStep
from junheng.domains.findings.terms import Effort, FindingState, Raised, Severity, StepKind
from junheng.domains.patrols.models import Check
from junheng.platform.audit.append import append_many
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import drafts_of
from junheng.surfaces.demo.faults import DAY
from junheng.surfaces.demo.logins import county_login

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2023, 1, 1)
WHY = "按演示方案办理"
ONE = timedelta(days=1)
GRADES = {"护栏破损": (Severity.SERIOUS, Effort.USUAL), "警示牌缺失": (Severity.GENERAL, Effort.USUAL)}
"""What is not named is general and easy to remedy."""
LEFT_ALONE = 40
"""One in so many of autumn, beginning with the first, is planted as overdue."""
SENT_BACK = 25
"""One in so many is not remedied at the first try."""
AUTUMN = (date(2023, 10, 15), date(2023, 12, 1))


@dataclass(frozen=True, slots=True)
class Planted:
    """What a page must show, by the kind of trouble: the numbers of the findings."""

    overdue: tuple[int, ...]
    sent_back: tuple[int, ...]
    listed: tuple[int, ...]


@transaction.atomic
def add_findings() -> Planted:
    """A finding for every check that found something, written many at once."""
    beyond = datetime.combine(DAY + ONE, time(), SHANGHAI)
    found = Check.objects.filter(hazard__isnull=False, checked_at__lt=beyond).order_by("pk")
    checks = list(
        found.filter(checked_at__gte=datetime.combine(FIRST, time(), SHANGHAI)).select_related(
            "water__area", "person"
        )
    )
    number = int(next_code(FIRST.year).rpartition("-")[2])
    rows, steps = [], []
    autumn = 0
    overdue: list[Finding] = []
    sent_back: list[Finding] = []
    for place, check in enumerate(checks):
        one = of_check(check, code=f"YH{FIRST.year}-{number + place:06d}")
        rows.append(one)
        steps.append(step(one, StepKind.FOUND, one.found_on, one.found_by, one.what))
        autumn += (left := AUTUMN[0] <= one.found_on <= AUTUMN[1])
        dice = sha256(check.water.code.encode() + str(one.found_on).encode()).digest()
        if left and autumn % LEFT_ALONE == 1:
            overdue.append(one)
            continue
        again = place % SENT_BACK == 7
        steps += went_on(one, dice, again=again)
        if again and one.reopened:
            sent_back.append(one)
    listed = major(rows, steps)
    write(rows, steps)
    escalate_overdue(on=DAY, by="junheng", at=moment(DAY), why=WHY)
    return Planted(*(tuple(one.pk for one in chosen) for chosen in (overdue, sent_back, listed)))


def of_check(check: Check, *, code: str) -> Finding:
    """What a check found, owed by whoever looks after the water."""
    water = check.water
    severity, effort = GRADES.get(str(check.hazard), (Severity.GENERAL, Effort.EASY))
    return new_finding(
        code=code, source="checks", source_row=check.pk, what=str(check.hazard), severity=severity,
        area=water.area, water=water, owner=water.owner or water.area.name,
        found_on=timezone.localdate(check.checked_at), found_by=check.person.name, effort=effort,
    )  # fmt: skip


def went_on(one: Finding, dice: bytes, *, again: bool) -> Iterator[FindingStep]:
    """What was done about it until the last day of the books: remedied within the limit, closed by the county."""
    done, seen = one.found_on + (2 + dice[0] % 5) * ONE, (1 + dice[1] % 3) * ONE
    who, closer = f"{one.owner}（演示）", county_login(str(one.area_id)[:6])
    tries = [done, done + seen + 3 * ONE] if again else [done]
    for place, day in enumerate(tries):
        if day > DAY:
            return
        one.state, one.remedied_on, one.remedied_by = FindingState.REMEDIED, day, who
        yield step(one, StepKind.REMEDIED, day, who, "已整改（演示）", proof=f"照片 {1 + dice[2] % 3} 张")
        if day + seen > DAY:
            return
        if place + 1 < len(tries):
            one.state, one.remedied_on, one.remedied_by, one.reopened = FindingState.OPEN, None, "", 1
            one.due_on = max(one.due_on, day + seen + 7 * ONE)
            yield step(one, StepKind.REOPENED, day + seen, closer, "现场复查，没有改到位（演示）")
    one.state, one.closed_on, one.closed_by = FindingState.CLOSED, tries[-1] + seen, closer
    yield step(one, StepKind.CLOSED, one.closed_on, closer, "现场复查，已整改到位（演示）")


def major(rows: list[Finding], steps: list[FindingStep]) -> list[Finding]:
    """The last two broken fences are major: one planned and on the city's list, one neither."""
    found = [one for one in rows if one.severity == Severity.SERIOUS][-2:]
    for one in found:
        one.severity, one.what, one.state = Severity.MAJOR, "护岸坍塌，随时可能落水", FindingState.OPEN
        one.remedied_on, one.remedied_by, one.closed_on, one.closed_by = None, "", None, ""
        one.due_on, one.reopened = one.found_on + 3 * ONE, 0
        steps[:] = [each for each in steps if each.finding is not one or each.kind == StepKind.FOUND]
    for one in found[:1]:
        day = min(one.found_on + ONE, DAY)
        one.measures, one.plan, one.money_fen = "封闭岸段，加固护岸", "设警戒线，专人值守", 18_000_000
        one.planned_on, one.due_on = day, one.found_on + 60 * ONE
        one.listed, one.listed_on = Raised.CITY, day
        steps += [
            step(one, StepKind.PLANNED, day, f"{one.owner}（演示）", one.measures),
            step(one, StepKind.LISTED, day, "anquan", f"{Raised.CITY.label}：演示督〔2023〕12号"),
        ]
    return found[:1]


def step(one: Finding, kind: StepKind, day: date, who: str, words: str, *, proof: str = "") -> FindingStep:
    """A step at nine in the morning of its day."""
    return new_step(one, kind, on=day, at=moment(day), who=who, words=words, proof=proof)


def moment(day: date) -> datetime:
    """Nine in the morning."""
    return datetime.combine(day, time(9), SHANGHAI)


def write(rows: list[Finding], steps: list[FindingStep]) -> None:
    """Rows, their steps, and an entry for each."""
    insert_rows(Finding, rows)
    for one in steps:
        one.finding_id = one.finding.pk
    steps.sort(key=lambda one: (one.finding_id, one.on))
    insert_rows(FindingStep, steps)
    at = moment(DAY)
    append_many(
        list(drafts_of(((one, None) for one in rows), by="anquan", at=at, why=WHY, verb=Verb.DEED.value))
    )
    append_many(
        list(drafts_of(((one, None) for one in steps), by="anquan", at=at, why=WHY, verb=Verb.DEED.value))
    )
