"""The deed about home visits, as the page of a household offers it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.homevisits.actions import record_visit
from junheng.domains.homevisits.models import Visit
from junheng.domains.homevisits.terms import Way
from junheng.domains.pupils.models import Household
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField, KeyField


class VisitForm(DeedForm):
    """Which school, who, when, how. There is no box for what was said."""

    relations = {"school": ("visits", "school")}

    school = KeyField(label=_("学校"))
    teacher = forms.CharField(label=_("家访教师"), max_length=40)
    on = DayField(label=_("家访日"))
    way = forms.ChoiceField(label=_("方式"), choices=Way.choices)


@deed
class RecordVisit(Deed[Household]):
    """登记一次家访或尝试。只有入户算走访；不写家庭情况，不拍照片。"""

    slug = "visit"
    register = "households"
    writes = "visits"
    label = _("登记家访")
    form = VisitForm

    def do(self, row: Household, *, by: Any, at: Any, why: str, **asked: Any) -> Visit:
        asked["way"] = Way(asked["way"])
        return record_visit(row, asked.pop("school"), by=by, at=at, why=why, **asked)
