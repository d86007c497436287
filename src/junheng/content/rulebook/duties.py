"""工作要求 — how often, how many at most, and how wordings are read."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Duties:
    """Minimum numbers of deeds, limits, and the meaning of counted words."""

    township_checks: Dated[int]
    county_checks: Dated[int]
    committee_members: Dated[int]
    recent_years: Dated[int]
    small_count: Dated[int]
    crossing_within: Dated[int]
    check_reading: Dated[str]
    check_apart: Dated[int]
    check_distinct_days: Dated[int]
    check_rest: Dated[str]
    check_season_from: Dated[int]
    check_season_until: Dated[int]
    check_remind_on: Dated[int]
    check_recount: Dated[int]
    tell_county: Dated[int]
    tell_city: Dated[int]
    tell_leader: Dated[int]


DUTIES = load_rules(Duties, Path(__file__).with_name("duties.toml"), SOURCES)
