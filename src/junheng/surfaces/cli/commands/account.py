"""``junheng account``: the first administrator of a new installation, and help for one who lost every way in."""

import argparse
import getpass
from datetime import datetime
from typing import Any

from junheng.kernel.errors import NotFound, Refusal
from junheng.surfaces.cli.house import start
from junheng.surfaces.cli.output import say, say_table


def add_to(commands: Any) -> None:
    parser = commands.add_parser("account", help="账号管理员：建立第一个、发送链接、重置第二因素、列出")
    parser.add_argument(
        "deed", choices=("first", "invite", "reset", "list"),
        help="first 新建账号管理员；invite 重新发送设置密码的链接；reset 重置第二因素；list 列出账号管理员",
    )  # fmt: skip
    parser.add_argument("username", nargs="?", help="用户名；list 不需要")
    parser.add_argument("--name", help="姓名（first）")
    parser.add_argument("--area", help="管理的区划代码；缺省为全市（first）")
    parser.add_argument(
        "--origin", help="链接的开头，如 https://jyj.example；缺省取 JUNHENG_ORIGINS 的第一个"
    )
    parser.add_argument("--why", help="事由（reset），写入留痕")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Do the deed in the name of whoever runs the command on the machine."""
    start()
    from django.utils import timezone  # noqa: PLC0415 — Django must be started first

    at = timezone.now()
    if arguments.deed == "list":
        return list_administrators(at)
    if not arguments.username:
        raise Refusal("username-missing", "请写出用户名，例如：junheng account first zhanghao --name 姓名。")
    if arguments.deed == "first":
        return make_first(arguments, at)
    user = account_called(arguments.username)
    if arguments.deed == "invite":
        return show_link(user, arguments, at)
    from junheng.platform.accounts.factors import reset  # noqa: PLC0415
    from junheng.platform.accounts.people import reason  # noqa: PLC0415

    count = reset(user, by=operator(), at=at, why=reason(arguments.why or ""))
    say(f"已移除账号 {user.username} 的 {count} 个第二因素。下次登录只需密码，请尽快重新启用。")
    return 0


def operator() -> str:
    """Who is written down: the user of the machine, told apart from logins by a colon."""
    return f"cli:{getpass.getuser()}"[:150]


def make_first(arguments: argparse.Namespace, at: datetime) -> int:
    """An account that looks after accounts: its grant, and the link for its password."""
    from django.conf import settings  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.access.models import Grant  # noqa: PLC0415
    from junheng.platform.access.roles import Role  # noqa: PLC0415
    from junheng.platform.accounts.people import new_account  # noqa: PLC0415
    from junheng.platform.audit.save import save_row  # noqa: PLC0415

    area = arguments.area or settings.JUNHENG_CITY
    if not area.startswith(settings.JUNHENG_CITY):
        raise Refusal(
            "area-not-of-the-city", "区划代码 {area} 不在本系统的城市 {city} 之内。请核对 --area 或 JUNHENG_CITY。",
            area=area, city=settings.JUNHENG_CITY,
        )  # fmt: skip
    why = "在服务器上建立账号管理员"
    with transaction.atomic():
        user = new_account(
            username=arguments.username, name=arguments.name or "", area=area, by=operator(), at=at, why=why
        )
        grant = Grant(user=user, role=Role.ACCOUNT_ADMIN, area=area, since=timezone.localdate(at))
        save_row(grant, by=operator(), at=at, why=why)
        say(f"已建立账号管理员 {user.username}（区划 {area}）。")
        return show_link(user, arguments, at)


def show_link(user: Any, arguments: argparse.Namespace, at: datetime) -> int:
    """The link by which the password is set, once."""
    from django.conf import settings  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from junheng.platform.accounts.invitations import invite  # noqa: PLC0415

    if not user.is_active:
        raise Refusal("account-closed", "账号已停用。请先启用账号，再发送设置密码的链接。")
    origin = arguments.origin or next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")
    secret = invite(user, by=operator(), at=at)
    say(f"请在 {settings.JUNHENG_INVITATION_HOURS} 小时内打开下面的链接设置密码，只能用一次：")
    say(f"{origin.rstrip('/')}{reverse('accounts:invitation', args=[secret])}")
    return 0


def account_called(username: str) -> Any:
    """The account of a login name."""
    from junheng.platform.access.models import User  # noqa: PLC0415

    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound("no-such-account", "没有找到这个账号，或者它不在您管理的范围内。请返回账号列表。")
    return user


def list_administrators(at: datetime) -> int:
    """The accounts that look after accounts today, and whether they have a second factor."""
    from django.utils import timezone  # noqa: PLC0415

    from junheng.platform.accounts.factors import real_factors  # noqa: PLC0415
    from junheng.platform.accounts.reading import administrators  # noqa: PLC0415
    from junheng.platform.accounts.rights import areas_administered  # noqa: PLC0415

    on = timezone.localdate(at)
    rows = [
        (
            one.username,
            one.display_name,
            "、".join(areas_administered(one, on=on)),
            "已启用" if real_factors(one) else "未启用",
            timezone.localtime(one.last_login).strftime("%Y-%m-%d %H:%M") if one.last_login else "从未登录",
        )
        for one in administrators(on).order_by("username")
    ]
    say_table(("用户名", "姓名", "区划", "第二因素", "最近登录"), rows)
    return 0
