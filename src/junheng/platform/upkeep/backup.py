"""A backup: every row, every snapshot, every sealed file and what the installation is set to, in one file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from junheng.kernel.errors import Refusal
from junheng.platform.audit import append
from junheng.platform.audit.chain import moment
from junheng.platform.sealing.ring import ring_path
from junheng.platform.snapshots.freeze import one_state
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.snapshots.queries import manifest_of
from junheng.platform.upkeep.archive import packed, unpacked
from junheng.platform.upkeep.carrying import models, read_table
from junheng.platform.upkeep.lying import carry

Progress = Callable[[int, int, str], None]
SETTINGS = ("JUNHENG_CITY", "JUNHENG_CONTENT", "JUNHENG_AS_OF", "DEMO", "ALLOWED_HOSTS", "SECURE")
"""What is written down about the installation, to be set by hand on the machine that takes over. No secrets."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds."""

    digest: str
    rows: int
    tables: int
    snapshots: int
    files: int
    """Photos and exhibits that lay sealed beside the database."""
    bytes: int


def back_up(
    path: Path,
    *,
    home: Path,
    at: datetime,
    beside: Sequence[str] = (),
    with_keys: bool = False,
    progress: Progress = lambda done, total, what: None,
) -> Made:
    """Write everything into one file, and read it again to be sure of it.

    All rows are of one state. The sealed files are read after it, so that none is missed that a row of it names; what
    comes later goes along, what is destroyed meanwhile stays away.
    The keys of sealed fields are no part of it unless ``with_keys``: a backup alone opens nothing.
    ``beside`` are names of small files of the home folder that go along where they are there. Refuses where tables
    are older than the code, or where a snapshot that the database names is not whole.
    """
    refuse_pending()
    wanted = models()
    rows = 0
    with packed(path) as packing:
        with one_state():
            head = append.head()
            tables: dict[str, dict[str, Any]] = {}
            for done, model in enumerate(wanted, start=1):
                frame = read_table(model)
                tables[model._meta.db_table] = {"rows": frame.height, "columns": frame.columns}
                buffer = BytesIO()
                frame.write_parquet(buffer, compression="zstd", compression_level=3)
                packing.add(f"tables/{model._meta.db_table}.parquet", buffer.getvalue())
                rows += frame.height
                progress(done, len(wanted), "备份数据")
            frozen = list(Snapshot.objects.order_by("id"))
            for name in files_of(frozen, home):
                packing.add(name, (home / name).read_bytes())
            for name in beside:
                if (home / name).is_file():
                    packing.add(f"beside/{name}", (home / name).read_bytes())
            if with_keys and (keys := ring_path()).is_file():
                packing.add("keys/ring.json", keys.read_bytes())
            packing.facts = {
                "made_at": moment(at),
                "database": connection.vendor,
                "settings": {name: _word(getattr(settings, name)) for name in SETTINGS},
                "migrations": applied(),
                "audit": {"id": head.id, "hash": head.hash},
                "tables": tables,
            }
        progress(1, 1, "备份照片和证据文件")
        files = packing.facts["files"] = carry(packing, home)
        digest = packing.seal()
    with unpacked(path) as again:
        again.check()
    return Made(digest, rows, len(tables), len(frozen), len(files), path.stat().st_size)


def files_of(frozen: Sequence[Snapshot], home: Path) -> list[str]:
    """The files of snapshots, below the home folder; refuses where one is gone."""
    names: set[str] = set()
    for snapshot in frozen:
        manifest = manifest_of(snapshot, home=home)
        names |= {
            snapshot.manifest,
            *(path.relative_to(home).as_posix() for path in manifest.sources.values()),
        }
    for name in sorted(names):
        if not (home / name).is_file():
            raise Refusal(
                "snapshot-missing-file",
                "快照文件 {file} 不在数据目录中，没有备份。请先从较早的备份找回它，或运行 junheng doctor 查看。",
                file=name,
            )
    return sorted(names)


def applied() -> list[list[str]]:
    """The migrations that the database has been through, by application and name."""
    return sorted([app, name] for app, name in MigrationExecutor(connection).loader.applied_migrations)


def pending() -> list[str]:
    """The migrations that the database has still to go through."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def refuse_pending() -> None:
    """Refuse where tables are older than the code."""
    if waiting := pending():
        raise Refusal(
            "database-outdated",
            "数据库还没有升级到本版本（待执行 {count} 项，如 {name}），没有备份。请先运行 junheng migrate。",
            count=len(waiting),
            name=waiting[0],
        )


def _word(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str | list) else str(value)
