"""Whose account an official uses: linked once, at the same place, and seen in the audit."""

import pytest

from junheng.domains.people.actions import link_account, unlink_account
from junheng.domains.people.models import Person
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import Grant
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT

PLACE = "410802001"
DONE = {"at": AT, "why": "到任"}


def county(area="410802"):
    return makers.user(Role.COUNTY_OFFICER, area=area)


def account(area=PLACE):
    return makers.user(Role.TOWNSHIP_WARDEN, area=area)


def test_an_account_is_linked_and_unlinked_with_its_trace() -> None:
    person, mine, by = makers.person(), account(), county()
    assert link_account(person, username=f" {mine.username} ", by=by, **DONE).user == mine
    (entry,) = Entry.objects.filter(table="people.person", row=person.pk, verb="deed")
    assert (entry.before, entry.after) == ({"user_id": None}, {"user_id": mine.pk})
    unlink_account(person, by=by, **DONE)
    assert Person.objects.get(pk=person.pk).user is None
    assert verify() is None


def elsewhere():
    return account("410811001").username


def above():
    return account("410802").username


def closed():
    one = account()
    one.is_active = False
    one.save()
    return one.username


def ended():
    one = account()
    Grant.objects.filter(user=one).update(until=makers.BEGUN.replace(year=2021))
    return one.username


@pytest.mark.parametrize("given", [elsewhere, above, closed, ended, lambda: "nobody", lambda: ""])
def test_an_account_that_is_not_of_that_place_looks_absent(given) -> None:
    person = makers.person()
    with pytest.raises(Refusal, match="没有用户名为") as refused:
        link_account(person, username=given(), by=county(), **DONE)
    assert refused.value.code == "account-elsewhere"
    assert Person.objects.get(pk=person.pk).user is None


def test_one_account_serves_one_official() -> None:
    first, second, mine, by = makers.person(), makers.person(), account(), county()
    link_account(first, username=mine.username, by=by, **DONE)
    with pytest.raises(Conflict) as refused:
        link_account(second, username=mine.username, by=by, **DONE)
    assert refused.value.code == "account-linked"
    with pytest.raises(Conflict) as refused:
        link_account(first, username=account().username, by=by, **DONE)
    assert refused.value.code == "person-linked"


def test_who_left_keeps_no_account_from_the_successor() -> None:
    mine, by = account(), county()
    makers.person(user=mine, until=AT.date())
    successor = makers.person()
    assert link_account(successor, username=mine.username, by=by, **DONE).user == mine


def test_who_has_left_is_not_linked() -> None:
    with pytest.raises(Refusal, match="离任") as refused:
        link_account(makers.person(until=AT.date()), username=account().username, by=county(), **DONE)
    assert refused.value.code == "person-left"


def test_what_is_not_linked_is_not_unlinked() -> None:
    with pytest.raises(Conflict) as refused:
        unlink_account(makers.person(), by=county(), **DONE)
    assert refused.value.code == "person-not-linked"


@pytest.mark.parametrize("who", [lambda: county("410811"), account, lambda: makers.user(Role.AUDITOR)])
def test_only_the_bureau_of_the_place_links(who) -> None:
    person = makers.person()
    with pytest.raises(NotAllowed) as refused:
        link_account(person, username=account().username, by=who(), **DONE)
    assert refused.value.code == "deed-not-yours"
