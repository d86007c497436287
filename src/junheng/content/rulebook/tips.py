"""举报受理 — within how many working days a tip is acknowledged, dealt with and answered, and how long it is kept."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Tips:
    """Periods in working days, and years."""

    ack_within: Dated[int]
    answer_within: Dated[int]
    handle_within: Dated[int]
    keep_tips: Dated[int]


TIPS = load_rules(Tips, Path(__file__).with_name("tips.toml"), SOURCES)
