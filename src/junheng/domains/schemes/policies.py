"""What stays as it is: a scheme once it is open, an application once it is submitted."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from junheng.domains.schemes.models import (
    AwardScheme,
    ClassVote,
    SchemeApplication,
    SchemeCategory,
    SchemeCriterion,
)
from junheng.domains.schemes.terms import WRITABLE, SchemeState
from junheng.kernel.errors import Conflict
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent

OF_A_SCHEME = (AwardScheme, SchemeCategory, SchemeCriterion)


class FrozenSchemes:
    """Refuses what would change a scheme behind those who apply by it, or an application behind who reviews it."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if not intents:
            return
        if register.model in OF_A_SCHEME:
            refuse_frozen(intents, is_scheme=register.model is AwardScheme)
        elif register.model is SchemeApplication:
            refuse_submitted(intents)
        elif register.model is ClassVote:
            refuse_counted(intents)

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}


def refuse_frozen(intents: list[Intent], *, is_scheme: bool) -> None:
    """Refuse rows of a scheme that is open; a row that is moved from one scheme to another is asked about both."""
    asked: set[Any] = set()
    for one in intents:
        row: Any = one.row
        if is_scheme:
            asked |= {row.pk} if one.before is not None else set()
        else:
            asked |= {row.scheme_id} | ({one.before["scheme_id"]} if one.before else set())
    frozen = AwardScheme.objects.filter(pk__in=asked).exclude(state=SchemeState.DRAFT).first()
    if frozen is not None:
        raise Conflict(
            "scheme-frozen",
            "“{scheme}”已于 {on} 发布，条件、类别和名额都已封存，不能修改。没有改动任何内容；确需调整的，请结束本方案后另发新方案。",
            scheme=frozen.title,
            on=frozen.opened_on,
        )


def refuse_submitted(intents: list[Intent]) -> None:
    """Refuse applications that somebody reviews or that are over, and new ones of a scheme that is not open."""
    for one in intents:
        row: Any = one.row
        if one.before is not None and row.stage not in WRITABLE:
            raise Conflict(
                "application-submitted",
                "这份申报现为“{stage}”，内容不能修改。没有改动任何内容；需要补正的，请审核人先退回。",
                stage=row.get_stage_display(),
            )
    closed = (
        AwardScheme.objects.filter(pk__in={one.row.category.scheme_id for one in intents})  # type: ignore[attr-defined] # rows of applications
        .exclude(state=SchemeState.OPEN)
        .first()
    )
    if closed is not None and any(one.before is None for one in intents):
        raise Conflict(
            "scheme-not-open",
            "“{scheme}”现为“{state}”，不能申报。没有保存；请等方案发布后再申报。",
            scheme=closed.title,
            state=closed.get_state_display(),
        )


def refuse_counted(intents: list[Intent]) -> None:
    """Refuse votes of a class that an application rests on already."""
    for one in intents:
        row: Any = one.row
        asked = {(row.category_id, row.pupil_id)}
        if one.before:
            asked.add((one.before["category_id"], one.before["pupil_id"]))
        for category, pupil in asked:
            rows = SchemeApplication.objects.filter(category=category, pupil=pupil)
            if rows.exclude(stage__in=WRITABLE).exists():
                raise Conflict(
                    "vote-is-evidence",
                    "这次投票已作为申报的依据提交，不能再改。没有改动任何内容；登记有误的，请审核人先退回申报。",
                )
