"""评选认定 — for how many working days a list is shown before it is decided."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Schemes:
    """The least that a scheme may say, and what follows for whoever was recognised by one."""

    least_publicity: Dated[int]
    least_committee: Dated[int]
    recheck_notice: Dated[int]
    answer_within: Dated[int]
    recognition_by_scheme: Dated[int]


SCHEMES = load_rules(Schemes, Path(__file__).with_name("schemes.toml"), SOURCES)
