"""Marking what changed as seen."""

from junheng.platform.audit.append import head
from junheng.platform.changes.models import Look
from junheng.platform.registers.asker import Asker


def mark_seen(asker: Asker, upto: int) -> Look:
    """Remember that somebody has seen everything up to an entry; never beyond the last one, never back."""
    upto = min(upto, head().id)
    look, made = Look.objects.get_or_create(user=asker.user, defaults={"entry": upto, "at": asker.at})
    if not made and upto > look.entry:
        look.entry, look.at = upto, asker.at
        look.save()
    return look
