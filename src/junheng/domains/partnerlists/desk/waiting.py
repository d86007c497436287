"""What waits for an aid officer; nobody else is told that anything does."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.partnerlists.policies.scope import LISTS
from junheng.domains.partnerlists.policies.seen import queue
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def to_decide(asker: Asker) -> Iterator[Waiting]:
    """Pairs that somebody has to decide, or to confirm."""
    if asker.may("change", LISTS):
        yield Waiting(queue(asker), line)


def line(number: int, _due: date | None) -> Todo:
    """The line on the first page."""
    return Todo(
        _("对名单比对有疑问，待判断"), reverse("partnerlists:queue"), number, "clipboard-document-check"
    )
