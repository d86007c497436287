"""What waits for somebody: problems of one's own unit to be explained, and explanations of others to be decided."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import grants_of
from junheng.platform.quality.explaining import expired
from junheng.platform.quality.models import Finding
from junheng.platform.quality.places import within
from junheng.platform.quality.queries import decidable
from junheng.platform.quality.words import Kind, State
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import Todo, todo


@todo
def problems(asker: Asker) -> Iterator[Todo]:
    """Two lines at most, from one question."""
    if not any(RULES[Role(grant.role)].change for grant in grants_of(asker.user, on=asker.today)):
        return
    own = Finding.objects.filter(within(asker, "change"), gone_at=None)
    to_say = (Q(state__in=(State.OPEN, State.REJECTED)) | expired(asker.today)) & ~Q(kind=Kind.DUPLICATE)
    counts = own.aggregate(
        say=Count("pk", filter=to_say & Q(severity="high")),
        decide=Count("pk", filter=Q(state=State.PROPOSED) & decidable(asker)),
    )
    if counts["say"]:
        address = f"{reverse('quality:overview')}?severity=high&state=open"
        yield Todo(_("重要的质量问题待说明"), address, counts["say"], "exclamation-circle")
    if counts["decide"]:
        address = f"{reverse('quality:overview')}?kind=&state=proposed"
        yield Todo(_("下级的书面说明待审核"), address, counts["decide"], "check-badge")
