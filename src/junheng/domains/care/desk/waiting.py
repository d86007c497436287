"""What waits for who appoints committee members: classes without one, and members to be asked again."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.care.models import CommitteeMember
from junheng.domains.care.policies import CLASSES
from junheng.domains.care.queries import to_renew, without_member
from junheng.domains.schools.models import SchoolClass
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def members(asker: Asker) -> Iterable[Waiting]:
    """For a school, its psychologist and a class teacher: what is missing in their classes."""
    if not asker.may("change", CLASSES):
        return
    place = reverse("care:members")
    classes = without_member(asker.within(SchoolClass.objects.all(), CLASSES, "change"), on=asker.day)
    yield Waiting(
        classes, lambda count, _due: Todo(_("个班级没有心理委员"), f"{place}?show=gaps", count, "user-group")
    )
    rows = asker.within(CommitteeMember.objects.all(), register_called("committee"), "change")
    yield Waiting(
        to_renew(rows, on=asker.day),
        lambda count, _due: Todo(_("名心理委员待续聘"), place, count, "user-group"),
    )
