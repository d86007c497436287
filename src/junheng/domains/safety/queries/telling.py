"""Comparisons in the words and digits of a page: shares to one place, kappa to two, by whole numbers alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from junheng.domains.safety.terms import CheckLevel
from junheng.kernel.inspections.differences import Ratio, Table, decimal


@dataclass(frozen=True, slots=True)
class Shown:
    """One comparison as it is shown."""

    first: str
    second: str
    compared: int
    alike: int
    agreement: str
    kappa: str
    missed: int
    found: int
    overlooked: str


def share(ratio: Ratio) -> str:
    """A ratio in percent; a dash where there is nothing to take it of."""
    part, whole = ratio
    return f"{decimal((100 * part, whole), places=1)}%" if whole else "—"


def shown(table: Table, first: str = "", second: str = "") -> Shown:
    """A table with the names of its sides."""
    alike, compared = table.agreement
    missed, found = table.overlooked
    kappa = table.kappa
    return Shown(
        first, second, compared, alike, share(table.agreement), decimal(kappa, places=2) if kappa else "—",
        missed, found, share(table.overlooked),
    )  # fmt: skip


def told(tables: Mapping[tuple[str, str], Table]) -> list[Shown]:
    """Comparisons with the names of their levels."""
    return [
        shown(table, str(CheckLevel(first).label), str(CheckLevel(second).label))
        for (first, second), table in tables.items()
    ]
