"""数据质量 — limits beyond which a record is unusual and must be explained, and how much is few."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Quality:
    """Limits of the soft rules. Beyond one of them nothing is refused: somebody says why."""

    largest_class: Dated[int]
    entry_age: Dated[int]
    years_behind: Dated[int]
    largest_kindergarten: Dated[int]
    kindergarten_age: Dated[int]
    years_older_in_kindergarten: Dated[int]
    days_to_build: Dated[int]
    days_to_remedy: Dated[int]
    days_to_pay: Dated[int]
    days_of_a_case: Dated[int]
    children_apart: Dated[int]
    days_without_support: Dated[int]


QUALITY = load_rules(Quality, Path(__file__).with_name("quality.toml"), SOURCES)
