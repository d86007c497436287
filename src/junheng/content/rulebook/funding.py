"""经费标准 — rates of public funds and subsidies, in fen for one head and one year."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Funding:
    """Yearly rates per head; half a year is paid per term."""

    primary: Dated[int]
    junior: Dated[int]
    boarder: Dated[int]
    kindergarten: Dated[int]


FUNDING = load_rules(Funding, Path(__file__).with_name("funding.toml"), SOURCES)
