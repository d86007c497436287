"""The deeds about groups and who is in them, as the pages offer them. They are a bureau's."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.groups import actions
from junheng.domains.groups.models import GroupMember, SchoolGroup
from junheng.domains.groups.policies import is_office
from junheng.domains.groups.terms import GroupKind, GroupRole, HelpMode, HelpReason
from junheng.platform.deeds.declare import Deed, DeedForm, M
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.formfields import DayField, KeyField, WordChoiceField


class DoneByAnOffice(Deed[M]):
    """A deed that a school is not offered, though it may change rows of the register."""

    def is_for(self, asker: Asker, row: M) -> bool:
        return super().is_for(asker, row) and is_office(row, asker)


class AboutAGroup(DoneByAnOffice[SchoolGroup]):
    """A deed about a group that has not ended."""

    register = "groups"

    def is_open(self, row: SchoolGroup) -> bool:
        return row.until is None


class MergeForm(DeedForm):
    """Into which group, and from when."""

    relations = {"heir": ("groups", "merged_into")}

    heir = KeyField(label=_("并入集团"))
    on = DayField(label=_("合并日"))


@deed
class Merge(AboutAGroup):
    """本集团终止并入另一集团，成员学校同日转入为成员；本集团和成员的历史都保留。"""

    slug = "merge"
    label = _("集团合并")
    form = MergeForm

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> SchoolGroup:
        heir: SchoolGroup = asked["heir"]
        actions.merge_groups(row, heir, on=asked["on"], by=by, at=at, why=why)
        return heir


class AboutSchools(AboutAGroup):
    """A deed about a group of schools, which a group of kindergartens does not know."""

    def is_open(self, row: SchoolGroup) -> bool:
        return super().is_open(row) and row.kind == GroupKind.COMPULSORY


class SplitForm(DeedForm):
    """The new group: its number and name, who leads it, who goes along, and from when."""

    code = forms.CharField(label=_("新集团编号"), max_length=20)
    name = forms.CharField(label=_("新集团名称"), max_length=80)
    lead = forms.TypedChoiceField(label=_("新集团牵头学校"), coerce=int)
    members = forms.TypedMultipleChoiceField(
        label=_("一同分出的成员学校"),
        coerce=int,
        required=False,
        help_text=_("按住 Ctrl 键可以选多所；不选则只分出牵头学校。"),
    )
    on = DayField(label=_("拆分日"))

    def __init__(self, data: Any = None, *, row: Any, asker: Asker) -> None:
        super().__init__(data, row=row, asker=asker)
        found = GroupMember.objects.filter(group=row, until=None, role=GroupRole.MEMBER)
        offered = [(one.pk, one.school.name) for one in found.select_related("school").order_by("pk")]
        for name in ("lead", "members"):
            box = self.fields[name]
            assert isinstance(box, forms.ChoiceField)
            box.choices = offered if name == "members" else [("", _("请选择")), *offered]


@deed
class Split(AboutSchools):
    """部分成员学校分出，另成立一个集团；原牵头学校和其余成员留在本集团，分出学校的历史都保留。"""

    slug = "split"
    label = _("拆分集团")
    form = SplitForm

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> SchoolGroup:
        return actions.split_group(row, by=by, at=at, why=why, **asked)


class DissolveForm(DeedForm):
    """By which document, and from when."""

    number = forms.CharField(label=_("终止文号"), max_length=60)
    on = DayField(label=_("终止日（不再存续的第一天）"))


@deed
class Dissolve(AboutAGroup):
    """集团终止，成员学校同日退出，历史都保留。其中的薄弱学校没有其他帮扶的，当天起就是没有帮扶的学校。"""

    slug = "dissolve"
    label = _("解散集团")
    form = DissolveForm

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> SchoolGroup:
        return actions.dissolve_group(row, by=by, at=at, why=why, **asked)


class JoinForm(DeedForm):
    """Which school, how it is led and why, and from when."""

    relations = {"school": ("members", "school")}

    school = KeyField(label=_("学校"))
    mode = WordChoiceField(label=_("办学模式"), choices=HelpMode.choices)
    reason = WordChoiceField(label=_("带动方式"), choices=HelpReason.choices)
    on = DayField(label=_("加入日"))


@deed
class Join(AboutSchools):
    """一所学校从某天起成为本集团成员，写明办学模式和带动方式。"""

    slug = "join"
    label = _("成员加入")
    form = JoinForm

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.join_group(row, by=by, at=at, why=why, **asked)
        return row


class LeadForm(DeedForm):
    """Who leads from when."""

    relations = {"school": ("members", "school")}

    school = KeyField(label=_("新牵头学校"))
    on = DayField(label=_("变更日"))


@deed
class ChangeLead(AboutSchools):
    """由另一所成员学校牵头；原牵头学校同日起为成员。"""

    slug = "lead"
    label = _("变更牵头学校")
    form = LeadForm

    def do(self, row: SchoolGroup, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        actions.change_lead(row, by=by, at=at, why=why, **asked)
        return row


class LeaveForm(DeedForm):
    """From when."""

    on = DayField(label=_("退出日（不再是成员的第一天）"))


@deed
class Leave(DoneByAnOffice[GroupMember]):
    """成员学校退出集团。牵头学校须先变更牵头。薄弱学校退出后没有其他帮扶的，当天起就是没有帮扶的学校。"""

    slug = "leave"
    register = "members"
    label = _("成员退出")
    form = LeaveForm

    def is_open(self, row: GroupMember) -> bool:
        return row.until is None and row.role == GroupRole.MEMBER

    def do(self, row: GroupMember, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.leave_group(row, by=by, at=at, why=why, **asked)
