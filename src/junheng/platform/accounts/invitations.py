"""Invitations: a link by which a person sets a password alone, so that no administrator ever knows it.

On paper the link carries a one-time password of sixteen signs that can be typed; of either only the digest is kept.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotFound
from junheng.platform.access.models import User
from junheng.platform.access.refusals import TooManyTries
from junheng.platform.access.tries import note_wrong, wrong_so_far
from junheng.platform.accounts.models import Invitation
from junheng.platform.accounts.people import set_password
from junheng.platform.audit.append import Actor, record
from junheng.platform.audit.models import Verb

MOST_WRONG = 20
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs of a one-time password: none of them looks like another."""
LENGTH, PART = 16, 4
"""Sixteen signs are 79 bits: with 20 wrong tries in 15 minutes nobody guesses one, and no slow hash is needed."""


@transaction.atomic
def invite(user: User, *, by: Actor | str, at: datetime) -> str:
    """A new link for an account; earlier ones end. Answers its secret part, which is kept nowhere."""
    Invitation.objects.filter(user=user, used_at=None, until__gt=at).update(until=at)
    secret = secrets.token_urlsafe(32)
    until = at + timedelta(hours=settings.JUNHENG_INVITATION_HOURS)
    made = Invitation.objects.create(user=user, digest=digest_of(secret), made_at=at, until=until)
    record(
        made, Verb.CREATE.value, by=by, at=at, why=_("发出设置密码的链接"),
        after={"account": user.username, "until": until},
    )  # fmt: skip
    return secret


def invited(secret: str, *, address: str, at: datetime) -> Invitation:
    """The invitation behind a link; refused alike whether it is unknown, used or over."""
    key = f"invitation {address}"
    if wrong_so_far(key, at=at) >= MOST_WRONG:
        raise TooManyTries("invitation-guessed", "无效链接的尝试次数过多。请在 15 分钟后重试。")
    found = Invitation.objects.select_related("user").filter(digest=digest_of(as_issued(secret))).first()
    if found is None or not found.holds(at) or not found.user.is_active:
        note_wrong(key, at=at)
        raise no_longer()
    return found


@transaction.atomic
def accept(invitation: Invitation, password: str, *, at: datetime) -> User:
    """Set the password, once: two requests with one link do not both succeed."""
    taken = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at)
    if not taken:
        raise no_longer()
    set_password(invitation.user, password, by=invitation.user, at=at)
    return invitation.user


def digest_of(secret: str) -> str:
    """What is kept: 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_one_time_password() -> str:
    """A secret for a letter, in four parts that can be read out and typed."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[start : start + PART] for start in range(0, LENGTH, PART))


def as_issued(text: str) -> str:
    """What somebody typed, as the letter has it: small letters and blanks do not matter. A link is as it is.

    >>> as_issued("abcd efgh-2345jkmn"), as_issued("a-link_of-another-kind")
    ('ABCD-EFGH-2345-JKMN', 'a-link_of-another-kind')
    """
    signs = "".join(text.split()).replace("-", "").upper()
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return text
    return "-".join(signs[start : start + PART] for start in range(0, LENGTH, PART))


def no_longer() -> NotFound:
    """The refusal of a link that opens nothing."""
    return NotFound("invitation-over", "这个链接无效、已使用或已过期。请联系账号管理员重新发送。")


def pending_for(user: Any, *, at: datetime) -> Invitation | None:
    """The link of an account that still waits, if there is one."""
    return Invitation.objects.filter(user=user, used_at=None, until__gt=at).order_by("-id").first()
