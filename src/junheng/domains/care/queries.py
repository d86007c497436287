"""Questions about committee members: which classes have none, who has left the class, who is to be asked again."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from junheng.domains.care.models import CommitteeMember
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.values.school_term import school_year_began
from junheng.platform.spans import holds


def has_left(on: date) -> Q:
    """The members whose pupil is in another class than the one they were appointed for, or has left the school."""
    return Q(pupil__until__lte=on) | ~Q(school_class=F("pupil__school_class"))


def serving(on: date) -> "QuerySet[CommitteeMember]":
    """The appointments that hold on a day, of pupils who are still in that class."""
    return CommitteeMember.objects.filter(holds(on)).exclude(has_left(on))


def to_renew(members: "QuerySet[CommitteeMember]", *, on: date) -> "QuerySet[CommitteeMember]":
    """The members who have not been asked in the school year of a day."""
    begun = school_year_began(on)
    asked = Q(renewed_on__isnull=False, renewed_on__gte=begun)
    return members.filter(holds(on), since__lt=begun).exclude(asked)


def without_member(classes: "QuerySet[SchoolClass]", *, on: date) -> "QuerySet[SchoolClass]":
    """The classes of a day in which nobody serves."""
    there = serving(on).filter(school_class=OuterRef("pk"))
    return classes.filter(holds(on)).exclude(Exists(there))


def with_members(classes: "QuerySet[SchoolClass]", *, on: date) -> "QuerySet[SchoolClass]":
    """The classes of a day in their order, each with the appointments that hold, the pupils' rows beside them."""
    held = CommitteeMember.objects.filter(holds(on)).select_related("pupil").order_by("pk")
    found = classes.filter(holds(on)).select_related("school")
    return found.order_by("school", "grade", "number", "pk").prefetch_related(
        Prefetch("committeemember_set", queryset=held, to_attr="members")
    )
