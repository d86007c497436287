"""Reading the chain: the entries of one row, its version, and whether every link still holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from junheng.platform.audit.append import place_of
from junheng.platform.audit.chain import GENESIS, Draft, link
from junheng.platform.audit.models import Entry, Verb


@dataclass(frozen=True, slots=True)
class Broken:
    """The first entry at which the chain does not hold, and the sentence that says how."""

    id: int
    reason: str


def entries_of(instance: Model) -> list[Entry]:
    """Everything that happened to a row, latest first: its own entries and the batches it came with."""
    own = Entry.objects.filter(table=instance._meta.label_lower, **place_of(instance))
    return sorted([*own, *batches_of(instance)], key=lambda entry: -entry.id)


def batches_of(instance: Model) -> QuerySet[Entry]:
    """The batches whose run of rows covers this one."""
    if not isinstance(instance.pk, int):
        return Entry.objects.none()
    return Entry.objects.filter(
        table=instance._meta.label_lower, first_row__lte=instance.pk, last_row__gte=instance.pk
    )


def version_of(instance: Model) -> int:
    """The number of the last entry that wrote this row; 0 for a row older than the chain.

    Two people who edit the same row each hold the version they began from: the second one's is no longer current.
    """
    own = Entry.objects.filter(table=instance._meta.label_lower, **place_of(instance)).exclude(verb=Verb.READ)
    last = own.aggregate(last=Max("id"))["last"] or 0
    return max(last, batches_of(instance).aggregate(last=Max("id"))["last"] or 0)


def changes_since(instance: Model, version: int) -> list[Entry]:
    """The entries that wrote this row after a version, earliest first."""
    return list(
        Entry.objects.filter(table=instance._meta.label_lower, id__gt=version, **place_of(instance))
        .exclude(verb=Verb.READ)
        .order_by("id")
    )


def verify(*, known: "dict[int, str] | None" = None) -> Broken | None:
    """Walk the whole chain and find the first link that does not hold; ``None`` when all hold.

    ``known`` are heads that somebody kept elsewhere (a snapshot keeps one): number → hash. With them a chain that was
    cut short or wholly recomputed is found too.
    """
    previous, last, known = GENESIS, 0, dict(known or {})
    for entry in walk():
        last += 1
        if entry.id != last:
            return Broken(last, _("第 %(id)s 条记录缺失：编号不连续。") % {"id": last})
        if link(previous, entry.id, draft_from(entry)) != entry.hash:
            return Broken(entry.id, _("第 %(id)s 条记录与其校验值不符：内容被改动过。") % {"id": entry.id})
        if known.pop(entry.id, entry.hash) != entry.hash:
            return Broken(
                entry.id, _("第 %(id)s 条记录与别处留存的校验值不符：记录被整体重写过。") % {"id": entry.id}
            )
        previous = entry.hash
    if missing := [number for number in sorted(known) if number > last]:
        return Broken(last + 1, _("第 %(id)s 条以后的记录被删除。") % {"id": missing[0] and last + 1})
    return None


def walk() -> Iterator[Entry]:
    """All entries from the first, without holding them all in memory."""
    return Entry.objects.order_by("id").iterator(chunk_size=2_000)


def draft_from(entry: Entry) -> Draft:
    """The words of a stored entry, as they were before it had a place."""
    words: dict[str, Any] = {name: getattr(entry, name) for name in Draft.__dataclass_fields__}
    return Draft(**words)
