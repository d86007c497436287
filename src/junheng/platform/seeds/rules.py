"""What holds for every seed that nobody may choose, of an admission as of an inspection.

Contributors promise first and open afterwards; a public value that comes later is read off by two persons. The rooms say
until when, who may, and of which draw a row is; the rows are theirs and have these columns.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.lottery import Algorithm, Commitment, commitment_of
from junheng.kernel.lottery.digests import line
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, save_row
from junheng.platform.seeds.models import ContributorRow, PublicValueRow
from junheng.platform.seeds.two import needs_another

NAME = re.compile(r"[A-Za-z0-9-]{1,32}")
FEWEST = 2
"""Contributors at least: with one alone the seed would be that one's and the public value's."""
PATIENCE = timedelta(hours=2)
"""How long after its moment a public value may still come before two persons may say that it failed. To be confirmed."""
Named = tuple[str, str]
Source = tuple[str, str, datetime]


def check_names(names: Sequence[str]) -> None:
    """Refuse names that could not stand in the string of the seed, or that stand twice."""
    for name in names:
        if not NAME.fullmatch(name):
            raise Refusal(
                "draw-name",
                "代码「{name}」只能用英文字母、数字和短横线，最多 32 个。它会写进种子的计算。",
                name=name[:40],
            )
    if len(set(names[:-1])) != len(names) - 1:
        raise Refusal("name-twice", "参与方与公共随机源不能重名。请改正后重新公布。")


def put_sources(
    people: type[ContributorRow],
    values: type[PublicValueRow],
    contributors: Sequence[Named],
    sources: Sequence[Source],
    *,
    by: Any,
    at: datetime,
    why: str,
    **of: Any,
) -> None:
    """Put contributors and public values in the place of those that stood there; refused once one has promised."""
    if people._default_manager.filter(**of).exclude(digest="").exists():
        raise Conflict("draw-committed", "已有参与方提交承诺值，参与方、公共随机值和代用值都不能再改。")
    for row in [*people._default_manager.filter(**of), *values._default_manager.filter(**of)]:
        record(row, Verb.DEED.value, by=by, at=at, why=why, before=columns_of(row))
        row.delete()
    for rank, (name, label) in enumerate(contributors, 1):
        save_row(people(rank=rank, name=name, label=label, **of), by=by, at=at, why=why)
    for rank, (name, label, due) in enumerate(sources, 1):
        save_row(values(rank=rank, name=name, label=label, due_at=due, **of), by=by, at=at, why=why)


def promised(row: Any, digest: str, *, by: Any, at: datetime, why: str) -> None:
    """Write down what a contributor promises; once."""
    Commitment(row.name, digest)
    if row.digest:
        raise Conflict("committed-already", "「{who}」已提交承诺值，不能更换。", who=row.label)
    row.digest, row.committed_at = digest, at
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)


def opened(
    row: Any, nonce: str, secret: str, *, algorithm: str, until: datetime, by: Any, at: datetime, why: str
) -> None:
    """Write down what a contributor opens: before ``until``, once, and only what was promised."""
    if at >= until:
        raise Refusal(
            "reveal-too-late",
            "揭示已于 {day} 截止，「{who}」按公布的代用值计入。迟到的揭示不能再用，否则可以挑选结果。",
            day=shown(until),
            who=row.label,
        )
    if row.revealed_at:
        raise Conflict("revealed-already", "「{who}」已经揭示，不能更换。", who=row.label)
    if commitment_of(Algorithm(algorithm), nonce, secret) != row.digest:
        raise Refusal(
            "reveal-differs",
            "「{who}」揭示的内容与事先公布的承诺值不符，没有登记。请核对后重试。",
            who=row.label,
        )
    row.nonce, row.secret, row.revealed_at = nonce, secret, at
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)


def read_off(row: Any, value: str, failed: bool, *, by: Any, at: datetime, why: str) -> None:
    """Write down what a source published, or that it published nothing; it stands once two persons say the same."""
    check_value(row, value, failed, at=at, why=why)
    who = name_of(by)
    if row.entered_by == who:
        raise needs_another(row.label)
    if row.entered_by and (row.value, row.failed) == (value, failed):
        row.confirmed_by, row.confirmed_at = who, at
    else:
        again = bool(row.entered_by)
        row.value, row.failed, row.why, row.entered_by, row.entered_at = value, failed, why[:200], who, at
        why = "两人登记不一致，以后一次为准重新复核" if again else why
    save_row(row, by=by, at=at, why=why or row.label, verb=Verb.DEED.value)


def check_value(row: Any, value: str, failed: bool, *, at: datetime, why: str) -> None:
    """Refuse a value that is not due, not written, or stands already."""
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
            source=row.label,
            hours=int(PATIENCE.total_seconds()) // 3600,
        )
    if not failed:
        line(value)
        if not value:
            raise Refusal("value-empty", "请填写公布的数值，逐字照录。")
    if failed and not why.strip():
        raise Refusal("value-failed-why", "请写明为什么没有产生，随结果一起公布。")
    if row.stands:
        raise Conflict("value-stands", "「{source}」已由两人登记，不能更换。", source=row.label)


def shown(moment: datetime) -> str:
    """A moment in Shanghai, as sentences say it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
