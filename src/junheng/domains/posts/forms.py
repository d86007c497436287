"""What the pages of posts ask: who stands where and when, by when a blank is filled, and what is not in order."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.findings.terms import Severity
from junheng.domains.posts.models import Post, SafetyPlace, StaffMember
from junheng.domains.posts.terms import DAY, EVENING, MORNING, SCHOOL_DAYS, WEEKDAYS, clock
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.actions import LONGEST_WHY
from junheng.platform.registers.formfields import DayField

CLOCK = re.compile(r"(\d{1,2})[:：](\d{2})")


class ClockField(forms.CharField):
    """A time of the day, kept as whole minutes; 24:00 is the end of the day."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=5, **given)
        self.widget.attrs |= {"inputmode": "numeric", "placeholder": "07:30"}

    def to_python(self, value: Any) -> Any:
        """The minute."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        found = CLOCK.fullmatch(text)
        minute = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else DAY + 1
        if minute > DAY:
            raise forms.ValidationError(
                _("「%(value)s」不是时间，请按 07:30 的格式填写。") % {"value": text}, code="clock"
            )
        return minute

    def run_validators(self, value: Any) -> None:
        """The length was that of the text."""

    def prepare_value(self, value: Any) -> Any:
        """How a minute stands in the form."""
        return clock(value) if isinstance(value, int) else value


class SpanForm(forms.Form):
    """A place, days of the week and hours."""

    place = forms.ModelChoiceField(
        label=gettext_lazy("部位"), queryset=SafetyPlace.objects.none(), empty_label=gettext_lazy("请选择")
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("星期"),
        choices=[(str(place), word) for place, word in enumerate(WEEKDAYS)],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    starts = ClockField(label=gettext_lazy("开始时间"))
    ends = ClockField(label=gettext_lazy("结束时间"))

    def __init__(
        self, data: Any = None, *, places: list[SafetyPlace], initial: dict[str, Any] | None = None
    ) -> None:
        plain = {"weekdays": bits(SCHOOL_DAYS), "starts": MORNING, "ends": EVENING}
        super().__init__(data, initial=plain | (initial or {}))
        box = self.fields["place"]
        assert isinstance(box, forms.ModelChoiceField)
        box.queryset = SafetyPlace.objects.filter(pk__in=[one.pk for one in places]).order_by("code")

    def clean_weekdays(self) -> int:
        """The days as a mask."""
        return sum(1 << place for place in set(self.cleaned_data["weekdays"]))


class AssignForm(SpanForm):
    """Who stands there, who stands in, and from when."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("责任人"), queryset=StaffMember.objects.none(), empty_label=gettext_lazy("请选择")
    )
    deputy = forms.ModelChoiceField(
        label=gettext_lazy("替班人"),
        queryset=StaffMember.objects.none(),
        required=False,
        empty_label=gettext_lazy("请选择"),
    )
    since = DayField(label=gettext_lazy("起始日"))
    why = forms.CharField(label=gettext_lazy("事由"), max_length=LONGEST_WHY)

    def __init__(self, data: Any = None, *, staff: Any, **given: Any) -> None:
        super().__init__(data, **given)
        for name in ("person", "deputy"):
            box = self.fields[name]
            assert isinstance(box, forms.ModelChoiceField)
            box.queryset = staff


class TaskForm(SpanForm):
    """By when a blank is filled."""

    due_on = DayField(label=gettext_lazy("落实期限"))
    why = forms.CharField(label=gettext_lazy("事由"), max_length=LONGEST_WHY)


class AnomalyForm(forms.Form):
    """Something that is not in order; an empty line says nothing."""

    post = forms.TypedChoiceField(label=gettext_lazy("岗位"), required=False, empty_value=None)
    what = forms.CharField(label=gettext_lazy("异常情况"), max_length=300, required=False)
    severity = forms.ChoiceField(label=gettext_lazy("等级"), choices=Severity.choices, required=False)

    def __init__(self, data: Any = None, *, posts: list[Post], **given: Any) -> None:
        super().__init__(data, **given)
        known = {str(one.pk): one for one in posts}
        box = self.fields["post"]
        assert isinstance(box, forms.TypedChoiceField)
        named = [(key, f"{one} {one.person.name}") for key, one in known.items()]
        box.choices, box.coerce = [("", _("请选择")), *named], known.__getitem__

    def clean(self) -> dict[str, Any]:
        """Both or neither."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("post")) != bool((said.get("what") or "").strip()):
            raise forms.ValidationError(_("请同时选岗位并写明异常情况；没有异常的两项都留空。"))
        return said


class OnForm(DeedForm):
    """The day."""

    on = DayField(label=gettext_lazy("日期"))


def bits(mask: int) -> list[int]:
    """The places of the days in a mask."""
    return [place for place in range(7) if mask >> place & 1]
