"""The draw: contributors open, two persons read off a public value, and the seed gives every child its number."""

from datetime import datetime
from typing import Any

from django.db import connection

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.models import Contributor, Draw, Listed, PublicValue
from junheng.domains.placements.queries.children import listed, record_of
from junheng.domains.placements.queries.proofs import announcement, beacons, reveals, values
from junheng.kernel.admission import Record, entrants_of, list_root
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.lottery import Algorithm, numbers, seed_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.seeds.rules import opened, read_off, shown


def reveal(
    contributor: Contributor, nonce: str, secret: str, *, by: Any, at: datetime, why: str
) -> Contributor:
    """Open what a contributor committed to: after the list closed, before the moment of the draw."""
    return attempt(
        contributor.draw.intake, "登记揭示值", lambda: _reveal(contributor.pk, nonce, secret, by=by, at=at, why=why), by=by, at=at
    )  # fmt: skip


def _reveal(pk: int, nonce: str, secret: str, *, by: Any, at: datetime, why: str) -> Contributor:
    row = Contributor.objects.select_for_update(of=("self",)).select_related("draw__intake").get(pk=pk)
    intake = row.draw.intake
    check_office(intake, by=by, at=at)
    check_closed(intake)
    opened(row, nonce, secret, algorithm=intake.algorithm, until=intake.draw_at, by=by, at=at, why=why)
    return row


def check_closed(intake: Intake) -> None:
    """Refuse before the list is closed, and once the seed is there."""
    if intake.state == IntakeState.CLOSED:
        return
    if intake.state in {IntakeState.DRAFT, IntakeState.PUBLISHED}:
        raise Refusal("list-open", "名单还没有封存，不能进行派位。请先封存名单并公布名单根。")
    raise Conflict(
        "draw-once",
        "「{intake}」已经产生派位号。一个种子只用一次，不能重新派位，也不能再改参与方或随机值。",
        intake=intake.title,
    )


def enter_value(row: PublicValue, value: str, *, by: Any, at: datetime, why: str) -> PublicValue:
    """Enter what a source published. The second person enters it anew; only if both agree does it stand."""
    do = lambda: _enter(row.pk, value.strip(), False, by=by, at=at, why=why)  # noqa: E731
    return attempt(row.draw.intake, "登记公共随机值", do, by=by, at=at)


def value_failed(row: PublicValue, *, by: Any, at: datetime, why: str) -> PublicValue:
    """Say that a source published nothing. Two persons say it; then the next announced one counts."""
    do = lambda: _enter(row.pk, "", True, by=by, at=at, why=why)  # noqa: E731
    return attempt(row.draw.intake, "公共随机值未能产生", do, by=by, at=at)


def _enter(pk: int, value: str, failed: bool, *, by: Any, at: datetime, why: str) -> PublicValue:
    row = PublicValue.objects.select_for_update(of=("self",)).select_related("draw__intake").get(pk=pk)
    intake = row.draw.intake
    check_office(intake, by=by, at=at)
    check_closed(intake)
    read_off(row, value, failed, by=by, at=at, why=why)
    return row


def draw_numbers(intake: Intake, *, by: Any, at: datetime, why: str) -> Draw:
    """Make the seed and give every child its number: once, and the same whoever does it whenever."""
    return attempt(intake, "产生派位号", lambda: _draw(intake.pk, by=by, at=at, why=why), by=by, at=at)


def _draw(pk: int, *, by: Any, at: datetime, why: str) -> Draw:
    intake = Intake.objects.select_for_update().get(pk=pk)
    check_office(intake, by=by, at=at)
    check_closed(intake)
    draw = Draw.objects.select_for_update().get(intake=intake)
    draw.intake = intake
    if at < intake.draw_at:
        raise Refusal("draw-later", "派位时间是 {day}，还没有到。", day=shown(intake.draw_at))
    for one in values(draw):
        if not one.stands:
            raise Refusal(
                "value-awaited",
                "排在前面的「{source}」还没有由两人登记数值或判为未产生，不能跳过它用后面的：谁也不能挑选来源。",
                source=one.label,
            )
        if one.value:
            break
    every = listed(draw)
    check_list(draw, every)
    seed = seed_of(announcement(draw), reveals(draw), beacons(draw))
    draw.seed, draw.drawn_at = seed.value, at
    save_row(draw, by=by, at=at, why=why, verb=Verb.DEED.value)
    drawn = numbers(Algorithm(intake.algorithm), draw.seed, intake.code, [one.pid for one in every])
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(Listed._meta.db_table)
        pairs = [(number.hex(), one.pk) for number, one in zip(drawn, every, strict=True)]
        cursor.executemany(f"UPDATE {table} SET number = %s WHERE id = %s", pairs)  # noqa: S608 — a name of ours
    intake.state = IntakeState.DRAWN
    save_row(intake, by=by, at=at, why=why, verb=Verb.DEED.value)
    return draw


def check_list(draw: Draw, every: list[Listed]) -> list[Record]:
    """The records of a list, if it is the one whose root was published; refused if it is another."""
    records = [record_of(one.record) for one in every]
    entrants = entrants_of(records, {one.pid: one.salt for one in every})
    algorithm = Algorithm(draw.intake.algorithm)
    if len(every) != draw.entrants or list_root(algorithm, draw.intake.code, entrants) != draw.root:
        raise Conflict(
            "list-altered",
            "名单与封存时公布的名单根不符：封存之后有人改动过数据。已停止，请先查明。",
        )
    return records
