"""What every deed of lineage asks: the day, the document, and that somebody has looked at what goes along."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.areas.queries import units_coded
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.lineage.moving import preview
from junheng.platform.registers.formfields import DayField


class LineageForm(DeedForm):
    """The day from which it holds, and the document that says so."""

    on = DayField(label=gettext_lazy("生效日"), help_text=gettext_lazy("批准文件上的日期，不晚于今天。"))
    number = forms.CharField(label=gettext_lazy("批准文号"), max_length=60)


class CarryingForm(LineageForm):
    """A deed that carries rows along: what goes and what stays is shown before anything is done."""

    checked = forms.BooleanField(
        label=gettext_lazy("已核对随之变动的记录"),
        required=False,
        help_text=gettext_lazy("先不勾选提交一次，查看哪些记录随之变动、哪些留在原单位；核对后勾选再提交。"),
    )

    def units(self, cleaned: dict[str, Any]) -> list[Any]:
        """The units whose rows go along."""
        return [self.row]

    def clean(self) -> dict[str, Any]:
        """Show what would happen until somebody says that it was looked at."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.pop("checked", False):
            raise ValidationError(self.told(cleaned), code="look-first")
        cleaned.pop("checked", None)
        return cleaned

    def told(self, cleaned: dict[str, Any]) -> str:
        """What goes along and what stays, in one sentence each."""
        on: date = cleaned["on"]
        units = self.units(cleaned)
        found = preview(type(self.row), [one.pk for one in units], on)
        goes = "、".join(f"{one.label} {one.count}" for one in found if one.goes) or _("无")
        stays = "、".join(f"{one.label} {one.count}" for one in found if not one.goes) or _("无")
        return _("请核对。随之变动：%(goes)s。留在原单位：%(stays)s。核对无误请勾选后再次提交。") % {
            "goes": goes,
            "stays": stays,
        }


class RenameForm(LineageForm):
    """The new name."""

    name = forms.CharField(label=gettext_lazy("新名称"), max_length=60)


class MergeForm(CarryingForm):
    """The units that go up in this one."""

    codes = forms.CharField(
        label=gettext_lazy("并入的单位"),
        max_length=200,
        help_text=gettext_lazy("填写标识码，多个以顿号分隔。"),
    )

    def clean_codes(self) -> list[Any]:
        """The units behind the codes."""
        return units_coded(type(self.row), self.cleaned_data["codes"])

    def units(self, cleaned: dict[str, Any]) -> list[Any]:
        return list(cleaned["codes"])


class CloseForm(CarryingForm):
    """The unit that carries on."""

    heir = forms.CharField(
        label=gettext_lazy("承接单位"),
        max_length=60,
        help_text=gettext_lazy("填写承接单位的标识码，本单位的在册记录转入该单位。"),
    )

    def clean_heir(self) -> Any:
        """The unit behind the code."""
        return units_coded(type(self.row), self.cleaned_data["heir"])[0]
