"""Writing what a comparison found beside what is known: what people decided stays, also where a pupil changed schools."""

from collections import Counter
from datetime import date, datetime
from typing import Any

from django.db import transaction

from junheng.domains.partnerlists.actions.matching import Matched, look_for, require_current
from junheng.domains.partnerlists.models import PartnerList, PartnerPair
from junheng.domains.partnerlists.policies.scope import check_officer
from junheng.domains.partnerlists.terms import DECIDED, Outcome, PairState
from junheng.domains.pupils.models import Pupil
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

BATCH = 2_000
MOVED = "学生已转到另一条在籍记录"
Known = dict[tuple[int, int], PartnerPair]
"""The pairs of a list by line and pupil."""


def match(source: PartnerList, *, on: date, by: Any, at: datetime, why: str) -> PartnerList:
    """Compare a list and write what was found."""
    check_officer(source.area_id, by=by, at=at)
    return write_down(look_for(source, on=on), by=by, at=at, why=why)


@transaction.atomic
def write_down(matched: Matched, *, by: Any, at: datetime, why: str) -> PartnerList:
    """Write what a comparison found, with one entry that says how many lines are where."""
    source = PartnerList.objects.select_for_update().get(pk=matched.source)
    check_officer(source.area_id, by=by, at=at)
    require_current(source)
    known: Known = {
        (one.row_id, one.pupil_id): one for one in PartnerPair.objects.filter(row__partner_list=source)
    }
    codes = codes_of({one.pupil_id for one in (*matched.pairs, *known.values())})
    follow(matched, known, codes, by=by, at=at)
    gone = let_go(matched, known)
    renew(matched, known)
    fresh = [one for one in matched.pairs if (one.row_id, one.pupil_id) not in known]
    carry(fresh, source, codes)
    ask_again(fresh, known)
    PartnerPair.objects.bulk_create(fresh, batch_size=BATCH)
    note_outcomes(source, matched.outcomes)
    replace_former(source, by=by, at=at, why=why)
    source.matched_at, source.roll_on = at, matched.on
    save_row(source, by=by, at=at, why=why, verb=Verb.DEED.value)
    counts = Counter(matched.outcomes.values())
    after = {one.value: counts[one] for one in Outcome if counts[one]} | {"gone": gone}
    record(source, Verb.DEED.value, by=name_of(by), at=at, why=why, after=after)
    return source


def follow(matched: Matched, known: Known, codes: dict[int, str], *, by: Any, at: datetime) -> None:
    """Have a pair go along with a pupil who has changed schools since: another row of the roll, the same pupil number."""
    offered = {(one.row_id, one.pupil_id) for one in matched.pairs}
    left = {(row, codes[pupil]): one for (row, pupil), one in known.items() if (row, pupil) not in offered}
    for one in matched.pairs:
        code = codes[one.pupil_id]
        old = left.pop((one.row_id, code), None) if code and (one.row_id, one.pupil_id) not in known else None
        if old is not None:
            del known[old.row_id, old.pupil_id]
            old.pupil_id = one.pupil_id
            save_row(old, by=by, at=at, why=MOVED, verb=Verb.DEED.value)
            known[old.row_id, old.pupil_id] = old


def let_go(matched: Matched, known: Known) -> int:
    """Take away the pairs that nobody decided and that are no longer offered; answers with how many."""
    offered = {(one.row_id, one.pupil_id) for one in matched.pairs}
    gone = [one for mark, one in known.items() if mark not in offered and one.state == PairState.OPEN]
    PartnerPair.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for one in gone:
        del known[one.row_id, one.pupil_id]
    return len(gone)


def renew(matched: Matched, known: Known) -> None:
    """Say anew why an open pair is offered; one that agrees by now is a link."""
    changed = []
    for one in matched.pairs:
        old = known.get((one.row_id, one.pupil_id))
        if old is not None and old.state == PairState.OPEN:
            old.state, old.exact, old.score = one.state, one.exact, one.score
            old.reasons, old.name_differs = one.reasons, one.name_differs
            changed.append(old)
    names = ["state", "exact", "score", "reasons", "name_differs"]
    PartnerPair.objects.bulk_update(changed, names, batch_size=BATCH // len(names))


def carry(fresh: list[PartnerPair], source: PartnerList, codes: dict[int, str]) -> None:
    """Have pairs decided as in the last version: where the line says the same, about the same pupil, and only one fits."""
    lines = dict(source.rows.exclude(former=None).values_list("pk", "former"))
    asked = PartnerPair.objects.filter(row__partner_list=source.former_id, exact=False, state__in=DECIDED)
    decided = {
        (one.row_id, one.pupil.code_blind): one
        for one in asked.select_related("pupil")
        if one.pupil.code_blind
    }
    linked = {one.pupil_id for one in fresh if one.exact}
    times = Counter((one.row_id, codes[one.pupil_id]) for one in fresh)
    for pair in fresh:
        code = codes[pair.pupil_id]
        before = decided.get((lines.get(pair.row_id) or 0, code))
        if pair.exact or before is None or times[pair.row_id, code] > 1:
            continue
        if before.state == PairState.SAME and pair.pupil_id in linked:
            continue
        pair.state, pair.carried = PairState(before.state), True
        pair.decided_by, pair.decided_at = before.decided_by, before.decided_at
        pair.confirmed_by, pair.words = before.confirmed_by, before.words


def ask_again(fresh: list[PartnerPair], known: Known) -> None:
    """Where people have decided who a line is and the roll now says another, nobody is linked: it is asked."""
    taken = {one.row_id for one in known.values() if one.state == PairState.SAME}
    for one in fresh:
        if one.row_id in taken and one.state == PairState.SAME:
            one.state, one.exact = PairState.OPEN, False


def codes_of(pupils: set[int]) -> dict[int, str]:
    """What the pupil numbers of some pupils are looked up by; empty for none."""
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
