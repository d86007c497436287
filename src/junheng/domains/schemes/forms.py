"""What the deeds of schemes ask, what a juror fills in, and what the public writes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.schemes.models import PublicityLine, SchemeApplication, SchemeCriterion, SchemeEvidence
from junheng.domains.schemes.queries.twins import twins_of
from junheng.domains.schemes.terms import Asked, Stage, Verdict
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.registers.formfields import DayField, WholeNumberField, WordChoiceField

STATED = "stated_"


def box(rows: int) -> forms.Textarea:
    """A box for some lines."""
    return forms.Textarea(attrs={"rows": rows})


class CopyForm(DeedForm):
    """What the new scheme is called by."""

    code = forms.CharField(label=_("新方案的代码"), max_length=18, help_text=_("如 wenming-2024。"))


class CommitteeForm(DeedForm):
    """How a school's committee voted."""

    on = DayField(label=_("评审日"))
    present = WholeNumberField(label=_("到会人数"), min_value=1, max_value=999)
    agreed = WholeNumberField(
        label=_("赞成人数"), min_value=0, max_value=999, help_text=_("超过到会人数一半的为通过。")
    )
    words = forms.CharField(
        label=_("评审意见"), max_length=300, widget=box(3), help_text=_("写明主持、计票和监票的人。")
    )


LINE = "line_"


class ProvinceForm(DeedForm):
    """One document, and what it says of each line that waits."""

    on = DayField(label=_("省级文件日期"))
    number = forms.CharField(label=_("省级文号"), max_length=40)

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        waiting = PublicityLine.objects.filter(publicity=row, application__stage=Stage.RECOMMENDED)
        for one in waiting.select_related("application").order_by("place"):
            self.fields[f"{LINE}{one.place}"] = WordChoiceField(
                label=f"{one.place}. {one.unit} {one.person}（{one.category}）",
                choices=[("", _("文件未提及，继续等待")), ("yes", _("予以认定")), ("no", _("未予认定"))],
                required=False,
            )
        self.order_fields([name for name in self.fields if name != "why"])


class JurorForm(DeedForm):
    """Whose account it is."""

    login = forms.CharField(
        label=_("评委账号"),
        max_length=60,
        help_text=_("须是已有的登录账号；与申报单位有关的，系统自动回避。"),
    )


def stated_fields(application: SchemeApplication) -> dict[str, forms.Field]:
    """A field for every criterion that no register answers, filled with what was said last time."""
    said = dict(SchemeEvidence.objects.filter(application=application).values_list("criterion", "said"))
    rows = SchemeCriterion.objects.filter(scheme=application.category.scheme, asked=Asked.STATE).order_by(
        "number"
    )
    fields: dict[str, forms.Field] = {
        f"{STATED}{one.pk}": forms.CharField(
            label=str(one),
            required=one.needed,
            max_length=300,
            widget=box(2),
            initial=said.get(one.pk, ""),
            help_text=one.basis,
        )
        for one in rows
    }
    if application.kindergarten is not None and twins_of(application.kindergarten):
        fields["twin"] = forms.CharField(
            label=_("与相似幼儿园的关系"),
            required=False,
            max_length=200,
            initial=application.twin,
            help_text=_("名录里有电话相同或名称相近的幼儿园，请说明是否同一所、何时改名。"),
        )
    return fields


class SubmitForm(DeedForm):
    """What the registers do not know."""

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        self.fields.update(stated_fields(row))
        self.order_fields([name for name in self.fields if name != "why"])


VERDICTS = [("", "—"), *Verdict.choices]


class ReviewForm(DeedForm):
    """The verdict, and what is wrong or missing."""

    verdict = WordChoiceField(label=_("意见"), choices=VERDICTS)
    words = forms.CharField(
        label=_("说明"),
        max_length=500,
        widget=box(3),
        help_text=_("退回的逐条写明要补正什么；不予通过的写明哪一条没有达到；回避的写明原因。"),
    )


class VisitForm(DeedForm):
    """What one inspector found on site, against the list of the scheme."""

    found = WordChoiceField(
        label=_("现场结论"), choices=[("", "—"), (Verdict.PASS, _("合格")), (Verdict.REJECT, _("不合格"))]
    )
    words = forms.CharField(label=_("逐项记录"), max_length=500, widget=box(5))

    def __init__(self, data: Any = None, *, row: Any, asker: Any) -> None:
        super().__init__(data, row=row, asker=asker)
        items = SchemeCriterion.objects.filter(scheme=row.category.scheme, asked=Asked.VISIT).order_by(
            "number"
        )
        self.fields["words"].help_text = "；".join(str(one) for one in items)


class AnswerForm(DeedForm):
    """Whether the objection is right, and what was found."""

    upheld = WordChoiceField(
        label=_("是否属实"), choices=[("", "—"), ("yes", _("属实，不予认定")), ("no", _("不属实"))]
    )
    words = forms.CharField(
        label=_("核查结论"), max_length=300, widget=box(3), help_text=_("凭回执号可查，不要写个人信息。")
    )


class DecisionForm(DeedForm):
    """The day and the number of the decision."""

    on = DayField(label=_("决定日"), help_text=_("公示截止之后，不能早于今天。"))
    number = forms.CharField(label=_("决定文号"), max_length=40)


class CheckForm(DeedForm):
    """When it was looked at again."""

    on = DayField(label=_("复核日"))


class RevokeForm(DeedForm):
    """From when it holds no longer, and why, as the public reads it."""

    on = DayField(label=_("撤销日"))
    reason = forms.CharField(
        label=_("撤销原因"), max_length=200, help_text=_("核验页面会显示，不要写个人信息。")
    )


class ScoreForm(forms.Form):
    """One number for every criterion that is scored."""

    def __init__(self, data: Any = None, *, criteria: list[SchemeCriterion]) -> None:
        super().__init__(data)
        for one in criteria:
            self.fields[f"points_{one.pk}"] = WholeNumberField(
                label=f"{one}（0–{one.points}）", min_value=0, max_value=one.points
            )
        self.fields["words"] = forms.CharField(label=_("评语"), max_length=300, required=False, widget=box(2))


class RecusalForm(forms.Form):
    """Why a juror has no part in it."""

    words = forms.CharField(label=_("回避原因"), max_length=200)


class ObjectionForm(forms.Form):
    """Which line is wrong, and what about it."""

    line = forms.ModelChoiceField(label=_("对哪一项有异议"), queryset=PublicityLine.objects.none())
    words = forms.CharField(
        label=_("异议内容"),
        max_length=500,
        widget=box(4),
        help_text=_("写事实和线索，不用写您是谁，也不要写他人的身份信息。"),
    )

    def __init__(self, data: Any = None, *, lines: Any) -> None:
        super().__init__(data)
        chosen: Any = self.fields["line"]
        chosen.queryset = lines
        chosen.label_from_instance = lambda one: f"{one.place}. {one.unit}{one.person}（{one.category}）"


class CodeForm(forms.Form):
    """A code to look up."""

    code = forms.CharField(
        label=_("证书编号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class FillForm(forms.Form):
    """What a kindergarten says itself."""

    statement = forms.CharField(
        label=_("事迹与说明"),
        max_length=1000,
        required=False,
        widget=box(5),
        help_text=_("台账里有的不必重写。"),
    )

    def __init__(self, data: Any = None, *, row: SchemeApplication) -> None:
        super().__init__(data, initial={"statement": row.statement})
        self.fields.update(stated_fields(row))
