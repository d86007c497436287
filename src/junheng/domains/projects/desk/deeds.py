"""Deeds about projects and their steps, as the pages offer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.projects.actions import Record, accept_project, cancel_project, planning, reaching
from junheng.domains.projects.models import Milestone, Project
from junheng.domains.projects.policies import is_office
from junheng.domains.projects.queries.standing import steps_of
from junheng.domains.projects.terms import STEPS, HeldBy, ProjectKind, ReportVerdict, Step
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField, WordChoiceField


def reasons() -> WordChoiceField:
    """What keeps a step."""
    return WordChoiceField(label=_("未完成原因"), choices=[("", "—"), *HeldBy.choices])


def in_words(label: Any) -> forms.CharField:
    """Words beside the reason."""
    return forms.CharField(label=label, max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class RunningProject(Deed[Project]):
    """A deed about a project that is neither done nor given up."""

    register = "projects"

    def is_open(self, row: Project) -> bool:
        return row.accepted_on is None and row.cancelled_on is None


class PlanForm(DeedForm):
    """A day for each step of this kind of project."""

    def __init__(self, *args: Any, row: Project, asker: Asker, **kwargs: Any) -> None:
        super().__init__(*args, row=row, asker=asker, **kwargs)
        there = {one.step: one.planned_on for one in steps_of(row)}
        for step in STEPS[ProjectKind(row.kind)]:
            self.fields[step.value] = DayField(
                label=step.label, required=step is Step.ACCEPTED, initial=there.get(step.value)
            )
        self.order_fields([name for name in self.fields if name != "why"])


@deed
class LayPlan(RunningProject):
    """给每个节点一个计划日；不适用的留空，验收必填。开工前、没有节点完成或逾期时可以重排；以后逐个调整并写明原因。"""

    slug = "plan"
    label = _("制定节点计划")
    form = PlanForm

    def is_open(self, row: Project) -> bool:
        return (
            super().is_open(row)
            and not Milestone.objects.filter(project=row).exclude(reached_on=None).exists()
        )

    def do(self, row: Project, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        days = {Step(name): day for name, day in asked.items() if day is not None}
        planning.lay_plan(row, days=days, by=by, at=at, why=why)
        return row


class AcceptForm(DeedForm):
    """What the record of the acceptance says."""

    on = DayField(label=_("竣工验收日"))
    number = forms.CharField(label=_("验收文号"), max_length=60)
    acceptors = forms.CharField(
        label=_("验收单位"), max_length=200, help_text=_("参加验收的单位，用顿号隔开；不写个人姓名。")
    )
    classes = forms.IntegerField(label=_("验收班数"), min_value=0, max_value=500, required=False)
    per_class = forms.IntegerField(label=_("每班学位"), min_value=0, max_value=100, required=False)
    places_after = forms.IntegerField(
        label=_("建设后学位"),
        min_value=0,
        max_value=100_000,
        help_text=_("新建、改建、扩建：班数 × 每班学位。"),
    )
    difference = forms.CharField(label=_("不符说明"), max_length=200, required=False)
    report_number = forms.CharField(
        label=_("材料检测报告编号"), max_length=60, required=False, help_text=_("运动场项目必填。")
    )
    report_verdict = WordChoiceField(
        label=_("检测结论"), choices=[("", "—"), *ReportVerdict.choices], required=False
    )

    def __init__(self, *args: Any, row: Project, asker: Asker, **kwargs: Any) -> None:
        super().__init__(*args, row=row, asker=asker, **kwargs)
        self.fields["places_after"].initial = row.places_after


@deed
class Accept(RunningProject):
    """竣工验收后项目才算完成。学位按验收的班数核定，与验收日一并登记；幼儿园的学位同时报园所名录。"""

    slug = "accept"
    label = _("竣工验收")
    form = AcceptForm

    def do(self, row: Project, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        record = Record(**asked | {name: asked[name] or 0 for name in ("classes", "per_class")})
        return accept_project(row, record, by=by, at=at, why=why)


class CancelForm(DeedForm):
    """The day."""

    on = DayField(label=_("取消日"))


@deed
class Cancel(RunningProject):
    """项目取消后记录保留，不计入完成。"""

    slug = "cancel"
    label = _("取消项目")
    form = CancelForm

    def do(self, row: Project, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        return cancel_project(row, by=by, at=at, why=why, **asked)


class ExplainForm(DeedForm):
    """Why it is not done."""

    held_by = reasons()
    words = in_words(_("原因说明"))


@deed
class Explain(RunningProject):
    """写明下一个节点为什么还没有完成；计划日不变。要改计划日，在节点页办理「调整计划日」。"""

    slug = "explain"
    label = _("说明未完成原因")
    form = ExplainForm

    def is_open(self, row: Project) -> bool:
        return super().is_open(row) and waits(row)

    def do(self, row: Project, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        planning.explain(row, held_by=HeldBy(asked["held_by"]), words=asked["words"], by=by, at=at, why=why)
        return row


def waits(row: Project) -> bool:
    """Whether a step of a project is still to be reached."""
    return Milestone.objects.filter(project=row, reached_on=None).exists()


class ReportForm(DeedForm):
    """The day, and what was done."""

    on = DayField(label=_("完成日"))
    words = in_words(_("说明"))


@deed
class Report(Deed[Project]):
    """学校或幼儿园报告下一个节点已完成；由县（市、区）教育局核对文号后登记。"""

    slug = "report"
    register = "projects"
    writes = "milestones"
    label = _("上报进展")
    form = ReportForm

    def is_open(self, row: Project) -> bool:
        return row.cancelled_on is None and waits(row)

    def is_for(self, asker: Asker, row: Project) -> bool:
        return not is_office(asker) and super().is_for(asker, row)

    def do(self, row: Project, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        reaching.report(row, on=asked["on"], words=asked["words"], by=by, at=at, why=why)
        return row


class OpenStep(Deed[Milestone]):
    """A deed of the bureau about a step that is not reached, of a project that was not given up."""

    register = "milestones"

    def is_open(self, row: Milestone) -> bool:
        return row.reached_on is None and row.project.cancelled_on is None

    def is_for(self, asker: Asker, row: Milestone) -> bool:
        return is_office(asker) and super().is_for(asker, row)


class ReachForm(DeedForm):
    """The day and the document."""

    on = DayField(label=_("完成日"))
    number = forms.CharField(
        label=_("依据文号"), max_length=60, help_text=_("批复、许可证、公告、验收意见等的编号。")
    )

    def __init__(self, *args: Any, row: Milestone, asker: Asker, **kwargs: Any) -> None:
        super().__init__(*args, row=row, asker=asker, **kwargs)
        self.fields["on"].initial = row.reported_on


@deed
class Reach(OpenStep):
    """前面的节点都完成后才能登记；凭文号登记，登记后不能改。验收在项目页办理「竣工验收」。"""

    slug = "reach"
    label = _("登记节点完成")
    form = ReachForm

    def is_open(self, row: Milestone) -> bool:
        return super().is_open(row) and row.step != Step.ACCEPTED

    def do(self, row: Milestone, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        return reaching.reach(row, by=by, at=at, why=why, **asked).project


class MoveForm(ExplainForm):
    """The new day, and why."""

    planned_on = DayField(label=_("新的计划日"))
    field_order = ("planned_on", "held_by", "words")


@deed
class Move(OpenStep):
    """改这个节点的计划日并写明原因；最初计划日保留，公开页面同时显示。"""

    slug = "move"
    label = _("调整计划日")
    form = MoveForm

    def do(self, row: Milestone, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        asked["held_by"] = HeldBy(asked["held_by"])
        return planning.move(row, by=by, at=at, why=why, **asked).project
