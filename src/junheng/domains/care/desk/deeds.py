"""Deeds about committee members, as the pages offer them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.domains.care.actions import appoint_member, end_membership, renew_member
from junheng.domains.care.forms import AppointForm, RenewForm
from junheng.domains.care.models import CommitteeMember
from junheng.domains.pupils.models import Pupil
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField


@deed
class Appoint(Deed[Pupil]):
    """聘本班在籍学生为心理委员，须本人自愿并取得监护人同意；每班人数不超过规定。"""

    slug = "appoint"
    register = "pupils"
    writes = "committee"
    label = _("聘任心理委员")
    form = AppointForm

    def is_open(self, row: Pupil) -> bool:
        return row.until is None

    def do(self, row: Pupil, *, by: Any, at: Any, why: str, **asked: Any) -> CommitteeMember:
        return appoint_member(row, by=by, at=at, why=why, **asked)


class EndForm(DeedForm):
    """The day."""

    until = DayField(label=_("解聘日（不再担任的第一天）"))


@deed
class EndMembership(Deed[CommitteeMember]):
    """解聘后记录保留。转学、升学、本人或监护人要求，都可以解聘。"""

    slug = "end"
    register = "committee"
    label = _("解聘心理委员")
    form = EndForm

    def is_open(self, row: CommitteeMember) -> bool:
        return row.until is None

    def do(self, row: CommitteeMember, *, by: Any, at: Any, why: str, **asked: Any) -> CommitteeMember:
        return end_membership(row, by=by, at=at, why=why, **asked)


@deed
class Renew(Deed[CommitteeMember]):
    """每学年重新征求本人和监护人的意见；仍在原班级的才能续聘，升班、转学的另行聘任。"""

    slug = "renew"
    register = "committee"
    label = _("续聘心理委员")
    form = RenewForm

    def is_open(self, row: CommitteeMember) -> bool:
        return row.until is None

    def do(self, row: CommitteeMember, *, by: Any, at: Any, why: str, **asked: Any) -> CommitteeMember:
        return renew_member(row, by=by, at=at, why=why, **asked)
