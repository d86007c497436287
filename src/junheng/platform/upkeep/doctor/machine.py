"""The machine under an installation: Python, disk, folders, time zone, compiled files."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from junheng.platform.upkeep.doctor.check import Finding, Patient, check
from junheng.platform.upkeep.unfinished import read_note

OLDEST = (3, 11)
LEAST_FREE = 2_000_000_000
"""Bytes: a rebuild or a restore of a city needs its space twice."""
BORN = 2024
"""The year the house was written in: a clock that shows an earlier one is wrong."""
STORES = (Path(__file__).resolve().parents[3] / "locale",)


@check("Python")
def python_is_new_enough(patient: Patient) -> Finding:
    if sys.version_info >= OLDEST:
        return None
    return _("Python 版本过旧（%(has)s）。请安装 3.11 或更高版本。") % {"has": sys.version.split()[0]}


@check("数据目录")
def home_is_writable(patient: Patient) -> Finding:
    try:
        with tempfile.NamedTemporaryFile(dir=patient.home):
            return None
    except OSError as error:
        return _("数据目录 %(home)s 不能写入（%(why)s）。请检查目录的所有者和权限。") % {
            "home": patient.home, "why": error.strerror,
        }  # fmt: skip


@check("恢复备份")
def no_restore_is_broken_off(patient: Patient) -> Finding:
    if read_note(patient.home) is None:
        return None
    return _(
        "上次恢复备份中途被打断，还没有收尾。请停止网页服务和后台任务，再启动一次：启动时会自动收尾，要么全部换成备份，要么全部退回原样。"
    )


@check("磁盘空间")
def disk_has_room(patient: Patient) -> Finding:
    free = shutil.disk_usage(patient.home).free
    if free >= LEAST_FREE:
        return None
    return _("磁盘空间不足：%(home)s 仅余 %(free)s MB。请至少腾出 %(least)s MB。") % {
        "home": patient.home, "free": free // 1_000_000, "least": LEAST_FREE // 1_000_000,
    }  # fmt: skip


@check("密钥文件")
def secret_is_kept(patient: Patient) -> Finding:
    file = patient.home / "secret"
    if not file.exists() or os.name == "nt" or not file.stat().st_mode & 0o077:
        return None
    return _("密钥文件 %(file)s 能被别的用户读取。请执行：chmod 600 %(file)s") % {"file": file}


@check("时区")
def time_zone_is_ours(patient: Patient) -> Finding:
    if settings.TIME_ZONE != "Asia/Shanghai" or not settings.USE_TZ:
        return _("系统时区不是北京时间（%(zone)s），期限会算错。请恢复设置 TIME_ZONE。") % {
            "zone": settings.TIME_ZONE
        }
    if patient.at.year < BORN:
        return _("系统时钟不可信（%(at)s）。请启用时间同步（如 systemd-timesyncd）。") % {
            "at": patient.at.isoformat(timespec="seconds")
        }
    return None


@check("英文界面")
def translations_are_compiled(patient: Patient) -> Finding:
    for store in STORES:
        for source in sorted(store.glob("*/LC_MESSAGES/*.po")):
            if not source.with_suffix(".mo").exists():
                return _(
                    "翻译文件没有编译（%(file)s），英文界面会显示中文。运行一次 ./go run doctor 即会自动编译。"
                ) % {"file": source.parent.parent.name}
    return None


@check("静态文件")
def static_files_are_collected(patient: Patient) -> Finding:
    if settings.DEBUG or any(Path(settings.STATIC_ROOT).glob("staticfiles*.json")):
        return None
    return _("网页的样式和脚本还没有收集到 %(folder)s，页面会打不开。请运行 junheng migrate。") % {
        "folder": settings.STATIC_ROOT
    }
