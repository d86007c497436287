"""Bringing together what is about the same, and parting it again. Every citizen keeps the own code and the own answer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from junheng.domains.tips.models import Tip
from junheng.domains.tips.policies.scope import check_officer
from junheng.domains.tips.terms import OPEN, TipState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def merge(tip: Tip, into: Tip, *, by: Any, at: datetime, why: str) -> Tip:
    """Have one dealt with together with another. What was brought together with it comes along."""
    into, tip = Tip.objects.get(pk=into.pk), Tip.objects.get(pk=tip.pk)
    first = into.lead or into
    for one in (tip, first):
        check_officer(one, by=by, at=at)
    if tip.pk == first.pk or tip.lead_id == first.pk:
        raise Refusal("tip-with-itself", "这两条已经是同一件，不用再并。")
    numbers = [tip.pk, first.pk]
    rows = {
        one.pk: one
        for one in Tip.objects.select_for_update(of=("self",)).filter(pk__in=numbers).order_by("pk")
    }
    row, first = rows[tip.pk], rows[first.pk]
    if row.state not in OPEN or first.state not in OPEN:
        raise Conflict("tip-merge-closed", "两条都还在办理时才能合并。已经办结的，请直接引用它的结果答复。")
    if row.referral_id is not None and row.referral_id != first.referral_id:
        raise Conflict("tip-merge-passed-on", "要并入的这条已经转办。请反过来，把另一条并入它。")
    for one in [row, *Tip.objects.select_for_update(of=("self",)).filter(lead=row)]:
        follow(one, first, by=by, at=at, why=why)
    return row


def follow(row: Tip, first: Tip, *, by: Any, at: datetime, why: str) -> None:
    """Stand where the first one stands."""
    row.lead, row.referral = first, first.referral
    if row.state in OPEN and first.acked_on is not None:
        row.state, row.acked_on = first.state, row.acked_on or first.acked_on
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)


@transaction.atomic
def part(tip: Tip, *, by: Any, at: datetime, why: str) -> Tip:
    """Part a tip from the others again: it waits to be taken in as on its first day, with the days it had."""
    check_officer(tip, by=by, at=at)
    row = Tip.objects.select_for_update(of=("self",)).get(pk=tip.pk)
    if row.lead_id is None:
        raise Conflict("tip-not-merged", "这条举报没有并入其他举报，不用拆开。")
    row.lead = row.referral = None
    if row.state in OPEN:
        row.state = TipState.NEW
    save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
    return row
