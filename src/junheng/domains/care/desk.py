"""Deeds about committee members, as the pages offer them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.domains.care.actions import appoint_member, end_membership
from junheng.domains.care.models import CommitteeMember
from junheng.domains.pupils.models import Pupil
from junheng.platform.deeds.declare import Deed, DeedForm
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.formfields import DayField, YesNoField


class AppointForm(DeedForm):
    """The day, the guardian's consent, and the training if there was one."""

    since = DayField(label=_("聘任日"))
    consent = YesNoField(label=_("监护人已书面同意"))
    trained_on = DayField(label=_("培训日"), required=False)


@deed
class Appoint(Deed[Pupil]):
    """聘本班在籍学生为心理委员，须先取得监护人同意；每班人数不超过规定。"""

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
