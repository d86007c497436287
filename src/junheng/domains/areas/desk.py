"""The deed that takes an event of lineage back."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.lineage.actions import take_back
from junheng.platform.lineage.models import Succession


@deed
class TakeBack(Deed[Succession]):
    """更正撤回：登记有误的沿革，随之变动的记录逐条恢复原状；这条沿革保留并注明撤回日。"""

    slug = "take-back"
    register = "lineage"
    label = _("更正撤回")

    def is_open(self, row: Succession) -> bool:
        return row.withdrawn_on is None

    def do(self, row: Succession, *, by: Any, at: Any, why: str, **asked: Any) -> Succession:
        return take_back(row, by=by, at=at, why=why)
