"""Deeds about sealed cases, as the pages offer them to those who see them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from junheng.domains.guidance.actions.closing import close_care_case
from junheng.domains.guidance.actions.handing import offer_case
from junheng.domains.guidance.actions.measures import end_measure, take_measure
from junheng.domains.guidance.actions.planning import renew_plan, review_plan
from junheng.domains.guidance.forms import (
    CloseForm,
    MeasureForm,
    OfferForm,
    OutcomeForm,
    RenewForm,
    ReviewForm,
)
from junheng.domains.guidance.models import CareCase, CareMeasure, CarePlan, CareTransfer
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed


class OpenCase(Deed[CareCase]):
    """A deed about a case that is not closed."""

    register = "carecases"

    def is_open(self, row: CareCase) -> bool:
        return row.closed_on is None


@deed
class ReviewPlan(OpenCase):
    """按期评估：维持、升级或降级。升降级须选理由；下次评估日按规定自动排定。"""

    slug = "review"
    label = _("评估方案")
    form = ReviewForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CareCase:
        review_plan(row, by=by, at=at, why=why, **asked)
        return row


@deed
class TakeMeasure(OpenCase):
    """措施只能从法定目录选取，由有权的人采取。训诫等由公安机关作出，学校只登记文书编号，不能自行作出。"""

    slug = "measure"
    label = _("登记措施")
    form = MeasureForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CareMeasure:
        return take_measure(row, by=by, at=at, why=why, **asked)


@deed
class EndMeasure(OpenCase):
    """措施结束时登记效果，只从清单中选择，不写经过。"""

    slug = "outcome"
    label = _("登记措施效果")
    form = OutcomeForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CareMeasure:
        return end_measure(row, by=by, at=at, why=why, **asked)


@deed
class RenewPlan(OpenCase):
    """登记新方案，原方案同日失效：任何一天只有一个方案有效。"""

    slug = "plan"
    writes = "careplans"
    label = _("更新方案")
    form = RenewForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CarePlan:
        return renew_plan(row, by=by, at=at, why=why, **asked)


@deed
class OfferCase(OpenCase):
    """学生转学后，把台账转给接收学校的专班。对方接收前仍由本校承办；接收后本校不再看到，其他人始终看不到。"""

    slug = "offer"
    label = _("转接")
    form = OfferForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CareTransfer:
        return offer_case(row, by=by, at=at, why=why, **asked)


@deed
class CloseCase(OpenCase):
    """结案后方案同日失效，学校不再看到这份台账，到销毁日销毁对象信息；不写入学生档案。"""

    slug = "close"
    label = _("结案")
    form = CloseForm

    def do(self, row: CareCase, *, by: Any, at: Any, why: str, **asked: Any) -> CareCase:
        return close_care_case(row, by=by, at=at, why=why, **asked)
