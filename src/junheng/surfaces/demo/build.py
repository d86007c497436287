"""The demonstration city from nothing to a filled database."""

from pathlib import Path

from django.core.management import call_command

from junheng.surfaces.demo.aside import built_aside
from junheng.surfaces.demo.city import SEED, SUBJECTS, make_city
from junheng.surfaces.demo.load import Progress, load
from junheng.surfaces.demo.plan import load_plan


def build(
    home: Path,
    *,
    password: str,
    plan: str = "full",
    seed: int = SEED,
    progress: Progress = lambda done, total, what: None,
) -> None:
    """Make the city and put its database in place of the one there was; killed at any moment it leaves the old one.

    ``plan`` is ``full`` or ``small``. ``progress`` is told first of subjects made, then of rows written.
    """
    made: list[str] = []

    def told(subject: str) -> None:
        made.append(subject)
        progress(len(made), len(SUBJECTS), "生成数据")

    city = make_city(load_plan(plan), seed, told)
    with built_aside(home):
        call_command("migrate", verbosity=0)
        load(city, password=password, progress=progress)
