"""The work of every night: done lately, by a worker that runs."""

from datetime import timedelta

from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from junheng.platform.jobs.kinds import every_kind
from junheng.platform.jobs.nights import last_done
from junheng.platform.upkeep.backup import pending
from junheng.platform.upkeep.doctor.check import Finding, Patient, check

LONGEST = timedelta(days=2)
SINCE = ("jobs", "0002_nights")
"""The migration from which on a house works at night: a new one has not missed anything yet."""


@check("夜间任务", needs_database=True)
def the_night_was_worked(patient: Patient) -> Finding:
    """A demonstration stands still on its day and is switched off for weeks: nobody waits for its nights."""
    if settings.DEMO or pending():
        return None
    began = dict(MigrationRecorder.Migration.objects.filter(app=SINCE[0]).values_list("name", "applied")).get(
        SINCE[1]
    )
    done = last_done()
    late = [
        str(kind.nightly.title)
        for kind in every_kind().values()
        if kind.nightly and (since := done[kind.name] or began) is not None and patient.at - since > LONGEST
    ]
    if not late:
        return None
    return _(
        "夜间任务（%(names)s）已超过 %(days)s 天没有完成。请确认后台任务进程在运行（systemctl status junheng-worker），"
        "或运行 junheng work --once 立即补办。"
    ) % {"names": "、".join(late), "days": LONGEST.days}
