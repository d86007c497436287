"""Making the accounts of a workbook: all of them with their roles, proposals and letters in one transaction, or none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict
from junheng.platform.access.models import Grant, User
from junheng.platform.accounts.bulk.planning import plan_accounts
from junheng.platform.accounts.bulk.plans import AccountPlan, Person
from junheng.platform.accounts.invitations import digest_of, new_one_time_password
from junheng.platform.accounts.models import Deed, Identity, Invitation, Proposal
from junheng.platform.accounts.people import reason, told
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.chain import Draft, plain
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of
from junheng.platform.registers.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person is given on paper, this once. The one-time password is kept nowhere."""

    user: User
    one_time: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """What was done, and the letters of those who set a password themselves."""

    plan: AccountPlan
    letters: list[Letter]


def make_accounts(
    sheet: Sheet, *, admin: Any, at: datetime, why: str, days: int, again: bool = False
) -> Made:
    """Do all that the workbook says. It is planned anew, so what a colleague did since the preview is seen.

    ``days``: how long the letters hold. ``again``: letters also for accounts that nobody has entered yet.
    """
    given = reason(why)
    try:
        with transaction.atomic():
            plan = plan_accounts(sheet, admin=admin, on=timezone.localdate(at))
            if plan.problems:
                raise Conflict(
                    "import-has-problems",
                    "有 {count} 处问题，没有导入任何内容。第 {line} 行：{reason}请修改文件后重新预览。",
                    count=len(plan.problems),
                    line=plan.listed_problems[0].line,
                    reason=plan.listed_problems[0].reason,
                )
            wait = plan.without_password if again else []
            wait += [one for one in plan.people.values() if one.user is None and not one.subject]
            drafts = write_people(plan, by=admin, at=at, why=given)
            drafts += write_roles(plan, by=admin, at=at, why=given)
            users = [one.user for one in wait if one.user is not None]
            letters, more = write_letters(users, by=admin, at=at, until=at + timedelta(days=days))
            append_many(drafts + more)
    except IntegrityError:
        raise Conflict(
            "accounts-made-meanwhile",
            "预览之后有人建了同名的账号或绑定了同一个身份，没有导入任何内容。请重新预览。",
        ) from None
    return Made(plan, letters)


def write_people(plan: AccountPlan, *, by: Any, at: datetime, why: str) -> list[Draft]:
    """The new accounts, none with a password, and the identities that are bound."""
    new = [one for one in plan.people.values() if one.user is None]
    users = [new_user(one, at=at) for one in new]
    User.objects.bulk_create(users)
    for person, user in zip(new, users, strict=True):
        person.user = user
    drafts = [created(user, told(columns_of(user)), by=by, at=at, why=why) for user in users]
    identities = [
        Identity(user=one.user, issuer=settings.JUNHENG_OIDC["issuer"], subject=one.subject, made_at=at)
        for one in plan.bound
    ]
    Identity.objects.bulk_create(identities)
    return [*drafts, *drafts_of(((one, None) for one in identities), by=by, at=at, why=why)]


def new_user(person: Person, *, at: datetime) -> User:
    """An account as anybody begins: open, without a password that fits."""
    user = User(username=person.username, display_name=person.name, area=person.area, date_joined=at)
    user.set_unusable_password()
    return user


def write_roles(plan: AccountPlan, *, by: Any, at: datetime, why: str) -> list[Draft]:
    """The roles that one administrator gives alone, and proposals of the others."""
    grants = [Grant(user=one.person.user, **asdict(one.grant)) for one in plan.wanted if not one.waits]
    proposals = [
        Proposal(deed=Deed.GRANT, user=one.person.user, proposer=by, made_at=at, why=why, **asdict(one.grant))
        for one in plan.wanted
        if one.waits
    ]
    Grant.objects.bulk_create(grants)
    Proposal.objects.bulk_create(proposals)
    return list(drafts_of(((one, None) for one in (*grants, *proposals)), by=by, at=at, why=why))


def write_letters(
    users: Sequence[User], *, by: Any, at: datetime, until: datetime
) -> tuple[list[Letter], list[Draft]]:
    """A one-time password for each; earlier ones of theirs end. Only digests are kept."""
    numbers = [one.pk for one in users]
    Invitation.objects.filter(user__in=numbers, used_at=None, until__gt=at).update(until=at)
    letters = [Letter(one, new_one_time_password(), until) for one in users]
    made = [
        Invitation(user=one.user, digest=digest_of(one.one_time), made_at=at, until=until) for one in letters
    ]
    Invitation.objects.bulk_create(made)
    drafts = [
        created(one, {"account": one.user.username, "until": until}, by=by, at=at, why=_("打印首次登录信函"))
        for one in made
    ]
    return letters, drafts


def created(row: Any, after: dict[str, Any], *, by: Any, at: datetime, why: str) -> Draft:
    """The entry of a new row that says only these columns."""
    return Draft(
        at=at,
        who=name_of(by),
        why=why,
        verb=Verb.CREATE.value,
        table=row._meta.label_lower,
        row=row.pk,
        after=plain(after),
    )
