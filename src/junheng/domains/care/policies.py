"""Who looks after committee members: a school and its psychologist for their classes, a class teacher for the own one."""

from django.http import HttpRequest

from junheng.domains.schools.models import SchoolClass
from junheng.platform.access.refusals import nothing_here
from junheng.platform.access.roles import Role
from junheng.platform.registers import Register
from junheng.platform.registers.asker import LARGEST, Asker, asker_of

KEEPERS = frozenset({Role.PRINCIPAL, Role.PSYCHOLOGIST, Role.CLASS_TEACHER})


class ClassScope(Register[SchoolClass]):
    """Rights over the classes of who appoints there. It is no register: it adds nothing to anybody's list of classes."""

    slug = "committee"
    chapter = "moral"
    model = SchoolClass
    area = "area"
    school = "school"
    school_class = "self"
    readers = KEEPERS
    writers = KEEPERS


CLASSES = ClassScope()


def sees_members(request: HttpRequest) -> bool:
    """Whether the menu leads somebody to the page."""
    return asker_of(request).may("change", CLASSES)


def keeper_of(request: HttpRequest) -> Asker:
    """Somebody who appoints; for everybody else the page is not there."""
    asker = asker_of(request)
    if not asker.may("change", CLASSES):
        raise nothing_here()
    return asker


def class_of(number: int, *, asker: Asker) -> SchoolClass:
    """A class in which this person appoints."""
    rows = SchoolClass.objects.select_related("school")
    found = asker.within(rows, CLASSES, "change").filter(pk=number).first() if number <= LARGEST else None
    if found is None:
        raise nothing_here()
    return found
