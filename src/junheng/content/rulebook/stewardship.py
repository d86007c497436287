"""台账责任 — how soon a proposed change is decided, and how often a register is confirmed."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Stewardship:
    """Limits in days. A register is confirmed about once a term."""

    decide_within: Dated[int]
    confirm_within: Dated[int]
    confirm_overdue: Dated[int]


STEWARDSHIP = load_rules(Stewardship, Path(__file__).with_name("stewardship.toml"), SOURCES)
