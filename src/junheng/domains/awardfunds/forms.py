"""What granting, paying, receiving and asking back ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.awardfunds.queries.rules import RULES
from junheng.domains.awardfunds.terms import Verdict
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.actions import LONGEST_WHY
from junheng.platform.registers.formfields import DayField, WholeNumberField, WordChoiceField, YuanField

KINDS = [(f"{level}-{name}", f"{TitleLevel(level).label}{TitleName(name).label}") for name, level in RULES]
"""The titles that money comes with, as the form offers them."""


class NoticeForm(forms.Form):
    """A document, the titles it speaks of, and its sum."""

    document = forms.CharField(label=_("下达文号"), max_length=60)
    issuer = forms.CharField(label=_("下达机关"), max_length=60)
    issued_on = DayField(label=_("下达日"))
    kind = forms.ChoiceField(label=_("称号"), choices=KINDS)
    year = WholeNumberField(label=_("授予年度"), min_value=2000, max_value=2100)
    total = YuanField(
        label=_("文件总额（元）"),
        help_text=_("须等于该年度授予且未撤销的称号数 × 标准；已登记过下达文件的称号不再计入。"),
    )
    why = forms.CharField(label=_("事由"), max_length=LONGEST_WHY)


class PayAwardForm(DeedForm):
    """The county's document, its sum and its day."""

    document = forms.CharField(label=_("拨付文号"), max_length=60)
    amount = YuanField(label=_("拨付金额（元）"))
    paid_on = DayField(label=_("拨付日"))


class ReceiveForm(DeedForm):
    """The day on which the money was there."""

    received_on = DayField(label=_("到账日"))


class SettleForm(DeedForm):
    """What becomes of the money of a title that was revoked."""

    verdict = WordChoiceField(label=_("处理"), choices=[("", "—"), *Verdict.choices])
    amount = YuanField(label=_("收回金额（元）"), required=False, help_text=_("不收回的留空。"))
    document = forms.CharField(label=_("处理文号"), max_length=60)
    decided_on = DayField(label=_("决定日"))


class GiveBackForm(DeedForm):
    """The day on which the money was back."""

    returned_on = DayField(label=_("收回日"))
