"""The reference: each of the 71 figures read from the rows in plain Python, for the engine to be tested against."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from junheng.surfaces.demo.expected import compulsory, layout, preschool, safety
from junheng.surfaces.demo.expected.reading import Answer, Frames, Reading, Rules

__all__ = ["AS_OF", "FIGURES", "RULES", "Answer", "Frames", "Rules", "answers", "ask"]

AS_OF: Final = date(2023, 12, 31)

FIGURES: Final = (
    "window-two-years", "lead-kg-70", "lead-places", "lead-schools-82", "provincial-promotions",
    "one-county-one-plan-n", "kg-public-70", "kg-places-13000", "kg-public-share", "kg-recognised-71",
    "kg-inclusive-434", "kg-inclusive-share-rising", "kg-coverage", "nine-departments", "kg-subsidy-rate",
    "cross-county-zero", "schools-planned-90", "schools-done-82", "schools-open-8", "schools-done-rate",
    "weaklink-412", "rural-repair-124", "playgrounds-72", "groups-77", "pairs-35", "weak-255", "weak-coverage",
    "demo-4", "feature-13", "award-10.5m", "quality-groups-6", "pilot-1", "double-reduction-4",
    "five-managements-n", "afterclass-322600", "afterclass-need-coverage", "unlicensed-198", "subject-47",
    "psy-schools-871", "psy-members-20600", "psy-class-coverage-100", "counselling-1757", "counselling-122000",
    "waters-174", "town-persons-123", "town-weekly-2", "county-persons-74", "county-weekly-1", "weekly-min-320",
    "home-visits-153600", "one-person-one-plan-n", "three-levels-n", "rounds-n", "safe-campus-9",
    "plan-2021-2035", "norm-primary-650", "norm-primary-720", "norm-junior-850", "norm-junior-940",
    "norm-effective", "norm-boarder-200", "norm-boarder-300", "three-work-plans", "aid-170000", "aid-all",
    "loans-27300", "entrants-92000", "migrants-4544", "page-date", "signoff-6", "rendered-twice",
)  # fmt: skip

_OLD, _NEW = date(2016, 2, 1), date(2023, 2, 1)
RULES: Final[Rules] = MappingProxyType(
    {
        "funding.primary": ((_OLD, 65_000), (_NEW, 72_000)),
        "funding.junior": ((_OLD, 85_000), (_NEW, 94_000)),
        "funding.boarder": ((_OLD, 20_000), (_NEW, 30_000)),
        "funding.kindergarten": ((date(2019, 1, 1), 20_000),),
        "duties.township_checks": ((date(2021, 5, 1), 2),),
        "duties.county_checks": ((date(2021, 5, 1), 1),),
        "duties.recent_years": ((date(2020, 1, 1), 2),),
    }
)


def answers(frames: Frames, rules: Rules = RULES, as_of: date = AS_OF) -> Mapping[str, Answer]:
    """Every figure by id. Money is in fen, shares are “part/whole”, moments are ISO text.

    On 31 December the two years are calendar years; on another day they are the 24 months that end with it.
    """
    first = as_of.replace(year=as_of.year - 2) + timedelta(days=1)
    last = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    autumn = as_of.year if as_of.month >= 9 else as_of.year - 1
    return ask(
        Reading(
            frames=frames,
            rules=rules,
            as_of=as_of,
            two_years=(first, as_of),
            year=(date(last, 1, 1), date(last, 12, 31)),
            term=f"{autumn}A",
        )
    )


def ask(city: Reading) -> Mapping[str, Answer]:
    """Every figure of one reading, in the order of the list."""
    found: dict[str, Answer] = {}
    for chapter in (preschool, compulsory, safety, layout):
        found |= chapter.answers(city)
    if set(found) != set(FIGURES):
        raise ValueError(f"figures without an answer or unknown: {sorted(set(found) ^ set(FIGURES))}")
    return {figure: found[figure] for figure in FIGURES}
