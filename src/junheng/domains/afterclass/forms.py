"""What the deeds and the family's page of after-class service ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.afterclass.models import Course
from junheng.domains.afterclass.terms import MOST_CHOICES, Gap
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, KeyField, TermField, WordChoiceField

NONE = [("", "—")]
YES_NO = [("yes", _("需要")), ("no", _("不需要"))]


class NeedForm(DeedForm):
    """What the family said, of which term, on which day."""

    term = TermField(label=_("学期"))
    wanted = WordChoiceField(
        label=_("家长的答复"),
        choices=[*NONE, *YES_NO],
        coerce=lambda text: text == "yes",
        help_text=_("没有答复就不要登记：没有答复不等于没有需求。"),
    )
    on = DayField(label=_("答复日"))


class PlaceForm(DeedForm):
    """Which course."""

    relations = {"course": ("enrolments", "offer")}

    course = KeyField(label=_("课程"), help_text=_("填课程编号；名额满了的不能安排。"))
    on = DayField(label=_("开始日"))


class GapForm(DeedForm):
    """Why there is no place."""

    gap = WordChoiceField(label=_("未安排原因"), choices=[*NONE, *Gap.choices])
    on = DayField(label=_("登记日"))


class SeedForm(DeedForm):
    """What was thrown, and when."""

    seed = forms.CharField(
        label=_("抽签种子"),
        max_length=40,
        help_text=_("截止以后当着家长代表掷骰子得到的数字，至少 6 位；名额够的课程不受它影响。"),
    )
    on = DayField(label=_("安排日"), help_text=_("须在填报截止日之后。"))


class TakeOverForm(forms.Form):
    """The code that a course taken over will have at one's own school."""

    code = forms.CharField(label=_("本校课程编号"), max_length=24)


class EnterForm(forms.Form):
    """The child by name, and what only the family knows."""

    name = forms.CharField(
        label=_("学生姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    proof = forms.CharField(
        label=_("学生身份证件号后四位，或出生日期"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("出生日期写成 8 位，例如 20140901。"),
    )


class ChooseForm(forms.Form):
    """Whether the family needs it, and the courses in their order."""

    wanted = forms.TypedChoiceField(
        label=_("本学期放学后，孩子需要课后服务吗？"),
        choices=YES_NO,
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选“需要”或“不需要”。")},
    )

    def __init__(self, data: Any = None, *, courses: list[Course], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.courses = {str(one.pk): one for one in courses}
        offered = [*NONE, *((str(one.pk), str(one)) for one in courses)]
        for number, word in enumerate((_("第一志愿"), _("第二志愿"), _("第三志愿"))[:MOST_CHOICES], 1):
            self.fields[f"course{number}"] = forms.ChoiceField(label=word, choices=offered, required=False)

    def chosen(self) -> list[Course]:
        """The courses in their order; an empty box between two is none."""
        given = (self.cleaned_data[f"course{number}"] for number in range(1, MOST_CHOICES + 1))
        return [self.courses[one] for one in given if one]
