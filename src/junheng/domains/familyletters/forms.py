"""What the pages of letters ask: a letter, and a family's receipt."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.familyletters.models import FamilyLetter
from junheng.platform.registers.formfields import DayField


class LetterForm(forms.ModelForm):  # type: ignore[type-arg]
    """A letter as its office or school writes it."""

    due_on = DayField(label=_("回执截止日"), help_text=_("截止日前两天，班主任会在首页看到还没交的。"))

    class Meta:
        model = FamilyLetter
        fields = ("title", "topic", "audience", "only", "due_on", "text")
        widgets = {"only": forms.Textarea(attrs={"rows": 2}), "text": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"text": _("空一行就是新的一段。发出后不能改，要改请另发更正。")}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        if self.instance.school_id is not None:
            del self.fields["only"]


class ReceiptForm(forms.Form):
    """Which child, that the letter was read, and by whom. Nothing else is asked."""

    name = forms.CharField(
        label=_("孩子姓名"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    born_on = DayField(label=_("孩子出生日期"), required=False)
    read = forms.BooleanField(
        label=_("我已阅读并知晓这封告家长书。"), error_messages={"required": _("请先勾选“已阅读并知晓”。")}
    )
    signed_by = forms.CharField(
        label=_("家长签名（写姓名）"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
