"""帮扶 — by when help is confirmed, how long a weak school may stay without help, and after how long help is only on paper."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Helping:
    """Days of groups, pairs and weak schools. None of them is set by a document that we know: all are to be confirmed."""

    confirm_within: Dated[int]
    uncovered_within: Dated[int]
    silent_after: Dated[int]


HELPING = load_rules(Helping, Path(__file__).with_name("helping.toml"), SOURCES)
