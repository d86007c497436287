"""What the deeds of a case ask. A legal step asks what its line of the procedure wants, and nothing else."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.governance.queries import next_states
from junheng.domains.governance.queries.procedure import PROCEDURE
from junheng.domains.governance.terms import OUTCOMES, ExhibitKind, LegalStep, RecusalKind, Verdict
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import (
    DayField,
    KeyField,
    WholeNumberField,
    WordChoiceField,
    YuanField,
)

OFFICER = _("填写执法证号，或从名单选择。")


class StepForm(DeedForm):
    """To which state, and on which day. Only the states that come next are offered."""

    to = forms.ChoiceField(label=_("办理结果"))
    on = DayField(label=_("办理日"))

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        choice = self.fields["to"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(state.value, state.label) for state in next_states(row)]


class LegalForm(DeedForm):
    """The day of a step and, last, what is to be said of it."""

    on = DayField(label=_("办理日"))
    words = forms.CharField(
        label=_("摘要"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


def legal_form(step: LegalStep) -> type[LegalForm]:
    """The form of one step, made from its line of the procedure."""
    turn = PROCEDURE[step]
    made: dict[str, Any] = {"__doc__": LegalForm.__doc__, "relations": {}}
    if turn.two or step == LegalStep.HEARING:
        made["first"] = KeyField(
            label=_("听证主持人") if step == LegalStep.HEARING else _("执法人员一"), help_text=OFFICER
        )
        made["relations"]["first"] = ("casesteps", "first")
    if turn.two:
        made["second"] = KeyField(
            label=_("执法人员二"), required=False, help_text=_("须两人，且不是同一人。")
        )
        made["relations"]["second"] = ("casesteps", "second")
    if step in OUTCOMES:
        made["outcome"] = WordChoiceField(
            label=_("结果"), choices=[("", _("请选择")), *((one.value, one.label) for one in OUTCOMES[step])]
        )
    if turn.document:
        made["document"] = forms.CharField(label=_("文书号"), max_length=60)
    if step == LegalStep.DECIDE:
        made["fine_fen"] = YuanField(label=_("罚款（元）"), required=False, help_text=_("没有罚款的不填。"))
    return type(f"{step.name.title()}Form", (LegalForm,), made)


class FileForm(DeedForm):
    """Where it is and whose it is."""

    place = forms.CharField(label=_("办班地点"), max_length=120)
    operator = forms.CharField(
        label=_("举办者"), max_length=80, required=False, help_text=_("个人写姓名，单位写全称；不明的留空。")
    )


class RefundForm(DeedForm):
    """What one family is owed."""

    owed_fen = YuanField(label=_("应退金额（元）"), help_text=_("一户一次，按收费凭据填写。"))


class ProofForm(DeedForm):
    """What a family got back, when, and which receipt shows it."""

    repaid_fen = YuanField(label=_("累计已退（元）"))
    on = DayField(label=_("退费日"))
    proof = forms.CharField(label=_("退费凭证号"), max_length=60, help_text=_("转账回单或家长签收单的编号。"))


class NothingOwedForm(DeedForm):
    """Why nobody is owed anything."""

    reason = forms.CharField(label=_("无需退费的理由"), max_length=200)


class RecusalForm(DeedForm):
    """Which officer keeps out, since when and why."""

    relations: ClassVar = {"enforcer": ("recusals", "enforcer")}
    enforcer = KeyField(label=_("执法人员"), help_text=OFFICER)
    kind = WordChoiceField(label=_("提出方式"), choices=[("", _("请选择")), *RecusalKind.choices])
    on = DayField(label=_("决定日"))
    reason = forms.CharField(label=_("理由"), max_length=200)


class PartnerForm(DeedForm):
    """Which office takes part, since when, and what it does."""

    office = forms.CharField(label=_("单位"), max_length=60)
    on = DayField(label=_("参加日"))
    part = forms.CharField(label=_("分工"), max_length=120)


class ExtensionForm(DeedForm):
    """By how many days, since when it is approved, by which document and why."""

    days = WholeNumberField(label=_("延长天数"), min_value=1, max_value=365)
    on = DayField(label=_("批准日"), help_text=_("须在原截止日之前批准。"))
    document = forms.CharField(label=_("批准文书号"), max_length=60)
    reason = forms.CharField(label=_("延长理由"), max_length=200, help_text=_("案情复杂等，写明具体情况。"))


class SiteForm(DeedForm):
    """Which other case, and whether it is the same place and operator."""

    relations: ClassVar = {"other": ("sitematches", "other")}
    other = KeyField(label=_("另一案件"), help_text=_("填写案件编号；相像的案件见案卷页。"))
    verdict = WordChoiceField(label=_("认定"), choices=[("", _("请选择")), *Verdict.choices])
    reason = forms.CharField(label=_("理由"), max_length=200)
    on = DayField(label=_("认定日"))


class CustodyForm(DeedForm):
    """Who gave it to whom, when and what for."""

    giver = forms.CharField(label=_("移交人"), max_length=40)
    receiver = forms.CharField(label=_("接收人"), max_length=40)
    purpose = forms.CharField(label=_("用途"), max_length=120)
    on = DayField(label=_("交接日"))

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        self.fields["giver"].initial = row.holder


class ExhibitForm(DeedForm):
    """An exhibit: what it is, where and by whom it was taken; the file comes beside the form."""

    relations: ClassVar = {"first": ("exhibits", "first"), "second": ("exhibits", "second")}
    kind = WordChoiceField(label=_("种类"), choices=[("", _("请选择")), *ExhibitKind.choices])
    title = forms.CharField(label=_("名称"), max_length=80)
    taken_on = DayField(label=_("取得日"))
    place = forms.CharField(label=_("取得地点"), max_length=120, required=False)
    first = KeyField(label=_("取证人一"), help_text=OFFICER)
    second = KeyField(label=_("取证人二"), help_text=OFFICER)


class ChargeForm(DeedForm):
    """What a school took, from how many families, when, and when that was found."""

    item = forms.CharField(label=_("收费项目"), max_length=80)
    charged_fen = YuanField(label=_("每户实收（元）"))
    cost_fen = YuanField(
        label=_("每户成本（元）"), required=False, help_text=_("目录写明据实收取的项目，填写核实的成本。")
    )
    families = WholeNumberField(label=_("涉及家庭数"), min_value=1, max_value=100_000)
    charged_on = DayField(label=_("收费日"))
    found_on = DayField(label=_("发现日"))


class RepaidForm(DeedForm):
    """What was paid back in all, to how many, when, and what shows it."""

    repaid_fen = YuanField(label=_("累计已退（元）"))
    repaid_families = WholeNumberField(label=_("累计已退家庭数"), min_value=1, max_value=100_000)
    on = DayField(label=_("退费日"))
    proof = forms.CharField(label=_("退费凭证号"), max_length=60, help_text=_("退费清单或转账回单的编号。"))
