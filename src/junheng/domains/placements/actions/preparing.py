"""Before the list closes: who contributes to the seed, which public values count, and the commitments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.models import Contributor, Draw, PublicValue
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.rules import FEWEST, Named, Source, check_names, promised, put_sources


def prepare(
    intake: Intake,
    contributors: Sequence[Named],
    sources: Sequence[Source],
    fallback: str,
    *,
    by: Any,
    at: datetime,
    why: str,
) -> Draw:
    """Fix contributors, public values in their order, and the value that stands for whoever stays silent."""
    return attempt(
        intake, "设定派位办法", lambda: _prepare(intake.pk, contributors, sources, fallback, by=by, at=at, why=why), by=by, at=at
    )  # fmt: skip


def _prepare(
    pk: int,
    contributors: Sequence[Named],
    sources: Sequence[Source],
    fallback: str,
    *,
    by: Any,
    at: datetime,
    why: str,
) -> Draw:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    check_not_frozen(intake)
    check_names([one[0] for one in contributors] + [one[0] for one in sources] + [fallback])
    if len(contributors) < FEWEST or not sources:
        raise Refusal(
            "draw-too-few",
            "至少要有 {fewest} 个参与方和 1 个公共随机值，派位才不由一方决定。请补充后再保存。",
            fewest=FEWEST,
        )
    if early := [label for _name, label, due in sources if due <= intake.draw_at]:
        raise Refusal(
            "value-before-reveals",
            "「{source}」产生在揭示截止（派位时间）之前：已知的数值不能用来派位。请改用之后产生的。",
            source=early[0],
        )
    draw = Draw.objects.filter(intake=intake).first() or Draw(intake=intake, area_id=intake.area_id)
    draw.fallback = fallback
    save_row(draw, by=by, at=at, why=why)
    put_sources(Contributor, PublicValue, contributors, sources, by=by, at=at, why=why, draw=draw)
    return draw


def check_not_frozen(intake: Intake) -> None:
    """Refuse what would change the draw after the list was closed."""
    if intake.state != IntakeState.PUBLISHED:
        raise Conflict(
            "draw-frozen",
            "「{intake}」现为「{state}」，派位办法和名单不能改动。名单封存后只按已公布的办法进行。",
            intake=intake.title, state=str(IntakeState(intake.state).label),
        )  # fmt: skip


def commit(contributor: Contributor, digest: str, *, by: Any, at: datetime, why: str) -> Contributor:
    """Write down what a contributor promises, before the list closes; once."""
    intake = contributor.draw.intake
    return attempt(
        intake, "登记承诺值", lambda: _commit(contributor.pk, digest, by=by, at=at, why=why), by=by, at=at
    )


def _commit(pk: int, digest: str, *, by: Any, at: datetime, why: str) -> Contributor:
    row = Contributor.objects.select_for_update(of=("self",)).select_related("draw__intake").get(pk=pk)
    check_office(row.draw.intake, by=by, at=at)
    check_not_frozen(row.draw.intake)
    promised(row, digest, by=by, at=at, why=why)
    return row
