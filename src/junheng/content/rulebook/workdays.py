"""工作日 — by which notice the holidays of a year are arranged."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Workdays:
    """The years whose notice is out, each with its notice. On a day of a later year the value is an earlier year."""

    arranged_year: Dated[int]


WORKDAYS = load_rules(Workdays, Path(__file__).with_name("workdays.toml"), SOURCES)
