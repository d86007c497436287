"""Changing the master key, and looking whether everything opens: row by row, with progress."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from junheng.kernel.errors import Refusal
from junheng.platform.sealing.cipher import NONCE_BYTES, Broken, broken, name_in, provider_of
from junheng.platform.sealing.files import files_under
from junheng.platform.sealing.keeping import (
    key_field,
    keyed_models,
    name_of,
    place_of,
    ring,
    sealed_fields,
    sealed_models,
)
from junheng.platform.sealing.ring import (
    KeysAway,
    Ring,
    read_ring,
    with_new_master,
    without_master,
    write_ring,
)
from junheng.platform.sealing.words import Sealed

CHUNK = 5_000
Progress = Callable[[int, int, str], None]


def quiet(done: int, total: int, what: str) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Seen:
    """What a walk over all sealed rows found."""

    rows: int = 0
    values: int = 0
    erased: int = 0
    unopened: int = 0
    plain: int = 0
    first: str = ""
    under: Counter[str] = field(default_factory=Counter)

    @property
    def is_well(self) -> bool:
        """Whether everything that should open does, and nothing stands there in plain words."""
        return not (self.unopened or self.plain)


def rotate(*, at: datetime, progress: Progress = quiet) -> Ring:
    """Make a new master key and wrap every row's key under it. Sealed values, also those in the audit, stay as they are.

    Killed on the way nothing is lost: the old key stays on the ring, and the next run goes on.
    """
    made = with_new_master(ring(), at=at)
    write_ring(made)
    rewrap(made, progress=progress)
    return made


def rewrap(keys: Ring, *, progress: Progress = quiet) -> int:
    """Wrap the keys that still are under older master keys under the current one."""
    done = 0
    for model in keyed_models():
        column = key_field(model)
        old = model._base_manager.exclude(**{column.name: ""}).exclude(
            **{f"{column.name}__startswith": f"{keys.current}."}
        )
        total, last, here = old.count(), 0, 0
        while pieces := list(old.filter(pk__gt=last).order_by("pk").values_list("pk", column.name)[:CHUNK]):
            write_keys(model, [(wrapped_anew(keys, model, seal), seal, pk) for pk, seal in pieces])
            last, here = pieces[-1][0], here + len(pieces)
            progress(here, total, str(model._meta.verbose_name))
        done += here
    return done


def wrapped_anew(keys: Ring, model: type[models.Model], seal: str) -> str:
    """The same key of a row, wrapped under the current master key."""
    table = model._meta.db_table
    return keys.master.wrap(table, name_of(seal), keys.key_in(table, seal), os.urandom(NONCE_BYTES))


def write_keys(model: type[models.Model], changes: list[tuple[str, str, int]]) -> None:
    """Put new wrapped keys in the place of old ones; a row that somebody changed meanwhile is left alone."""
    quote = connection.ops.quote_name
    column = quote(str(key_field(model).column))
    statement = f"UPDATE {quote(model._meta.db_table)} SET {column} = %s WHERE {column} = %s AND id = %s"  # noqa: S608 — names of our own
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(statement, changes)


def rows_under(key_id: str) -> int:
    """How many rows have their key wrapped under a master key."""
    return sum(
        model._base_manager.filter(**{f"{key_field(model).name}__startswith": f"{key_id}."}).count()
        for model in keyed_models()
    )


def forget(key_id: str) -> Ring:
    """Take a master key off the ring for good. Refuses the one in use, and one under which rows still are."""
    keys = ring()
    if key_id not in keys.masters:
        raise Refusal("no-such-key", "密钥文件中没有密钥 {key}。请用 junheng keys list 查看。", key=key_id)
    left, files = rows_under(key_id), files_under(key_id)
    if key_id == keys.current or left:
        raise Refusal(
            "key-in-use",
            "密钥 {key} 还在使用（{count} 条记录），没有删除。请先运行 junheng keys rotate 换用新密钥。",
            key=key_id,
            count=left,
        )
    if files:
        raise Refusal(
            "key-in-use-by-files",
            "密钥 {key} 还锁着 {count} 个等待导入或下载的文件，没有删除。这些文件最多保留三天，请过几天再试。",
            key=key_id,
            count=files,
        )
    made = without_master(keys, key_id)
    write_ring(made)
    return made


def look(*, progress: Progress = quiet, sample: int | None = None) -> Seen:
    """Open every sealed value, or those of the first ``sample`` rows of each table, and say what did not open."""
    seen = Seen()
    keys = read_ring()
    for model in sealed_models():
        column = key_field(model)
        names = [one.attname for one in sealed_fields(model)]
        rows = model._base_manager.order_by("pk")
        total, last, here = rows.count() if sample is None else sample, 0, 0
        while sample is None or here < sample:
            size = CHUNK if sample is None else sample
            if not (piece := list(rows.filter(pk__gt=last).values_list("pk", column.name, *names)[:size])):
                break
            for pk, seal, *values in piece:
                look_at(seen, keys, model, pk, seal, values)
            last, here = piece[-1][0], here + len(piece)
            progress(here, total, str(model._meta.verbose_name))
    return seen


def look_at(
    seen: Seen, keys: Ring | None, model: type[models.Model], pk: Any, seal: str, values: list[Any]
) -> None:
    """Open the values of one row."""
    seen.rows += 1
    seen.under[seal.split(".", 1)[0]] += 1
    opened: dict[str, Any] = {}
    for one, value in zip(sealed_fields(model), values, strict=True):
        if not value:
            continue
        seen.values += 1
        if not isinstance(value, Sealed):
            seen.plain += 1
            seen.first = seen.first or f"{model._meta.verbose_name} {pk}"
        elif not seal or name_of(seal) != name_in(value.text):
            seen.erased += 1
        else:
            try:
                if keys is None:
                    raise broken(place_of(one))
                provider = provider_of(value.text)
                if provider.number not in opened:
                    opened[provider.number] = provider.open_with(keys.key_in(model._meta.db_table, seal))
                opened[provider.number].open(place_of(one), value.text)
            except (Broken, KeysAway):
                seen.unopened += 1
                seen.first = seen.first or f"{model._meta.verbose_name} {pk}"
