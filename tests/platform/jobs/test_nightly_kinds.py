"""What this house does every night, each done once by a worker, and what it leaves."""

import os
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from junheng.platform.jobs.kinds import every_kind
from junheng.platform.jobs.loop import Worker
from junheng.platform.jobs.models import Job, State
from junheng.platform.quality.models import Run
from junheng.platform.registers import uploads

NIGHTLY = {
    "case-deadlines",
    "committee-nightly",
    "crossings-watch",
    "family-letters-nightly",
    "letters-overdue",
    "fieldwork-forget",
    "fieldwork-look",
    "fee-ceilings",
    "guidance-forget",
    "findings-overdue",
    "kindergarten-fees",
    "partnerlists-nightly",
    "patrols-watch",
    "quality-check",
    "registrations-forget",
    "safety-nightly",
    "sessions-sweep",
    "tips-nightly",
    "uploads-sweep",
}


@pytest.mark.django_db
def test_a_worker_checks_quality_and_tidies(settings: Any, tmp_path: Any) -> None:
    settings.JUNHENG_HOME = tmp_path
    now = timezone.now()
    for name, days in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(days=days))
    old, fresh = uploads.folder() / "old", uploads.folder() / "fresh"
    for path in (old, fresh):
        path.touch()
    os.utime(old, (now.timestamp() - 7200,) * 2)

    assert {one.name for one in every_kind().values() if one.nightly} == NIGHTLY
    assert Worker(clock=timezone.now, once=True).run() == len(NIGHTLY)
    assert set(Job.objects.values_list("kind", "state")) == {(name, State.DONE) for name in NIGHTLY}
    assert Run.objects.count() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
    assert (old.exists(), fresh.exists()) == (False, True)
    assert Worker(clock=timezone.now, once=True).run() == 0
