"""What the page of a school asks about help: for whom, what, when, with how many."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.domains.groups.models import GroupMember, HelpAction, Pair
from junheng.domains.groups.terms import HelpKind
from junheng.platform.registers.actions import LONGEST_WHY
from junheng.platform.registers.formfields import DayField

MOST_PEOPLE = 5_000


class HelpForm(forms.Form):
    """One thing that was done in a pair or a group."""

    within = forms.ChoiceField(label=gettext_lazy("受援学校"))
    kind = forms.ChoiceField(
        label=gettext_lazy("行动"), choices=[("", gettext_lazy("请选择")), *HelpKind.choices]
    )
    on = DayField(label=gettext_lazy("行动日"))
    people = forms.IntegerField(label=gettext_lazy("参与人数"), min_value=1, max_value=MOST_PEOPLE)
    what = forms.CharField(
        label=gettext_lazy("内容"),
        max_length=160,
        help_text=HelpAction._meta.get_field("what").help_text,
    )
    why = forms.CharField(
        label=gettext_lazy("事由"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("依据什么登记，例如年度计划、结对协议；随登记一并留痕。"),
    )

    def __init__(self, data: Any = None, *, relations: Sequence[Pair | GroupMember]) -> None:
        super().__init__(data)
        self.relations = {named(one): one for one in relations}
        box = self.fields["within"]
        assert isinstance(box, forms.ChoiceField)
        box.choices = [
            ("", _("请选择")),
            *((key, in_words(one)) for key, one in self.relations.items()),
        ]

    def clean_within(self) -> Pair | GroupMember:
        """The pair or the membership that was chosen."""
        return self.relations[self.cleaned_data["within"]]


def named(one: Pair | GroupMember) -> str:
    """What a pair or a membership is called in the form."""
    return f"{'pair' if isinstance(one, Pair) else 'member'}-{one.pk}"


def in_words(one: Pair | GroupMember) -> str:
    """The school that is helped, and by what."""
    if isinstance(one, Pair):
        return _("%(school)s（结对 %(code)s）") % {"school": one.helped, "code": one.code}
    return _("%(school)s（%(group)s）") % {"school": one.school, "group": one.group}
