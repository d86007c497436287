"""Whose account an official uses: linked and unlinked by deed, so that it can be seen who said so."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.people.models import Person
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.scope import held
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import held_from


@transaction.atomic
def link_account(person: Person, *, username: str, by: Any, at: datetime, why: str) -> Person:
    """Say that an official uses an account of the same place. One account serves one official of a place at a time."""
    person = locked(person, _("关联账号"), by=by, at=at)
    today = timezone.localdate(at)
    if person.user_id is not None:
        raise Conflict(
            "person-linked",
            "{person}已关联账号“{account}”，没有改动。请先解除关联。",
            person=person,
            account=person.user,
        )
    if person.until is not None and person.until <= today:
        raise Refusal(
            "person-left", "{person}已于 {until} 离任，不能关联账号。", person=person, until=person.until
        )
    account = account_there(username.strip(), person, on=today)
    others = Person.objects.filter(held_from(today), user=account).exclude(pk=person.pk)
    if other := others.first():
        raise Conflict(
            "account-linked",
            "账号“{account}”已关联{other}，一个账号只归一名在任责任人。请核对用户名。",
            account=account.username,
            other=other,
        )
    person.user = account
    save_row(person, by=by, at=at, why=why, verb=Verb.DEED.value)
    return person


@transaction.atomic
def unlink_account(person: Person, *, by: Any, at: datetime, why: str) -> Person:
    """Say that an official no longer uses the account."""
    person = locked(person, _("解除关联账号"), by=by, at=at)
    if person.user_id is None:
        raise Conflict("person-not-linked", "{person}没有关联账号，不用解除。", person=person)
    person.user = None
    save_row(person, by=by, at=at, why=why, verb=Verb.DEED.value)
    return person


def locked(person: Person, deed: str, *, by: Any, at: datetime) -> Person:
    """The official as the table has it now, held, if this person may change the row."""
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    check_may(deed, person, by=by, at=at)
    return person


def account_there(username: str, person: Person, *, on: date) -> User:
    """The open account of that name with rights over the official's own place. Any other looks absent.

    Whoever links does not learn which user names there are elsewhere.
    """
    granted = Grant.objects.filter(held(on), Q(area=person.area_id)).values("user")
    account = User.objects.filter(username=username, is_active=True, pk__in=granted).first()
    if account is None:
        raise Refusal(
            "account-elsewhere",
            "在{place}没有用户名为“{name}”的有效账号。请核对用户名，或先由账号管理员开户授权。",
            place=person.area,
            name=username[:60],
        )
    return account
