"""Questions about kindergartens: who runs one, and is it recognised."""

from datetime import date

from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.kindergartens.terms import Decision
from junheng.platform.spans import holds


def nature_on(kindergarten: Kindergarten, *, on: date) -> str | None:
    """Who ran a kindergarten on a day; ``None`` if nothing is on record."""
    row = kindergarten.nature_set.filter(holds(on)).order_by("-since").first()
    return row.nature if row else None


def recognition_on(kindergarten: Kindergarten, *, on: date) -> Recognition | None:
    """The recognition that holds on a day, if one does."""
    held = Recognition.objects.filter(holds(on), kindergarten=kindergarten, decision=Decision.RECOGNISED)
    return held.order_by("-since").first()
