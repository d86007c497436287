"""外勤记录 — when a person at the water is asked about a record, how large photos may be, how late a record may come."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """Limits from which on somebody is asked; none of them makes a record invalid."""

    clock_minutes: Dated[int]
    far_metres: Dated[int]
    close_minutes: Dated[int]
    near_signs: Dated[int]
    older_minutes: Dated[int]
    late_days: Dated[int]
    recent_days: Dated[int]
    photo_bytes: Dated[int]
    record_photos: Dated[int]
    keep_photos: Dated[int]


FIELDWORK = load_rules(Fieldwork, Path(__file__).with_name("fieldwork.toml"), SOURCES)
