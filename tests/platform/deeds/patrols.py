"""Cases of the deeds about leaves, misses and accounts of officials; ``cases`` says what a case is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from junheng.domains.patrols.actions import explain_miss, keep_ledger, request_leave
from junheng.domains.patrols.models import Leave, Miss
from junheng.domains.people.models import Person
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.platform.deeds.filled import DAY, Filled

NOW = datetime(2023, 11, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def county() -> object:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def leave(**given: object) -> Leave:
    facts = {"deputy": None, "since": date(2023, 10, 30), "until": None, "reason": "duty", "why": "公务"}
    return request_leave(makers.person(), by=county(), at=NOW, **facts | given)


def cancelled() -> Leave:
    row = leave()
    row.cancelled = True
    row.save()
    return row


def missed() -> Miss:
    person = makers.person(since=date(2023, 10, 23))
    makers.assignment(makers.water(), person)
    keep_ledger(on=date(2023, 10, 30), by="junheng", at=NOW, why="计数")
    return Miss.objects.get(person=person)


def explained() -> Miss:
    return explain_miss(missed(), explanation="汛期抢险", by=county(), at=NOW, why="代为登记")


def linked() -> Person:
    return makers.person(user=account())


def account() -> object:
    return makers.user(Role.TOWNSHIP_WARDEN, area="410802001")


PATROLS: dict[tuple[str, str], Filled] = {
    ("people", "leave"): Filled(
        makers.person,
        Role.COUNTY_OFFICER,
        lambda row: {"since": str(DAY), "until": "2023-11-08", "reason": "training"},
        lambda row: Leave.objects.filter(person_id=row.pk, since=DAY).exists(),
    ),
    ("people", "link"): Filled(
        makers.person,
        Role.COUNTY_OFFICER,
        lambda row: {"username": account().username},  # type: ignore[attr-defined]
        lambda row: Person.objects.get(pk=row.pk).user is not None,
        linked,
    ),
    ("people", "unlink"): Filled(
        linked,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: Person.objects.get(pk=row.pk).user is None,
        makers.person,
    ),
    ("leaves", "end"): Filled(
        leave,
        Role.COUNTY_OFFICER,
        lambda row: {"on": str(DAY)},
        lambda row: Leave.objects.get(pk=row.pk).until == DAY,
        cancelled,
    ),
    ("misses", "explain"): Filled(
        missed,
        Role.COUNTY_OFFICER,
        lambda row: {"explanation": "汛期抢险"},
        lambda row: Miss.objects.get(pk=row.pk).state == "explained",
        explained,
    ),
    ("misses", "accept"): Filled(
        explained,
        Role.COUNTY_OFFICER,
        lambda row: {},
        lambda row: Miss.objects.get(pk=row.pk).state == "accepted",
        missed,
    ),
    ("misses", "reject"): Filled(
        explained,
        Role.COUNTY_OFFICER,
        lambda row: {"verdict": "理由不成立"},
        lambda row: Miss.objects.get(pk=row.pk).verdict == "理由不成立",
        missed,
    ),
}
