"""The list of destroyed keys, kept beside the key ring: an old backup still has them, and must not bring them back."""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, models

from junheng.platform.sealing.keeping import followers, key_field, keyed_models, name_of
from junheng.platform.sealing.ring import ring_path

FILE = "erased.jsonl"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One destroyed key: the row that had it, and the short name of the key."""

    table: str
    row: int
    name: str

    def words(self, because: str) -> str:
        """The line of the list."""
        return json.dumps({"table": self.table, "row": self.row, "key": self.name, "because": because})


def list_path() -> Path:
    """Where the list lies: beside the ring, so that whoever carries the keys carries it."""
    return ring_path().with_name(FILE)


def keys_of(model: type[models.Model], rows: Iterable[int]) -> list[Destroyed]:
    """The keys that rows have now; a row whose key is gone has none."""
    name = key_field(model).name
    found = model._base_manager.filter(pk__in=list(rows)).exclude(**{name: ""}).order_by("pk")
    return [Destroyed(model._meta.db_table, pk, name_of(seal)) for pk, seal in found.values_list("pk", name)]


@contextmanager
def written_down(keys: Iterable[Destroyed], *, because: str) -> Iterator[None]:
    """Put keys on the list before they are destroyed; where that fails they are taken off again.

    Wrap the transaction in it: a crash between the two leaves them on the list, so a restore destroys what was about
    to be destroyed, never the other way round.
    """
    path = list_path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="ascii") as file:
        size = os.fstat(file.fileno()).st_size
        file.write("".join(f"{one.words(because)}\n" for one in keys))
        file.flush()
        os.fsync(file.fileno())
        try:
            yield
        except BaseException:
            os.ftruncate(file.fileno(), size)
            raise


def on_the_list() -> list[Destroyed]:
    """All destroyed keys; a line that a crash cut short is passed over."""
    path = list_path()
    if not path.exists():
        return []
    found = []
    for line in path.read_text("ascii").splitlines():
        try:
            said = json.loads(line)
            found.append(Destroyed(said["table"], said["row"], said["key"]))
        except (ValueError, KeyError):
            continue
    return found


def destroy(model: type[models.Model], keys: Iterable[Destroyed]) -> int:
    """Destroy keys and what followed from the values; only where the row still has this very key."""
    quote, quoted_nothing = connection.ops.quote_name, "''"
    column = quote(str(key_field(model).column))
    emptied = ", ".join(
        f"{quote(str(one.column))} = {'NULL' if one.null else quoted_nothing}"
        for one in [key_field(model), *followers(model)]
    )
    statement = f"UPDATE {quote(model._meta.db_table)} SET {emptied} WHERE id = %s AND {column} LIKE %s"  # noqa: S608 — names of our own
    done = 0
    # an underline in a name is any letter to LIKE, which could only mean another key of the very same row
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete=ON")  # the old bytes are overwritten in the file
        for one in keys:
            cursor.execute(statement, [one.row, f"%.{one.name}.%"])
            done += cursor.rowcount
    return done


def destroy_again() -> int:
    """Destroy in this database every key that is on the list: after an older backup was restored."""
    listed = on_the_list()
    return sum(
        destroy(model, (one for one in listed if one.table == model._meta.db_table))
        for model in keyed_models()
    )
