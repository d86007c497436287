"""``junheng admission demo``: a whole autumn of admission in the demonstration city, from the plans to the first day."""

import argparse
import json
import sys
import time
from dataclasses import asdict
from typing import Any

from junheng.kernel.errors import Conflict
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say
from junheng.surfaces.cli.place import assume_demonstration

YEAR = 2024


def add_to(commands: Any) -> None:
    parser = commands.add_parser("admission", help="招生：在演示城市走完一个秋季")
    inside = parser.add_subparsers(title="招生", required=True, metavar="做什么")
    demo = inside.add_parser(
        "demo",
        help="各县（市、区）小学和初中：计划、报名、审核、封存、派位、录取、核验、发布、确认、开学（演示数据）",
    )
    demo.add_argument("--year", type=int, default=YEAR, help=f"哪一年的招生，默认 {YEAR}")
    demo.add_argument("--json", action="store_true", help="以 JSON 输出")
    demo.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Walk it and print counts, what the verifier found, and the digests; exit code 3 where anything was found."""
    assume_demonstration()
    open_house()
    from junheng.surfaces.cli.commands.demo import is_built  # noqa: PLC0415 — Django must be started first
    from junheng.surfaces.demo.autumn.city import autumn  # noqa: PLC0415

    if not is_built():
        raise Conflict(
            "no-demonstration", "这里没有演示城市。请先运行 junheng demo --no-serve 生成，再走招生演示。"
        )
    if not 2024 <= arguments.year <= 2099:
        raise Conflict("autumn-year", "年份须在 2024 到 2099 之间。")
    quiet = arguments.json or not sys.stderr.isatty()
    done = list(autumn(arguments.year, lambda words: None if quiet else say(f"· {words}", to=sys.stderr)))
    if arguments.json:
        say(json.dumps([asdict(one) | {"roll": one.roll} for one in done], ensure_ascii=False, indent=2))
    else:
        tell(done)
    return 3 if any(one.faults for one in done) else 0


def tell(done: list[Any]) -> None:
    """The table, the sums, and where everybody reads it."""
    say("批次             报名   录取  第一志愿  核验  运算  名单根        规则摘要      结果根")
    for one in done:
        say(
            f"{one.code:<15} {one.applications:>6,} {one.placed:>6,} {one.first:>8,} {one.faults:>5} {one.runs:>5}  "
            f"{one.root[:12]}  {one.rules[:12]}  {one.result[:12]}"
        )
    total = {name: sum(getattr(one, name) for one in done) for name in ("applications", "placed", "first", "faults", "admitted", "absent", "arrived", "roll", "migrants")}  # fmt: skip
    say(
        f"合计报名 {total['applications']:,} 份，录取 {total['placed']:,} 人，第一志愿 {total['first']:,} 人；"
        f"独立核验发现 {total['faults']} 处。"
    )
    say(
        f"开学：录取 {total['admitted']:,} − 未报到 {total['absent']:,} + 转入 {total['arrived']:,} = 在校新生 {total['roll']:,}，"
        f"其中随迁子女 {total['migrants']:,}。"
    )
    say(f"用时 {time.process_time():.0f} 秒处理器时间。")
    first = done[0].code
    code, secret = done[0].family
    say(f"示例家庭：报名号 {code}，查询密码 {secret}，在 /placements/result/ 查结果并核对证明。")
    say(f"公开页：/intakes/ ，例如 /intakes/{first}/ 和 /placements/{first}/ 。全部为演示数据。")
