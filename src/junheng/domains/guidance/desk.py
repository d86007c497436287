"""Deeds about sealed cases, as the pages offer them to those who see them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.guidance.actions import close_care_case, renew_plan
from junheng.domains.guidance.models import CareCase, CarePlan
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField


class OpenCase(Deed[CareCase]):
    """A deed about a case that is not closed."""

    register = "carecases"

    def is_open(self, row: CareCase) -> bool:
        return row.closed_on is None


class RenewForm(DeedForm):
    """Who is responsible for the new plan, and from when."""

    responsible = forms.CharField(label=_("责任人"), max_length=40)
    since = DayField(label=_("生效日"), help_text=_("原方案同日失效。"))


@deed
class RenewPlan(OpenCase):
    """登记新方案，原方案同日失效：任何一天只有一个方案有效。"""

    slug = "plan"
    writes = "careplans"
    label = _("更新方案")
    form = RenewForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CarePlan:
        return renew_plan(row, by=by, at=at, why=why, **asked)


class CloseForm(DeedForm):
    """The day."""

    on = DayField(label=_("结案日"))


@deed
class CloseCase(OpenCase):
    """结案后方案同日失效，台账不再改动；不写入学生档案。"""

    slug = "close"
    label = _("结案")
    form = CloseForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CareCase:
        return close_care_case(row, by=by, at=at, why=why, **asked)
