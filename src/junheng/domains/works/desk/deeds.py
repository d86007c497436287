"""The deeds of works, each in a sentence."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.works.actions import judging, likening
from junheng.domains.works.forms import LikenessForm
from junheng.domains.works.models import ContestRule, Likeness
from junheng.domains.works.terms import Asked
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed


@deed
class RankWorks(Deed[ContestRule]):
    """全部评完后排一次：先比总分，再按评分项顺序比各项得分；仍相同的并列，跨界线的按方案公布的文字排定，页面注明。"""

    slug = "rank"
    register = "contestrules"
    label = _("排定名次")

    def is_open(self, row: ContestRule) -> bool:
        return row.ranked_on is None

    def do(self, row: ContestRule, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return judging.rank(row, by=by, at=at, why=why)


@deed
class AnswerLikeness(Deed[Likeness]):
    """对照两件作品后写明看到的情况。这里只写情况，不作结论，也不改变申报；要处理的，在审核意见里写。"""

    slug = "answer"
    register = "likenesses"
    label = _("核对相似疑问")
    form = LikenessForm

    def is_open(self, row: Likeness) -> bool:
        return row.state == Asked.OPEN

    def do(self, row: Likeness, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return likening.answer(row, words=asked["words"], by=by, at=at, why=why)
