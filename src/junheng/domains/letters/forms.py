"""What the deeds about letters, meetings and tasks ask."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from junheng.domains.letters.models import LetterSeries
from junheng.domains.letters.queries.reaching import Unit, units
from junheng.domains.letters.terms import Addressees, Attendance
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField, YesNoField


class ReachForm(DeedForm):
    """To whom it goes; the one who is meant is named below where it is one."""

    relations: ClassVar = {
        "school": ("deliveries", "school"),
        "institution": ("deliveries", "institution"),
        "county": ("deliveries", "area"),
    }
    to = WordChoiceField(label=_("收函单位"), choices=[("", _("请选择")), *Addressees.choices])
    school = KeyField(label=_("学校"), required=False, help_text=_("选“一所学校”时填写。"))
    institution = KeyField(label=_("培训机构"), required=False, help_text=_("选“一家培训机构”时填写。"))
    county = KeyField(
        label=_("县（市、区）"), required=False, help_text=_("选“一个县（市、区）教育局”时填写。")
    )

    def __init__(self, data: Any = None, *, row: Any, asker: Asker) -> None:
        super().__init__(data, row=row, asker=asker)
        self.day: date = asker.today

    def reached(self) -> list[Unit]:
        """The units meant."""
        asked = self.cleaned_data
        return units(
            asked["to"],
            within=self.row.area_id,
            on=settings.JUNHENG_AS_OF or self.day,
            school=asked["school"],
            institution=asked["institution"],
            county=asked["county"],
        )

    def clean(self) -> dict[str, Any]:
        """The answers, with the units instead of the words that name them."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            found = {"to": self.reached(), "why": found.get("why", "")}
        return found


class WithdrawForm(DeedForm):
    """Since when, and why."""

    on = DayField(label=_("撤回日"))
    reason = forms.CharField(label=_("撤回原因"), max_length=200, help_text=_("收函单位会看到。"))


class ReceiveForm(DeedForm):
    """Who signs."""

    signed = forms.CharField(label=_("签收人"), max_length=30)


class ReplyForm(DeedForm):
    """What is replied."""

    words = forms.CharField(label=_("答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 6}))


class AttendForm(DeedForm):
    """Whether a unit came, who signed, and why not."""

    state = WordChoiceField(label=_("到会情况"), choices=[("", _("请选择")), *Attendance.choices[1:]])
    signed = forms.CharField(label=_("签到人"), max_length=40, required=False)
    reason = forms.CharField(label=_("缺席或委托的理由"), max_length=200, required=False)


class MakeUpForm(DeedForm):
    """When somebody was talked to who was absent, and what came of it."""

    on = DayField(label=_("补谈话日"))
    words = forms.CharField(label=_("补谈话情况"), max_length=200)


class MinutesForm(DeedForm):
    """The minutes."""

    minutes = forms.CharField(label=_("纪要"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))


class PromiseForm(DeedForm):
    """What is promised, by whom, by when."""

    words = forms.CharField(label=_("承诺事项"), max_length=200)
    owner = forms.CharField(label=_("责任人"), max_length=60)
    due_on = DayField(label=_("兑现期限"))


class ProofForm(DeedForm):
    """When it was done, and what shows it."""

    on = DayField(label=_("完成日"))
    proof = forms.CharField(label=_("佐证"), max_length=200, help_text=_("文件、凭证或照片的编号。"))


class CheckForm(DeedForm):
    """Whether it was kept."""

    kept = YesNoField(label=_("确已兑现"))
    on = DayField(label=_("核实日"))


class LetterForm(forms.Form):
    """A draft: its series, title and words, in which every number is a slot."""

    series = forms.ChoiceField(label=_("字号"))
    title = forms.CharField(label=_("标题"), max_length=120)
    body = forms.CharField(label=_("正文"), max_length=5000, widget=forms.Textarea(attrs={"rows": 12}))
    wants_reply = forms.BooleanField(label=_("须答复"), required=False)
    why = forms.CharField(label=_("事由"), max_length=200)

    def __init__(self, data: Any = None, *, asker: Asker, initial: Any = None, fixed: bool = False) -> None:
        super().__init__(data, initial=initial)
        rows = asker.within(LetterSeries.objects.all(), register_called("letters"), "change").order_by("pk")
        self.rows = {str(one.pk): one for one in rows}
        choice = self.fields["series"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(key, f"{one.word}（{one.get_kind_display()}）") for key, one in self.rows.items()]
        wanted = (initial or {}).get("kind")
        choice.initial = next((key for key, one in self.rows.items() if one.kind == wanted), None)
        if fixed:
            del self.fields["series"]

    def chosen(self) -> LetterSeries:
        """The series that was chosen."""
        found: LetterSeries = self.rows[self.cleaned_data["series"]]
        return found
