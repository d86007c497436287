"""The deeds by which an award goes through the levels: chosen and shown at school, shared out, granted by the province."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.schemes.actions import copying, granting, schooling, sharing
from junheng.domains.schemes.desk.deeds import OfAScheme, stands
from junheng.domains.schemes.forms import LINE, CommitteeForm, CopyForm, ProvinceForm
from junheng.domains.schemes.models import AwardScheme, Publicity, SchemeApplication, SchemeQuota
from junheng.domains.schemes.terms import Decider, SchemeState, Stage, Weigh
from junheng.platform.access.roles import Role
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker


@deed
class Copy(OfAScheme):
    """写出下一年方案的草稿：年份加一，日期顺延到下一年的工作日，条件和类别照抄；名额、评委重新办理，内容待新文件确认。"""

    slug = "copy"
    label = _("沿用到下一年")
    form = CopyForm

    def is_open(self, row: AwardScheme) -> bool:
        return row.state != SchemeState.DRAFT

    def do(self, row: AwardScheme, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return copying.copy_scheme(row, by=by, at=at, why=why, **asked)


@deed
class ToSchools(Deed[SchemeQuota]):
    """把本县（市、区）的名额按方案的分配办法分到学校：合计一个不差，算完独立核验，名额表公开。"""

    slug = "toschools"
    register = "schemequotas"
    label = _("分配到学校")

    def is_open(self, row: SchemeQuota) -> bool:
        return (
            row.school_id is None
            and row.category.scheme.state != SchemeState.ENDED
            and row.category.weigh != Weigh.NONE
        )

    def do(self, row: SchemeQuota, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return sharing.to_schools(row, by=by, at=at, why=why)


@deed
class Choose(Deed[SchemeApplication]):
    """登记学校评审组的表决：赞成超过到会人数一半的，进入校内公示；不到一半的，不予推荐。"""

    slug = "choose"
    register = "schemeapplications"
    label = _("登记校内评审")
    form = CommitteeForm

    def is_open(self, row: SchemeApplication) -> bool:
        return row.stage == Stage.SCHOOL

    def is_for(self, asker: Asker, row: SchemeApplication) -> bool:
        return stands(asker, Role.PRINCIPAL) and super().is_for(asker, row)

    def do(self, row: SchemeApplication, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return schooling.choose(row, by=by, at=at, why=why, **asked)


@deed
class Post(Deed[SchemeApplication]):
    """把本校在这个方案里评审通过的全部列成名单，封存后公示若干工作日；期满后再报送县级。"""

    slug = "post"
    register = "schemeapplications"
    label = _("校内公示")

    def is_open(self, row: SchemeApplication) -> bool:
        return row.stage == Stage.CHOSEN

    def is_for(self, asker: Asker, row: SchemeApplication) -> bool:
        return stands(asker, Role.PRINCIPAL) and super().is_for(asker, row)

    def do(self, row: SchemeApplication, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return schooling.post(row, by=by, at=at, why=why)


@deed
class HandUp(Deed[Publicity]):
    """校内公示期满、异议都已答复后，把名单报送县级审核。"""

    slug = "handup"
    register = "publicities"
    label = _("报送县级")

    def is_open(self, row: Publicity) -> bool:
        return row.school_id is not None and row.decided_on is None

    def do(self, row: Publicity, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return schooling.hand_up(row, by=by, at=at, why=why)


@deed
class EnterProvince(Deed[Publicity]):
    """按省级文件逐项登记：予以认定的发证、登记称号，日期和文号以省级文件为准；文件没有提到的继续等待。"""

    slug = "province"
    register = "publicities"
    label = _("登记省级决定")
    form = ProvinceForm

    def is_open(self, row: Publicity) -> bool:
        return row.school_id is None and row.decided_on is not None and row.scheme.decider == Decider.PROVINCE

    def do(self, row: Publicity, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        granted = {
            int(name.removeprefix(LINE)): said == "yes"
            for name, said in asked.items()
            if name.startswith(LINE) and said
        }
        return granting.enter_decision(
            row, granted=granted, on=asked["on"], number=asked["number"], by=by, at=at, why=why
        )
