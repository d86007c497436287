"""Many people at once: ``python -m bench.load --home FOLDER``, on SQLite, or on the server that DATABASE_URL names.

Every person has a session of his own, made beforehand; reads, thinks (at random, exponentially, ``--think`` seconds in
the middle), reads on, and now and then opens a school's form and saves it. The house is served by ``junheng serve`` as
it is delivered, in processes of its own. The crowd is one more process on the same machine: it takes part of the same
cores, and what it takes counts against the house. Writes into the city it is given: give it a copy.
"""

import argparse
import asyncio
import html
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.measure import DAY, SOURCE, machine

READING = (
    ("home", 25, "/"),
    ("list", 20, "/registers/schools/"),
    ("list of pupils", 15, "/registers/pupils/?q={name}"),
    ("detail", 20, "/registers/schools/{school}/"),
    ("overview", 5, "/overview/"),
    ("figures", 5, "/figures/"),
)
SAVING = 10
"""Of a hundred visits, those that open a form and save it; the others read, in the weights above."""
NAMES = "王李张刘陈杨赵黄周吴"
TOKEN = "k" * 32
PATIENCE = 30.0


@dataclass
class Seen:
    """What the crowd met: seconds by kind of page, and everything that was not as it should be."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    saved: int = 0

    def note(self, kind: str, took: float) -> None:
        self.seconds.setdefault(kind, []).append(took)


@dataclass(frozen=True)
class Crowd:
    """Where they go, and until when."""

    port: int
    think: float
    until: float
    seen: Seen


async def ask(port: int, session: str, path: str, body: str | None = None) -> tuple[int, str]:
    """One request on a connection of its own: status and text."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = [
            f"{'GET' if body is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", "Connection: close",
            f"Cookie: sessionid={session}; csrftoken={TOKEN}", "Accept-Language: zh-CN",
        ]  # fmt: skip
        if body is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        writer.write(("\r\n".join([*head, "", ""]) + (body or "")).encode())
        answer = await asyncio.wait_for(reader.read(-1), PATIENCE)
    finally:
        writer.close()
    first, _, text = answer.decode("utf-8", "replace").partition("\r\n\r\n")
    return int(first.split(" ", 2)[1]), text


async def timed(crowd: Crowd, kind: str, session: str, path: str, body: str | None = None) -> str | None:
    """The text of an answer that is as it should be; None for any other, which is an error."""
    began = time.perf_counter()
    try:
        status, text = await ask(crowd.port, session, path, body)
    except (OSError, TimeoutError, ValueError, IndexError) as why:
        crowd.seen.errors[f"{kind}: {type(why).__name__}"] += 1
        return None
    crowd.seen.note(kind, time.perf_counter() - began)
    if status != (200 if body is None else 302):
        crowd.seen.errors[f"{kind}: {status}"] += 1
        return None
    return text


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
            path = path.format(name=urlencode({"": dice.choice(NAMES)})[1:], school=dice.choice(schools))
            await timed(crowd, kind, session, path)
        await asyncio.sleep(min(dice.expovariate(1 / crowd.think), max(0.0, crowd.until - time.monotonic())))


async def save(crowd: Crowd, session: str, path: str, dice: random.Random) -> None:
    """Open a form, type another telephone number, save."""
    page = await timed(crowd, "form", session, path)
    if page is None:
        return
    await asyncio.sleep(dice.uniform(0, 2))
    sent = fields_of(page) | {
        "phone": f"139{dice.randrange(10**8):08}", "why": "日常更新", "csrfmiddlewaretoken": TOKEN,
    }  # fmt: skip
    if await timed(crowd, "save", session, path, urlencode(sent)) is not None:
        crowd.seen.saved += 1


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form of a row."""
    form = page[page.index('class="card edit"') :].partition("</form>")[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        values = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if "name" in values and (values.get("type") not in {"checkbox", "radio"} or " checked" in tag):
            found[values["name"]] = html.unescape(values.get("value", "on" if "checked" in tag else ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = html.unescape(chosen.group(1)) if chosen else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = html.unescape(text).strip()
    return found


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


def wait_for(port: int, house: "subprocess.Popen[bytes]") -> float:
    """Wait until the house answers; seconds that its first page took from then on."""
    until = time.monotonic() + 60
    while time.monotonic() < until and house.poll() is None:
        try:
            if asyncio.run(ask(port, "", "/healthz"))[0] == 200:
                return time.monotonic()
        except (OSError, IndexError, ValueError):
            time.sleep(0.05)
    raise SystemExit("✗ the house does not answer")


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
            status, _ = asyncio.run(ask(given.port, str(visitors[0]["session"]), "/"))
            print(f"{what} after the start: {(time.perf_counter() - began) * 1000:.0f} ms ({status})")
        crowd = Crowd(given.port, given.think, time.monotonic() + given.seconds, Seen())
        asyncio.run(all_of(crowd, visitors))
    finally:
        house.terminate()
        house.wait(20)
    where = "PostgreSQL" if env.get("DATABASE_URL", "").startswith("postgres") else "SQLite"
    print(f"{where}: {given.users} people, {given.seconds:.0f} s, think {given.think:.0f} s; {machine()}")
    told(crowd.seen, given.seconds)
    return 1 if crowd.seen.errors else 0


def told(seen: Seen, seconds: float) -> None:
    """The table."""
    every = [one for times in seen.seconds.values() for one in times]
    print(f"{'':<16}{'times':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
    for kind, times in [*sorted(seen.seconds.items()), ("all", every)]:
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [*times] * 99
        print(f"{kind:<16}{len(times):>7}" + "".join(f"{cuts[at] * 1000:>9.0f}" for at in (49, 94, 98)))
    print(f"{len(every) / seconds:.1f} requests and {seen.saved / seconds:.1f} saves a second;", end=" ")
    print(f"errors: {dict(seen.errors) or 'none'}   promised: p95 ≤ 500 ms, no error")


if __name__ == "__main__":
    raise SystemExit(main())
