"""Deeds of erasure: propose, carry out by another person, take back; and the request of a guardian."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.chain import Draft
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import Asker, absent
from junheng.platform.retention.models import Erasure, State
from junheng.platform.retention.queries import digest_of, due_rows, keys_with, may_decide
from junheng.platform.retention.rules import Keep, every_companion, rule_for
from junheng.platform.sealing import key_field
from junheng.platform.sealing.beside import files_of, let_go
from junheng.platform.sealing.erased import Destroyed, destroy, written_down


@transaction.atomic
def propose(slug: str, *, area: str, asker: Asker, why: str) -> Erasure:
    """Propose to destroy what is due in one place. Nothing happens until another person carries it out."""
    rule = rule_for(slug)
    keys = keys_with(rule, due_rows(rule, asker, area=area))
    if not keys:
        raise Refusal("nothing-due", "这里没有到期应销毁的信息，没有提出。请返回“保存与销毁”页面查看。")
    if Erasure.objects.filter(register=slug, area=area, row=None, state=State.PROPOSED).exists():
        raise Conflict("erasure-proposed-already", "已有人提出销毁这里到期的信息，请等待另一人办理。")
    return begin(rule, keys, asker=asker, why=why, area=area)


@transaction.atomic
def request(slug: str, row: Any, *, asker: Asker, why: str) -> Erasure:
    """A guardian (or the person) asks for erasure. Where a law says keep, the request is answered with that and kept.

    Where nothing says keep, the erasure is proposed like any other: another person carries it out.
    """
    rule = rule_for(slug)
    asker.row(rule.register, row.pk, "change")
    here = rule.register.model._default_manager.filter(pk=row.pk)
    keys = keys_with(rule, here.exclude(**{key_field(rule.register.model).name: ""}))
    if not keys:
        raise Refusal("erased-already", "这条记录的敏感信息已经销毁，不需要再次办理。")
    if Erasure.objects.filter(register=slug, row=row.pk, state=State.PROPOSED).exists():
        raise Conflict("erasure-proposed-already", "已有人提出销毁这里到期的信息，请等待另一人办理。")
    reason = "" if here.filter(rule.ended(rule.cutoff(asker.today))).exists() else refusal_of(rule, asker)
    return begin(rule, keys, asker=asker, why=why, row=row.pk, reason=reason)


def refusal_of(rule: Keep, asker: Asker) -> str:
    """Why a value is kept although somebody asks for its end."""
    years = rule.in_force(asker.today)
    sure = _("（待确认）") if years.certainty.to_be_confirmed else ""
    return _("%(duty)s须自%(after)s起保存 %(years)s 年，期满前不能删除。依据：%(cites)s%(sure)s。可以更正有误的内容。") % {
        "duty": rule.duty, "after": rule.after, "years": years.value, "cites": years.cites, "sure": sure,
    }  # fmt: skip


def begin(
    rule: Keep,
    keys: list[Destroyed],
    *,
    asker: Asker,
    why: str,
    area: str = "",
    row: int | None = None,
    reason: str = "",
) -> Erasure:
    """Write the proposal down, with its entry."""
    made = Erasure.objects.create(
        register=rule.slug, area=area, row=row, cutoff=rule.cutoff(asker.today),
        count=len(of_table(rule.register.model, keys)),
        digest=digest_of(keys), state=State.REFUSED if reason else State.PROPOSED, reason=reason[:300],
        proposed_by=name_of(asker.user), proposed_at=asker.at, why=checked_why(why),
    )  # fmt: skip
    note(made, asker=asker, why=why)
    return made


def note(erasure: Erasure, *, asker: Asker, why: str) -> Entry:
    """The entry about an erasure: which register and place, how many, the digest, how far it is."""
    after = {
        "register": erasure.register, "area": erasure.area, "of_row": erasure.row, "state": str(erasure.state),
        "cutoff": erasure.cutoff.isoformat(), "count": erasure.count, "digest": erasure.digest,
        "reason": erasure.reason,
    }  # fmt: skip
    draft = Draft(
        asker.at, name_of(asker.user), checked_why(why), Verb.DEED.value, erasure._meta.label_lower,
        row=erasure.pk, after=after,
    )  # fmt: skip
    return append_many([draft])[0]


def carry_out(erasure: Erasure, *, asker: Asker, why: str) -> Erasure:
    """Destroy the keys of what was proposed. Another person than the proposer; exactly what was proposed, or nothing."""
    rule = check_open(erasure, asker)
    if erasure.proposed_by == name_of(asker.user):
        raise NotAllowed(
            "erasure-two-persons", "销毁须由提出人以外的另一人办理，没有做任何改动。请由同事核对后办理。"
        )
    why = checked_why(why)
    keys = proposed_keys(erasure, rule, asker)
    with written_down(keys, because=erasure.because), transaction.atomic():
        locked = Erasure.objects.select_for_update().get(pk=erasure.pk)
        check_open(locked, asker)
        models = [rule.register.model, *(one.model for one in every_companion())]
        if sum(destroy(model, of_table(model, keys)) for model in models) != len(keys):
            raise changed_meanwhile()
        for model in models:  # a file whose key is gone is of no use to anybody
            let_go(files_of(model, [one.row for one in of_table(model, keys)]))
        locked.state, locked.carried_by, locked.carried_at = State.DONE, name_of(asker.user), asker.at
        locked.entry = note(locked, asker=asker, why=why).pk
        locked.save()
    leave_no_log()
    return locked


def of_table(model: type[Model], keys: list[Destroyed]) -> list[Destroyed]:
    """Those of the keys that stand in one table."""
    return [one for one in keys if one.table == model._meta.db_table]


def leave_no_log() -> None:
    """The embedded database's log still has the old pages: fold it in and empty it, unless we are inside a transaction."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def proposed_keys(erasure: Erasure, rule: Keep, asker: Asker) -> list[Destroyed]:
    """The keys of what was proposed; refuses where these are others by now."""
    if erasure.row is not None:
        name = key_field(rule.register.model).name
        rows = rule.register.model._default_manager.filter(pk=erasure.row).exclude(**{name: ""})
    else:
        rows = due_rows(rule, asker, area=erasure.area, cutoff=erasure.cutoff)
    keys = keys_with(rule, rows)
    if digest_of(keys) != erasure.digest:
        raise changed_meanwhile()
    return keys


def changed_meanwhile() -> Conflict:
    """What is due is no longer what was proposed."""
    return Conflict(
        "erasure-changed", "提出以后到期的记录有变化，与提出时的清单不一致，没有销毁。请收回后重新提出。"
    )


@transaction.atomic
def take_back(erasure: Erasure, *, asker: Asker, why: str) -> Erasure:
    """Take a proposal back, by whoever could carry it out or proposed it."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    check_open(erasure, asker)
    erasure.state = State.WITHDRAWN
    erasure.carried_by, erasure.carried_at = name_of(asker.user), asker.at
    erasure.entry = note(erasure, asker=asker, why=why).pk
    erasure.save()
    return erasure


def check_open(erasure: Erasure, asker: Asker) -> Keep:
    """Refuse what lies outside the scope, and what was decided already."""
    if not may_decide(erasure, asker):
        raise absent()
    if erasure.state != State.PROPOSED:
        raise Conflict(
            "erasure-decided", "这项销毁已经办理过了（{state}）。", state=erasure.get_state_display()
        )
    return rule_for(erasure.register)
