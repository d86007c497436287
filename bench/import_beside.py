"""Runs the peer of the import beside ours: makes its environment, and starts each import in a process of its own."""

import json
import os
import subprocess
import tempfile
import time
import venv
from pathlib import Path

from bench.measure import Failed, Sample

SCRIPT = Path(__file__).with_name("import_peer.py")
PACKAGES = ("django>=5.2,<6", "django-import-export[xlsx]>=4,<5")
MODES = {
    "checks": "every row validated, rows found that are there",
    "finds": "nothing validated, rows found that are there",
    "inserts": "nothing validated, every row taken for new (its fastest)",
}


class Peer:
    """An environment with the peer, below the bench's folder: its packages are in no lock of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "peer" / "bin" / "python"
        self.missing = self.version = ""
        venv.create(folder / "peer", with_pip=True)
        made = subprocess.run(
            [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode:
            self.missing = f"cannot be installed here: {made.stderr.strip().splitlines()[-1][:160]}"
            return
        asked = "from importlib.metadata import version; print(version('django-import-export'))"
        self.version = subprocess.run(
            [self.python, "-c", asked], capture_output=True, text=True, check=True
        ).stdout.strip()

    def run(self, workbook: Path, mode: str) -> Sample:
        """One import. Started by exec from this small process, so that its memory is its own."""
        database = self.folder / "peer.sqlite3"
        database.unlink(missing_ok=True)
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            began = time.monotonic()
            process = subprocess.Popen(
                [self.python, SCRIPT, str(workbook), str(database), mode], stdout=output, stderr=output
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            wall = time.monotonic() - began
            output.seek(0)
            words = output.read()
        if process.returncode:
            raise Failed(f"the peer broke: {words[-500:]}")
        said = json.loads(words.strip().splitlines()[-1])
        return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)
