"""Who sees what phones brought in: the bureau of the county, the city; a county person the waters in his charge; oneself."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from junheng.domains.fieldwork.models import FieldRecord
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Assignment
from junheng.domains.waters.terms import Level
from junheng.kernel.errors import NotAllowed, NotFound
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import roles_of
from junheng.platform.registers import Register
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.spans import holds


class FieldRecordScope(Register[FieldRecord]):
    """Rights over field records. There is no register of them: the books have the checks, this is how they came in."""

    slug = "fieldrecords"
    chapter = "safety"
    model = FieldRecord
    area = "area"
    readers = frozenset(
        {Role.CITY_LEADER, Role.CITY_OFFICE, Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.AUDITOR}
    )
    writers = frozenset({Role.COUNTY_OFFICER, Role.CITY_SECTION})


RECORDS = FieldRecordScope()
WARDENS = frozenset({Role.TOWNSHIP_WARDEN, Role.COUNTY_WARDEN})


def visible(asker: Asker) -> "QuerySet[FieldRecord]":
    """The records that somebody may see."""
    rows = FieldRecord.objects.all()
    if asker.may("view", RECORDS):
        return asker.within(rows, RECORDS, "view")
    own = Person.objects.filter(user=asker.user)
    charged = Assignment.objects.filter(holds(asker.today), person__in=own, level=Level.COUNTY)
    return rows.filter(Q(person__in=own) | Q(water__in=charged.values("water")))


def looks_on(asker: Asker) -> bool:
    """Whether somebody has the page of field records at all: who reads them, and who has charge of waters."""
    return asker.may("view", RECORDS) or Person.objects.filter(user=asker.user).exists()


def sees_field_records(request: HttpRequest) -> bool:
    """Whether the menu names the page: asked on every page, so of the grants alone."""
    asker = asker_of(request)
    return asker.may("view", RECORDS) or bool(WARDENS & set(roles_of(asker.user, on=asker.today)))


def record_called(uuid: str, *, asker: Asker) -> FieldRecord:
    """A record that somebody may see; any other looks absent."""
    rows = visible(asker).select_related("water", "person", "area", "check_row", "finding")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise NotFound(
            "no-such-record", "没有找到这条外勤记录，或者它不在您的权限范围内。请返回外勤记录列表。"
        )
    return found


def may_choose(record: FieldRecord, *, by: Any, asker: Asker) -> bool:
    """Whether somebody chooses between versions: who was there, the county's bureau, the city's section."""
    return record.person.user_id == by.pk or asker.reaches(record, RECORDS, "change")


def check_chooses(record: FieldRecord, *, by: Any, asker: Asker) -> None:
    """Refuse whoever may look but not choose."""
    if not may_choose(record, by=by, asker=asker):
        raise NotAllowed(
            "version-not-yours",
            "您可以查看这条记录，但不能选定版本。能选定的是检查人本人、所在县（市、区）教育局和市局科室。",
        )
