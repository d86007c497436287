"""Every night: what a list said of people is destroyed some days after it no longer holds."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from junheng.content.rulebook import PRIVACY
from junheng.domains.partnerlists.models import PartnerList, PartnerPair, PartnerRow
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing.erased import destroy, keys_of, list_path, written_down

NIGHT = "夜间任务"
WHY = "名单保存期满，销毁密钥和比对结果"


def due(on: date) -> list[PartnerList]:
    """The lists that ended so many days ago that nothing of them is kept any longer."""
    last = on - timedelta(days=PRIVACY.keep_partner_lists.on(on).value)
    ended = Q(replaced_on__lte=last) | Q(valid_until__lt=last)
    return list(PartnerList.objects.filter(ended, erased_on=None).order_by("pk"))


def forget(*, on: date, at: datetime) -> int:
    """Destroy the keys of the lines of such lists, and who they were compared with; answers with how many lines.

    How many there were stays, and the list of destroyed keys: with it anybody can see that none of them is left.
    """
    return sum(forget_one(one, on=on, at=at) for one in due(on))


def forget_one(source: PartnerList, *, on: date, at: datetime) -> int:
    """Destroy what one list said of people."""
    keys = keys_of(PartnerRow, source.rows.values_list("pk", flat=True))
    with written_down(keys, because=because(source)), transaction.atomic():
        pairs = PartnerPair.objects.filter(row__partner_list=source)
        pairs.update(settled_with=None)
        gone, _each = pairs.delete()
        PartnerRow.objects.filter(former__partner_list=source).update(former=None)
        destroy(PartnerRow, keys)
        source.rows.update(sex=None, former=None)
        source.erased_on = on
        save_row(source, by=NIGHT, at=at, why=WHY, verb=Verb.DEED.value)
        after = {"keys": len(keys), "pairs": gone}
        record(source, Verb.DEED.value, by=NIGHT, at=at, why=WHY, after=after)
    return len(keys)


def because(source: PartnerList) -> str:
    """How the list of destroyed keys calls the end of a list."""
    return f"partner list {source.pk}"


def listed(source: PartnerList) -> int:
    """How many keys the list beside the key ring names as destroyed with a list."""
    path = list_path()
    if not path.exists():
        return 0
    mark = f'"because": "{because(source)}"'
    return sum(mark in line for line in path.read_text("ascii").splitlines())
