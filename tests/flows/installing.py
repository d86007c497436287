"""What people do in the browser on the freshly installed server, in a process of its own: ``LINK`` or ``facts``."""

import json
import os
import sys
from datetime import date
from typing import Any

import django

PASSWORD = "zhong-guo-jiaozuo-2024"
SCHOOLS = 40
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")


def enter(link: str) -> str:
    """Open the link, set the password, log in; who that is."""
    from django.test import Client

    browser = Client(SERVER_NAME="jyj.example", headers={"x-forwarded-proto": "https"})
    given = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    answer = browser.post(link, given, secure=True)
    assert answer["Location"] == "/login/", (answer.status_code, answer.content[:500])
    answer = browser.post("/login/", {"username": "zhanghao", "password": PASSWORD}, secure=True)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    from junheng.platform.access.models import User

    return User.objects.get(pk=browser.session["_auth_user_id"]).username


def fill() -> None:
    """An officer sends a file of schools, which waits for the worker; a household is entered with sealed fields."""
    from django.utils import timezone

    from junheng.domains.areas.models import Area
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role
    from junheng.platform.registers import register_called
    from junheng.platform.registers.asker import Asker
    from junheng.platform.registers.background import APPLY, order_job
    from junheng.platform.registers.uploads import keep_upload
    from tests.platform.jobs.victim import lines_of_schools
    from tests.platform.sealing.makers import a_household

    Area.objects.create(code="410802", name="解放区", kind="county")
    user = User.objects.create(username="officer")
    Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area="410802", since=date(2020, 1, 1))
    content = "\n".join(lines_of_schools(SCHOOLS)).encode()
    token = keep_upload("schools", "a.csv", content, by=user, lasting=True)
    order_job(
        APPLY, register_called("schools"), title="a.csv", asker=Asker(user, timezone.now()), token=token,
        why="年初核对", clear_blanks=False,
    )  # fmt: skip
    a_household(phone="13900001111")


def facts() -> dict[str, Any]:
    """What must be the same afterwards: rows, the chain's end, the snapshot and what opens of the sealed."""
    from junheng.domains.pupils.models import Household
    from junheng.domains.schools.models import School
    from junheng.platform.access.models import Grant, User
    from junheng.platform.audit.models import Entry
    from junheng.platform.snapshots.models import Snapshot

    last = Entry.objects.latest("id")
    return {
        "schools": School.objects.count(),
        "names": sorted(School.objects.values_list("name", flat=True))[:3],
        "opened": list(Household.objects.values_list("guardian", "address", "phone")),
        "chain": [last.pk, last.hash],
        "snapshots": list(Snapshot.objects.order_by("id").values_list("digest", flat=True)),
        "accounts": list(User.objects.order_by("id").values_list("username", "password")),
        "grants": Grant.objects.count(),
    }


def main(what: str) -> None:
    """Enter and fill, or say the facts."""
    django.setup()
    if what == "facts":
        told = facts()
    else:
        told = {"logged in": enter(what)}
        fill()
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
