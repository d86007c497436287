"""Comparing a list with the roll: exact ones are linked, doubtful ones wait for people, the others are only counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.domains.partnerlists.policies.scope import check_officer
from junheng.domains.partnerlists.queries.roll import listed_of, roll_of
from junheng.domains.partnerlists.terms import DECIDED, Outcome, PairState
from junheng.domains.pupils.models import Pupil
from junheng.kernel.errors import Conflict
from junheng.kernel.linkage import Links, Pair, Part, Roll, Verdict, link, notes_told, reasons_of, sure_of
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

BATCH = 2_000
Tell = Callable[[int, int, str], None]
Decision = dict[tuple[int, str], PartnerPair]
"""What was decided before, by the line and the pupil number (looked up by)."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a comparison found, before any of it is written."""

    source: int
    on: date
    outcomes: dict[int, Outcome]
    pairs: list[PartnerPair]


def quietly(done: int, total: int, step: str) -> None:
    """Tell nobody."""


def look_for(source: PartnerList, *, on: date, roll: Roll | None = None, tell: Tell = quietly) -> Matched:
    """Compare, and write nothing. ``roll`` is that of the day where whoever asks has read it already."""
    require_current(source)
    tell(0, 4, _("正在打开名单"))
    rows = list(source.rows.order_by("pk"))
    tell(1, 4, _("正在读取在籍名册"))
    known = roll or roll_of(on, rows)
    listed = listed_of(source, rows)
    tell(2, 4, _("正在比对"))
    links = link(known, listed)
    tell(3, 4, _("正在整理结果"))
    outcomes, pairs = dict[int, Outcome](), list[PartnerPair]()
    for row in rows:
        outcome, found = result_of(row, links)
        outcomes[row.pk] = outcome
        pairs += found
    return Matched(source.pk, on, outcomes, pairs)


def result_of(row: PartnerRow, links: Links) -> tuple[Outcome, list[PartnerPair]]:
    """What became of one line, with its pairs."""
    verdict = links.verdict_of(row.pk)
    if verdict == Verdict.EXACT:
        return Outcome.EXACT, [
            PartnerPair(
                row=row, pupil_id=int(links.pupil[links.at(row.pk)]), exact=True, state=PairState.SAME
            )
        ]
    if verdict != Verdict.DOUBTFUL:
        return Outcome.NOT_HERE, []
    return Outcome.DOUBTFUL, [doubtful(row, one, links) for one in links.of(row.pk)]


def doubtful(row: PartnerRow, pair: Pair, links: Links) -> PartnerPair:
    """A pair for people, with how sure it looks and why; no sentence holds a name, a number or a day."""
    notes = notes_told(links.notes_of(row.pk), namesakes=int(links.namesakes[links.at(row.pk)]))
    return PartnerPair(
        row=row, pupil_id=pair.pupil, exact=False, score=pair.score, name_differs=Part.NAME in pair.differing(),
        reasons=[[one.template, one.parts] for one in (sure_of(pair), *notes, *reasons_of(pair))],
    )  # fmt: skip


@transaction.atomic
def write_down(matched: Matched, *, by: Any, at: datetime, why: str) -> PartnerList:
    """Write what a comparison found. What people decided before stays, also for lines that say the same as before."""
    source = PartnerList.objects.select_for_update().get(pk=matched.source)
    check_officer(source.area_id, by=by, at=at)
    require_current(source)
    known = {(one.row_id, one.pupil_id): one for one in PartnerPair.objects.filter(row__partner_list=source)}
    offered = {(one.row_id, one.pupil_id) for one in matched.pairs}
    gone = [one.pk for mark, one in known.items() if mark not in offered and one.state == PairState.OPEN]
    PartnerPair.objects.filter(pk__in=gone).delete()
    carry(matched, source)
    fresh = [one for one in matched.pairs if (one.row_id, one.pupil_id) not in known]
    taken = {one.row_id for one in known.values() if one.state == PairState.SAME}
    for one in fresh:  # somebody decided already who this line is
        if one.row_id in taken and one.state == PairState.SAME:
            one.state, one.exact = PairState.OPEN, False
    PartnerPair.objects.bulk_create(fresh, batch_size=BATCH)
    note_outcomes(source, matched.outcomes)
    replace_former(source, by=by, at=at, why=why)
    source.matched_at, source.roll_on = at, matched.on
    save_row(source, by=by, at=at, why=why, verb=Verb.DEED.value)
    counts = Counter(matched.outcomes.values())
    after = {one.value: counts[one] for one in Outcome if counts[one]} | {"gone": len(gone)}
    record(source, Verb.DEED.value, by=name_of(by), at=at, why=why, after=after)
    return source


