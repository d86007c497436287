"""What is measured inside one process: ``python -m bench.steps NAME`` prints seconds as one line of JSON."""

# ruff: noqa: PLC0415 — each step imports what it measures, and nothing else

import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

STARTED = time.monotonic()
WARM = 5
"""How often a warm step is repeated; the fastest counts, for the others waited for somebody else."""

Step = Callable[[], dict[str, float]]


def started() -> None:
    """Start Django, as every command does."""
    import django

    django.setup()


def seconds(deed: Callable[[], Any]) -> float:
    begun = time.monotonic()
    deed()
    return time.monotonic() - begun


def cold_and_warm(deed: Callable[[], Any]) -> dict[str, float]:
    """From the start of the process to the first answer, and the answer again."""
    deed()
    cold = time.monotonic() - STARTED
    return {"cold": cold, "warm": min(seconds(deed) for _ in range(WARM))}


def generate() -> dict[str, float]:
    """The city in memory, without a database."""
    from junheng.surfaces.demo.city import make_city
    from junheng.surfaces.demo.plan import load_plan

    return {"inside": seconds(lambda: make_city(load_plan(sys.argv[2])))}


def snapshot() -> dict[str, float]:
    """Read, check, digest and write every table, into an empty folder; the house does not remember it."""
    started()
    from django.db import transaction

    from junheng.platform.snapshots.freeze import freeze

    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        took = seconds(lambda: freeze(by="bench", at=datetime.now(UTC), home=Path(folder)))
        transaction.set_rollback(True)
    return {"inside": took}


def figures() -> dict[str, float]:
    """All figures of the newest snapshot; warm means computed again, not remembered."""
    started()
    from junheng.platform.figures import workshop

    engine = workshop.forgetful(workshop.opened().engine)
    return cold_and_warm(lambda: engine.figures(workshop.moment()))


def figures_kept() -> dict[str, float]:
    """The same from the answers that are kept beside the snapshot, as pages ask."""
    started()
    from junheng.platform.figures import workshop

    return cold_and_warm(lambda: workshop.opened().engine.figures(workshop.moment()))


def promises() -> dict[str, float]:
    """All promises of the newest snapshot."""
    started()
    from junheng.platform.figures import workshop

    engine = workshop.forgetful(workshop.opened().engine)
    asked = workshop.watch_of(engine)
    return cold_and_warm(lambda: asked.standings(workshop.moment()))


def peer() -> dict[str, float]:
    """Five figures by hand-written SQL and by the engine, over the same files; the answers must agree."""
    started()
    from bench.peer import QUESTIONS, by_hand
    from junheng.platform.figures import workshop

    opened, at = workshop.forgetful(workshop.opened().engine), workshop.moment(date(2023, 12, 31))

    def ours() -> dict[str, Any]:
        return {name: opened.figure(name, at).value for name in QUESTIONS}

    hand = by_hand(opened.tables)
    if (mine := ours()) != (theirs := hand()):
        raise AssertionError(f"{mine} ≠ {theirs}")
    return {"ours": min(seconds(ours) for _ in range(WARM)), "hand": min(seconds(hand) for _ in range(WARM))}


def page(username: str, address: str) -> dict[str, float]:
    """One page as somebody who is logged in sees it, through the whole house but the socket."""
    started()
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    user = get_user_model().objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def ask() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")

    return cold_and_warm(ask)


def check(size: int) -> dict[str, float]:
    """Check the released report, or as many copies of it as fill ``size`` bytes."""
    started()
    from junheng.domains.bulletins.models import Release
    from junheng.platform.figures.checking import check_text

    text = Release.objects.order_by("-id")[0].text
    copies = max(1, size // len(text.encode()))
    return (
        cold_and_warm(lambda: check_text(text * copies))
        if copies == 1
        else once(lambda: check_text(text * copies))
    )


def once(deed: Callable[[], Any]) -> dict[str, float]:
    """A long step, done once."""
    deed()
    return {"cold": time.monotonic() - STARTED}


def pages_ready() -> dict[str, float]:
    """Collect the static files that pages name."""
    started()
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    return {}


def saved(username: str, school: str) -> dict[str, float]:
    """Open the form of a school, type another telephone number, save: the saving alone is measured."""
    started()
    from django.contrib.auth import get_user_model
    from django.test import Client

    from bench.asking import fields_of
    from junheng.domains.schools.models import School

    client = Client(SERVER_NAME="localhost")
    user = get_user_model().objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    place = f"/registers/schools/{School.objects.filter(area__code__startswith=school)[0].pk}/edit/"
    took: list[float] = []
    for number in range(WARM + 1):
        sent = fields_of(client.get(place).content.decode())
        sent |= {"phone": f"1390000{number:04}", "why": "日常更新"}
        begun = time.monotonic()
        answer = client.post(place, sent)
        took.append(time.monotonic() - begun)
        if answer.status_code != 302:
            raise AssertionError(f"{place}: {answer.status_code}")
    return {"cold": time.monotonic() - STARTED, "warm": min(took)}


def many_lists(username: str) -> dict[str, float]:
    """The list of pupils as it is narrowed, searched and turned, two hundred times: the middle, and 95 of a hundred."""
    started()
    import random
    import statistics

    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    user = get_user_model().objects.get(username=username)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    dice = random.Random(1)
    areas = ("410802", "410803", "410811", "410821", "410823", "410882", "410883")
    took = []
    for number in range(220):
        narrowed = dice.choice(
            ("", f"area={dice.choice(areas)}", "stage=primary", "boarder=1", "stage=junior&boarder=0")
        )
        words = dice.choice(("", f"q={dice.choice('王李张刘陈杨赵黄周吴')}"))
        turned = dice.choice(("", f"page={dice.randint(2, 400)}"))
        begun = time.monotonic()
        answer = client.get(f"{PUPILS}?{'&'.join(filter(None, (narrowed, words, turned)))}")
        if number >= 20:  # what is remembered is remembered by then
            took.append(time.monotonic() - begun)
        if answer.status_code != 200:
            raise AssertionError(f"{narrowed} {words} {turned}: {answer.status_code}")
    cuts = statistics.quantiles(took, n=100)
    return {"p50": cuts[49], "p95": cuts[94]}


PUPILS = "/registers/pupils/"
STEPS: dict[str, Step] = {
    "generate": generate,
    "snapshot": snapshot,
    "figures": figures,
    "figures_kept": figures_kept,
    "promises": promises,
    "peer": peer,
    "pages_ready": pages_ready,
    "dashboard": lambda: page("juzhang", "/"),
    "pupils_first": lambda: page("jijiao", PUPILS),
    "pupils_deep": lambda: page("jijiao", f"{PUPILS}?page=150"),
    "pupils_many": lambda: many_lists("jijiao"),
    "county_many": lambda: many_lists("xian-410803"),
    "found": lambda: page("bangongshi", "/search/?q=qyssyxx"),
    "saved": lambda: saved("xian-410803", "410803"),
    "waters_map": lambda: page("anquan", "/waters/"),
    "pupils_search": lambda: page("jijiao", f"{PUPILS}?q=王"),
    "check_report": lambda: check(0),
    "check_2mb": lambda: check(2 * 1024 * 1024),
}

if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]]()))
