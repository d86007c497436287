"""检查 — how a sample is drawn and told, how many go, and when training outside school is not allowed."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Inspecting:
    """Teams, shares and days of drawn checks; hours and days of training in school subjects."""

    team_least: Dated[int]
    result_within: Dated[int]
    sample_share: Dated[int]
    training_end: Dated[int]
    training_end_online: Dated[int]
    training_rest_days: Dated[int]
    vacation: Dated[int]


INSPECTING = load_rules(Inspecting, Path(__file__).with_name("inspection.toml"), SOURCES)
