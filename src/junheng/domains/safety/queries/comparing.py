"""The levels beside each other, item by item: for a school, a county, a round. Only what was not good is read.

All sent sheets of a school in a round judge the same items, so that the good ones follow from the number of items.
A pair of which one side could read the other before it sent its own is left out: it is no comparison.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from junheng.domains.safety.models import Answer, Round, Sheet
from junheng.domains.safety.queries.rounds import schools_in
from junheng.domains.safety.terms import ORDER, CheckLevel, Result, SheetState
from junheng.kernel.inspections.differences import Ratio, Seen, Table, beside, first_seen, weight

PAIRS = (
    (CheckLevel.SELF, CheckLevel.COUNTY),
    (CheckLevel.SELF, CheckLevel.CROSS),
    (CheckLevel.SELF, CheckLevel.CITY),
    (CheckLevel.COUNTY, CheckLevel.CITY),
    (CheckLevel.CROSS, CheckLevel.CITY),
)
"""Which levels are compared: the nearer one first, so that what it overlooked is what the farther one found."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One sent sheet as values."""

    pk: int
    round: int
    school: int
    county: str
    level: str
    by_area: str
    done_on: date
    sent_at: Any
    disclosed_at: Any
    seen: Seen


@dataclass(slots=True)
class Report:
    """What the levels say beside each other."""

    tables: dict[tuple[str, str], Table] = field(default_factory=dict)
    by_county: dict[str, dict[tuple[str, str], Table]] = field(default_factory=lambda: defaultdict(dict))
    by_inspector: dict[str, Table] = field(default_factory=dict)
    """Who inspected schools for a county, against the city at the same schools."""
    first: Counter[str] = field(default_factory=Counter)
    """Items that failed anywhere, by the level that saw it first."""
    unseen: Counter[int] = field(default_factory=Counter)
    """Items that others found and the school had not, by how many schools."""
    all_good: dict[int, int] = field(default_factory=dict)
    """Schools that found nothing about themselves, and how much others found there."""
    overlooked: dict[int, Ratio] = field(default_factory=dict)
    """For every school that others looked at: what it missed, of what they found."""
    known_before: int = 0
    """Pairs that were left out."""
    sheets: int = 0


COLUMNS = (
    "pk", "round_id", "school_id", "area_id", "level", "by_area_id", "done_on", "sent_at", "disclosed_at", "items",
)  # fmt: skip


def sent_of(rows: "QuerySet[Sheet]") -> list[Sent]:
    """Sent sheets with what was not good in them: two questions."""
    rows = rows.filter(state=SheetState.SENT).order_by("pk")
    failed: dict[int, set[int]] = defaultdict(set)
    left_out: dict[int, set[int]] = defaultdict(set)
    answers = Answer.objects.exclude(result=Result.PASS).filter(sheet__in=rows.order_by().values("pk"))
    for sheet, item, result in answers.values_list("sheet", "item", "result"):
        (failed if result == Result.FAIL else left_out)[sheet].add(item)
    return [
        Sent(
            pk, round_, school, area[:6], level, by_area or "", done_on, sent_at, disclosed_at,
            Seen(items, frozenset(failed[pk]), frozenset(left_out[pk])),
        )
        for pk, round_, school, area, level, by_area, done_on, sent_at, disclosed_at, items in rows.values_list(*COLUMNS)
    ]  # fmt: skip


def report_of(rows: "QuerySet[Sheet]") -> Report:
    """Compare all that was sent in some sheets, which all belong to one round."""
    return next(iter(reports_of(rows).values()), Report())


def reports_of(rows: "QuerySet[Sheet]") -> dict[int, Report]:
    """The same for sheets of several rounds, by the number of the round. Two questions, however many there are."""
    found: dict[int, Report] = {}
    schools: dict[tuple[int, int], dict[str, Sent]] = defaultdict(dict)
    for one in sent_of(rows):
        schools[one.round, one.school][one.level] = one
        found.setdefault(one.round, Report()).sheets += 1
    for (round_, school), sheets in schools.items():
        compare(found[round_], school, sheets)
    return found


