"""文稿 — reports as templates in which every number is a slot."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Report:
    """One report: where it is published, of which day it speaks, and its template."""

    slug: str
    title: str
    source: str
    area: str
    as_of: date
    updated_at: datetime
    template: str
    previous: str


def load_report(name: str) -> Report:
    """Read a report's card and its template."""
    card = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    card["template"] = (HERE / card["template"]).read_text(encoding="utf-8")
    return Report(**card)


REPORTS = {report.slug: report for report in (load_report("yearly_2023"),)}
"""Every report by its address."""
