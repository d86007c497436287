"""学生资助 — yearly amounts in fen, who is meant by each programme, bands, publicity in schools, caps of loans, and their repayment.

Programmes name the categories they are for by their codes, A1 to A11. A rule without an amount pays nobody: tuition that
is waived is what was approved for a school, and nobody has written it down yet.
"""

from dataclasses import dataclass
from pathlib import Path

from junheng.content.rulebook.sources import SOURCES
from junheng.kernel.rulebook import Dated, load_rules


@dataclass(frozen=True, slots=True)
class Aid:
    """Half of a yearly amount is due per term; a loan has a cap per school year, and is repaid by the rules of that year.

    Days of a year are written as month and day.
    """

    preschool: Dated[int]
    primary_boarder: Dated[int]
    primary_day: Dated[int]
    junior_boarder: Dated[int]
    junior_day: Dated[int]
    nutrition: Dated[int]
    senior_special: Dated[int]
    senior_hard: Dated[int]
    senior_plain: Dated[int]
    fee_waiver: Dated[int]
    boarder_scope: Dated[str]
    day_scope: Dated[str]
    nutrition_scope: Dated[str]
    senior_scope: Dated[str]
    fee_scope: Dated[str]
    preschool_scope: Dated[str]
    special_scope: Dated[str]
    hard_scope: Dated[str]
    shown_days: Dated[int]
    loan_undergraduate: Dated[int]
    loan_postgraduate: Dated[int]
    loan_subsidy: Dated[int]
    loan_grace: Dated[int]
    loan_after_study: Dated[int]
    loan_longest: Dated[int]
    loan_due_day: Dated[str]
    loan_last_due_day: Dated[str]
    loan_reminders_from: Dated[str]
    loan_reminders_wait: Dated[str]


AID = load_rules(Aid, Path(__file__).with_name("aid.toml"), SOURCES)