def compare(found: Report, school: int, sheets: Mapping[str, Sent]) -> None:
    """Add one school to a report."""
    for pair in PAIRS:
        first, second = sheets.get(pair[0]), sheets.get(pair[1])
        if first is None or second is None:
            continue
        if known_before(first, second):
            found.known_before += 1
            continue
        table = beside(first.seen, second.seen)
        here = found.by_county[first.county]
        found.tables[pair] = found.tables.get(pair, Table()) + table
        here[pair] = here.get(pair, Table()) + table
        if pair[1] == CheckLevel.CITY and pair[0] != CheckLevel.SELF:
            of = found.by_inspector
            of[first.by_area] = of.get(first.by_area, Table()) + table
    failures: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for one in sheets.values():
        for item in one.seen.failed:
            failures[item].append((one.done_on, ORDER.index(one.level)))
    found.first.update(ORDER[level] for level in first_seen(failures).values())
    own = sheets.get(CheckLevel.SELF)
    others = [one for one in sheets.values() if own and one is not own and not known_before(own, one)]
    if own is None or not others:
        return
    by_others = frozenset[int]().union(*(one.seen.failed for one in others)) - own.seen.left_out
    missed = by_others - own.seen.failed
    found.unseen.update(missed)
    found.overlooked[school] = (len(missed), len(by_others))
    if not own.seen.failed and by_others:
        found.all_good[school] = len(by_others)


def known_before(first: Sent, second: Sent) -> bool:
    """Whether a school's own sheet and another could be read by the other side before that side had sent its own.

    A school reads what others found there. A county reads what its schools say of themselves; a team from another
    county and the city's do not look before they have sent theirs.
    """
    if first.level != CheckLevel.SELF:
        return False
    if second.sent_at < first.sent_at:
        return second.disclosed_at is not None
    of_county = second.level == CheckLevel.COUNTY and second.by_area == first.county
    return of_county and first.disclosed_at is not None and first.disclosed_at < second.sent_at


def weights_of(one: Round, *, on: date) -> dict[int, int]:
    """How likely each school of a round is drawn next: by what it overlooked about itself up to a day, see ``weight``."""
    sheets = Sheet.objects.filter(round=one, done_on__lte=on)
    overlooked = report_of(sheets).overlooked
    return {pk: weight(*overlooked.get(pk, (0, 0))) for pk in schools_in(one).values_list("pk", flat=True)}


def county_leniency(one: Round) -> dict[str, Ratio]:
    """What those who inspected for a county missed of what the city found at the same schools, by county."""
    return {
        code: table.overlooked
        for code, table in report_of(Sheet.objects.filter(round=one)).by_inspector.items()
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One item of one school as the levels judged it."""

    item: Any
    results: tuple[tuple[Sheet, Answer | None], ...]
    first: str
    differs: bool

    @property
    def first_label(self) -> str:
        """The level that saw it first, in words."""
        return str(CheckLevel(self.first).label) if self.first else ""


def school_rows(sheets: Iterable[Sheet]) -> list[Line]:
    """Item by item what the sent sheets of one school in one round say, in the order of ``sheets``. One question."""
    shown = list(sheets)
    place = {one.pk: index for index, one in enumerate(shown)}
    rows: dict[int, list[Answer | None]] = {}
    items: dict[int, Any] = {}
    answers = (
        Answer.objects.filter(sheet__in=shown)
        .select_related("item")
        .order_by("item__position", "item__number")
    )
    for answer in answers:
        items[answer.item_id] = answer.item
        rows.setdefault(answer.item_id, [None] * len(shown))[place[answer.sheet_id]] = answer
    lines = []
    for pk, results in rows.items():
        failing = [
            (shown[index].done_on, ORDER.index(shown[index].level))
            for index, answer in enumerate(results)
            if answer is not None and answer.result == Result.FAIL
        ]
        said = {one.result for one in results if one is not None} - {Result.NA}
        first = ORDER[min(failing)[1]] if failing else ""
        lines.append(Line(items[pk], tuple(zip(shown, results, strict=True)), first, len(said) > 1))
    return lines
