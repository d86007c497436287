"""What is asked: a plan, the way of its draw, a planned visit, and what inspectors write on the spot."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.areas.models import Area
from junheng.domains.findings.terms import Severity
from junheng.domains.institutions.models import Institution
from junheng.domains.safety.models import Round
from junheng.domains.schools.models import School
from junheng.domains.visits.models import Inspector, SamplePlan
from junheng.domains.visits.terms import ErrandKind, Mode, TieReason
from junheng.platform.spans import holds

SPLIT = re.compile(r"[\s,，、；;]+")
BY_HAND = (ErrandKind.SECRET, ErrandKind.SURPRISE, ErrandKind.CROSS, ErrandKind.TIP)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PlanForm(forms.ModelForm):  # type: ignore[type-arg] # Django cannot subscript it at run time
    """A new plan. Units, weights and suggested sizes follow from it."""

    class Meta:
        model = SamplePlan
        fields = (
            "code", "title", "target", "round", "crossed", "sealed", "team", "algorithm", "as_of", "reveal_by",
            "visits_from", "visits_until",
        )  # fmt: skip
        widgets = {
            "as_of": DAY,
            "visits_from": DAY,
            "visits_until": DAY,
            "reveal_by": MOMENT,
        }
        help_texts = {
            "code": gettext_lazy("英文、数字和短横线，例如 city-2026-2；写入种子的计算。"),
            "sealed": gettext_lazy(
                "勾选后，抽中名单、种子和方案文件在检查全部结束后公布，此前只公布它们的摘要。"
            ),
            "crossed": gettext_lazy("由种子配对，各县检查人员只查配到的县；不查本县，也不互查。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.order_by("-opened_on")  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not re.fullmatch(r"[A-Za-z0-9-]{1,32}", code):
            raise forms.ValidationError(_("只能用英文字母、数字和短横线。"))
        return code


class ErrandForm(forms.Form):
    """A visit that nobody is told of. Units and people are named by their codes."""

    kind = forms.ChoiceField(label=gettext_lazy("方式"), choices=[(one.value, one.label) for one in BY_HAND])
    unit = forms.CharField(
        label=gettext_lazy("学校标识码或许可证编号"), max_length=30, required=False,
        help_text=gettext_lazy("检查未许可的场所时留空，改填下面两项。"),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("未许可的场所"), max_length=80, required=False)
    area = forms.CharField(label=gettext_lazy("场所所在区划代码"), max_length=9, required=False)
    address = forms.CharField(label=gettext_lazy("地址"), max_length=120, required=False)
    day = forms.DateField(label=gettext_lazy("检查日"), widget=DAY)
    until = forms.DateField(
        label=gettext_lazy("检查止"), widget=DAY, required=False, help_text=gettext_lazy("只查一天的留空。")
    )
    evening = forms.BooleanField(label=gettext_lazy("查晚间超时"), required=False)
    purpose = forms.CharField(label=gettext_lazy("检查事由"), max_length=200)
    team = forms.CharField(
        label=gettext_lazy("检查组"), max_length=200,
        help_text=gettext_lazy("检查人员编号，用空格或逗号隔开，第一人是组长；至少两人。"),
    )  # fmt: skip

    def clean_team(self) -> list[Inspector]:
        codes = [one for one in SPLIT.split(self.cleaned_data["team"]) if one]
        known = Inspector.objects.filter(holds(timezone.localdate()), code__in=codes)
        rows = {one.code: one for one in known}
        if unknown := [one for one in codes if one not in rows]:
            raise forms.ValidationError(_("检查人员库里没有 %(code)s。") % {"code": unknown[0]})
        return [rows[one] for one in codes]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        code = (asked.get("unit") or "").strip()
        asked["school"] = School.objects.filter(code=code).select_related("area").first() if code else None
        if code and asked["school"] is None:
            asked["institution"] = (
                Institution.objects.filter(code=code).select_related("area").order_by("-since").first()
            )
            if asked["institution"] is None:
                self.add_error("unit", _("没有这个学校标识码或许可证编号。"))
        where = (asked.get("area") or "").strip()
        asked["where"] = Area.objects.filter(pk=where).first() if where else None
        if where and asked["where"] is None:
            self.add_error("area", _("没有这个区划代码。"))
        return asked


class TieForm(forms.Form):
    """What somebody stays away from: one code says which kind it is."""

    unit = forms.CharField(
        label=gettext_lazy("回避的单位"), max_length=30,
        help_text=gettext_lazy("学校标识码、培训机构许可证编号，或六位县（市、区）区划代码。"),
    )  # fmt: skip
    reason = forms.ChoiceField(label=gettext_lazy("回避事由"), choices=TieReason)
    words = forms.CharField(label=gettext_lazy("说明"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        code = (asked.get("unit") or "").strip()
        asked["school"] = School.objects.filter(code=code).first()
        asked["institution"] = (
            None if asked["school"] else Institution.objects.filter(code=code).order_by("-since").first()
        )
        asked["county"] = Area.objects.filter(pk=code).first() if len(code) == 6 else None
        if code and not any(asked[name] for name in ("school", "institution", "county")):
            self.add_error("unit", _("没有这个学校、培训机构或区划的代码。"))
        return asked


class LessonForm(forms.Form):
    """A lesson that was going on."""

    seen = forms.TimeField(
        label=gettext_lazy("发现时间"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    mode = forms.ChoiceField(label=gettext_lazy("培训方式"), choices=Mode)
    subject = forms.BooleanField(label=gettext_lazy("学科类培训"), required=False)
    pupils = forms.IntegerField(label=gettext_lazy("学员人数"), min_value=0, max_value=9999, required=False)
    words = forms.CharField(
        label=gettext_lazy("现场情况"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class ProblemForm(forms.Form):
    """A problem that somebody has to remedy."""

    what = forms.CharField(
        label=gettext_lazy("发现的问题"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    severity = forms.ChoiceField(label=gettext_lazy("等级"), choices=Severity)
    owner = forms.CharField(
        label=gettext_lazy("整改责任人"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("留空即为被检查单位。"),
    )
