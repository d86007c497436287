"""The deeds of schemes, each in a sentence."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.schemes.actions import (
    applying,
    certifying,
    preparing,
    publishing,
    reviewing,
    sharing,
)
from junheng.domains.schemes.forms import (
    STATED,
    AnswerForm,
    CheckForm,
    DecisionForm,
    JurorForm,
    ReviewForm,
    RevokeForm,
    SubmitForm,
    VisitForm,
)
from junheng.domains.schemes.models import (
    AwardScheme,
    Certificate,
    Publicity,
    SchemeApplication,
    SchemeObjection,
)
from junheng.domains.schemes.queries.standing import OF_LEVEL, level_now
from junheng.domains.schemes.terms import (
    AT_SCHOOL,
    UNDER_REVIEW,
    WRITABLE,
    Answer,
    SchemeState,
    Stage,
    Verdict,
)
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker


class OfAScheme(Deed[AwardScheme]):
    """A step of a scheme."""

    register = "schemes"
    state = SchemeState.DRAFT

    def is_open(self, row: AwardScheme) -> bool:
        return row.state == self.state


@deed
class Apportion(OfAScheme):
    """数出各县（市、区）的学校数或学生数，按最大余额法分配名额；合计与总名额分毫不差，算完独立核验。"""

    slug = "apportion"
    label = _("计算名额表")

    def do(self, row: AwardScheme, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return sharing.apportion(row, by=by, at=at, why=why)


@deed
class NameJuror(OfAScheme):
    """评委在自己的页面上评分，看不到别人的评分；与申报单位有关的自动回避。"""

    slug = "juror"
    label = _("聘请评委")
    form = JurorForm

    def is_open(self, row: AwardScheme) -> bool:
        return row.state != SchemeState.ENDED and row.jurors > 0

    def do(self, row: AwardScheme, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return preparing.name_juror(row, by=by, at=at, why=why, **asked)


@deed
class OpenScheme(OfAScheme):
    """发布后，条件、类别、名额和天数封存，以摘要为凭，谁也不能再改。"""

    slug = "open"
    label = _("发布方案")

    def do(self, row: AwardScheme, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return preparing.open_scheme(row, by=by, at=at, why=why)


@deed
class Publish(OfAScheme):
    """把审核通过的申报列成名单，封存后公示；天数按工作日计算，期满且异议办结后才能作出决定。"""

    slug = "publish"
    writes = "publicities"
    label = _("公示名单")
    state = SchemeState.OPEN

    def is_open(self, row: AwardScheme) -> bool:
        waiting = SchemeApplication.objects.filter(category__scheme=row, stage=Stage.PASSED)
        return super().is_open(row) and waiting.exists()

    def do(self, row: AwardScheme, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return publishing.publish(row, by=by, at=at, why=why)


@deed
class EndScheme(OfAScheme):
    """所有申报都办结后结束方案；记录长期保留。"""

    slug = "finish"
    label = _("结束方案")
    state = SchemeState.OPEN

    def do(self, row: AwardScheme, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return preparing.end_scheme(row, by=by, at=at, why=why)


@deed
class Submit(Deed[SchemeApplication]):
    """台账里有的自动核对，没有的在这里说明。提交后得到申报编号，内容不再改动。"""

    slug = "submit"
    register = "schemeapplications"
    label = _("提交申报")
    form = SubmitForm

    def is_open(self, row: SchemeApplication) -> bool:
        return row.stage in WRITABLE

    def do(self, row: SchemeApplication, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        stated = {
            int(name.removeprefix(STATED)): said for name, said in asked.items() if name.startswith(STATED)
        }
        return applying.submit(row, stated=stated, twin=asked.get("twin", ""), by=by, at=at, why=why)


@deed
class Withdraw(Deed[SchemeApplication]):
    """作出决定前，申报单位可以撤回；撤回的申报留存。"""

    slug = "withdraw"
    register = "schemeapplications"
    label = _("撤回申报")

    def is_open(self, row: SchemeApplication) -> bool:
        return row.stage in AT_SCHOOL | UNDER_REVIEW | {Stage.RETURNED, Stage.PASSED}

    def do(self, row: SchemeApplication, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return applying.withdraw(row, by=by, at=at, why=why)


def stands(asker: Asker, role: Role) -> bool:
    """Whether somebody stands at the level that acts now."""
    return role in roles_of(asker.user, on=asker.today)


@deed
class Review(Deed[SchemeApplication]):
    """通过、退回补正、不予通过，或者声明回避。本人、本单位的申报不能自己审核。"""

    slug = "review"
    register = "schemeapplications"
    label = _("审核申报")
    form = ReviewForm

    def is_open(self, row: SchemeApplication) -> bool:
        return row.stage in UNDER_REVIEW

    def is_for(self, asker: Asker, row: SchemeApplication) -> bool:
        level = level_now(row)
        return (level is None or stands(asker, OF_LEVEL[level])) and super().is_for(asker, row)

    def do(self, row: SchemeApplication, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        asked["verdict"] = Verdict(asked["verdict"])
        return reviewing.review(row, by=by, at=at, why=why, **asked)


@deed
class Visit(Deed[SchemeApplication]):
    """每名核查人员各填一份，自己的填完之前看不到别人的。"""

    slug = "visit"
    register = "schemeapplications"
    label = _("登记现场核查")
    form = VisitForm

    def is_open(self, row: SchemeApplication) -> bool:
        return row.stage == Stage.COUNTY and row.scheme.visitors > 0

    def is_for(self, asker: Asker, row: SchemeApplication) -> bool:
        return stands(asker, Role.COUNTY_OFFICER) and super().is_for(asker, row)

    def do(self, row: SchemeApplication, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        asked["found"] = Verdict(asked["found"])
        return reviewing.visit(row, by=by, at=at, why=why, **asked)


@deed
class AnswerObjection(Deed[SchemeObjection]):
    """由没有申报、没有审核过的人核查；属实的，该项不予认定。"""

    slug = "answer"
    register = "schemeobjections"
    label = _("核查异议")
    form = AnswerForm

    def is_open(self, row: SchemeObjection) -> bool:
        return row.state == Answer.OPEN

    def do(self, row: SchemeObjection, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return publishing.answer(
            row, upheld=asked["upheld"] == "yes", words=asked["words"], by=by, at=at, why=why
        )


@deed
class Decide(Deed[Publicity]):
    """公示期满、异议都已答复后作出决定；决定不能倒签，从作出之日起生效，并发给证书。"""

    slug = "decide"
    register = "publicities"
    label = _("作出决定")
    form = DecisionForm

    def is_open(self, row: Publicity) -> bool:
        return row.decided_on is None and row.school_id is None

    def do(self, row: Publicity, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return publishing.decide(row, by=by, at=at, why=why, **asked)


@deed
class CheckYearly(Deed[Certificate]):
    """每年复核一次；仍符合条件的登记复核日，不再符合的办理“撤销证书”。"""

    slug = "check"
    register = "certificates"
    label = _("登记年度复核")
    form = CheckForm

    def is_open(self, row: Certificate) -> bool:
        return row.revoked_on is None and row.application.scheme.checked_yearly

    def do(self, row: Certificate, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return certifying.check_yearly(row, by=by, at=at, why=why, **asked)


@deed
class Revoke(Deed[Certificate]):
    """撤销写明原因和日期；认定时登记的内容（如普惠性民办园、荣誉称号）同日终止。"""

    slug = "revoke"
    register = "certificates"
    label = _("撤销证书")
    form = RevokeForm

    def is_open(self, row: Certificate) -> bool:
        return row.revoked_on is None

    def is_for(self, asker: Asker, row: Certificate) -> bool:
        return super().is_for(asker, row) and asker.reaches(
            row.application.scheme, register_called("schemes"), "change"
        )

    def do(self, row: Certificate, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return certifying.revoke(row, by=by, at=at, why=why, **asked)
