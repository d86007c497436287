"""What the deeds of a round and of a level ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.safety.queries import plan_of
from junheng.domains.safety.terms import CheckLevel, SafetyLevel
from junheng.domains.schools.terms import SchoolKind
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField

USUAL = frozenset(SchoolKind.values) - {SchoolKind.VOCATIONAL, SchoolKind.SPECIAL}


class PlanForm(DeedForm):
    """By which list, which schools, and when each level has its turn."""

    relations = {"checklist": ("checklistitems", "checklist")}

    checklist = KeyField(label=_("检查清单（编号）"), help_text=_("轮次开始时须已印发。"))

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        plan = plan_of(row)
        kinds = plan.kinds_of() if plan else USUAL
        for kind in SchoolKind:
            self.fields[f"kind_{kind}"] = forms.BooleanField(
                label=kind.label, required=False, initial=kind in kinds
            )
        for level in CheckLevel:
            first, last = plan.window(level) if plan else (None, None)
            self.fields[f"{level}_from"] = DayField(
                label=_("%(level)s从") % {"level": level.label}, required=False, initial=first
            )
            self.fields[f"{level}_until"] = DayField(
                label=_("%(level)s到") % {"level": level.label},
                required=False,
                initial=last,
                help_text=_("不填：到轮次结束为止。"),
            )
        if plan:
            self.fields["checklist"].initial = plan.checklist.code
        self.order_fields([name for name in self.fields if name != "why"])

    def clean(self) -> dict[str, Any]:
        """What is asked, as the action takes it."""
        asked = super().clean() or self.cleaned_data
        return {
            "checklist": asked.get("checklist"),
            "kinds": [kind for kind in SchoolKind.values if asked.get(f"kind_{kind}")],
            "windows": {
                level: (asked.get(f"{level}_from"), asked.get(f"{level}_until"))
                for level in CheckLevel.values
            },
            "why": asked.get("why"),
        }


class CloseForm(DeedForm):
    """The last day of a round."""

    on = DayField(label=_("结束日"))


class ResultsForm(DeedForm):
    """Until when the counties may reply."""

    until = DayField(label=_("答复截止"))


def told(label: Any, *, help_text: Any = "") -> forms.CharField:
    """A box of a few lines."""
    return forms.CharField(
        label=label, max_length=200, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckLevelForm(DeedForm):
    """What the county saw, and when."""

    on = DayField(label=_("验收日"))
    words = told(_("验收意见"), help_text=_("等级由本县（市、区）的排查表算出，不用填。"))


class GrantLevelForm(DeedForm):
    """Which level, by which paper, from when."""

    level = WordChoiceField(
        label=_("认定等级"),
        choices=[("", "—"), *SafetyLevel.choices],
        help_text=_("不高于县级验收和市级抽查所支持的等级。"),
    )
    number = forms.CharField(label=_("认定文号"), max_length=60)
    on = DayField(label=_("认定日"))

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        self.fields["level"].initial = row.county_level


class ReturnLevelForm(DeedForm):
    """What is wanting, and when that was said."""

    on = DayField(label=_("退回日"))
    words = told(_("差在哪里"), help_text=_("学校据此整改，下一轮检查后可以再申请。"))


class WithdrawLevelForm(DeedForm):
    """Why the level is taken away, and from when."""

    on = DayField(label=_("撤销日"))
    words = told(_("撤销的理由"))
