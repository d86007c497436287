"""Writing to the chain: one entry, many, or one for a run of rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol, overload

from django.db import connection, models, transaction
from django.dispatch import Signal

from junheng.kernel.values.identity import conceal, number_in
from junheng.platform.audit.chain import GENESIS, Draft, canonical, link, link_of, plain
from junheng.platform.audit.inserting import insert_tuples
from junheng.platform.audit.models import Entry, Verb

CHUNK = 5_000
LOCK = 0x4A48_41554449
"""Number of the lock under which the chain is continued where several may write at once."""
MANY = 200
"""Entries from which on no model is made of each."""
COLUMNS = tuple(str(field.column) for field in Entry._meta.concrete_fields)
appended = Signal()
"""Sent with ``entries`` inside the transaction that added them: whoever derives something from rows follows it.

They are entries, or the drafts of very many: both say ``table``, ``verb``, ``row``, ``first_row`` and ``last_row``.
"""


class Actor(Protocol):
    """Whoever has a login name: a user, or anything that stands for one."""

    def get_username(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry at some moment. Whoever keeps it can later tell whether the chain was cut short."""

    id: int
    hash: str


def head() -> Head:
    """The last entry; number 0 and the genesis hash while there is none."""
    last = Entry.objects.order_by("-id").values_list("id", "hash").first()
    return Head(*last) if last else Head(0, GENESIS)


def name_of(by: Actor | str) -> str:
    """The login name to be written down. A deed without a doer is refused."""
    name = by if isinstance(by, str) else by.get_username()
    if not name:
        raise ValueError("an audit entry names who did it")
    return name


def place_of(instance_or_pk: Any) -> dict[str, Any]:
    """How an entry names a row: by number, or by text where the table's key is text."""
    pk = instance_or_pk.pk if isinstance(instance_or_pk, models.Model) else instance_or_pk
    return {"row": pk} if isinstance(pk, int) else {"row_key": str(pk)}


@transaction.atomic
def append_many(drafts: Sequence[Draft]) -> Sequence[Entry]:
    """Add entries at the end of the chain, in their order, all or none.

    The chain is computed here and inserted in bulk. A lock that is held to the end of the transaction keeps two
    writers from continuing the same link: SQLite takes its own when the transaction begins, a server is asked for one.
    """
    if not drafts:
        return []
    drafts = [one if (why := nameless(one.why)) == one.why else one._replace(why=why) for one in drafts]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    number, previous = (last := head()).id, last.hash
    if len(drafts) >= MANY:
        return append_as_tuples(drafts, number, previous)
    entries = []
    for draft in drafts:
        number += 1
        previous = link(previous, number, draft)
        entries.append(
            Entry(
                id=number,
                at=draft.at,
                who=draft.who,
                why=draft.why,
                verb=draft.verb,
                table=draft.table,
                row=draft.row,
                row_key=draft.row_key,
                before=draft.before,
                after=draft.after,
                first_row=draft.first_row,
                last_row=draft.last_row,
                hash=previous,
            )
        )
    written = Entry.objects.bulk_create(entries, batch_size=CHUNK)
    appended.send(Entry, entries=written)
    return written


@lru_cache(maxsize=64)
def nameless(why: str) -> str:
    """A reason without identity numbers: what is in the chain cannot be taken out of it when a person's key is destroyed."""
    return conceal(why) if number_in(why) else why


def append_as_tuples(drafts: Sequence[Draft], number: int, previous: str) -> Sequence[Entry]:
    """The same for very many: each value is written down once, for the hash and for the table."""

    def rows() -> Iterator[tuple[Any, ...]]:
        at_number, hashed = number, previous
        for draft in drafts:
            at_number += 1
            before, after = canonical(draft.before), canonical(draft.after)
            hashed = link_of(hashed, at_number, draft, before, after)
            yield (
                at_number,
                adapted(draft.at),
                draft.who,
                draft.why,
                draft.verb,
                draft.table,
                draft.row,
                draft.row_key,
                None if draft.before is None else before,
                None if draft.after is None else after,
                draft.first_row,
                draft.last_row,
                hashed,
            )

    adapted = lru_cache(maxsize=8)(connection.ops.adapt_datetimefield_value)
    insert_tuples(Entry._meta.db_table, COLUMNS, rows())
    appended.send(Entry, entries=drafts)
    return Lazily(number, len(drafts))


class Lazily(Sequence[Entry]):
    """Entries that were just added, fetched when somebody looks at them: who adds thousands seldom does."""

    def __init__(self, before: int, count: int) -> None:
        self.last_before = before
        self.size = count

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        numbers = range(self.last_before + 1, self.last_before + 1 + self.size)[place]
        if isinstance(numbers, int):
            return Entry.objects.get(id=numbers)
        found = Entry.objects.in_bulk(list(numbers))
        return [found[one] for one in numbers]


def record(
    instance: models.Model,
    verb: str,
    *,
    by: Actor | str,
    at: datetime,
    why: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> Entry:
    """Add one entry about one row: for deeds that are more than a changed row, and for readings."""
    draft = Draft(
        at=at,
        who=name_of(by),
        why=why,
        verb=verb,
        table=instance._meta.label_lower,
        before=plain(before),
        after=plain(after),
        **place_of(instance),
    )
    return append_many([draft])[0]


def record_table(
    model: type[models.Model], verb: str, *, by: Actor | str, at: datetime, why: str, after: dict[str, Any]
) -> Entry:
    """Add one entry about a table as a whole, such as an export of it."""
    draft = Draft(
        at=at, who=name_of(by), why=why, verb=verb, table=model._meta.label_lower, after=plain(after)
    )
    return append_many([draft])[0]


def batch_draft(
    model: type[models.Model],
    *,
    first_row: int,
    last_row: int,
    count: int,
    digest: str,
    source: str,
    by: Actor | str,
    at: datetime,
    why: str,
) -> Draft:
    """The entry for ``count`` rows numbered ``first_row`` to ``last_row``, written together from one source.

    ``digest`` (see ``chain.digest_of_rows``) fixes what was written; each row's history shows this entry.
    """
    if first_row > last_row or not 0 < count <= last_row - first_row + 1:
        raise ValueError(f"{count} rows cannot be numbered {first_row} to {last_row}")
    return Draft(
        at=at,
        who=name_of(by),
        why=why,
        verb=Verb.BATCH.value,
        table=model._meta.label_lower,
        after={"count": count, "digest": digest, "source": source},
        first_row=first_row,
        last_row=last_row,
    )


def record_batch(model: type[models.Model], **facts: Any) -> Entry:
    """Add one entry for rows written together; the facts are those of ``batch_draft``."""
    return append_many([batch_draft(model, **facts)])[0]
