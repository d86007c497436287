"""The records of an installation: database, audit chain and snapshots."""

import os
import stat
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.audit import history
from junheng.platform.audit.triggers import missing_triggers
from junheng.platform.snapshots import queries
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.upkeep.backup import pending
from junheng.platform.upkeep.doctor.check import Finding, Patient, check

OLDEST_SNAPSHOT = timedelta(days=35)
"""Reports are monthly: older than this, nobody froze what the last one was written from."""


@check("数据库")
def database_answers(patient: Patient) -> Finding:
    """Version and order of text are asked by the connection itself when it is made."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, Refusal) as error:
        return _("数据库打不开（%(why)s）。请检查 DATABASE_URL、数据库服务和文件权限。") % {
            "why": str(error).splitlines()[0] if str(error) else type(error).__name__
        }
    return None


@check("表结构", needs_database=True)
def tables_are_up_to_date(patient: Patient) -> Finding:
    waiting = pending()
    if not waiting:
        return None
    return _("数据库还没有升级到本版本（待执行 %(count)s 项，如 %(name)s）。请先备份，再运行 junheng migrate。") % {
        "count": len(waiting), "name": waiting[0],
    }  # fmt: skip


@check("WAL 模式", needs_database=True)
def readers_and_writers_do_not_wait(patient: Patient) -> Finding:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        (mode,) = cursor.fetchone()
    if mode in {"wal", "memory"}:
        return None
    return _("数据库文件不在 WAL 模式（%(mode)s），多人同时使用会互相等待。数据目录不能放在网络磁盘上。") % {
        "mode": mode
    }


@check("数据库文件", needs_database=True)
def records_are_kept(patient: Patient) -> Finding:
    file = Path(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or os.name == "nt" or not file.is_file():
        return None
    if not stat.S_IMODE(file.stat().st_mode) & stat.S_IWOTH:
        return None
    return _("数据库文件 %(file)s 能被别的用户改写。请执行：chmod 600 %(file)s") % {"file": file}


@check("留痕触发器", needs_database=True)
def audit_cannot_be_changed(patient: Patient) -> Finding:
    if "audit_entry" not in connection.introspection.table_names():
        return None
    missing = missing_triggers()
    if not missing:
        return None
    return _(
        "数据库中缺少保护留痕的触发器（%(names)s），留痕可能被改写。请运行 junheng migrate 补装，并查明原因。"
    ) % {"names": "、".join(missing)}


@check("留痕链", needs_database=True)
def audit_chain_holds(patient: Patient) -> Finding:
    if pending():
        return None
    known = {one.audit_head_id: one.audit_head_hash for one in Snapshot.objects.all() if one.audit_head_id}
    broken = history.verify(known=known)
    if broken is None:
        return None
    return _("留痕链断裂：%(reason)s请保留现场，从备份恢复到另一处比对。") % {"reason": broken.reason}


@check("快照文件", needs_database=True)
def snapshots_are_whole(patient: Patient) -> Finding:
    if pending():
        return None
    for snapshot in Snapshot.objects.order_by("-id"):
        try:
            broken = queries.verify(snapshot, home=patient.home)
        except Refusal as refusal:
            return str(refusal)
        if broken:
            return _("快照 %(digest)s 与冻结时不一致（%(tables)s）。请从备份恢复这些文件。") % {
                "digest": snapshot.digest[:12], "tables": "、".join(broken),
            }  # fmt: skip
    return None


@check("快照时间", needs_database=True)
def a_snapshot_is_recent(patient: Patient) -> Finding:
    if pending():
        return None
    newest = queries.current()
    if newest is None:
        return _("还没有冻结过数据，指标和报告无从计算。请运行 junheng snapshot freeze。")
    age = patient.at - newest.taken_at
    if age <= OLDEST_SNAPSHOT:
        return None
    return _("最近一次冻结在 %(days)s 天以前。请运行 junheng snapshot freeze，并设为每日定时任务。") % {
        "days": age.days
    }
