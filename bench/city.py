"""Seconds, CPU seconds and peak memory of making, loading and freezing the demonstration city.

Each step runs in a process of its own, so that the memory of one is not counted for the next. A report, not a test:
run it on an idle machine. ``python bench/city.py [full|small]``
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src"
MEASURE = """
import json, resource, sys, time
started = time.monotonic()
{step}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
SETUP = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
home = settings.JUNHENG_HOME
"""
STEPS = {
    "make (in memory)": """
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.plan import load_plan
make_city(load_plan({plan!r}))
""",
    "make and load": SETUP
    + """
from junheng.surfaces.demo.aside import built_aside
from junheng.surfaces.demo.city import make_city
from junheng.surfaces.demo.load import load
from junheng.surfaces.demo.plan import load_plan
city = make_city(load_plan({plan!r}))
with built_aside(home):
    call_command("migrate", verbosity=0)
    load(city, password=settings.DEMO_PASSWORD)
""",
    "freeze a snapshot": SETUP
    + """
from datetime import UTC, datetime
from junheng.platform.snapshots.freeze import freeze
freeze(by="bench", at=datetime.now(UTC), home=home)
""",
    "all of junheng demo": SETUP
    + """
from junheng.surfaces.demo.build import build
build(home, password=settings.DEMO_PASSWORD, plan={plan!r})
""",
}


def measure(step: str, home: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak memory in MB of one step in a process of its own."""
    surroundings = os.environ | {
        "JUNHENG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "junheng.project.settings",
        "PYTHONPATH": str(SOURCE),
    }
    done = subprocess.run(
        [sys.executable, "-c", MEASURE.format(step=step)],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    wall, cpu, memory = json.loads(done.stdout.splitlines()[-1])
    return wall, cpu, memory


def main() -> None:
    plan = sys.argv[1] if len(sys.argv) > 1 else "full"
    print(f"{plan} city{'':<15}{'seconds':>9}{'CPU s':>9}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as home:
        for name, step in STEPS.items():
            wall, cpu, memory = measure(step.format(plan=plan), Path(home))
            print(f"{name:<24}{wall:9.1f}{cpu:9.1f}{memory:9.0f}")


if __name__ == "__main__":
    main()
