"""What the deeds of a checklist ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.platform.deeds.declare import DeedForm


class RevisionForm(DeedForm):
    """Why there is a new version."""

    reason = forms.CharField(
        label=_("修订原因"),
        max_length=200,
        help_text=_("例如：条例修正后条款号有变。检查人员和学校会看到。"),
    )
