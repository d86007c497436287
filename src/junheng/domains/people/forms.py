"""What the deeds about officials ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.platform.deeds.declare import DeedForm


class AccountForm(DeedForm):
    """Which account."""

    username = forms.CharField(
        label=_("用户名"), max_length=150, help_text=_("这名责任人登录时用的用户名；账号须在同一区划有授权。")
    )
