"""校园安全 — days to remedy a hazard, a school's year of safety, levels of standardisation, reviews and photos."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Safety:
    """Limits of hazards, a school's recurring duties, the map of waters, levels of standardisation, reviews and photos."""

    remedy_easy: Dated[int]
    remedy_general: Dated[int]
    remedy_hard: Dated[int]
    remedy_serious: Dated[int]
    plan_major: Dated[int]
    remedy_major: Dated[int]
    longest_extension: Dated[int]
    overdue_to_county: Dated[int]
    overdue_to_city: Dated[int]
    drills_a_month: Dated[int]
    drills_a_quarter: Dated[int]
    lesson_hours: Dated[int]
    self_checks_a_month: Dated[int]
    fire_checks_a_month: Dated[int]
    surveys_a_term: Dated[int]
    county_checks_a_term: Dated[int]
    swim_season_from: Dated[int]
    swim_season_until: Dated[int]
    heat_from: Dated[int]
    heat_until: Dated[int]
    check_fresh: Dated[int]
    check_stale: Dated[int]
    check_old: Dated[int]
    level_first: Dated[int]
    level_second: Dated[int]
    level_third: Dated[int]
    level_years: Dated[int]
    level_ends_soon: Dated[int]
    level_answer: Dated[int]
    sheet_photos: Dated[int]
    keep_sheet_photos: Dated[int]
    review_within: Dated[int]
    measure_longest: Dated[int]


SAFETY = load_rules(Safety, Path(__file__).with_name("safety.toml"), SOURCES)
