"""Reading the chain: the entries of one row, its version, and whether every link still holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Max, Model, QuerySet
from django.utils import timezone
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


FIRST, LAST = date(1900, 1, 1), date(9000, 1, 1)
"""No entry was made before the one or will be made after the other; moments beyond are hard to write down."""
LAST_BY = """
WITH RECURSIVE halved(low, high) AS (
    SELECT CAST(0 AS bigint), COALESCE((SELECT MAX(id) FROM audit_entry), 0)
    UNION ALL
    SELECT
        CASE WHEN (SELECT e.at FROM audit_entry e WHERE e.id = (low + high + 1) / 2) < %s
            THEN (low + high + 1) / 2 ELSE low END,
        CASE WHEN (SELECT e.at FROM audit_entry e WHERE e.id = (low + high + 1) / 2) < %s
            THEN high ELSE (low + high + 1) / 2 - 1 END
    FROM halved WHERE low < high
)
SELECT MAX(low) FROM halved
"""
"""Entries count without gaps and in the order of time, so that the last one by a moment is found by halving."""


def last_entry_by(day: date) -> int:
    """The number of the last entry that was made by the end of a day in Shanghai; 0 if there was none.

    One statement of about twenty steps by number, however long the chain is: no index on the time is needed.
    """
    sensible = min(max(day, FIRST), LAST)
    after = datetime.combine(sensible + timedelta(days=1), time(), timezone.get_default_timezone())
    moment = connection.ops.adapt_datetimefield_value(after)
    with connection.cursor() as cursor:
        cursor.execute(LAST_BY, [moment, moment])
        return int(cursor.fetchone()[0])


def written_since(tables: Iterable[str], entry: int) -> QuerySet[Entry]:
    """The entries that wrote rows of these tables after an entry, latest first: what to undo to be back there."""
    return (
        Entry.objects.filter(table__in=list(tables), id__gt=entry)
        .exclude(verb__in=[Verb.READ, Verb.EXPORT])
        .order_by("-id")
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
    words: dict[str, Any] = {name: getattr(entry, name) for name in Draft._fields}
    return Draft(**words)
