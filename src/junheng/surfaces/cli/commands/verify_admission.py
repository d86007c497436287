"""``junheng verify-admission``: a published admission is recounted, by the same file that anybody runs by itself."""

import argparse
from pathlib import Path
from typing import Any

from junheng.kernel.admission import verify_admission

CODES = {0: 0, 1: 3, 2: 1}
"""The file's own exit codes as those of this house: something is not right is 3, it could not be read is 1."""


def add_to(commands: Any) -> None:
    parser = commands.add_parser("verify-admission", help="复算一次公布的录取：名单、种子、派位号、录取结果")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="公布的文件所在的文件夹")
    parser.add_argument("--child", metavar="编号", help="只出具一名儿童的证明（JSON）")
    parser.add_argument("--list-root", metavar="校验值", help="公告中的名单根，至少前 8 位")
    parser.add_argument("--result-root", metavar="校验值", help="公告中的结果根，至少前 8 位")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh", help="中文或英文")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Recount it; exit code 3 where something is not as it had to be, 1 where the files cannot be read."""
    given = {name: getattr(arguments, name) for name in ("lang", "child", "list_root", "result_root")}
    words = [f"--{name.replace('_', '-')}={value}" for name, value in given.items() if value is not None]
    words += ["--json"] if arguments.json else []
    code: int = verify_admission.main([*words, "--", str(arguments.folder)])  # type: ignore[no-untyped-call]
    return CODES[code]
