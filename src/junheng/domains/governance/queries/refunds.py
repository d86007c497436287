"""What is owed to families in a case, what was repaid, and what is not proven yet."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from junheng.domains.governance.models import Case, Refund
from junheng.kernel.errors import Conflict
from junheng.kernel.values.money import yuan


@dataclass(frozen=True, slots=True)
class Owed:
    """The refunds of some cases added up, in fen."""

    families: int
    owed_fen: int
    repaid_fen: int
    unproven: int
    """Families that have not got everything back, or of whom nobody can show it."""

    @property
    def left_fen(self) -> int:
        """What is still owed."""
        return self.owed_fen - self.repaid_fen


UNPROVEN = Q(repaid_fen__lt=F("owed_fen")) | Q(proof="")


def added_up(rows: "QuerySet[Refund]") -> Owed:
    """Refunds added up in one question."""
    found = rows.aggregate(
        families=Count("pk"),
        owed=Sum("owed_fen"),
        repaid=Sum("repaid_fen"),
        unproven=Count("pk", filter=UNPROVEN),
    )
    return Owed(found["families"], found["owed"] or 0, found["repaid"] or 0, found["unproven"])


def check_refunds(case: Case) -> None:
    """Refuse to close a case in which somebody has not got back what is owed."""
    found = added_up(Refund.objects.filter(case=case))
    if found.unproven:
        raise Conflict(
            "case-refunds-unproven",
            "案件 {case} 还有 {count} 户没有退清或没有凭证，尚欠 {left} 元，不能结案。请先逐户登记退费日和凭证号。",
            case=case,
            count=found.unproven,
            left=str(yuan(found.left_fen)),
        )
