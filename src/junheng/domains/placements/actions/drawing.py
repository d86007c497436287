"""The draw: contributors open, two persons read off a public value, and the seed gives every child its number."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from junheng.domains.intakes.actions.attempts import attempt
from junheng.domains.intakes.models import Intake
from junheng.domains.intakes.policies.scope import check_office
from junheng.domains.intakes.terms import IntakeState
from junheng.domains.placements.models import Contributor, Draw, Listed, PublicValue
from junheng.domains.placements.queries.children import listed, record_of
from junheng.domains.placements.queries.proofs import announcement, beacons, reveals, values
from junheng.kernel.admission import Record, entrants_of, list_root
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.kernel.lottery import Algorithm, commitment_of, numbers, seed_of
from junheng.kernel.lottery.digests import line
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

PATIENCE = timedelta(hours=2)
"""How long after its moment a public value may still come before two persons may say that it failed. To be confirmed."""


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
    if at >= intake.draw_at:
        raise Refusal(
            "reveal-too-late",
            "揭示已于 {day} 截止，「{who}」按公布的代用值计入。迟到的揭示不能再用，否则可以挑选结果。",
            day=shown(intake.draw_at), who=row.label,
        )  # fmt: skip
    if row.revealed_at:
        raise Conflict("revealed-already", "「{who}」已经揭示，不能更换。", who=row.label)
    if commitment_of(Algorithm(intake.algorithm), nonce, secret) != row.digest:
        raise Refusal(
            "reveal-differs",
            "「{who}」揭示的内容与事先公布的承诺值不符，没有登记。请核对后重试。",
            who=row.label,
        )
    row.nonce, row.secret, row.revealed_at = nonce, secret, at
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
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
    if at < row.due_at:
        raise Refusal(
            "value-not-due",
            "「{source}」要到 {day} 才产生，现在不能登记。",
            source=row.label,
            day=shown(row.due_at),
        )
    if failed and at < row.due_at + PATIENCE:
        raise Refusal(
            "value-may-come",
            "「{source}」产生时间过后 {hours} 小时内不能判为未产生，请再等等。",
            source=row.label, hours=int(PATIENCE.total_seconds()) // 3600,
        )  # fmt: skip
    if not failed:
        line(value)
        if not value:
            raise Refusal("value-empty", "请填写公布的数值，逐字照录。")
    if failed and not why.strip():
        raise Refusal("value-failed-why", "请写明为什么没有产生，随结果一起公布。")
    if row.stands:
        raise Conflict("value-stands", "「{source}」已由两人登记，不能更换。", source=row.label)
    who = name_of(by)
    if not row.entered_by:
        row.value, row.failed, row.why, row.entered_by, row.entered_at = value, failed, why[:200], who, at
    elif row.entered_by == who:
        raise NotAllowed(
            "needs-another-person",
            "「{step}」由您提请，须由另一人同意后才生效。请通知同事办理。",
            step=row.label,
        )
    elif (row.value, row.failed) != (value, failed):
        row.value, row.failed, row.entered_by, row.entered_at = value, failed, who, at
        row.why = why[:200]
        save_row(row, by=by, at=at, why="两人登记不一致，以后一次为准重新复核", verb=Verb.DEED.value)
        return row
    else:
        row.confirmed_by, row.confirmed_at = who, at
    save_row(row, by=by, at=at, why=why or row.label, verb=Verb.DEED.value)
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


def shown(moment: datetime) -> str:
    """A moment in Shanghai, as sentences say it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
