"""What an applicant says of a work and of a file, and what a reviewer says of two that are alike."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.works.models import AttachmentRule, Work
from junheng.domains.works.terms import TAKEN, Form
from junheng.platform.deeds.declare import DeedForm

ACCEPT = {
    Form.TEXT: ".docx,.txt,text/plain",
    Form.PICTURE: ",".join(sorted(TAKEN[Form.PICTURE])),
    Form.FILM: "video/mp4,video/quicktime,video/webm",
    Form.PDF: "application/pdf",
    Form.PAPER: ",".join(sorted(TAKEN[Form.PAPER])),
}
"""What a browser offers to choose from; what a file is, its bytes say."""
PICTURED = frozenset({Form.PICTURE, Form.FILM})
"""Forms on which children may be recognised."""


if TYPE_CHECKING:
    OfWork = forms.ModelForm[Work]
else:
    OfWork = forms.ModelForm


class WorkForm(OfWork):
    """The title and the tutor."""

    class Meta:
        model = Work
        fields = ("title", "tutor")


class FileForm(forms.Form):
    """One file for what a category asks for; an essay may be written on the page instead."""

    def __init__(self, data: Any = None, files: Any = None, *, rule: AttachmentRule) -> None:
        super().__init__(data, files, prefix=f"rule{rule.pk}")
        self.rule = rule
        if rule.form == Form.TEXT:
            self.fields["words"] = forms.CharField(
                label=_("正文"),
                required=False,
                max_length=40_000,
                widget=forms.Textarea(attrs={"rows": 10}),
                help_text=_("可直接粘贴正文，也可上传 .docx 或 .txt。不要写校名和姓名。"),
            )
        if rule.form in PICTURED:
            self.fields["children"] = forms.BooleanField(
                label=_("画面里能认出学生"),
                required=False,
                help_text=_("能认出学生的只供评审，不公开展示。"),
            )
        self.fields["file"] = forms.FileField(
            label=rule.get_form_display(),
            required=False,
            max_length=400,
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": ACCEPT[Form(rule.form)]}),
        )


class LikenessForm(DeedForm):
    """What was found when the two were laid side by side."""

    words = forms.CharField(
        label=_("核对说明"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明对照后看到的情况，如“都引用了同一段法条”；如何处理在审核意见里写。"),
    )
