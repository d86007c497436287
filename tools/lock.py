"""Lock the dependencies anew: first what runs, then, on the same versions, what tests. Needs uv.

The locks carry hashes and no address of a registry, so that pip, uv and any mirror can use them.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLAGS = (
    "--universal",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--python-version=3.11",
    "--quiet",
)


def main(arguments: list[str]) -> int:
    """Write both locks; arguments such as ``--upgrade`` go to uv."""
    uv = shutil.which("uv")
    if uv is None:
        print("Locking needs uv on the PATH.", file=sys.stderr)
        return 1
    for lock, more in (
        ("requirements.lock", ("--extra=postgres",)),
        ("requirements-test.lock", ("--all-extras", "--constraint=requirements.lock")),
    ):
        command = [uv, "pip", "compile", *FLAGS, *more, *arguments, "pyproject.toml", "-o", lock]
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
