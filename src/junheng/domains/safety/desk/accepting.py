"""The deeds on the way to a level, as the pages of schools and of acceptances offer them."""

from typing import Any, ClassVar

from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext_lazy as _

from junheng.domains.safety import actions, forms
from junheng.domains.safety.models import Acceptance
from junheng.domains.safety.models.acceptances import HELD, RUNNING
from junheng.domains.safety.queries.levels import sheets_asked_by
from junheng.domains.safety.terms import AcceptanceState
from junheng.domains.schools.models import School
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.policies import Level


def may_ask(school: School) -> bool:
    """Whether a sheet by the standard was sent that no acceptance rests on yet, and none is under way. One question."""
    used = Acceptance.objects.filter(school=OuterRef("school"), round=OuterRef("round"))
    running = Acceptance.objects.filter(school=OuterRef("school"), state__in=RUNNING)
    return sheets_asked_by(school).filter(~Exists(used), ~Exists(running)).exists()


@deed
class AskLevel(Deed[School]):
    """按最近一轮安全标准化建设的自查表申请验收；等级由自查表算出，县（市、区）到校验收后由市局认定。"""

    slug = "asklevel"
    register = "schools"
    writes = "acceptances"
    label = _("申请安全标准化验收")

    def is_for(self, asker: Asker, row: School) -> bool:
        """For the school's own people, while it has a sheet by the standard that no acceptance rests on yet."""
        return asker.stands_at(Level.SCHOOL) and super().is_for(asker, row) and may_ask(row)

    def do(self, row: School, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.ask_level(row, by=by, at=at, why=why)


class OfAnAcceptance(Deed[Acceptance]):
    """A step on the way to a level, by whoever has the turn."""

    register = "acceptances"
    states: ClassVar[frozenset[AcceptanceState]]
    turn: ClassVar[Level]

    def is_open(self, row: Acceptance) -> bool:
        return row.state in self.states

    def is_for(self, asker: Asker, row: Acceptance) -> bool:
        return asker.stands_at(self.turn) and super().is_for(asker, row)


@deed
class CheckLevelOf(OfAnAcceptance):
    """到校验收后办理。等级由本县（市、区）在同一轮的排查表算出；有“重大”条目不符合的达不到任何等级。"""

    slug = "check"
    label = _("县级验收")
    form = forms.CheckLevelForm
    states = frozenset({AcceptanceState.ASKED})
    turn = Level.COUNTY

    def do(self, row: Acceptance, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.check_level(row, by=by, at=at, why=why, **asked)


@deed
class GrantLevel(OfAnAcceptance):
    """市局认定等级，由未经手的另一人办理。学校有未销号的重大隐患时不能认定。"""

    slug = "grant"
    label = _("认定等级")
    form = forms.GrantLevelForm
    states = frozenset({AcceptanceState.CHECKED})
    turn = Level.CITY

    def do(self, row: Acceptance, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.grant_level(row, by=by, at=at, why=why, **asked)


@deed
class ReturnLevel(OfAnAcceptance):
    """没有达到的退回，写明差在哪里；学校整改后在下一轮检查再申请。"""

    slug = "return"
    label = _("退回验收申请")
    form = forms.ReturnLevelForm
    states = frozenset(RUNNING)

    def is_for(self, asker: Asker, row: Acceptance) -> bool:
        turn = Level.COUNTY if row.state == AcceptanceState.ASKED else Level.CITY
        return asker.stands_at(turn) and Deed.is_for(self, asker, row)

    def do(self, row: Acceptance, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.return_level(row, by=by, at=at, why=why, **asked)


@deed
class WithdrawLevel(OfAnAcceptance):
    """重大隐患久不整改，或认定的依据不实的，由市局撤销等级并写明理由。"""

    slug = "withdraw"
    label = _("撤销等级")
    form = forms.WithdrawLevelForm
    states = frozenset(HELD)
    turn = Level.CITY

    def do(self, row: Acceptance, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.withdraw_level(row, by=by, at=at, why=why, **asked)
