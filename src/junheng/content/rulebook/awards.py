"""奖补资金 — how much comes with a title, what it must not be spent on, and when its use is published."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Awards:
    """Amounts in fen for one title of the province; the list of what is forbidden is words, as the clause has them."""

    demonstration: Dated[int]
    feature: Dated[int]
    forbidden: Dated[str]
    days_to_publish: Dated[int]


AWARDS = load_rules(Awards, Path(__file__).with_name("awards.toml"), SOURCES)
