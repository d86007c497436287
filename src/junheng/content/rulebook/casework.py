"""办案期限 — the days of a case of administrative penalty, of letters and of what was promised in meetings."""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Casework:
    """Numbers of officers, days and amounts. Those set by a law name its article; all others are to be confirmed."""

    officers_least: Dated[int]
    hearing_asked_within: Dated[int]
    hearing_called_before: Dated[int]
    decide_within: Dated[int]
    extend_days: Dated[int]
    extend_times: Dated[int]
    serve_within: Dated[int]
    pay_within: Dated[int]
    file_within: Dated[int]
    refund_within: Dated[int]
    revisit_within: Dated[int]
    close_within: Dated[int]
    hand_back_within: Dated[int]
    escalate_after: Dated[int]
    grave_fine_fen: Dated[int]
    letter_received_within: Dated[int]
    letter_replied_within: Dated[int]


CASEWORK = load_rules(Casework, Path(__file__).with_name("casework.toml"), SOURCES)
