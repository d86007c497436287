"""``junheng verify-sample``: a published sample is drawn again, by the same file that anybody runs by itself."""

import argparse
from pathlib import Path
from typing import Any

from junheng.kernel.inspections import verify_sample

CODES = {0: 0, 1: 3, 2: 1}
"""The file's own exit codes as those of this house: something is not right is 3, it could not be read is 1."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "verify-sample", help="复算一次公布的双随机抽查：方案、种子、对象、配对、检查组"
    )
    parser.add_argument("folder", type=Path, metavar="文件夹", help="公布的文件所在的文件夹")
    parser.add_argument("--more", type=int, metavar="N", help="再给出每层接下来的 N 个对象")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="中文或英文")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Draw it again; exit code 3 where something is not as it had to be, 1 where the files cannot be read."""
    words = [f"--lang={arguments.lang}"]
    words += [f"--more={arguments.more}"] if arguments.more is not None else []
    words += ["--json"] if arguments.json else []
    code: int = verify_sample.main([*words, "--", str(arguments.folder)])  # type: ignore[no-untyped-call]
    return CODES[code]
