"""The doctor: a healthy house has nothing wrong with it, and each check finds the fault that is planted for it."""

import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from junheng.platform.audit.triggers import drops, install_triggers
from junheng.platform.jobs.kinds import every_kind
from junheng.platform.jobs.models import Job, State
from junheng.platform.sealing.beside import place_of
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.upkeep.doctor import CHECKS, examine, machine
from junheng.platform.upkeep.doctor.check import Patient
from junheng.platform.upkeep.unfinished import Note, write_note
from tests.platform.upkeep.test_sealed_files import evidence
from tests.small_house import built, own_house  # noqa: F401

NAME = {"ALLOWED_HOSTS": ["jyj.example"]}


def sql(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def change_an_entry() -> None:
    sql(*drops(vendor="sqlite"), "UPDATE audit_entry SET why = '不是这样' WHERE id = 7")
    install_triggers()


FAULTS: dict[str, tuple[Callable[[Path, pytest.MonkeyPatch], Any], str]] = {
    "python-is-new-enough": (lambda home, patch: patch.setattr(sys, "version_info", (3, 10)), "3.11"),
    "home-is-writable": (lambda home, patch: patch.setattr(machine.tempfile, "NamedTemporaryFile", refuse), "权限"),
    "no-restore-is-broken-off": (
        lambda home, patch: write_note(home, Note("", "photos/.restoring-7", [], ".restoring-7", [])),
        "还没有收尾",
    ),
    "disk-has-room": (
        lambda home, patch: patch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=10**6)),
        "仅余 1 MB",
    ),
    "secret-is-kept": (lambda home, patch: (home / "secret").chmod(0o644), "chmod 600"),
    "key-ring-is-kept": (lambda home, patch: (home / "keys" / "ring.json").chmod(0o640), "chmod go-rwx"),
    "sealed-values-open": (lambda home, patch: (home / "keys" / "ring.json").unlink(), "不见了"),
    "sealed-files-are-there": (lambda home, patch: place_of(evidence().digest).unlink(), "photos/"),
    "translations-are-compiled": (
        lambda home, patch: patch.setattr(machine, "STORES", (uncompiled(home),)),
        "没有编译",
    ),
    "static-files-are-collected": (lambda home, patch: shutil.rmtree(home / "static"), "junheng migrate"),
    "tables-are-up-to-date": (lambda home, patch: sql("DELETE FROM django_migrations WHERE app = 'audit'"), "audit."),
    "readers-and-writers-do-not-wait": (lambda home, patch: sql("PRAGMA journal_mode=DELETE"), "WAL"),
    "records-are-kept": (lambda home, patch: (home / "junheng.sqlite3").chmod(0o666), "chmod 600"),
    "audit-cannot-be-changed": (lambda home, patch: sql("DROP TRIGGER audit_entry_no_delete"), "no_delete"),
    "audit-chain-holds": (lambda home, patch: change_an_entry(), "第 7 条"),
    "snapshots-are-whole": (lambda home, patch: next(home.glob("snapshots/pupils-*")).unlink(), "pupils"),
    "a-snapshot-is-recent": (
        lambda home, patch: Snapshot.objects.update(taken_at=timezone.now() - timedelta(days=40)),
        "40 天",
    ),
    "the-night-was-worked": (
        lambda home, patch: (
            patch.setattr(django_settings, "DEMO", False),
            sql("UPDATE django_migrations SET applied = '2024-01-01 00:00:00' WHERE app = 'jobs'"),
        ),
        "junheng work --once",
    ),
    "somebody-looks-after-accounts": (
        lambda home, patch: (
            patch.setattr(django_settings, "ALLOWED_HOSTS", NAME["ALLOWED_HOSTS"]),
            patch.setattr(django_settings, "DEMO", False),
            sql("DELETE FROM access_grant WHERE role = 'account_admin'"),
        ),
        "junheng account first",
    ),
}  # fmt: skip
SETTINGS: dict[str, tuple[dict[str, Any], str]] = {
    "debug-is-off": ({**NAME, "DEBUG": True}, "JUNHENG_DEBUG"),
    "hosts-are-named": ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
    "cookies-need-https": ({**NAME, "CSRF_COOKIE_SECURE": False}, "JUNHENG_HTTPS=1"),
    "demonstration-stays-at-home": ({**NAME, "DEMO": True}, "JUNHENG_DEMO=0"),
    "sensitive-roles-have-a-factor": (
        {**NAME, "DEMO": False, "JUNHENG_SECOND_FACTOR": "required"},
        "未启用第二因素",
    ),
    "nobody-has-the-demonstration-password": ({**NAME, "DEMO": False}, "演示密码"),
    "time-zone-is-ours": ({"TIME_ZONE": "UTC"}, "北京时间"),
}


