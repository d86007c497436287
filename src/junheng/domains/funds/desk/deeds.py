"""Reckoning what is due, as the page of a frozen roll offers it."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.funds import actions
from junheng.domains.funds.models import RollFreeze
from junheng.domains.funds.queries import latest_roll, rates_of
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed


@deed
class Derive(Deed[RollFreeze]):
    """按这份名册和该学期施行的标准，核定每所学校的公用经费。该学期已经核定过的，本次只产生差额，随结算学期结清。"""

    slug = "derive"
    register = "rollfreezes"
    label = _("核定公用经费")

    def is_open(self, row: RollFreeze) -> bool:
        newest = latest_roll(row.term)
        return newest is not None and newest.pk == row.pk

    def do(self, row: RollFreeze, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.derive(row, rates=rates_of(SchoolTerm.parse(row.term)), by=by, at=at, why=why)
