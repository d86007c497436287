"""个人信息 — from which age nobody else agrees for one, and how long sealed values are kept."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Privacy:
    """An age in years; years or days for which sealed values are kept after somebody left."""

    consent_age: Dated[int]
    keep_pupils: Dated[int]
    keep_children: Dated[int]
    keep_households: Dated[int]
    keep_officials: Dated[int]
    keep_loans: Dated[int]
    keep_consents: Dated[int]
    keep_applications: Dated[int]
    keep_exhibits: Dated[int]
    keep_aid: Dated[int]
    keep_partner_lists: Dated[int]
    keep_receipts: Dated[int]


PRIVACY = load_rules(Privacy, Path(__file__).with_name("privacy.toml"), SOURCES)
