"""Two calculations of one term side by side: what changed in every line, and how much of it for which reason."""

from dataclasses import dataclass

import numpy as np

from junheng.kernel.entitlements.problem import RULES, STAGES, Ints, Lines, Rule
from junheng.kernel.errors import Refusal


@dataclass(frozen=True, slots=True)
class Differences:
    """Row by row a line that changed: count and amount before and after, and the amount by reason.

    ``by_count`` is what the other number of heads makes at the old rate, ``by_rate`` what the other rate makes for the
    new number: the two are the whole difference of the line, to the fen.
    """

    school: Ints
    stage: Ints
    rule: Ints
    count: tuple[Ints, Ints]
    rate: tuple[Ints, Ints]
    amount: tuple[Ints, Ints]
    by_count: Ints
    by_rate: Ints

    @property
    def total(self) -> int:
        """What is due more (or, if negative, less) after than before."""
        return int((self.amount[1] - self.amount[0]).sum())


def differ(before: Lines, after: Lines) -> Differences:
    """The lines that are not the same, of two calculations of one and the same term."""
    if before.rates.term != after.rates.term or before.part != after.part:
        raise Refusal(
            "different-terms",
            "{before}与{after}不是同一学期，两次核定不能逐行比较。请选择同一学期的两次核定。",
            before=before.rates.term.label,
            after=after.rates.term.label,
        )
    keys = np.union1d(key_of(before), key_of(after))
    school, rest = keys // (len(STAGES) * RULES), keys % (len(STAGES) * RULES)
    stage, rule = rest // RULES, rest % RULES
    old_count, old_amount = taken(before, keys)
    new_count, new_amount = taken(after, keys)
    old_rate, new_rate = before.rates.table()[stage, rule], after.rates.table()[stage, rule]
    # a supplement that had no rate before has lines only now: that nobody was counted is then due to the rate
    if before.rates.heating is None:
        old_count = np.where(rule == Rule.HEATING, new_count, old_count)
    if after.rates.heating is None:
        new_count = np.where(rule == Rule.HEATING, old_count, new_count)
    between = before.part.of_all(new_count * old_rate)
    changed = (old_count != new_count) | (old_rate != new_rate)
    return Differences(
        school[changed],
        stage[changed],
        rule[changed],
        (old_count[changed], new_count[changed]),
        (old_rate[changed], new_rate[changed]),
        (old_amount[changed], new_amount[changed]),
        (between - old_amount)[changed],
        (new_amount - between)[changed],
    )


def key_of(lines: Lines) -> Ints:
    """School, stage and rule of every line as one number."""
    keys: Ints = (lines.school * len(STAGES) + lines.stage) * RULES + lines.rule
    return keys


def taken(lines: Lines, keys: Ints) -> tuple[Ints, Ints]:
    """Count and amount of the lines with these keys; 0 where there is none."""
    mine = key_of(lines)
    place = np.minimum(np.searchsorted(mine, keys), max(len(mine) - 1, 0))
    if not len(mine):
        nothing = np.zeros(len(keys), dtype=np.int64)
        return nothing, nothing
    there = mine[place] == keys
    return np.where(there, lines.count[place], 0), np.where(there, lines.amount[place], 0)
