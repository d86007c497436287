"""``junheng keys``: the keys of sealed fields: list them, change them, forget old ones, see that everything opens."""

import argparse
from typing import Any

from junheng.surfaces.cli.commands.demo import Progress
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say

WRONG = 3


def add_to(commands: Any) -> None:
    parser = commands.add_parser("keys", help="敏感信息的密钥：查看、更换、核验")
    deeds = parser.add_subparsers(title="办理", required=True, metavar="办理")
    for name, words, deed in (
        ("list", "列出密钥，不显示密钥本身", list_keys),
        ("rotate", "生成新密钥，并改用它封存每条记录的数据密钥", rotate_keys),
        ("verify", "逐条打开加密的值，核对是否都能读出", verify_keys),
    ):
        deeds.add_parser(name, help=words).set_defaults(run=deed)
    last = deeds.add_parser("forget", help="永久删除一把已不使用的旧密钥（旧备份从此读不出敏感信息）")
    last.add_argument("key", metavar="密钥")
    last.set_defaults(run=forget_key)


def list_keys(arguments: argparse.Namespace) -> int:
    """Each key with its day, its algorithm and how many rows are under it."""
    open_house()
    from junheng.platform.sealing.keeping import ring  # noqa: PLC0415 — Django must be started first
    from junheng.platform.sealing.rotating import rows_under  # noqa: PLC0415

    keys = ring()
    say(f"密钥文件：{keys.path}")
    for one in keys.masters.values():
        use = "正在使用" if one.id == keys.current else "旧"
        say(f"{one.id}　{one.cipher}　{one.made_at}　{use}　{rows_under(one.id):,} 条记录")
    return 0


def rotate_keys(arguments: argparse.Namespace) -> int:
    """A new master key; killed on the way, the next run goes on."""
    open_house()
    from django.utils import timezone  # noqa: PLC0415 — Django must be started first

    from junheng.platform.sealing.rotating import rotate  # noqa: PLC0415

    made = rotate(at=timezone.now(), progress=Progress())
    say(
        f"已换用新密钥 {made.current}。旧密钥仍在密钥文件中，旧备份还用得着；不再需要时用 junheng keys forget 删除。"
    )
    return 0


def verify_keys(arguments: argparse.Namespace) -> int:
    """Open everything; exit code 3 where something does not open."""
    open_house()
    from junheng.platform.sealing.rotating import look  # noqa: PLC0415 — Django must be started first
    from junheng.platform.upkeep.plain_entries import plain_entries  # noqa: PLC0415

    seen = look(progress=Progress())
    say(f"{seen.rows:,} 条记录，{seen.values:,} 个加密的值，其中 {seen.erased:,} 个已销毁。")
    if older := plain_entries():
        say(f"留痕中有 {older:,} 条写于加密之前，其中的敏感信息仍是明文：留痕不能改写。处理办法见密钥说明。")
    if seen.is_well:
        say("其余全部能读出，没有明文。")
        return 0
    say(f"有 {seen.unopened:,} 个打不开，{seen.plain:,} 个没有加密，第一处：{seen.first}。")
    return WRONG


def forget_key(arguments: argparse.Namespace) -> int:
    """Take one off the ring for good."""
    open_house()
    from junheng.platform.sealing.rotating import forget  # noqa: PLC0415 — Django must be started first

    forget(arguments.key)
    say(f"已永久删除密钥 {arguments.key}。用它封存的旧备份从此读不出敏感信息。")
    return 0
