"""Who of a list is on the roll: by number and name without a question, else by pairs for a person to judge."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

import numpy as np

from junheng.kernel.linkage.coded import Names, coded, different
from junheng.kernel.linkage.levels import Name, Number, Part
from junheng.kernel.linkage.likely import Numbers, Scored, likely, together
from junheng.kernel.linkage.names import name_form
from junheng.kernel.linkage.problem import Flags, Ints, Links, Listed, Note, Pairs, Roll, Verdict
from junheng.kernel.linkage.weights import Weights

MOST = 5
"""Pupils that are shown for a row: more than a person can weigh against one another do not help."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What numbers and names have settled, by the place of a row."""

    verdict: Ints
    pupil: Ints
    same_as: Ints
    notes: Ints


def link(roll: Roll, listed: Listed, *, weights: Weights | None = None, most: int = MOST) -> Links:
    """What came of every row of the list; the same, whatever the order in which roll and list are given."""
    weights = weights or Weights()
    held = holders(roll, listed)
    settled = settle(roll, listed, held)
    open_rows = np.flatnonzero(settled.verdict == Verdict.DOUBTFUL)
    names, scored = different(roll.name), together([])
    if len(open_rows) and len(roll.key):
        numbers = told(listed, held, open_rows, len(roll.key))
        scored = likely(coded(roll, names, listed, open_rows), numbers, weights)
    chosen, more = first_few(scored, roll.key, most)
    pairs = replace(chosen, row=open_rows[chosen.row])
    return told_of_all(roll.key, listed, settled, bearing(names, listed), pairs, open_rows[more])


def holders(roll: Roll, listed: Listed) -> dict[str, list[int]]:
    """Who on the roll has a number that the list has, or may have meant: places by digest."""
    wanted = {one for one in listed.digest if one}
    wanted.update(one for each in listed.near for one in each)
    found: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(roll.digest):
        if one in wanted:
            found[one].append(at)
    return found


def settle(roll: Roll, listed: Listed, held: dict[str, list[int]]) -> Settled:
    """Number and name: who is who, and who has been there before. Whatever is left open is DOUBTFUL for now."""
    size = len(listed.key)
    found = Settled(*(np.full(size, start, dtype=np.int64) for start in (Verdict.DOUBTFUL, -1, -1, 0)))
    forms = [name_form(one) for one in listed.name]
    names_of = defaultdict(set)
    for number, form in zip(listed.digest, forms, strict=True):
        names_of[number].add(form)
    first: dict[tuple[str, str], int] = {}
    for at in np.argsort(listed.key, kind="stable").tolist():
        number, form = listed.digest[at], forms[at]
        if not listed.sound[at]:
            found.notes[at] |= Note.FLAWED
        if not number:
            continue
        if len(names_of[number]) > 1:
            found.notes[at] |= Note.TWO_ROWS
        earlier = first.setdefault((number, form), int(listed.key[at]))
        if form and earlier != listed.key[at]:
            found.verdict[at], found.same_as[at] = Verdict.REPEATED, earlier
            continue
        pupils = held.get(number, [])
        if len(pupils) > 1:
            found.notes[at] |= Note.TWO_ROLLS
        theirs = [name_form(roll.name[one]) for one in pupils]
        if any(one != form for one in theirs):
            found.notes[at] |= Note.OTHER_NAME
        if form and theirs == [form] and listed.sound[at]:
            found.verdict[at], found.pupil[at] = Verdict.EXACT, roll.key[pupils[0]]
    return found


def told(listed: Listed, held: dict[str, list[int]], rows: Ints, everybody: int) -> Numbers:
    """The pairs of open rows, by their place among these, and pupils whose numbers are the same or near."""
    pairs: dict[int, Number] = {}
    for place, at in enumerate(rows.tolist()):
        for digests, level in (([listed.digest[at]], Number.SAME), (listed.near[at], Number.NEAR)):
            for digest in digests:
                for pupil in held.get(digest, []) if digest else []:
                    pairs.setdefault(place * everybody + pupil, level)
    key = np.array(sorted(pairs), dtype=np.int64)
    levels = np.array([pairs[one] for one in key.tolist()], dtype=np.int64)
    return key // everybody, key % everybody, levels


def first_few(scored: Scored, keys: Ints, most: int) -> tuple[Scored, Ints]:
    """Of each row the likeliest, ties by key, those of the same number before all; and the rows with others as likely."""
    other = scored.levels[:, Part.NUMBER] != Number.SAME
    order = np.lexsort((keys[scored.pupil], -scored.score, other, scored.row))
    row = scored.row[order]
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    place = np.arange(len(row)) - np.repeat(begins, np.diff(begins, append=len(row)))
    kept, cut = order[place < most], np.flatnonzero(place == most)
    before = order[cut - 1]
    tied = (scored.score[order[cut]] == scored.score[before]) & (other[order[cut]] == other[before])
    few = Scored(
        scored.row[kept],
        scored.pupil[kept],
        scored.score[kept],
        scored.levels[kept],
        scored.weights[kept],
        scored.likewise[kept],
    )
    return few, row[cut[tied]]


def told_of_all(
    keys: Ints, listed: Listed, settled: Settled, namesakes: Ints, chosen: Scored, more: Ints
) -> Links:
    """Verdicts, notes and pairs in the order of keys."""
    verdict, notes = settled.verdict.copy(), settled.notes.copy()
    open_rows = verdict == Verdict.DOUBTFUL
    offered = np.zeros(len(verdict), dtype=bool)
    offered[chosen.row] = True
    verdict[open_rows & ~offered] = Verdict.ABSENT
    vague = (verdict == Verdict.ABSENT) & (namesakes > 0) & (listed.born == 0)
    notes[vague] |= Note.VAGUE
    notes[more] |= Note.MORE
    order = np.argsort(listed.key[chosen.row], kind="stable")
    row, pupil, score = chosen.row[order], keys[chosen.pupil[order]], chosen.score[order]
    begins = np.flatnonzero(np.diff(row, prepend=-1))
    place = np.arange(len(row)) - np.repeat(begins, np.diff(begins, append=len(row)))
    second = np.flatnonzero(place == 1)
    notes[row[second[score[second] == score[second - 1]]]] |= Note.EQUALS
    exact = settled.pupil[verdict == Verdict.EXACT]
    taken = np.isin(pupil, exact)
    firsts = Counter(pupil[begins].tolist())
    again: Flags = taken[begins] | np.array([firsts[one] > 1 for one in pupil[begins].tolist()], dtype=bool)
    notes[row[begins[again]]] |= Note.TWO_ROWS
    by_key = np.argsort(listed.key, kind="stable")
    pairs = Pairs(
        listed.key[row],
        pupil,
        place + 1,
        score,
        chosen.levels[order],
        chosen.weights[order],
        np.where(chosen.levels[order, Part.NAME] < Name.OTHER, chosen.likewise[order], 0),
        taken,
    )
    return Links(
        listed.key[by_key],
        verdict[by_key],
        settled.pupil[by_key],
        settled.same_as[by_key],
        notes[by_key],
        namesakes[by_key],
        pairs,
    )


def bearing(names: Names, listed: Listed) -> Ints:
    """For each row how many on the roll bear its name."""
    forms, which = names
    count = dict(zip(forms, np.bincount(which, minlength=len(forms)).tolist(), strict=True))
    return np.array([count.get(name_form(one), 0) if one else 0 for one in listed.name], dtype=np.int64)
