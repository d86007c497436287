"""经费标准 — rates of public funds and subsidies, in fen for one head and one year."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Funding:
    """Yearly rates per head, of which half is due per term, and what a small school is counted as.

    The heating supplement has no amount until the bureau writes one down: then lines of it appear.
    """

    primary: Dated[int]
    junior: Dated[int]
    boarder: Dated[int]
    kindergarten: Dated[int]
    special: Dated[int]
    heating: Dated[int]
    small_school: Dated[int]
    small_by: Dated[str]
    kindergarten_scope: Dated[str]
    training_share: Dated[int]


FUNDING = load_rules(Funding, Path(__file__).with_name("funding.toml"), SOURCES)
