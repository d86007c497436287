"""Many people at once: ``python -m bench.load --home FOLDER``, on SQLite, or on the server that DATABASE_URL names.

Every person has a session of his own, made beforehand; reads, thinks (at random, exponentially, ``--think`` seconds in
the middle), reads on, and now and then opens the form of a school of his own scope and saves it. Where a colleague has
saved in between, the page shows both versions and he saves what was put together: an answer of its own kind, not an
error. The house is served by ``junheng serve`` as it is delivered, in processes of its own. The crowd is one more
process on the same machine: it takes part of the same cores, so what it takes is told apart from what the house takes.
Writes into the city it is given: give it a copy.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.asking import TOKEN, Answer, ask, cpu_of, fields_of
from bench.measure import DAY, SOURCE, machine

READING = (
    ("home", 25, "/"),
    ("list", 10, "/registers/schools/"),
    ("list, searched", 10, "/registers/schools/?q={word}&boarding=1"),
    ("list of pupils", 15, "/registers/pupils/?stage={stage}&page={page}"),
    ("detail", 18, "/registers/schools/{school}/"),
    ("changes", 4, "/changes/"),
    ("overview", 4, "/overview/"),
    ("figures", 4, "/figures/"),
)
SAVING = 10
"""Of a hundred visits, those that open a form and save it; the others read, in the weights above."""
WORDS = ("实验", "第一", "小学", "中学", "qysy")
STAGES = ("primary", "junior")
TRIES = 3
QUIET, LONGEST = 0.02, 120.0
"""A house at rest uses less than so much of a core; how long to wait for that."""


@dataclass
class Seen:
    """What the crowd met: seconds by kind of page, saves, merged saves, and everything that was not as it should be."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    saved: int = 0
    merged: int = 0

    def note(self, kind: str, took: float) -> None:
        self.seconds.setdefault(kind, []).append(took)


@dataclass(frozen=True)
class Crowd:
    """Where they go, and until when."""

    port: int
    think: float
    until: float
    seen: Seen


async def timed(crowd: Crowd, kind: str, session: str, path: str, body: str | None = None) -> Answer | None:
    """An answer that is as it should be; None for any other, which is an error."""
    began = time.perf_counter()
    try:
        answer = await ask(crowd.port, session, path, body)
    except (OSError, TimeoutError, ValueError, IndexError) as why:
        crowd.seen.errors[f"{kind}: {type(why).__name__}"] += 1
        return None
    took = time.perf_counter() - began
    crowd.seen.note("both versions" if answer.both else kind, took)
    if not answer.both and answer.status != (200 if body is None else 302):
        crowd.seen.errors[f"{kind}: {answer.status}"] += 1
        return None
    return answer


async def person(crowd: Crowd, visitor: dict[str, object], dice: random.Random) -> None:
    """Somebody at work: comes at some moment, reads, thinks, saves, until time is up."""
    session, schools = str(visitor["session"]), visitor["schools"]
    assert isinstance(schools, list)
    await asyncio.sleep(dice.uniform(0, crowd.think))
    while time.monotonic() < crowd.until:
        if dice.random() * 100 < SAVING:
            await save(crowd, session, f"/registers/schools/{dice.choice(schools)}/edit/", dice)
        else:
            kind, _, path = dice.choices(READING, weights=[weight for _, weight, _ in READING])[0]
            path = path.format(
                word=quote(dice.choice(WORDS)),
                stage=dice.choice(STAGES),
                page=dice.choice((1, 1, 1, 2, 3)),
                school=dice.choice(schools),
            )
            await timed(crowd, kind, session, path)
        await asyncio.sleep(min(dice.expovariate(1 / crowd.think), max(0.0, crowd.until - time.monotonic())))


async def save(crowd: Crowd, session: str, path: str, dice: random.Random) -> None:
    """Open a form, type another telephone number, save; where both versions are shown, save what was put together."""
    page = await timed(crowd, "form", session, path)
    for _try in range(TRIES):
        if page is None:
            return
        await asyncio.sleep(dice.uniform(0, 2))
        sent = fields_of(page.text) | {
            "phone": f"139{dice.randrange(10**8):08}", "why": "日常更新", "csrfmiddlewaretoken": TOKEN,
        }  # fmt: skip
        page = await timed(crowd, "save", session, path, urlencode(sent))
        if page is not None and not page.both:
            crowd.seen.saved += 1
            return
        crowd.seen.merged += page is not None
    crowd.seen.errors["save: never through"] += 1


