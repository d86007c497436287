"""Money per head: what every school is due from dated rates and a frozen roll, and why it differs from the last time."""

from junheng.kernel.entitlements.differ import Differences, differ
from junheng.kernel.entitlements.explain import Line, lines_of
from junheng.kernel.entitlements.kindergartens import subsidise
from junheng.kernel.entitlements.problem import (
    AUTUMN,
    SPRING,
    STAGES,
    Lines,
    Part,
    Rate,
    Rates,
    Reading,
    Rule,
    Schools,
    SmallBy,
    Tally,
    part_of,
)
from junheng.kernel.entitlements.roll import COLUMNS, Doubt, Doubts, count, doubts
from junheng.kernel.entitlements.solve import entitle
from junheng.kernel.entitlements.split import share_at_most, share_out
from junheng.kernel.entitlements.verify import About, Row, faults, reckon

__all__ = [
    "AUTUMN",
    "COLUMNS",
    "SPRING",
    "STAGES",
    "About",
    "Differences",
    "Doubt",
    "Doubts",
    "Line",
    "Lines",
    "Part",
    "Rate",
    "Rates",
    "Reading",
    "Row",
    "Rule",
    "Schools",
    "SmallBy",
    "Tally",
    "count",
    "differ",
    "doubts",
    "entitle",
    "faults",
    "lines_of",
    "part_of",
    "reckon",
    "share_at_most",
    "share_out",
    "subsidise",
]
