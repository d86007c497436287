"""Which account a person at the sign-in service is. Nobody registers himself: an administrator made the account before."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed
from junheng.platform.access.models import User
from junheng.platform.accounts.models import Identity
from junheng.platform.accounts.oidc.service import Service, not_believed
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row

VISITOR = "oidc"
"""Who failed, in the chain, where no account is known."""


@transaction.atomic
def account_behind(service: Service, claims: dict[str, Any], *, at: datetime) -> User:
    """The account of a verified person: the one bound before, else the one whose name the claim says, bound now."""
    subject = str(claims["sub"])[:255]
    bound = Identity.objects.select_related("user").filter(issuer=service.issuer, subject=subject).first()
    if bound is not None:
        if not bound.user.is_active:
            raise unknown(bound.user.username)
        return bound.user
    name = str(claims.get(service.claim, "")).strip()
    user = named(service, claims, name)
    if user is None:
        raise unknown(name)
    if Identity.objects.filter(issuer=service.issuer, user=user).exists():
        # the name went over to another person: the old binding must be looked at by somebody first
        raise NotAllowed(
            "identity-changed",
            "账号「{name}」已绑定另一个身份。如确为同一人，请联系账号管理员核实后重新绑定。",
            name=user.username,
        )
    identity = Identity(user=user, issuer=service.issuer, subject=subject, made_at=at)
    save_row(identity, by=user, at=at, why=_("首次统一身份登录，绑定账号"))
    return user


def named(service: Service, claims: dict[str, Any], name: str) -> User | None:
    """The open account a claim names; an e-mail address must be one that the service has verified."""
    if not name:
        return None
    if service.claim != "email":
        return User.objects.filter(username__iexact=name, is_active=True).first()
    if claims.get("email_verified") is not True:
        raise not_believed("email_verified")
    found = list(User.objects.filter(email__iexact=name, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def unknown(name: str) -> NotAllowed:
    """The refusal of somebody who has no open account here: it says whom to ask."""
    return NotAllowed(
        "no-account-for-identity",
        "身份认证成功，但本系统没有与「{name}」对应的可用账号。本系统不接受自行注册，请联系本单位账号管理员开通，并告知上述名称。",
        name=name[:60] or "—",
    )


def note_failure(code: str, *, at: datetime) -> None:
    """Say in the chain that a sign-in by the service failed."""
    record_table(
        Identity, Verb.DEED.value, by=VISITOR, at=at, why=_("统一身份登录未通过"), after={"code": code}
    )
