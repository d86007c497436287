"""One step in a process of its own: what it took, from the start of the process to its end."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
DAY = "2023-12-31"


@dataclass(frozen=True)
class Sample:
    """Wall seconds, CPU seconds and peak memory in MB of one process; ``said`` is what it measured inside itself."""

    wall: float
    cpu: float
    memory: float
    said: dict[str, float]


class Failed(Exception):
    """A step that did not end well; the words are its own."""


def measure(command: list[str], home: Path) -> Sample:
    """Run a command with ``home`` as its folder of data. Memory and CPU are the kernel's own count of that process."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUNHENG_")}
    kept |= {
        "JUNHENG_HOME": str(home),
        "JUNHENG_DEMO": "1",
        "JUNHENG_AS_OF": DAY,
        "DJANGO_SETTINGS_MODULE": "junheng.project.settings",
        "PYTHONPATH": f"{SOURCE / 'src'}{os.pathsep}{SOURCE}",
    }
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        started = time.monotonic()
        process = subprocess.Popen([sys.executable, *command], env=kept, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        words = output.read()
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{words[-2000:]}")
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, _said(words))


def _said(words: str) -> dict[str, float]:
    last = words.strip().rpartition("\n")[2]
    return json.loads(last) if last.startswith("{") else {}


def median(samples: list[Sample]) -> Sample:
    """The middle of several runs, each quantity by itself."""
    names = samples[0].said
    return Sample(
        statistics.median(one.wall for one in samples),
        statistics.median(one.cpu for one in samples),
        statistics.median(one.memory for one in samples),
        {name: statistics.median(one.said[name] for one in samples) for name in names},
    )


def machine() -> str:
    """On what it was measured, and what else the machine was doing."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    load = " ".join(f"{one:.2f}" for one in os.getloadavg())
    version = ".".join(map(str, sys.version_info[:3]))
    return f"{os.cpu_count()} cores, {pages * size / 2**30:.0f} GiB, Python {version}, load average {load}"
