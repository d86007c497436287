"""Second factors: taking one on, checking one, letting one go. Every deed leaves its trace; no secret does."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import TooManyTries
from junheng.platform.access.tries import forget_wrong, note_wrong, wrong_so_far
from junheng.platform.accounts import codes, passkeys, totp
from junheng.platform.accounts.models import Factor, Kind
from junheng.platform.accounts.sealed import seal, unseal
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb

MOST_WRONG = 5
"""Wrong codes in a quarter of an hour, then a pause."""
MOST = 10
"""Factors that one person may have."""


def real_factors(user: Any) -> list[Factor]:
    """The factors that can be asked for, recovery codes apart: with one of them the account has a second factor."""
    return list(Factor.objects.filter(user_id=user.pk).exclude(kind=Kind.CODES).order_by("id"))


def passkeys_of(user: Any) -> list[Factor]:
    """One's passkeys, in the order they were made."""
    return [one for one in real_factors(user) if one.kind == Kind.PASSKEY]


@transaction.atomic
def add_app(user: Any, *, secret: str, code: str, name: str, at: datetime) -> Factor:
    """Take on an authenticator app; a code of it proves that it was set up."""
    step = totp.step_of_code(secret, code, at=at, after=0)
    if step is None:
        raise Refusal("code-wrong", "动态口令不正确。请确认手机时间准确，输入应用当前显示的 6 位数字。")
    return add(user, Kind.TOTP, named(name, _("验证器应用")), {"secret": seal(secret)}, at=at, last_step=step)


@transaction.atomic
def add_passkey(user: Any, *, kept: dict[str, Any], name: str, at: datetime) -> Factor:
    """Take on a passkey that was checked."""
    return add(user, Kind.PASSKEY, named(name, _("通行密钥")), kept, at=at)


def add(user: Any, kind: str, name: str, data: dict[str, Any], *, at: datetime, last_step: int = 0) -> Factor:
    """Keep a factor and say so in the chain."""
    if len(real_factors(user)) >= MOST:
        raise Refusal("too-many-factors", "最多可启用 {most} 个第二因素。请先移除不用的。", most=MOST)
    factor = Factor.objects.create(
        user=user, kind=kind, name=name, data=data, made_at=at, last_step=last_step
    )
    record(
        factor, Verb.CREATE.value, by=user, at=at, why=_("启用第二因素"), after={"kind": kind, "name": name}
    )
    return factor


def named(name: str, otherwise: str) -> str:
    """The name somebody gave, or one that says what it is."""
    return name.strip()[:30] or otherwise


@transaction.atomic
def renew_codes(user: Any, *, at: datetime) -> list[str]:
    """A new set of recovery codes; the old ones are good no more. They are shown once and kept as digests."""
    made = codes.new_codes()
    Factor.objects.filter(user=user, kind=Kind.CODES).delete()
    factor = Factor.objects.create(
        user=user,
        kind=Kind.CODES,
        name=_("恢复码"),
        data={"digests": [codes.digest_of(one) for one in made]},
        made_at=at,
    )
    record(factor, Verb.CREATE.value, by=user, at=at, why=_("生成恢复码"), after={"count": len(made)})
    return made


def check_code(user: Any, code: str, *, at: datetime) -> str:
    """Check a code of an app or a recovery code; answers the kind. Wrong ones are counted, over all processes."""
    return counted(user, lambda: by_app(user, code, at=at) or by_recovery(user, code, at=at), at=at)


def check_passkey(
    request: HttpRequest, user: Any, state: passkeys.State, answer: Any, *, at: datetime
) -> str:
    """Check what a browser answered for a passkey."""
    kept = passkeys_of(user)

    def check() -> str:
        try:
            place, counter = passkeys.check(request, state, answer, [one.data for one in kept])
        except Refusal as refusal:
            if refusal.code != "passkey-wrong":
                raise
            return ""
        factor = kept[place]
        factor.data = factor.data | {"counter": counter}
        factor.used_at = at
        factor.save(update_fields=["data", "used_at"])
        return Kind.PASSKEY.value

    return counted(user, check, at=at, otherwise=passkeys.not_this_one())


def counted(user: Any, check: Callable[[], str], *, at: datetime, otherwise: Refusal | None = None) -> str:
    """Try a check unless there were too many wrong ones; count it if it is one more."""
    key = f"factor {user.pk}"
    if wrong_so_far(key, at=at) >= MOST_WRONG:
        raise locked()
    if kind := check():
        forget_wrong(key)
        return kind
    wrong = note_wrong(key, at=at)
    record(user, Verb.DEED.value, by=user, at=at, why=_("第二因素核对未通过"), after={"times": wrong})
    raise (locked() if wrong >= MOST_WRONG else otherwise or wrong_code())


def by_app(user: Any, code: str, *, at: datetime) -> str:
    """The code of an app; each counts once, also when two requests bring it at the same moment."""
    for factor in Factor.objects.filter(user=user, kind=Kind.TOTP).order_by("id"):
        step = totp.step_of_code(unseal(factor.data["secret"]), code, at=at, after=factor.last_step)
        if step is None:
            continue
        taken = Factor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step, used_at=at)
        if taken:
            return Kind.TOTP.value
    return ""


@transaction.atomic
def by_recovery(user: Any, code: str, *, at: datetime) -> str:
    """A recovery code, once."""
    factor = Factor.objects.select_for_update().filter(user=user, kind=Kind.CODES).first()
    left = codes.without(factor.data["digests"], code) if factor is not None else None
    if factor is None or left is None:
        return ""
    factor.data, factor.used_at = {"digests": left}, at
    factor.save(update_fields=["data", "used_at"])
    record(factor, Verb.CHANGE.value, by=user, at=at, why=_("使用恢复码"), after={"left": len(left)})
    return Kind.CODES.value


@transaction.atomic
def remove(user: Any, pk: int, *, at: datetime) -> Factor:
    """Let go of a factor of one's own; with the last one the recovery codes go too."""
    factor = Factor.objects.filter(user=user, pk=pk).exclude(kind=Kind.CODES).first()
    if factor is None:
        raise NotFound("no-such-factor", "没有找到这个第二因素，可能已被移除。请刷新账号页面。")
    record(
        factor, Verb.RETIRE.value, by=user, at=at, why=_("移除第二因素"),
        before={"kind": factor.kind, "name": factor.name},
    )  # fmt: skip
    Factor.objects.filter(pk=factor.pk).delete()
    if not real_factors(user):
        Factor.objects.filter(user=user).delete()
    return factor


@transaction.atomic
def reset(user: Any, *, by: Any, at: datetime, why: str) -> int:
    """Take away every factor of an account whose owner lost them."""
    count = len(real_factors(user))
    Factor.objects.filter(user=user).delete()
    record(user, Verb.DEED.value, by=by, at=at, why=why, before={"factors": count}, after={"factors": 0})
    return count


def wrong_code() -> Refusal:
    """The refusal of a wrong code; also of one that was used already."""
    return Refusal(
        "code-wrong-or-used", "口令不正确或已用过。请等待下一个动态口令，或使用一个未用过的恢复码。"
    )


def locked() -> Refusal:
    """The refusal after too many wrong codes."""
    return TooManyTries(
        "factor-locked",
        "口令连续错误 {tries} 次，请在 15 分钟后重试。如已无法使用，请联系账号管理员。",
        tries=MOST_WRONG,
    )
