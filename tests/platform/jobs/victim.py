"""A house for the kill tests, in processes of their own: ``python -m tests.platform.jobs.victim begin|finish``.

``begin`` makes the house, orders an import and works on it until it is killed; ``finish`` is the next worker, and
says what there is afterwards. ``full`` works while no file may grow.
"""

import json
import os
import resource
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

ROWS = 4_000
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")


def make_house() -> None:
    """All tables, without the history of their making, one area and one officer."""
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command

    settings.MIGRATION_MODULES = {one.label: None for one in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    from junheng.domains.areas.models import Area
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role

    Area.objects.create(code="410802", name="解放区", kind="county")
    user = User.objects.create(username="officer")
    Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area="410802", since=date(2020, 1, 1))


def order_import() -> None:
    """A file of many schools, and the job that imports it."""
    from django.utils import timezone

    from junheng.platform.access.models import User
    from junheng.platform.registers import register_called
    from junheng.platform.registers.asker import Asker
    from junheng.platform.registers.background import APPLY, order_job
    from junheng.platform.registers.uploads import keep_upload

    register, user = register_called("schools"), User.objects.get()
    content = "\n".join(lines_of_schools(ROWS)).encode()
    token = keep_upload("schools", "a.csv", content, by=user, lasting=True)
    asker = Asker(user, timezone.now())
    order_job(APPLY, register, title="a.csv", asker=asker, token=token, why="年初核对", clear_blanks=False)


def lines_of_schools(count: int) -> list[str]:
    """A table of that many schools, with its head."""
    from junheng.platform.registers import register_called

    model = register_called("schools").model
    nature, location = (str(model._meta.get_field(name).flatchoices[0][1]) for name in ("nature", "location"))
    return [
        "学校标识码,学校名称,所在区划,办学类型,办学性质,城乡分类,寄宿制,设立日",
        *(
            f"{2141000000 + number},示例{number}小学,410802,小学,{nature},{location},否,2023-09-01"
            for number in range(count)
        ),
    ]


def work() -> None:
    """Do what waits."""
    from junheng.surfaces.cli.commands.work import work as be_worker

    be_worker(once=True)


def facts() -> dict[str, Any]:
    """What there is."""
    from junheng.domains.schools.models import School
    from junheng.platform.audit.history import verify
    from junheng.platform.audit.models import Entry
    from junheng.platform.jobs.models import Job

    job = Job.objects.get(day=None)
    return {
        "schools": School.objects.count(),
        "entries": Entry.objects.count(),
        "state": job.state,
        "attempts": job.attempts,
        "code": job.code,
        "result": job.result,
        "chain": verify(),
    }


def main(what: str) -> None:
    """One of the three deeds."""
    django.setup()
    if what == "begin":
        make_house()
        order_import()
        work()
    if what == "full":
        make_house()
        order_import()
        largest = max(one.stat().st_size for one in Path(os.environ["JUNHENG_HOME"]).iterdir())
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 200_000, before[1]))
        work()
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    if what == "finish":
        work()
    sys.stdout.write(json.dumps(facts()) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
