"""The deed about cases, as the pages offer it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.governance.actions import take_step
from junheng.domains.governance.models import Case
from junheng.domains.governance.queries import next_states
from junheng.domains.governance.terms import CaseState
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField


class StepForm(DeedForm):
    """To which state, and on which day. Only the states that come next are offered."""

    to = forms.ChoiceField(label=_("办理结果"))
    on = DayField(label=_("办理日"))

    def __init__(self, data: Any = None, *, row: Case, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(state.value, state.label) for state in next_states(row)]


@deed
class TakeStep(Deed[Case]):
    """线索→调查→决定→结案；查无实据的终结。结案后不再改动，如有新情况另立新案。"""

    slug = "step"
    register = "cases"
    label = _("办理案件")
    form = StepForm

    def is_open(self, row: Case) -> bool:
        return bool(next_states(row))

    def do(self, row: Case, *, by: Any, at: Any, why: str, **asked: Any) -> Case:
        return take_step(row, CaseState(asked["to"]), on=asked["on"], by=by, at=at, why=why)
