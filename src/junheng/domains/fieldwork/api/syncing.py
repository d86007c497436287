"""The two addresses at which a phone fetches what is its person's and brings what it has written down."""

import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.fieldwork.actions.keeping import MOST, bring
from junheng.domains.fieldwork.actions.sheaves import Bringing
from junheng.domains.fieldwork.api.answers import answered, for_phones, posts_of
from junheng.domains.fieldwork.policies.scope import RECORDS
from junheng.domains.fieldwork.queries.charges import persons_of
from junheng.domains.fieldwork.queries.mine import mine, no_person
from junheng.domains.fieldwork.queries.sent import moment_of
from junheng.domains.people.models import Person
from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.access.refusals import TooLarge
from junheng.platform.registers.asker import Asker, asker_of

LONGEST_DEVICE = 60


@require_safe
@for_phones
def fetch(request: HttpRequest) -> HttpResponse:
    """What the phone holds of its person; 304 where it has that already."""
    asker, persons, person = posts_of(request)
    found = mine(persons, person, at=asker.at)
    tag = f'"{found.version}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return HttpResponse(status=304, headers={"ETag": tag, "Server-Time": now_told(asker.at)})
    told = found.told | {"server_time": now_told(asker.at), "csrf": get_token(request)}
    return answered(told, ETag=tag)


@require_POST
@for_phones
def sync(request: HttpRequest) -> HttpResponse:
    """Records from a phone; a receipt for each, given after all of them are on the disk."""
    asker = asker_of(request)
    told = body_of(request)
    raws = told.get("records")
    if not isinstance(raws, list):
        raise unreadable()
    if len(raws) > MOST:
        raise TooLarge(
            "too-many-records",
            "一次最多同步 {most} 条记录，这次没有存入任何内容。请更新手机上的应用，它会分批同步。",
            most=MOST,
        )
    _text, sent_at = moment_of(told.get("sent_at"), "sent_at")
    device = told.get("device", "")
    if not isinstance(device, str) or not device.isprintable():
        raise unreadable()
    persons, handed_in = whose(told.get("person"), asker=asker)
    bringing = Bringing(request.user, persons, device[:LONGEST_DEVICE], sent_at, asker.at, handed_in)
    receipts = bring(raws, bringing)
    return answered({"server_time": now_told(timezone.now()), "receipts": receipts})


def whose(number: Any, *, asker: Asker) -> tuple[list[Person], bool]:
    """For whom records are brought: oneself, or by the bureau from the file that somebody's phone gave out."""
    own = persons_of(asker.user)
    if number is None or any(one.pk == number for one in own):
        if not own:
            raise no_person()
        return own, False
    refusal = NotAllowed(
        "not-yours", "您不能代交这名责任人的记录，没有存入。能代交的是其所在县（市、区）教育局和市局科室。"
    )
    if type(number) is not int or not 0 < number < 2**31:
        raise refusal
    person = Person.objects.select_related("area").filter(pk=number).first()
    if person is None or not reaches(person, asker=asker):
        raise refusal
    return [person], True


def reaches(person: Person, *, asker: Asker) -> bool:
    """Whether somebody's office looks after the place where a person works."""
    return any(
        grant.school is None and person.area_id.startswith(grant.area)
        for grant in asker.granting(RECORDS, "change")
    )


def body_of(request: HttpRequest) -> dict[str, Any]:
    """The body as JSON; refuses what is none, however it is broken."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        raise unreadable() from None
    if not isinstance(found, dict):
        raise unreadable()
    return found


def unreadable() -> Refusal:
    """The refusal of a body that is not what phones send."""
    return Refusal(
        "unreadable", "同步的内容读不懂，没有存入任何内容，手机上的记录都还在。请更新手机上的应用后再同步。"
    )


def now_told(at: datetime) -> str:
    """A moment by which a phone can see how wrong its clock is."""
    return timezone.localtime(at).isoformat(timespec="milliseconds")
