"""The deeds about kindergartens in groups, as the pages offer them."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.groups import actions
from junheng.domains.groups.desk.deeds import AboutAGroup, DoneByAnOffice, LeaveForm
from junheng.domains.groups.models import KindergartenMember, SchoolGroup
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpMode, HelpReason
from junheng.platform.deeds.declare import DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField


class KindergartenForm(DeedForm):
    """Which kindergarten, leading or led, how and why, and from when."""

    relations = {"kindergarten": ("kindergartenmembers", "kindergarten")}

    kindergarten = KeyField(label=_("幼儿园"))
    role = WordChoiceField(
        label=_("角色"), choices=[(GroupRole.LEAD, _("牵头园")), (GroupRole.MEMBER, _("成员园"))]
    )
    mode = WordChoiceField(label=_("办园模式"), choices=HelpMode.choices)
    reason = WordChoiceField(
        label=_("带动方式"), choices=HelpReason.choices, help_text=_("牵头园不计带动方式，任选一项。")
    )
    on = DayField(label=_("加入日"))


@deed
class JoinKindergarten(AboutAGroup):
    """一所幼儿园从某天起进入本集团。牵头园只有一所，须是公办园；是否省、市级示范园请对照称号文件。"""

    slug = "join-kindergarten"
    label = _("幼儿园加入")
    form = KindergartenForm

    def is_open(self, row: SchoolGroup) -> bool:
        return super().is_open(row) and row.kind == GroupKind.KINDERGARTEN

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.join_kindergarten(row, by=by, at=at, why=why, **asked)
        return row


@deed
class LeaveKindergarten(DoneByAnOffice[KindergartenMember]):
    """幼儿园退出集团。牵头园退出后，再由另一所公办园以牵头园加入。"""

    slug = "leave"
    register = "kindergartenmembers"
    label = _("幼儿园退出")
    form = LeaveForm

    def is_open(self, row: KindergartenMember) -> bool:
        return row.until is None

    def do(self, row: KindergartenMember, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.leave_kindergarten(row, by=by, at=at, why=why, **asked)
