"""What stays as it is: what a category asks for, and how it is ranked, once its scheme is open. And who may open what."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from junheng.domains.schemes.models import SchemeApplication, SchemeCategory
from junheng.domains.schemes.queries.beside import tied_elsewhere
from junheng.domains.schemes.queries.standing import is_juror, tied_to, ties_of
from junheng.domains.schemes.terms import SchemeState, Stage
from junheng.domains.works.models import AttachmentRule, ContestRule
from junheng.kernel.errors import Conflict
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent

JUDGING = frozenset({Stage.CITY, Stage.PASSED, Stage.SHOWN, Stage.RECOGNISED})
"""While a work is judged, and after it was selected, those who judge it may look at it."""


class FrozenRules:
    """Refuses what would change the rules behind those who apply by them."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if register.model not in {AttachmentRule, ContestRule} or not intents:
            return
        asked = {one.row.category_id for one in intents}  # type: ignore[attr-defined] # rows of these two
        asked |= {one.before["category_id"] for one in intents if one.before}
        frozen = (
            SchemeCategory.objects.filter(pk__in=asked)
            .exclude(scheme__state=SchemeState.DRAFT)
            .select_related("scheme")
            .first()
        )
        if frozen is not None:
            raise Conflict(
                "works-frozen",
                "“{scheme}”已发布，附件要求和评奖规则都已封存，不能修改。没有改动任何内容；确需调整的，请结束本方案后另发新方案。",
                scheme=frozen.scheme.title,
            )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}


def may_judge(application: SchemeApplication, asker: Asker) -> bool:
    """Whether somebody is a juror of this application and has no tie to it."""
    login = asker.user.get_username()
    return (
        application.stage in JUDGING
        and is_juror(application.scheme, login)
        and not tied_to(application, login, ties_of(asker.user, on=asker.today))
        and not tied_elsewhere([application], login)
    )
