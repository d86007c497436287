"""The peer: five figures as an experienced hand would write them in SQL, to see what declarations cost."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from junheng.kernel.indicators import Tables

HELD = "since <= DATE '2023-12-31' AND (until IS NULL OR until > DATE '2023-12-31')"
WINDOW = "BETWEEN DATE '2022-01-01' AND DATE '2023-12-31'"
QUESTIONS = {
    "psy-members-20600": f"SELECT count(*) FROM committee WHERE {HELD}",
    "home-visits-153600": f"SELECT count(DISTINCT household) FROM visits WHERE way = 'in_person' AND visited_on {WINDOW}",
    "afterclass-322600": """
        SELECT count(DISTINCT pupil) FROM enrolments
        WHERE term = '2023A' AND stage IN ('primary', 'junior')""",
    "kg-public-share": f"""
        SELECT count(*) FILTER (kindergarten IN (SELECT kindergarten FROM natures WHERE nature = 'public' AND {HELD})),
               count(*)
        FROM children WHERE {HELD}""",
    "waters-174": f"SELECT count(*) FROM waters WHERE risk = 'high' AND {HELD}",
}


def by_hand(tables: Tables) -> Callable[[], dict[str, Any]]:
    """All of them, on the same connection and the same files."""

    def ask() -> dict[str, Any]:
        return {name: _plain(tables.fetch(sql)[0]) for name, sql in QUESTIONS.items()}

    return ask


def _plain(row: tuple[Any, ...]) -> Any:
    return row[0] if len(row) == 1 else Fraction(*row)
