"""Deeds about projects, as the pages offer them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from junheng.domains.projects.actions import accept_project, cancel_project
from junheng.domains.projects.models import Project
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField


class RunningProject(Deed[Project]):
    """A deed about a project that is neither done nor given up."""

    register = "projects"

    def is_open(self, row: Project) -> bool:
        return row.accepted_on is None and row.cancelled_on is None


class AcceptForm(DeedForm):
    """The day of the acceptance record, and the places it confirms."""

    on = DayField(label=_("竣工验收日"))
    places_after = forms.IntegerField(label=_("建设后学位"), min_value=0, max_value=100_000)


@deed
class Accept(RunningProject):
    """竣工验收后项目才算完成。学位按验收的班数核定，与验收日一并登记。"""

    slug = "accept"
    label = _("竣工验收")
    form = AcceptForm

    def do(self, row: Project, *, by: Any, at: Any, why: str, **asked: Any) -> Project:
        return accept_project(row, by=by, at=at, why=why, **asked)


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
