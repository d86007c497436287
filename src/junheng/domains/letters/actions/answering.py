"""The addressee signs for a copy and replies to it; nobody does so in another's name."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.letters.models import Delivery
from junheng.domains.letters.policies import check_addressee
from junheng.domains.letters.terms import DeliveryState
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import name_of
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@transaction.atomic
def receive(delivery: Delivery, *, signed: str, by: Any, at: datetime, why: str) -> Delivery:
    """Sign for a copy: who signed, at this moment."""
    delivery = held(delivery, _("签收函件"), DeliveryState.SENT, by=by, at=at)
    if not signed.strip():
        raise Refusal("receipt-without-name", "请写签收人。")
    delivery.state, delivery.received_at = DeliveryState.RECEIVED, at
    delivery.received_by = f"{signed.strip()}（{name_of(by)}）"[:60]
    save_row(delivery, by=by, at=at, why=why, verb=Verb.DEED.value)
    return delivery


@transaction.atomic
def reply(delivery: Delivery, *, words: str, by: Any, at: datetime, why: str) -> Delivery:
    """Reply to a letter that was received, once; a late reply is taken and shown as late."""
    delivery = held(delivery, _("答复函件"), DeliveryState.RECEIVED, by=by, at=at)
    if delivery.reply_by is None:
        raise Refusal("letter-wants-no-reply", "这份函件不需要答复。")
    if not words.strip():
        raise Refusal("reply-empty", "请写答复内容：自查了什么、怎样整改、退了多少。")
    delivery.state, delivery.reply, delivery.replied_at = DeliveryState.REPLIED, words.strip(), at
    delivery.replied_by = name_of(by)
    save_row(delivery, by=by, at=at, why=why, verb=Verb.DEED.value)
    return delivery


def held(delivery: Delivery, deed: str, state: DeliveryState, *, by: Any, at: datetime) -> Delivery:
    """The copy as it stands now, held; refused to others, after withdrawal, and out of turn."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    check_may(deed, delivery, by=by, at=at)
    check_addressee(delivery, by=by, at=at)
    if delivery.state == DeliveryState.WITHDRAWN:
        raise Conflict("letter-withdrawn", "这份函件已被发函单位撤回，不用签收或答复。")
    if delivery.state != state:
        raise Conflict(
            "delivery-not-there",
            "这份函件现为“{state}”，不能“{deed}”。先签收，再答复；答复过的不再改。",
            state=delivery.get_state_display(),
            deed=deed,
        )
    return delivery