def refuse(*_arguments: Any, **_more: Any) -> None:
    raise PermissionError(13, "Permission denied")


def uncompiled(home: Path) -> Path:
    (home / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True)
    (home / "locale" / "en" / "LC_MESSAGES" / "django.po").touch()
    return home / "locale"


def found(home: Path, at: datetime | None = None) -> dict[str, str]:
    patient = Patient(home, at or timezone.now())
    return {ailment.check: ailment.sentence for _, ailment in examine(patient) if ailment is not None}


@pytest.fixture
def well(own_house: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    """A house with nothing wrong with it."""
    (own_house / "static").mkdir()
    (own_house / "static" / "staticfiles.json").touch()
    machine_room = uncompiled(own_house / "compiled")
    next(machine_room.glob("*/LC_MESSAGES/*.po")).with_suffix(".mo").touch()
    monkeypatch.setattr(machine, "STORES", (machine_room,))
    with override_settings(STATIC_ROOT=own_house / "static"):
        yield own_house


def test_a_healthy_house_has_nothing_wrong(well: Path) -> None:
    assert found(well) == {}


@pytest.mark.parametrize("name", FAULTS)
def test_each_check_finds_its_fault(well: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    plant, words = FAULTS[name]
    with monkeypatch.context() as patch:
        plant(well, patch)
        said = found(well)
    assert words in said[name]
    assert said[name].endswith(("。", "600 " + str(well / "secret"), "600 " + str(well / "junheng.sqlite3")))


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_that_is_wrong_is_found(well: Path, name: str) -> None:
    given, words = SETTINGS[name]
    with override_settings(**given):
        assert words in found(well)[name]


def test_a_clock_that_is_years_behind_is_found(well: Path) -> None:
    behind = datetime(2001, 1, 1, tzinfo=timezone.get_current_timezone())
    assert "时钟" in found(well, behind)["time-zone-is-ours"]


def test_a_night_is_missed_after_two_days_and_not_before(well: Path) -> None:
    """A new house has missed nothing yet; what counts afterwards is when the work was last done."""
    name, now = "the-night-was-worked", timezone.now()
    with override_settings(DEMO=False):
        assert name not in found(well)
        assert "数据质量检查" in found(well, now + timedelta(days=2, minutes=1))[name]
        Job.objects.bulk_create(
            Job(kind=kind.name, day=now.date(), title="x", state=State.DONE, created_at=now, not_before=now, finished_at=at)
            for kind in every_kind().values()
            if kind.nightly
            for at in [now + timedelta(days=1)]
        )  # fmt: skip
        assert name not in found(well, now + timedelta(days=3) - timedelta(minutes=1))
        assert name in found(well, now + timedelta(days=3, minutes=1))
        Job.objects.filter(kind="quality-check").update(state=State.FAILED)
        assert "（数据质量检查）" in found(well, now + timedelta(days=2, minutes=2))[name]
    assert name not in found(well, now + timedelta(days=30)), "a demonstration stands still"


def test_a_database_that_does_not_answer_is_said_once(well: Path) -> None:
    connection.close()
    (well / "junheng.sqlite3").write_bytes(b"a letter to my aunt. " * 100)
    said = found(well)
    assert "数据库打不开" in said["database-answers"]
    assert not {name for name, check in CHECKS.items() if check.needs_database} & set(said)


def test_every_check_has_a_fault_that_was_planted() -> None:
    assert set(CHECKS) == set(FAULTS) | set(SETTINGS) | {"database-answers"}
