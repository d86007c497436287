"""Finding a tip by the code in somebody's hand; guesses are slowed down."""

from datetime import datetime

from django.utils import timezone

from junheng.domains.tips.models import Tip
from junheng.domains.tips.queries.codes import LETTERS_OF_A_CODE, digest_of, source_of
from junheng.domains.tips.queries.faults import miscopied, no_tip, too_many_tries
from junheng.platform.access.tries import note_wrong, wrong_so_far
from junheng.platform.sealing.codes import is_checked, tidy

MOST_TRIES = 8


def tip_with(code: str, *, at: datetime, address: str) -> Tip:
    """The tip that a code opens. A code that was copied wrongly is told so, and counts as no guess."""
    code = tidy(code)
    if len(code) == LETTERS_OF_A_CODE + 1 and not is_checked(code):
        raise miscopied()
    key = f"tip-code:{source_of(address, on=timezone.localdate(at))}"
    if wrong_so_far(key, at=at) >= MOST_TRIES:
        raise too_many_tries()
    found = tip_behind(code)
    if found is None:
        note_wrong(key, at=at)
        raise no_tip()
    return found


def tip_behind(code: str) -> Tip | None:
    """The tip of a code."""
    rows = Tip.objects.select_related("area", "referral", "lead")
    return rows.filter(follow=digest_of("follow", code)).first()
