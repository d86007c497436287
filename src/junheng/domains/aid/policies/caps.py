"""A contract above every cap of its school year is refused, by whatever way it comes in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from junheng.content.rulebook import AID
from junheng.domains.aid.models import Loan
from junheng.kernel.errors import NotInForce, Refusal
from junheng.kernel.rulebook import Dated
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent
from junheng.platform.registers.values import yuan


def loan_year(signed: date) -> int:
    """The school year that a contract is for: signed in summer, it is for the year that begins in autumn.

    >>> loan_year(date(2023, 7, 17)), loan_year(date(2024, 3, 8))
    (2023, 2023)
    """
    return signed.year if signed.month >= 7 else signed.year - 1


def cap(rule: Dated[int], year: int) -> int | None:
    """The most that one contract of a school year may be; nothing where no rule is known."""
    try:
        return rule.on(date(year, 9, 1)).value
    except NotInForce:
        return None


class LoanCaps:
    """Refuses amounts above the cap of postgraduates, which is the highest there is."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if register.model is not Loan:
            return
        for one in intents:
            row: Any = one.row
            if row.signed_on is None or row.amount_fen is None:
                continue
            most = cap(AID.loan_postgraduate, loan_year(row.signed_on))
            if most is not None and row.amount_fen > most:
                raise Refusal(
                    "loan-above-cap",
                    "合同 {number} 金额 {amount} 元，超过 {year} 学年的年度上限 {most} 元（研究生）。没有保存任何内容；请与银行核对。",
                    number=row.code,
                    amount=yuan(row.amount_fen),
                    year=str(loan_year(row.signed_on)),
                    most=yuan(most),
                )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}