def match(source: PartnerList, *, on: date, by: Any, at: datetime, why: str) -> PartnerList:
    """Compare a list and write what was found."""
    check_officer(source.area_id, by=by, at=at)
    return write_down(look_for(source, on=on), by=by, at=at, why=why)


def carry(matched: Matched, source: PartnerList) -> None:
    """Have doubtful pairs decided as they were: where the line says the same as in the last version, about the same pupil."""
    former = {one.pk: one.former_id for one in source.rows.exclude(former=None).only("pk", "former")}
    lines = [*former.values(), *matched.outcomes]
    decided: Decision = {}
    asked = PartnerPair.objects.filter(
        row__partner_list__in=[one for one in (source.pk, source.former_id) if one],
        exact=False,
        state__in=DECIDED,
    ).select_related("pupil")
    known = set(lines)
    for one in asked:
        if one.row_id in known and one.pupil.code_blind:
            decided[one.row_id, one.pupil.code_blind] = one
    if not decided:
        return
    numbers = {one.pupil_id for one in matched.pairs if not one.exact}
    codes = codes_of(numbers)
    for pair in matched.pairs:
        code = codes.get(pair.pupil_id, "")
        before = decided.get((pair.row_id, code)) or decided.get((former.get(pair.row_id) or 0, code))
        if pair.exact or before is None:
            continue
        pair.state, pair.carried = before.state, True
        pair.decided_by, pair.decided_at = before.decided_by, before.decided_at
        pair.confirmed_by, pair.words = before.confirmed_by, before.words


def codes_of(pupils: set[int]) -> dict[int, str]:
    """What the pupil numbers of some pupils are looked up by."""
    found: dict[int, str] = {}
    numbers = sorted(pupils)
    for start in range(0, len(numbers), BATCH):
        some = Pupil.objects.filter(pk__in=numbers[start : start + BATCH])
        found |= {pk: code or "" for pk, code in some.values_list("pk", "code_blind")}
    return found


def note_outcomes(source: PartnerList, outcomes: dict[int, Outcome]) -> None:
    """Write what became of each line, those of one kind together."""
    for outcome in Outcome:
        numbers = [row for row, found in outcomes.items() if found == outcome]
        for start in range(0, len(numbers), BATCH):
            source.rows.filter(pk__in=numbers[start : start + BATCH]).update(outcome=outcome)


def replace_former(source: PartnerList, *, by: Any, at: datetime, why: str) -> None:
    """From the day of this list on the last version holds no longer."""
    former = source.former
    if former is not None and former.replaced_on is None:
        former.replaced_on = source.as_of
        save_row(former, by=by, at=at, why=why, verb=Verb.DEED.value)


def require_current(source: PartnerList) -> None:
    """Refuse to work on a list that another has replaced, or whose lines are destroyed."""
    if source.erased_on:
        raise Conflict("partner-list-erased", "这份名单保存期满，内容已经销毁，不能再办理。请使用新的名单。")
    if source.replaced_on:
        raise Conflict(
            "partner-list-replaced",
            "这份名单已被截至 {day} 的新名单取代，不能再办理。请到新名单中办理。",
            day=source.replaced_on.isoformat(),
        )
