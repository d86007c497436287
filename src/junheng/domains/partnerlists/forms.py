"""What is said of a list when it is taken in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.areas.models import Area
from junheng.domains.areas.terms import AreaKind
from junheng.domains.partnerlists.models import LISTED
from junheng.domains.partnerlists.policies.scope import looks_after
from junheng.domains.partnerlists.terms import OWNERS
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField


class SourceForm(forms.Form):
    """Whose list it is, by what right it came, and for how long it holds."""

    area = forms.ChoiceField(label=_("区划"))
    category = forms.ChoiceField(label=_("类别"))
    owner = forms.CharField(label=_("提供单位"), max_length=60, help_text=_("出具名单的部门全称。"))
    document = forms.CharField(label=_("来函文号"), max_length=80)
    basis = forms.CharField(label=_("依据"), max_length=120, help_text=_("依据哪个文件共享这份名单。"))
    as_of = DayField(label=_("名单截至日"))
    valid_until = DayField(label=_("有效至（含当日）"), help_text=_("到期后不再据此认定，请按来函填写。"))

    def __init__(self, *args: Any, asker: Asker, **options: Any) -> None:
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        counties = Area.objects.filter(kind=AreaKind.COUNTY, until=None).order_by("code")
        fields["area"].choices = [(one.pk, one.name) for one in counties if looks_after(asker, one.pk)]
        fields["category"].choices = [(one.value, f"{one.label}（{OWNERS[one]}）") for one in LISTED]
