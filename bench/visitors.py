"""The people of the mixed load: county officers with a session each, made before the clock starts.

``python -m bench.visitors N`` prints, for each of them, a session and the schools of the county, as one line of JSON.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import json
import sys
from datetime import timedelta


def main(number: int) -> None:
    """Make them and print them."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from junheng.domains.schools.models import School
    from junheng.platform.access.models import Grant, User

    officers = list(Grant.objects.filter(role="county_officer").order_by("area"))
    schools = {
        one.area: list(
            School.objects.filter(area__code__startswith=one.area).values_list("pk", flat=True)[:200]
        )
        for one in officers
    }
    names = [f"load-{place:04}" for place in range(number)]
    User.objects.bulk_create([User(username=name, password="!") for name in names], ignore_conflicts=True)
    users = list(User.objects.filter(username__in=names).order_by("username"))
    Grant.objects.filter(user__in=users).delete()
    Session.objects.all().delete()
    grants, sessions, told = [], [], []
    for place, user in enumerate(users):
        like = officers[place % len(officers)]
        grants.append(Grant(user=user, role=like.role, area=like.area, since=like.since))
        store = SessionStore()
        data = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        key = store._get_new_session_key()
        sessions.append(
            Session(
                session_key=key,
                session_data=store.encode(data),
                expire_date=timezone.now() + timedelta(hours=12),
            )
        )
        told.append({"session": key, "schools": schools[like.area]})
    Grant.objects.bulk_create(grants)
    Session.objects.bulk_create(sessions)
    print(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]))
