"""Who stands behind a Bearer header: the owner of the token, narrowed to what the token says."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import TooManyTries
from junheng.platform.access.roles import Verb
from junheng.platform.access.tries import note_wrong
from junheng.platform.registers.asker import Asker
from junheng.platform.tokens.actions import note_use
from junheng.platform.tokens.models import Scope, Token
from junheng.platform.tokens.secret import digest_of, read_secret, same_digest

MOST_FAILURES = 20
READS: frozenset[Verb] = frozenset({"view"})
WRITES: frozenset[Verb] = frozenset({"view", "change", "import"})
"""A token never exports a file and never lifts a mask: these are for people who say why."""


class NotKnown(Refusal):
    """Nobody stands behind the request."""

    status = 401


@dataclass(frozen=True, slots=True)
class TokenLimit:
    """What a token leaves of its owner's rights."""

    token: Token
    asks_by_number = True
    """A program that holds a whole number may ask for its row, where its owner may see the number."""

    @property
    def note(self) -> str:
        """How the audit names it."""
        return f"{self.token.name}（{self.token.handle}）"

    def permits(self, verb: Verb, slug: str) -> bool:
        """Whether the token opens a register for a verb; whether its owner may is asked besides."""
        wide = WRITES if self.token.scope == Scope.WRITE else READS
        return verb in wide and (not self.token.registers or slug in self.token.registers)


def asker_behind(header: str, *, address: str, at: datetime) -> Asker:
    """The asker a Bearer header stands for; refused alike whether the token is unknown, ended or revoked.

    ``address`` is where the request came from: after many wrong tokens it is told to wait. A right token is heard
    even then, because many offices share one address.
    """
    kind, _space, text = header.partition(" ")
    secret = read_secret(text.strip()) if kind.lower() == "bearer" else None
    token = None
    if secret is not None:
        token = Token.objects.select_related("owner").filter(handle=secret.handle).first()
    if (
        secret is None
        or token is None
        or not same_digest(token.digest, digest_of(secret))
        or not token.holds(timezone.localdate(at))
    ):
        raise refused(address, at=at)
    note_use(token, at=at)
    return Asker(token.owner, at, TokenLimit(token))


def refused(address: str, *, at: datetime) -> Refusal:
    """The refusal of a wrong token: one sentence, then a pause. All processes count together."""
    if note_wrong(f"tokens {address}", at=at) > MOST_FAILURES:
        return TooManyTries("token-guessed", "无效令牌的尝试次数过多。请在 15 分钟后重试。")
    return NotKnown(
        "bad-token", "令牌无效：可能写错、已撤销、已到期，或账号已停用。请在「接口令牌」页面重新创建。"
    )
