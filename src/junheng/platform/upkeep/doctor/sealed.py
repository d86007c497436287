"""What is sealed: the keys are there and kept from others, they open this database, and no sealed file is missing."""

import os
from collections import Counter

from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.sealing import sealed_models
from junheng.platform.sealing.beside import names, shelved
from junheng.platform.sealing.keeping import any_sealed
from junheng.platform.sealing.ring import read_ring, ring_path
from junheng.platform.sealing.rotating import look
from junheng.platform.upkeep.backup import pending
from junheng.platform.upkeep.doctor.check import Finding, Patient, check

SAMPLE = 200
"""Rows of each table that are opened; ``junheng keys verify`` opens them all."""


@check("密钥环")
def key_ring_is_kept(patient: Patient) -> Finding:
    file = ring_path()
    for path in (file, file.parent):
        if os.name != "nt" and path.exists() and path.stat().st_mode & 0o077:
            return _(
                "敏感信息的密钥 %(file)s 能被别的用户读取。请执行 chmod go-rwx %(file)s，只留给系统自己的用户。"
            ) % {"file": path}
    try:
        read_ring()
    except Refusal as refusal:
        return _(refusal.sentence).format(**refusal.params)
    return None


@check("敏感信息加密", needs_database=True)
def sealed_values_open(patient: Patient) -> Finding:
    if pending() or not sealed_models():
        return None
    if read_ring() is None:
        return (
            _("密钥文件 %(file)s 不见了，敏感信息读不出来。请找回它放到原处；在此之前不要登记新数据。")
            % {"file": ring_path()}
            if any_sealed()
            else None
        )
    seen = look(sample=SAMPLE)
    if seen.is_well:
        return None
    missing = Counter(
        {name: count for name, count in seen.under.items() if name and name not in known_keys()}
    )
    if missing:
        return _("密钥文件中没有密钥 %(keys)s，用它加密的敏感信息读不出来。请找回原来的密钥文件。") % {
            "keys": "、".join(sorted(missing))
        }
    return _("有 %(bad)s 个加密的值打不开、%(plain)s 个没有加密（第一处：%(first)s）。请运行 junheng keys verify。") % {
        "bad": seen.unopened, "plain": seen.plain, "first": seen.first,
    }  # fmt: skip


@check("照片和证据文件", needs_database=True)
def sealed_files_are_there(patient: Patient) -> Finding:
    if pending():
        return None
    gone = [
        place for _, name in names(with_key=True) if not (patient.home / (place := shelved(name))).is_file()
    ]
    if not gone:
        return None
    return _("有 %(count)s 个加密的照片或证据文件不在数据目录中（如 %(first)s）。请从最近的备份文件中取出同名文件，放回原处。") % {
        "count": len(gone), "first": gone[0].as_posix(),
    }  # fmt: skip


def known_keys() -> set[str]:
    """The names of the keys on the ring."""
    found = read_ring()
    return set(found.masters) if found else set()
