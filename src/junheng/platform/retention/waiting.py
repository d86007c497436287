"""What waits for one person: erasures that somebody else proposed."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo
from junheng.platform.retention.queries import waiting_for


@todo
def erasures(asker: Asker) -> Iterable[Todo]:
    """The proposals that need a second person."""
    found = waiting_for(asker)
    yield Todo(_("项销毁等待第二人办理"), reverse("retention:overview"), len(found), "shield-exclamation")
