"""The deeds of tokens: make one, revoke one, note its use."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.tokens.models import Scope, Token
from junheng.platform.tokens.opening import openable
from junheng.platform.tokens.secret import Secret, digest_of, new_secret

LONGEST_DAYS = 366
"""A token holds for a year at most, a leap year included."""
MOST = 20
"""Live tokens one person may have."""
NOTED_EVERY = timedelta(minutes=5)
"""The last use is noted no more often than this, so that reading stays reading."""


@transaction.atomic
def make_token(
    *, name: str, scope: str, registers: Sequence[str], until: date, by: Any, at: datetime
) -> tuple[Token, Secret]:
    """Make a token for whoever asks. The second value is shown once and kept nowhere.

    ``until`` is the first day on which it no longer holds. The chain tells that it was made, not its digest.
    """
    today = timezone.localdate(at)
    if not name.strip():
        raise Refusal("token-name-missing", "请填写令牌名称，例如使用它的系统的名字。")
    if scope not in Scope.values:
        raise Refusal("bad-token-scope", "令牌的权限只能是「只读」或「读写」。请重新选择。")
    if not today < until <= today + timedelta(days=LONGEST_DAYS):
        raise Refusal(
            "bad-token-end", "令牌的失效日应晚于今天，且不超过一年（{last}）。请重新填写。",
            last=(today + timedelta(days=LONGEST_DAYS)).isoformat(),
        )  # fmt: skip
    if unknown := sorted(set(registers) - set(openable())):
        raise Refusal(
            "unknown-register", "没有名为「{slug}」的名录。请从目录中选择。", slug=str(unknown[0])[:40]
        )
    if Token.objects.filter(owner=by, revoked_at=None, until__gt=today).count() >= MOST:
        raise Refusal("too-many-tokens", "您已有 {most} 个有效令牌。请先撤销不再使用的令牌。", most=MOST)
    secret = new_secret()
    token = Token.objects.create(
        owner=by,
        name=name.strip()[:60],
        handle=secret.handle,
        digest=digest_of(secret),
        scope=scope,
        registers=sorted(set(registers)),
        made_at=at,
        until=until,
    )
    facts = {"name": token.name, "scope": scope, "registers": token.registers, "until": until}
    record(token, Verb.CREATE.value, by=by, at=at, why=_("创建接口令牌"), after=facts)
    return token, secret


@transaction.atomic
def revoke(pk: int, *, by: Any, at: datetime) -> Token:
    """End a token of one's own at once. Revoking twice changes nothing."""
    token = Token.objects.select_for_update().filter(pk=pk, owner=by).first()
    if token is None:
        raise NotFound("no-such-token", "没有找到这个令牌。请回到令牌列表重新选择。")
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record(
            token, Verb.RETIRE.value, by=by, at=at, why=_("撤销接口令牌"),
            before={"revoked_at": None}, after={"revoked_at": at},
        )  # fmt: skip
    return token


def note_use(token: Token, *, at: datetime) -> None:
    """Remember when a token was last used, roughly."""
    if token.used_at is None or at - token.used_at >= NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(used_at=at)
