"""What a kindergarten may write about itself, and when; and what nobody writes over."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from junheng.domains.kindergartens.models import (
    Kindergarten,
    KindergartenFee,
    KindergartenSupport,
    Nature,
    Recognition,
)
from junheng.domains.kindergartens.terms import Decision, KindergartenNature
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent
from junheng.platform.stewardship.approval import value_at


class OwnHand:
    """Asks of what is about to be written whether a kindergarten writes about itself, while it is open; and about fees."""

    def divert(
        self, register: Register[Any], intents: list[Intent], *, asker: Asker, why: str, source: str
    ) -> None:
        if not intents:
            return
        own = own_kindergartens(register, asker)
        if own:
            check_own(register, intents, own, asker=asker)
        if register.model is Kindergarten:
            check_fee_column(intents, owner=bool(own))
        elif register.model is KindergartenFee:
            check_standards(intents, owner=bool(own), asker=asker)
        elif register.model is Nature:
            check_natures(intents)
        elif register.model is KindergartenSupport:
            check_supports(intents, asker=asker)

    def notes(self, register: Register[Any], row: Model | None, *, asker: Asker) -> Mapping[str, str]:
        return {}


def own_kindergartens(register: Register[Any], asker: Asker) -> set[int]:
    """The kindergartens by which alone somebody writes to a register; empty for whoever writes for an area."""
    grants = asker.granting(register, "change")
    return set() if any(one.kindergarten is None for one in grants) else {one.kindergarten for one in grants}


def check_own(register: Register[Any], intents: list[Intent], own: set[int], *, asker: Asker) -> None:
    """Refuse what is another's, and anything once the kindergarten is closed."""
    path = register.kindergarten or "self"
    named = {one.row.pk if path == "self" else value_at(one.row, path) for one in intents}
    if not named <= own:
        raise NotAllowed(
            "not-your-kindergarten", "您只能为自己所在的幼儿园填报，没有保存。请把幼儿园改为本园。"
        )
    for one in Kindergarten.objects.filter(pk__in=named):
        check_open(one, asker=asker)


def check_open(kindergarten: Kindergarten, *, asker: Asker) -> None:
    """Refuse to write for a kindergarten that is closed; what it was stays to be read."""
    if kindergarten.until is not None and kindergarten.until <= asker.today:
        raise Conflict(
            "kindergarten-closed",
            "{kindergarten}已于 {until} 停办，记录可以查看，不能再填报。没有保存；确需更正的，请联系县（市、区）教育局。",
            kindergarten=kindergarten,
            until=kindergarten.until,
        )


def check_fee_column(intents: list[Intent], *, owner: bool) -> None:
    """Refuse a new fee without its first day: fees have a register of their own, which keeps what was charged before."""
    changed = [
        one.row.pk
        for one in intents
        if one.before is not None and ("fee_fen" in one.kept or one.row.fee_fen != one.before["fee_fen"])  # type: ignore[attr-defined] # a kindergarten
    ]
    if changed and (owner or KindergartenFee.objects.filter(kindergarten__in=changed).exists()):
        raise Refusal(
            "fee-has-a-first-day",
            "保教费从哪一天起执行要写明，不能在这里直接改。没有保存；请在「保教费标准」新增一行，核准后从执行日起生效，原标准保留。",
        )


def check_standards(intents: list[Intent], *, owner: bool, asker: Asker) -> None:
    """Refuse to write over a standard that holds already, and one that a kindergarten announces too late."""
    for one in intents:
        row: Any = one.row
        before = one.before
        if before is not None and str(before["since"]) <= asker.today.isoformat() and rewritten(row, before):
            raise Conflict(
                "fee-in-force",
                "这项标准自 {since} 起已经执行，不能改写。没有保存；收费有变的，请另增一行，写明新的执行日。",
                since=before["since"],
            )
        if owner and row.since <= asker.today:
            raise Refusal(
                "fee-from-tomorrow",
                "执行日须在今天以后，收费不能追溯调整。没有保存；请改填核准以后的日期。",
            )


def check_natures(intents: list[Intent]) -> None:
    """Refuse to write a kindergarten public by hand while it is recognised: it would stand on both lists."""
    rows: list[Any] = [one.row for one in intents]
    turned = {one.kindergarten_id: one.since for one in rows if one.nature == KindergartenNature.PUBLIC}
    held = Recognition.objects.filter(kindergarten__in=turned, decision=Decision.RECOGNISED)
    for one in held.select_related("kindergarten"):
        if one.until is None or one.until > turned[one.kindergarten_id]:
            raise Refusal(
                "public-while-recognised",
                "{kindergarten}自 {since} 起仍有有效的普惠认定，不能直接登记为公办，否则会算两次。没有保存；请在幼儿园页面办理“转为公办”，认定同日终止。",
                kindergarten=one.kindergarten,
                since=turned[one.kindergarten_id],
            )


def rewritten(row: KindergartenFee, before: Mapping[str, Any]) -> bool:
    """Whether more than the words beside a standard would change."""
    return any(
        str(getattr(row, name)) != str(before[name]) for name in ("kindergarten_id", "fee_fen", "since")
    )


def check_supports(intents: list[Intent], *, asker: Asker) -> None:
    """Refuse what was given to a kindergarten that lies elsewhere, was not there yet or any more, or was not given yet."""
    rows: list[Any] = [one.row for one in intents if one.before is None or moved(one.row, one.before)]
    named = Kindergarten.objects.select_related("area").in_bulk({one.kindergarten_id for one in rows})
    for one in rows:
        kindergarten = named[one.kindergarten_id]
        if one.area_id != kindergarten.area_id:
            raise Refusal(
                "support-elsewhere",
                "{kindergarten}在{area}，不在所填的区划。没有保存；请把区划改为 {number}。",
                kindergarten=kindergarten,
                area=kindergarten.area.name,
                number=kindergarten.area_id,
            )
        if one.begun_on > asker.today:
            raise Refusal(
                "support-to-come",
                "开始日 {begun} 还没有到，扶持在实际开始后登记。没有保存；请核对日期。",
                begun=one.begun_on,
            )
        last, until = one.ended_on or one.begun_on, kindergarten.until
        if one.begun_on < kindergarten.since or (until is not None and last >= until):
            raise Refusal(
                "support-while-not-open",
                "{kindergarten}在 {begun} 至 {last} 期间没有全程开办，不能登记为得到扶持。没有保存；请核对日期或幼儿园名录。",
                kindergarten=kindergarten,
                begun=one.begun_on,
                last=last,
            )


def moved(row: Any, before: Mapping[str, Any]) -> bool:
    """Whether a support would be another's, or of other days, than it was."""
    names = ("kindergarten_id", "area_id", "begun_on", "ended_on")
    return any(str(getattr(row, name)) != str(before[name]) for name in names)
