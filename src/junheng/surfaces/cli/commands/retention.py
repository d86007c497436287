"""``junheng retention``: what is due to be destroyed, and the two deeds of two people."""

import argparse
from typing import Any

from junheng.kernel.errors import NotFound
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import say


def add_to(commands: Any) -> None:
    parser = commands.add_parser("retention", help="敏感信息保存到期：查看、提出销毁、由另一人办理")
    deeds = parser.add_subparsers(title="办理", required=True, metavar="办理")
    due = deeds.add_parser("due", help="列出到期应销毁的")
    due.set_defaults(run=list_due)
    propose = deeds.add_parser("propose", help="提出销毁一个县（市、区）一个台账到期的")
    propose.add_argument("register", metavar="台账")
    propose.add_argument("area", metavar="区划代码")
    propose.set_defaults(run=propose_erasure)
    carry = deeds.add_parser("carry-out", help="由提出人以外的人办理")
    carry.add_argument("number", type=int, metavar="编号")
    carry.set_defaults(run=carry_out_erasure)
    for one in (due, propose, carry):
        one.add_argument("--by", required=True, metavar="登录名", help="以谁的身份，权限和留痕都是此人的")
    for one in (propose, carry):
        one.add_argument("--why", required=True, metavar="事由")


def person(login: str) -> Any:
    """Whoever does it, now."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 — Django must be started first
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.registers.asker import Asker  # noqa: PLC0415

    user = get_user_model()._default_manager.filter(username=login, is_active=True).first()
    if user is None:
        raise NotFound("no-such-login", "没有登录名「{login}」，或账号已停用。", login=login)
    return Asker(user, timezone.now())


def list_due(arguments: argparse.Namespace) -> int:
    """By register and county."""
    open_house()
    from junheng.platform.retention.queries import all_due, waiting_for  # noqa: PLC0415 — Django must be started first

    asker = person(arguments.by)
    for one in all_due(asker):
        say(f"{one.rule.slug}　{one.rule.register.label}：{one.count:,} 条（{one.cutoff} 及以前）")
        for unit in one.units:
            say(f"　{unit.area} {unit.name}　{unit.count:,}")
    for erasure in waiting_for(asker):
        say(
            f"等待办理：编号 {erasure.pk}，{erasure.register} {erasure.area}，{erasure.count:,} 条，{erasure.proposed_by} 提出"
        )
    return 0


def propose_erasure(arguments: argparse.Namespace) -> int:
    """Nothing is destroyed yet."""
    open_house()
    from junheng.platform.retention.actions import propose  # noqa: PLC0415 — Django must be started first

    made = propose(arguments.register, area=arguments.area, asker=person(arguments.by), why=arguments.why)
    say(
        f"已提出，编号 {made.pk}，{made.count:,} 条。须由另一人办理：junheng retention carry-out {made.pk} --by …"
    )
    return 0


def carry_out_erasure(arguments: argparse.Namespace) -> int:
    """Destroy the keys."""
    open_house()
    from junheng.platform.retention.actions import carry_out  # noqa: PLC0415 — Django must be started first
    from junheng.platform.retention.models import Erasure  # noqa: PLC0415

    found = Erasure.objects.filter(pk=arguments.number).first()
    if found is None:
        raise NotFound("no-such-erasure", "没有编号为 {number} 的销毁。", number=arguments.number)
    done = carry_out(found, asker=person(arguments.by), why=arguments.why)
    say(f"已销毁 {done.count:,} 条，留痕第 {done.entry} 条，清单校验值 {done.digest}")
    return 0
