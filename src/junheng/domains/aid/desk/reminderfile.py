"""The list of borrowers to be told, as a workbook: who, where they are reached, what is due when, and what to say.

The sentence names no sum and no reason for the loan. It has neither an address nor a code to press, and says that the
centre never asks for any: who sends such things is somebody else.
"""

import io
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import translation

from junheng.domains.aid.desk.plainlist import plain_list
from junheng.domains.aid.models import LoanReminder
from junheng.domains.aid.terms import Repay
from junheng.domains.areas.models import Area
from junheng.platform.audit.chain import digest_of_rows

COLUMNS = {"合同编号": 24, "借款人": 12, "联系电话": 16, "还款阶段": 14, "还款日": 12, "短信内容": 90}
ASKS = {
    Repay.FIRST_INTEREST: "今年起每年要还利息",
    Repay.INTEREST: "今年的利息要还",
    Repay.FIRST_PRINCIPAL: "今年起要还本金和利息",
    Repay.PRINCIPAL: "今年的本金和利息要还",
    Repay.LAST: "今年要全部还清",
    Repay.ENDED: "合同已经到期，要全部还清",
}


def sentence(row: LoanReminder, centre: str) -> str:
    """What to send to one borrower."""
    return (
        f"【{centre}学生资助中心】{row.loan.borrower}您好：您的助学贷款合同{ASKS[Repay(row.state)]}，还款日{row.due_on}，"
        "具体以合同为准，请从银行官方渠道核对并提前存入。有困难或已还清的，请到中心说明。"
        "我们不发链接，不要验证码和密码，不让您向个人转账；遇到这样的都是诈骗。"
    )


def facts_of(rows: Sequence[LoanReminder], area: Area, year: int) -> dict[str, Any]:
    """What the audit keeps of a list: how many and which contracts, by their digest."""
    digest = digest_of_rows({"loan": one.loan.code, "state": one.state, "due_on": one.due_on} for one in rows)
    return {"area": area.pk, "year": year, "rows": len(rows), "digest": digest, "kind": "reminders"}


def listed(rows: Sequence[LoanReminder], title: str, centre: str) -> io.BytesIO:
    """One line a borrower, in Chinese whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        lines = [
            (one.loan.code, one.loan.borrower, one.loan.contact, str(Repay(one.state).label), str(one.due_on), sentence(one, centre))
            for one in rows
        ]  # fmt: skip
    return plain_list("还款提醒", title, COLUMNS, lines)
