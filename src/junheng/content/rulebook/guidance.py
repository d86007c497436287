"""一人一策 — how often a plan is looked at again, and how long a closed case knows whom it was about."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Guidance:
    """Numbers of days. No law sets them; all are to be confirmed."""

    review_within: Dated[int]
    keep_closed: Dated[int]


GUIDANCE = load_rules(Guidance, Path(__file__).with_name("guidance.toml"), SOURCES)
