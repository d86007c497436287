"""What a session remembers of its sign-in, and for how long that counts."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

SIGNED, CONFIRMED, SEEN = "signed_at", "confirmed_at", "seen_at"
PENDING = "pending"
"""Somebody whose password was right and whose second factor is still asked for."""
MUST_CHANGE = "must_change"
"""The password is older than the bureau wants: first of all it is changed."""
PENDING_MINUTES = 5
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
"""A session ends after this, however busy it is."""
SEEN_EVERY = timedelta(minutes=1)
"""Being busy is noted no more often than this, so that reading stays reading."""


def put(request: HttpRequest, name: str, at: datetime) -> None:
    """Keep a moment in the session, to the second."""
    request.session[name] = int(at.timestamp())


def since(request: HttpRequest, name: str, *, at: datetime) -> timedelta | None:
    """How long ago a kept moment is; ``None`` if there is none."""
    kept = request.session.get(name)
    return None if kept is None else timedelta(seconds=int(at.timestamp()) - kept)


def fresh(request: HttpRequest, name: str, *, at: datetime) -> bool:
    """Whether a kept moment is recent enough for a sensitive deed."""
    age = since(request, name, at=at)
    return age is not None and age <= timedelta(minutes=settings.JUNHENG_FACTOR_MINUTES)


def is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Whether a session has been idle or open for too long. Sessions that no sign-in began are not ours to end."""
    opened, seen = since(request, SIGNED, at=at), since(request, SEEN, at=at)
    if opened is None or seen is None:
        return False
    idle = settings.JUNHENG_IDLE_MINUTES
    return opened > LONGEST or bool(idle and seen > timedelta(minutes=idle))


def note_seen(request: HttpRequest, *, at: datetime) -> None:
    """Note that somebody is at work, roughly."""
    seen = since(request, SEEN, at=at)
    if seen is not None and seen >= SEEN_EVERY:
        put(request, SEEN, at)
