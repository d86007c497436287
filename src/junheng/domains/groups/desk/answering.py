"""What the helped school says of help, and what was done about a weak school, as the pages offer them."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.groups import actions
from junheng.domains.groups.models import HelpAction, WeakSchool
from junheng.domains.groups.policies import heads
from junheng.domains.groups.terms import HelpState, WeakCriterion
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import TermField, WordChoiceField


class ByTheHelped(Deed[HelpAction]):
    """A deed of the principal of the helped school, who did not write the entry."""

    register = "helpactions"

    def is_for(self, asker: Asker, row: HelpAction) -> bool:
        return heads(asker, row.taker_id) and asker.user.get_username() != row.written_by


@deed
class ConfirmHelp(ByTheHelped):
    """确有其事，内容和人数属实。确认后计入集团和结对的帮扶行动；原来有异议、已经说清的，也在这里确认。"""

    slug = "confirm"
    label = _("确认帮扶行动")

    def is_open(self, row: HelpAction) -> bool:
        return row.state != HelpState.CONFIRMED

    def do(self, row: HelpAction, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.confirm_help(row, by=by, at=at, why=why)


class DisputeForm(DeedForm):
    """What was not so."""

    words = forms.CharField(label=_("与实际不符之处"), max_length=160, help_text=_("不写教师和学生的姓名。"))


@deed
class DisputeHelp(ByTheHelped):
    """没有这回事，或者内容、人数与实际不符。县（市、区）教育局看得到；说清以后可以再确认。"""

    slug = "dispute"
    label = _("提出异议")
    form = DisputeForm

    def is_open(self, row: HelpAction) -> bool:
        return row.state == HelpState.OPEN

    def do(self, row: HelpAction, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.dispute_help(row, by=by, at=at, why=why, **asked)


class ProgressForm(DeedForm):
    """The term, the criterion, what was done, and whether it is met no more."""

    term = TermField(label=_("学期"))
    criterion = WordChoiceField(label=_("列入标准"), choices=WeakCriterion.choices)
    what = forms.CharField(label=_("做了什么"), max_length=160, help_text=_("不写教师和学生的姓名。"))
    mended = forms.BooleanField(label=_("已经改善"), required=False)


@deed
class NoteProgress(Deed[WeakSchool]):
    """登记一个学期就一条列入标准做了什么。各条都已改善的，再在“终止”中提出移出，由市局核定。"""

    slug = "progress"
    register = "weakschools"
    writes = "weakprogress"
    label = _("登记进展")
    form = ProgressForm

    def is_open(self, row: WeakSchool) -> bool:
        return row.until is None

    def do(self, row: WeakSchool, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        asked["criterion"] = WeakCriterion(asked["criterion"])
        actions.note_progress(row, by=by, at=at, why=why, **asked)
        return row
