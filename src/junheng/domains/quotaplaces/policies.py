"""What stays as it is: a round's rules and plans once its table is computed, scores and choices once it was run."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from junheng.domains.quotaplaces.models import QuotaCandidate, QuotaRound, QuotaSenior
from junheng.domains.quotaplaces.terms import RoundState
from junheng.kernel.errors import Conflict
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent

OPEN_IN: Mapping[type[Model], RoundState] = {
    QuotaRound: RoundState.DRAFT,
    QuotaSenior: RoundState.DRAFT,
    QuotaCandidate: RoundState.CONFIRMED,
}
"""The one state of a round in which rows of a model are written by hand, by workbook or by a program."""


class FrozenRounds:
    """Refuses what would change a round behind what it has published."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        state = OPEN_IN.get(register.model)
        if state is None or not intents:
            return
        asked = {
            round_of(one.row) for one in intents if one.before is not None or register.model is not QuotaRound
        }
        frozen = QuotaRound.objects.filter(pk__in=asked).exclude(state=state).first()
        if frozen is not None:
            raise Conflict(
                "round-frozen",
                "{round}现为“{state}”，这些内容只能在“{when}”时修改。没有改动任何内容；确有错误的，请用“更正成绩后重算”并写明原因。",
                round=frozen.title,
                state=frozen.get_state_display(),
                when=state.label,
            )

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}


def round_of(row: Any) -> int:
    """The number of the round that a row belongs to."""
    number: int = row.pk if isinstance(row, QuotaRound) else row.quota_round_id
    return number
