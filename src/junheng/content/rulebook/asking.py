"""一次性调查 — how long a question takes, how much a term may ask, how few are too few to compare with."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Asking:
    """Seconds by kind of question, minutes by kind of unit and term, and the sizes of groups."""

    seconds_text: Dated[int]
    seconds_number: Dated[int]
    seconds_money: Dated[int]
    seconds_choice: Dated[int]
    seconds_yesno: Dated[int]
    seconds_day: Dated[int]
    seconds_term: Dated[int]
    seconds_known: Dated[int]
    budget_school: Dated[int]
    budget_kindergarten: Dated[int]
    idle_after: Dated[int]
    fillings_needed: Dated[int]
    least_group: Dated[int]


ASKING = load_rules(Asking, Path(__file__).with_name("asking.toml"), SOURCES)