async def all_of(crowd: Crowd, visitors: list[dict[str, object]]) -> None:
    """Everybody at once."""
    await asyncio.gather(*(person(crowd, one, random.Random(place)) for place, one in enumerate(visitors)))


def surroundings(home: Path) -> dict[str, str]:
    """The environment of the house that is measured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUNHENG_")}
    return kept | {
        "JUNHENG_HOME": str(home), "JUNHENG_DEMO": "1", "JUNHENG_AS_OF": DAY,
        "DJANGO_SETTINGS_MODULE": "junheng.project.settings",
        "PYTHONPATH": f"{SOURCE / 'src'}{os.pathsep}{SOURCE}",
    }  # fmt: skip


def wait_for(port: int, house: "subprocess.Popen[bytes]") -> None:
    """Wait until the house answers."""
    until = time.monotonic() + 60
    while time.monotonic() < until and house.poll() is None:
        try:
            if asyncio.run(ask(port, "", "/healthz")).status == 200:
                return
        except (OSError, IndexError, ValueError):
            time.sleep(0.05)
    raise SystemExit("✗ the house does not answer")


def settle(house: int) -> None:
    """Wait until what a start begins by itself is done: the worker beside the house does what the night left."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        used = cpu_of(house)
        time.sleep(2)
        if cpu_of(house) - used < QUIET * 2:
            return


def main() -> int:
    """Serve, let them in, and print what they met; exit code 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="bench.load", description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a copy of a built city")
    parser.add_argument("--users", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=30, help="seconds between two visits, on average")
    parser.add_argument("--port", type=int, default=8108)
    given = parser.parse_args()
    env = surroundings(given.home.absolute())
    made = subprocess.run(
        [sys.executable, "-m", "bench.visitors", str(given.users)],
        env=env,
        stdout=subprocess.PIPE,
        check=True,
    )
    visitors = json.loads(made.stdout.splitlines()[-1])
    house = subprocess.Popen([sys.executable, "-m", "junheng", "serve", "--port", str(given.port)], env=env)
    try:
        wait_for(given.port, house)
        for what in ("first page", "again"):
            began = time.perf_counter()
            answer = asyncio.run(ask(given.port, str(visitors[0]["session"]), "/"))
            print(f"{what} after the start: {(time.perf_counter() - began) * 1000:.0f} ms ({answer.status})")
        settle(house.pid)
        before = cpu_of(house.pid), time.process_time()
        crowd = Crowd(given.port, given.think, time.monotonic() + given.seconds, Seen())
        asyncio.run(all_of(crowd, visitors))
        used = cpu_of(house.pid) - before[0], time.process_time() - before[1]
    finally:
        house.terminate()
        house.wait(20)
    where = "PostgreSQL" if env.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    print(f"{where}: {given.users} people, {given.seconds:.0f} s, think {given.think:.0f} s; {machine()}")
    told(crowd.seen, given.seconds, *used)
    return 1 if crowd.seen.errors else 0


def told(seen: Seen, seconds: float, house: float, crowd: float) -> None:
    """The table."""
    every = [one for times in seen.seconds.values() for one in times]
    print(f"{'':<16}{'times':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
    for kind, times in [*sorted(seen.seconds.items()), ("all", every)]:
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [*times] * 99
        print(f"{kind:<16}{len(times):>7}" + "".join(f"{cuts[at] * 1000:>9.0f}" for at in (49, 94, 98)))
    print(f"{len(every) / seconds:.1f} requests and {seen.saved / seconds:.1f} saves a second;", end=" ")
    print(f"{seen.merged} times a colleague had saved in between and both versions were shown")
    each = 1000 / max(1, len(every))
    print(
        f"CPU a request: house {house * each:.1f} ms, crowd {crowd * each:.1f} ms"
        f" ({house / seconds:.2f} and {crowd / seconds:.2f} cores; a database server counts for itself)"
    )
    print(f"errors: {dict(seen.errors) or 'none'}   promised: p95 ≤ 500 ms, no error")


if __name__ == "__main__":
    raise SystemExit(main())
