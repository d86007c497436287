"""Comparing a list with the roll: exact ones are links, doubtful ones pairs for people, the others only a number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.domains.partnerlists.queries.roll import listed_of, roll_of
from junheng.domains.partnerlists.terms import Outcome, PairState
from junheng.kernel.errors import Conflict
from junheng.kernel.linkage import Links, Pair, Part, Roll, Verdict, link, notes_told, reasons_of, sure_of

Tell = Callable[[int, int, str], None]


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
