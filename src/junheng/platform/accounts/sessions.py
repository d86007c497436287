"""Who is behind many sessions, asked at once: for answers that are given before Django.

A session counts by the same rules as behind every page: it has not run out, its account is open, its password is the
one it was begun with, and somebody has been at work. Where any of that is in doubt nobody is behind it, and the page
that is asked then says why.
"""

from collections.abc import Collection
from datetime import datetime
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare

from junheng.platform.access.models import User
from junheng.platform.accounts.moments import MUST_CHANGE, SEEN, is_over, note_seen

TABLE = Session._meta.db_table


def people_behind(keys: Collection[str], *, at: datetime) -> dict[str, User]:
    """By the key of a session its person; being at work is noted as it is behind every page."""
    rows = Session.objects.filter(session_key__in=list(keys), expire_date__gt=at).values_list(
        "session_key", "session_data"
    )
    texts = dict(rows)
    store = SessionStore()
    held = {key: store.decode(text) for key, text in texts.items()}
    users = User.objects.in_bulk({number for one in held.values() if (number := number_in(one)) is not None})
    found: dict[str, User] = {}
    changed: list[tuple[str, str, str]] = []
    for key, one in held.items():
        user = users.get(number_in(one) or 0)
        if user is None or not is_sound(one, user):
            continue
        request: Any = SimpleNamespace(session=dict(one))
        if is_over(request, at=at):
            continue
        note_seen(request, at=at)
        if request.session.get(SEEN) != one.get(SEEN):
            changed.append((Session.objects.encode(request.session), key, texts[key]))
        found[key] = user
    note(changed)
    return found


def number_in(session: dict[str, Any]) -> int | None:
    """Whose session it says it is."""
    found = str(session.get(SESSION_KEY, ""))
    return int(found) if found.isascii() and found.isdigit() and len(found) < 19 else None


def is_sound(session: dict[str, Any], user: User) -> bool:
    """Whether a session was begun by this person as the account is now, and nothing has to be done first."""
    return (
        user.is_active
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and not session.get(MUST_CHANGE)
        and constant_time_compare(str(session.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
    )


def note(changed: Collection[tuple[str, str, str]]) -> None:
    """Write sessions that nobody has written meanwhile: who was quicker is right."""
    if changed:
        by_key = sorted(changed, key=itemgetter(1))  # two who write at once must not wait for each other
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {TABLE} SET session_data = %s WHERE session_key = %s AND session_data = %s",  # noqa: S608 — our own name
                by_key,
            )
