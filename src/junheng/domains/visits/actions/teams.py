"""A team may go, or is refused: asked when it is made, and again at the gate."""

from collections.abc import Sequence

from junheng.domains.visits.models import Inspector
from junheng.domains.visits.queries.ties import CITY, Unit, is_barred, ties_of
from junheng.domains.visits.terms import ErrandKind
from junheng.kernel.errors import NotAllowed, Refusal


def check_team(inspectors: Sequence[Inspector], unit: Unit, *, by_area: str, kind: str, least: int) -> None:
    """Refuse a team that is too small, names somebody twice, or has a tie to what is visited."""
    if len({one.pk for one in inspectors}) != len(inspectors):
        raise Refusal("inspector-twice", "同一名检查人员不能在一个检查组里出现两次。请改选另一人。")
    if len(inspectors) < least:
        raise Refusal(
            "team-too-small",
            "检查组只有 {count} 人，至少要 {least} 人：一个人的检查不算数，也保护不了检查人员。请增派人员。",
            count=len(inspectors),
            least=least,
        )
    ties = ties_of(inspectors)
    for one in inspectors:
        own = one.area_id[:6] == unit.county
        if own and kind == ErrandKind.CROSS:
            raise NotAllowed(
                "county-checks-itself",
                "{who} 是被检查县的工作人员：交叉检查不能由本县检查本县。请改派其他县的检查人员。",
                who=str(one),
            )
        if (own and len(by_area) == CITY) or any(is_barred(tie, unit) for tie in ties[one.pk]):
            raise NotAllowed(
                "inspector-recused",
                "{who} 与被检查单位有须回避的关系，不能参加这次检查。请改派他人；回避关系在检查人员页面可以查看。",
                who=str(one),
            )
