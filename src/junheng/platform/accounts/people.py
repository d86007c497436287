"""Deeds of an administrator on an account: make it, close it, open it again. No password ever enters the chain."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.accounts.models import Visit
from junheng.platform.accounts.rights import areas_administered, holds
from junheng.platform.audit.append import Actor, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, stored_columns

NEVER_KEPT = frozenset({"password", "last_login"})
"""Columns that the chain never holds: a secret, and what changes by itself."""
USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,59}")
LONGEST_WHY = 200


def save_account(user: User, *, by: Actor | str, at: datetime, why: str) -> None:
    """Write an account and its entry together; of a password the entry says only that it was set, and when."""
    stored = stored_columns(user) if user.pk else None
    user.save()
    after = told(columns_of(user))
    if stored is None:
        record(user, Verb.CREATE.value, by=by, at=at, why=why, after=after)
        return
    before = told(stored)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        record(
            user, Verb.CHANGE.value, by=by, at=at, why=why,
            before={name: before[name] for name in changed}, after={name: after[name] for name in changed},
        )  # fmt: skip


def told(columns: dict[str, Any]) -> dict[str, Any]:
    """The columns that may be told."""
    return {name: value for name, value in columns.items() if name not in NEVER_KEPT}


def reason(why: str) -> str:
    """The reason that every deed on somebody's account needs."""
    given = why.strip()[:LONGEST_WHY]
    if not given:
        raise Refusal("reason-missing", "请填写事由，例如通知文号或情况说明，再提交。")
    return given


@transaction.atomic
def make_account(*, username: str, name: str, area: str, by: Any, at: datetime) -> User:
    """A new account without a password and without a right; an invitation follows."""
    if not holds(areas_administered(by, on=timezone.localdate(at)), area):
        raise NotAllowed("area-not-yours", "所选区划不在您管理的范围内。请选择本辖区内的区划。")
    return new_account(username=username, name=name, area=area, by=by, at=at, why=_("新建账号"))


def new_account(*, username: str, name: str, area: str, by: Actor | str, at: datetime, why: str) -> User:
    """An account as anybody begins: open, without a password that fits."""
    called = username.strip().lower()
    if not USERNAME.fullmatch(called):
        raise Refusal(
            "bad-username", "用户名须为 3 至 60 位小写字母、数字或 . _ @ -，以字母或数字开头，例如工号。"
        )
    if not name.strip():
        raise Refusal("name-missing", "请填写姓名：账号只属于一个人，不能多人共用。")
    if User.objects.filter(username=called).exists():
        raise Refusal("username-taken", "用户名「{name}」已被使用。请换一个，例如加上单位简称。", name=called)
    user = User(username=called, display_name=name.strip()[:60], area=area)
    user.set_unusable_password()
    save_account(user, by=by, at=at, why=why)
    return user


@transaction.atomic
def close(user: User, *, by: Any, at: datetime, why: str) -> None:
    """Close an account at once: its sessions end; grants and tokens sleep, because a closed account has none."""
    user.is_active = False
    save_account(user, by=by, at=at, why=reason(why))
    end_sessions(user)


@transaction.atomic
def reopen(user: User, *, by: Any, at: datetime, why: str) -> None:
    """Open a closed account again."""
    user.is_active = True
    save_account(user, by=by, at=at, why=reason(why))


def close_all(users: Iterable[User], *, by: Any, at: datetime, why: str) -> int:
    """Close several accounts, each with its own entry."""
    count = 0
    with transaction.atomic():
        for user in users:
            close(user, by=by, at=at, why=why)
            count += 1
    return count


@transaction.atomic
def rename(user: User, *, name: str, by: Any, at: datetime) -> None:
    """Another display name."""
    if not name.strip():
        raise Refusal("name-missing", "请填写姓名：账号只属于一个人，不能多人共用。")
    user.display_name = name.strip()[:60]
    save_account(user, by=by, at=at, why=_("修改姓名"))


@transaction.atomic
def set_password(user: User, password: str, *, by: Any, at: datetime, keep: str = "") -> None:
    """A new password; every session but the one that is kept ends."""
    user.set_password(password)
    user.password_set_at = at
    save_account(user, by=by, at=at, why=_("设置密码"))
    end_sessions(user, keep=keep)


def end_sessions(user: User, *, keep: str = "") -> int:
    """End the sessions of an account, all or all but one."""
    keys = set(Visit.objects.filter(user=user).exclude(session="").values_list("session", flat=True)) - {keep}
    Visit.objects.filter(user=user, session__in=keys).update(session="")
    return Session.objects.filter(session_key__in=keys).delete()[0]
