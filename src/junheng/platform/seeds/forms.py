"""What is filled in before a list is closed: contributors, public values, the value that stands for silence."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PrepareForm(forms.Form):
    """One line each, so that a prepared notice can be pasted."""

    contributors = forms.CharField(
        label=gettext_lazy("种子参与方（每行：代码 名称）"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000,
        help_text=gettext_lazy("例如 notary 公证处。至少两方；代码用英文，写入种子的计算。"),
    )  # fmt: skip
    sources = forms.CharField(
        label=gettext_lazy("公共随机值（每行：代码 产生时间 来源）"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("例如 welfare-2026095 2026-08-20T21:30 福利彩票双色球第2026095期。按次序用第一个产生的；产生时间须在揭示截止（入学派位即派位时间）之后。"),
    )  # fmt: skip
    fallback = forms.CharField(
        label=gettext_lazy("代用值"),
        max_length=32,
        help_text=gettext_lazy("有人不揭示时按它计入，用英文和数字，例如 fallback-2026。"),
    )

    def clean_contributors(self) -> list[tuple[str, str]]:
        rows = [
            line.split(None, 1) for line in self.cleaned_data["contributors"].splitlines() if line.strip()
        ]
        if any(len(row) != 2 for row in rows):
            raise forms.ValidationError(_("每行须是代码和名称，中间用空格隔开。"))
        return [(name, label.strip()[:40]) for name, label in rows]

    def clean_sources(self) -> list[tuple[str, str, datetime]]:
        found = []
        for line in filter(str.strip, self.cleaned_data["sources"].splitlines()):
            parts = line.split(None, 2)
            try:
                due = timezone.make_aware(datetime.fromisoformat(parts[1]).replace(tzinfo=None))
                found.append((parts[0], parts[2].strip()[:80], due))
            except (ValueError, IndexError):
                raise forms.ValidationError(
                    _("每行须是代码、产生时间（如 2026-08-20T21:30）和来源，中间用空格隔开。")
                ) from None
        return found


def lines_of(contributors: list[Any], values: list[Any], fallback: str) -> dict[str, str]:
    """What stands already, as the form shows it."""
    return {
        "contributors": "\n".join(f"{one.name} {one.label}" for one in contributors),
        "sources": "\n".join(
            f"{one.name} {timezone.localtime(one.due_at):%Y-%m-%dT%H:%M} {one.label}" for one in values
        ),
        "fallback": fallback,
    }
