"""What waits for somebody: questions about works that are alike."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.works.models import Likeness
from junheng.domains.works.terms import Asked
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.todo import Todo, Waiting, todo


@todo
def to_compare(asker: Asker) -> Iterator[Waiting]:
    """Questions that nobody has answered yet."""
    register = register_called("likenesses")
    if asker.may("change", register):
        rows = asker.within(Likeness.objects.filter(state=Asked.OPEN), register, "change")
        yield Waiting(rows, line)


def line(number: int, _due: date | None) -> Todo:
    """The line about questions."""
    address = f"{reverse('registers:list', args=['likenesses'])}?state={Asked.OPEN}"
    return Todo(_("个作品相似疑问待核对"), address, number, "document-duplicate")
