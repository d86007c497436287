"""The people of the mixed load, made before the clock starts: of ten, six principals, three county officers, one city section.

``python -m bench.visitors N`` prints, for each of them, a session as a sign-in leaves it and the schools of his scope, as
one line of JSON.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import sys
import time
from datetime import date, timedelta
from typing import Any

SINCE = date(2020, 9, 1)
TURNS = "PPOPPCPOPO"
"""Who comes in ten: principals, county officers, a section of the city."""
MOST = 200
"""Schools among which somebody with many of them chooses."""


def main(number: int) -> None:
    """Make them and print them."""
    import django

    django.setup()
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from junheng.platform.access.models import Grant, User

    names = [f"load-{place:04}" for place in range(number)]
    User.objects.bulk_create([User(username=name, password="!") for name in names], ignore_conflicts=True)
    users = list(User.objects.filter(username__in=names).order_by("username"))
    Grant.objects.filter(user__in=users).delete()
    Session.objects.all().delete()
    grants, sessions, told = [], [], []
    for user, (grant, schools) in zip(users, offices(number), strict=True):
        grant.user = user
        grants.append(grant)
        sessions.append(session_of(user, until=timezone.now() + timedelta(hours=12)))
        told.append({"session": sessions[-1].session_key, "schools": schools})
    Grant.objects.bulk_create(grants)
    Session.objects.bulk_create(sessions)
    print(json.dumps(told))


def offices(number: int) -> list[tuple[Any, list[int]]]:
    """An office for each, with the schools of its scope: every principal has a school of his own."""
    from django.conf import settings

    from junheng.domains.schools.models import School
    from junheng.platform.access.models import Grant

    schools = list(School.objects.filter(until=None).order_by("id").values_list("pk", "area_id"))
    counties = sorted({area[:6] for _pk, area in schools if len(area) >= 6})
    here = {one: [pk for pk, area in schools if area.startswith(one)][:MOST] for one in counties}
    found: list[tuple[Any, list[int]]] = []
    for place in range(number):
        pk, area = schools[place % len(schools)]
        match TURNS[place % len(TURNS)]:
            case "P":
                grant = Grant(role="principal", area=area[:6], school=pk, since=SINCE)
                found.append((grant, [pk]))
            case "O":
                county = counties[place % len(counties)]
                found.append((Grant(role="county_officer", area=county, since=SINCE), here[county]))
            case _:
                grant = Grant(role="city_section", area=settings.JUNHENG_CITY, since=SINCE)
                found.append((grant, [pk for pk, _area in schools[place % 7 :: 7]][:MOST]))
    return found


def session_of(user: Any, *, until: Any) -> Any:
    """A session as a sign-in leaves it, with the moments that the guard of sessions looks at."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    from junheng.platform.accounts.moments import SEEN, SIGNED

    store: Any = SessionStore()  # its key is made by a method that the stubs do not know
    data = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        SIGNED: int(time.time()),
        SEEN: int(time.time()),
    }
    return Session(
        session_key=store._get_new_session_key(), session_data=store.encode(data), expire_date=until
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
