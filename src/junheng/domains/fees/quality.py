"""What is unusual about fees."""

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from junheng.platform.quality import Rows, Severity, soft_rule


@soft_rule(
    "fee-outside-list",
    "feenotices",
    title=_("公示的收费不在目录内或高于标准"),
    why=_("学校只能按目录收费；目录外的项目、高于标准的部分应当停收并退还。"),
    sentence=_("这一项在公示时不在收费目录内，或高于目录规定的最高标准。"),
    severity=Severity.HIGH,
    fields=("name", "amount_fen"),
    acts=_("学校停收、退还并改正公示；县（市、区）教育局复查"),
    asked=False,
)
def fee_outside_list(rows: Rows, on: date) -> Rows:
    """Above the cap, without an item, or with one that did not hold on the day it was posted."""
    over = Q(item__cap_fen__isnull=False, amount_fen__gt=F("item__cap_fen"))
    ended = Q(item__until__isnull=False, item__until__lte=F("published_on")) | Q(
        item__since__gt=F("published_on")
    )
    return rows.filter(over | ended | Q(item=None))
