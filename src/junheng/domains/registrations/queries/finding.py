"""Finding a draft by what the browser holds, and an application by code and secret; guesses are slowed down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from junheng.domains.registrations.models import Application, Draft, Evidence
from junheng.domains.registrations.queries.faults import no_application, too_many_tries
from junheng.domains.registrations.queries.keys import CODE, SECRET, Codes, codes_of, is_secret, tidy
from junheng.platform.access.tries import most_wrong, note_wrong

MOST_TRIES = 8


def draft_with(digest: str, *, at: datetime) -> Draft | None:
    """The draft whose token has this digest, while it is kept."""
    return Draft.objects.filter(token=digest, until__gt=at).first()


def application_with(code: str, secret: str, *, at: datetime, asked_from: str) -> Application:
    """The application that a code and its secret open. A wrong pair, a code that never was: one answer."""
    code, keys = tidy(code)[:CODE], [f"registration:{tidy(code)[:CODE]}", f"registration-from:{asked_from}"]
    if most_wrong(*keys, at=at) >= MOST_TRIES:
        raise too_many_tries()
    found = Application.objects.select_related("intake", "catchment_school").filter(code=code).first()
    if found is None or not is_secret(secret[: 2 * SECRET], found.request_key):
        for key in keys:
            note_wrong(key, at=at)
        raise no_application()
    return found


def photos_of(draft: Any) -> dict[str, list[Evidence]]:
    """The photos of a draft, by circumstance."""
    found: dict[str, list[Evidence]] = {}
    for one in Evidence.objects.filter(draft=draft).order_by("pk"):
        found.setdefault(one.circumstance, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Twin:
    """How far the binding of twins is: nobody asked, only this side did, or both did."""

    asked: bool
    both: bool


def twin_of(application: Application) -> Twin:
    """Whether the other child's application names this one as well."""
    if not application.bound_to:
        return Twin(False, False)
    other = Application.objects.filter(
        season=application.season, pid=application.bound_to, bound_to=application.pid, state="sent"
    )
    return Twin(True, other.exists())


def codes_for(application: Application) -> Codes:
    """The codes of an application, as they were given."""
    return codes_of(application.request_key)
