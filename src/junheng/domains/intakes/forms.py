"""What the office fills in: days of an admission, schools, groups, catchments, categories and papers."""

import json
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.areas.models import Area
from junheng.domains.intakes.models import (
    Catchment,
    Category,
    Intake,
    Paper,
    PlaceGroup,
    PlanSchool,
    PlanVersion,
)
from junheng.domains.intakes.policies.addresses import geojson_of, ring_of
from junheng.domains.intakes.terms import Circumstance
from junheng.domains.schools.models import School

MOMENTS = (
    "announce_by", "opens_at", "closes_at", "checked_by", "draw_at", "release_at", "reply_by", "appeal_by",
)  # fmt: skip


class Moment(forms.DateTimeInput):
    """A moment to the minute, in Shanghai."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class IntakeForm(forms.ModelForm):  # type: ignore[type-arg]
    """An admission and its days."""

    class Meta:
        model = Intake
        fields = (
            "code", "title", "area", "year", "stage", "born_by", "max_choices", "max_private", "algorithm",
            *MOMENTS, "starts_on", "coordinate", "address_limit",
        )  # fmt: skip
        widgets = {name: Moment() for name in MOMENTS} | {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("starts_on", "born_by")
        }

    def __init__(self, *args: Any, areas: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in MOMENTS:
            self.fields[name].input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]  # type: ignore[attr-defined]
        self.fields["code"].help_text = _(
            "只用英文字母、数字和短横线，例如 410802-2026-P；写入派位文件，公布后不再改。"
        )
        self.fields["code"].validators.append(RegexValidator(r"^(?!office$)[A-Za-z0-9-]+$"))
        place = self.fields["area"]
        assert isinstance(place, forms.ModelChoiceField)
        place.queryset = areas if areas is not None else Area.objects.none()


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg]
    """The classes of one school and where it lies."""

    class Meta:
        model = PlanSchool
        fields = ("classes", "class_size", "longitude", "latitude", "zone", "note")


class AddSchoolForm(forms.Form):
    """A school that is added to a plan by its code."""

    school = forms.ModelChoiceField(
        School.objects.none(), to_field_name="code", label=gettext_lazy("学校"), widget=forms.Select
    )
    classes = forms.IntegerField(label=gettext_lazy("计划班数"), min_value=1, max_value=60)
    class_size = forms.IntegerField(label=gettext_lazy("每班人数上限"), min_value=1, max_value=60)

    def __init__(self, *args: Any, schools: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["school"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = schools


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    """A group of places; the pool by its code, because it may be new as well."""

    pool = forms.CharField(label=gettext_lazy("空额转入（代码）"), max_length=24, required=False)

    class Meta:
        model = PlaceGroup
        fields = ("precedence", "code", "label", "capacity", "who", "ties")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and self.instance.release_to_id:
            self.initial["pool"] = self.instance.release_to.code


class CatchmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A piece of a catchment; the outline as GeoJSON."""

    outline = forms.CharField(
        label=gettext_lazy("地图范围（GeoJSON）"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 1}),
    )

    class Meta:
        model = Catchment
        fields = ("community", "street", "low", "high", "parity", "outline")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk and self.instance.outline:
            self.initial["outline"] = json.dumps(geojson_of(self.instance.outline))

    def clean_outline(self) -> Any:
        return outline_of(self.cleaned_data["outline"])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not (found.get("community") or found.get("street") or found.get("outline")):
            raise forms.ValidationError(_("请写明路街、小区（村）或地图范围中的一项。"))
        return found


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A category and what it needs."""

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("须核实的情况"), choices=Circumstance.choices, required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )  # fmt: skip

    class Meta:
        model = Category
        fields = ("private", "tier", "label", "needs", "in_catchment", "explanation")


class PaperForm(forms.ModelForm):  # type: ignore[type-arg]
    """A paper, or whose data stand for it."""

    class Meta:
        model = Paper
        fields = ("circumstance", "label", "exchange")


def outline_of(text: str) -> list[list[int]] | None:
    """The outline that somebody wrote down as GeoJSON."""
    if not text.strip():
        return None
    try:
        ring = ring_of(json.loads(text))
    except ValueError:
        ring = None
    if ring is None:
        raise forms.ValidationError(
            _("地图范围须是 GeoJSON 多边形（Polygon），坐标为经度、纬度，至少三个点。")
        )
    return ring


GroupRows = forms.inlineformset_factory(
    PlanSchool, PlaceGroup, form=GroupForm, fk_name="plan_school", extra=1
)
CatchmentRows = forms.inlineformset_factory(PlanSchool, Catchment, form=CatchmentForm, extra=2)
CategoryRows = forms.inlineformset_factory(PlanVersion, Category, form=CategoryForm, extra=1)
PaperRows = forms.inlineformset_factory(PlanVersion, Paper, form=PaperForm, extra=1)
