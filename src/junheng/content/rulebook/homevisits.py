"""家访 — until when a need that was found is seen to, and from when in a term class teachers are reminded."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class HomeVisits:
    """Days and dates of home visits."""

    help_days: Dated[int]
    remind_autumn: Dated[int]
    remind_spring: Dated[int]


HOMEVISITS = load_rules(HomeVisits, Path(__file__).with_name("homevisits.toml"), SOURCES)
