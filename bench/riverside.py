"""The wardens of a city with their phones: accounts, waters, records and photos, and who sends them.

``python -m bench.riverside prepare N EACH,EACH PHOTOS FILE PORT`` makes them in the house of the environment and writes every
request down before any clock starts. The crowd is one process on the same machine: what it takes counts against the house.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import asyncio
import hashlib
import json
import os
import pickle
import random
import sys
import time
import uuid
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.lines import Line, dial

WARDENS, WATERS = 120, 5
WARM = 40
"""Requests before the clock starts."""
PIECE = 2 * 1024 * 1024
"""What a phone sends at once when its network is good: it begins with less and doubles it."""
PHOTO = 5_000_000
TOKEN = "b" * 32


def prepare(records: int, sizes: list[int], photos: int, file: Path, port: int) -> None:
    """Make wardens and waters, and write down so many records in requests of each of these sizes, and photos."""
    import django

    django.setup()
    from django.utils import timezone

    wardens = make_wardens()
    now, dice = timezone.localtime(), random.Random(2024)
    minute: Counter[int] = Counter()
    requests: dict[int, list[bytes]] = {}
    for each in sizes:
        requests[each] = []
        for number in range(-(-records // each) + WARM):
            who = number % len(wardens)
            cookie, waters = wardens[who]
            told = []
            for _ in range(each):
                minute[who] += 7
                told.append(record(dice, waters, now - timedelta(minutes=minute[who] % 80_000)))
            body = json.dumps({"device": "bench", "sent_at": now.isoformat(), "records": told}).encode()
            requests[each].append(
                asking("POST", "/fieldwork/sync/", port, cookie, body, kind="application/json")
            )
    small, uploads = photograph(), []
    for number in range(photos):
        data = picture(number, small)
        digest = hashlib.sha256(data).hexdigest()
        uploads.append((digest, len(data), wardens[number % len(wardens)][0], number))
    first = [asking("GET", "/fieldwork/mine.json", port, cookie) for cookie, _ in wardens[:40]]
    file.write_bytes(pickle.dumps((requests, uploads, first, small)))


def record(dice: random.Random, waters: list[int], at: Any) -> dict[str, Any]:
    """A check as a phone writes it down; every tenth finds something."""
    hazard = dice.random() < 0.1
    return {
        "id": str(uuid.UUID(int=dice.getrandbits(128), version=4)), "water": dice.choice(waters),
        "checked_at": at.isoformat(timespec="seconds"),
        "place": {"lon": 113_240_000 + dice.randrange(900), "lat": 35_210_000 + dice.randrange(900), "accuracy": 15},
        "signs": {"mock": False, "fix_age": 4, "zone": 480}, "hazard": "警示牌倒伏" if hazard else "",
        "severity": "general" if hazard else "", "photos": [], "answers": {}, "base": None,
    }  # fmt: skip


def photograph() -> bytes:
    """A photo of twelve megapixels as a phone takes them, a little under five megabytes."""
    import io

    import numpy as np
    from PIL import Image

    dice = np.random.default_rng(2024)
    down, across = np.mgrid[0:3000, 0:4000]
    light = 128 + 60 * np.sin(across / 300) * np.cos(down / 200)
    pixels = light[:, :, None] + dice.normal(0, 9, (3000, 4000, 3))
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    for quality in range(96, 10, -2):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality)
        if out.tell() < PHOTO - 100:
            return out.getvalue()
    raise AssertionError("no quality makes it small enough")


def picture(number: int, data: bytes) -> bytes:
    """The photo with words of its own: another file of exactly five megabytes."""
    words, left = [], PHOTO - len(data)
    while left > 4:
        size = min(left - 4, 65_000)
        words.append(b"\xff\xfe" + (size + 2).to_bytes(2, "big") + str(number).encode().ljust(size))
        left -= size + 4
    return data[:2] + b"".join(words) + data[2:]


def make_wardens() -> list[tuple[str, list[int]]]:
    """Their cookies and the numbers of their waters."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from junheng.domains.areas.models import Area
    from junheng.domains.people.models import Person
    from junheng.domains.waters.models import Assignment, Water
    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role
    from junheng.platform.accounts.moments import SEEN, SIGNED

    store = import_module(settings.SESSION_ENGINE).SessionStore
    begun, signed = date(2020, 1, 1), int(time.time())
    for code, name, kind in (
        ("4108", "焦作市", "city"),
        ("410802", "解放区", "county"),
        ("410802001", "民生街道", "township"),
    ):
        Area.objects.get_or_create(code=code, defaults={"name": name, "kind": kind})
    found = []
    for number in range(WARDENS):
        user = User.objects.create(username=f"bank-{number}")
        Grant.objects.create(user=user, role=Role.TOWNSHIP_WARDEN, area="410802001", since=begun)
        person = Person.objects.create(
            code=f"P{number:05d}",
            name=f"演示{number}",
            area_id="410802001",
            post="街道副主任",
            user=user,
            since=begun,
        )
        waters = []
        for place in range(WATERS):
            water = Water.objects.create(
                code=f"W{number:04d}{place}", name=f"演示河段{number}–{place}", area_id="410802001", kind="river", risk="high",
                owner="河道管理所", longitude=113_240_500, latitude=35_210_500, since=begun,
            )  # fmt: skip
            Assignment.objects.create(
                water=water, person=person, area_id="410802001", level="township", since=begun
            )
            waters.append(water.pk)
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[SIGNED] = session[SEEN] = signed
        session.save()
        found.append((f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={TOKEN}", waters))
    return found


def asking(
    method: str,
    path: str,
    port: int,
    cookie: str,
    body: bytes = b"",
    *,
    kind: str = "image/jpeg",
    **headers: int,
) -> bytes:
    """The bytes of a request of somebody who is signed in."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nX-CSRFToken: {TOKEN}\r\n"
    )
    head += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    if body:
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body


@dataclass
class Met:
    """What the phones met: seconds of each request, receipts by state, refusals, everything else."""

    seconds: list[float] = field(default_factory=list)
    receipts: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    largest: int = 0


async def asked(port: int, left: "deque[bytes]", met: Met) -> None:
    """One connection; who gets no answer asks the same again."""
    line: Line | None = None
    while left:
        one = left.popleft()
        began = time.perf_counter()
        while True:
            try:
                if line is None or not line.is_open:
                    line = await dial(port)
                answer = await line.ask(one)
            except OSError as why:
                met.answers[type(why).__name__] += 1
                line = None
                await asyncio.sleep(0.05)
                continue
            if answer.status in {500, 502, 503}:
                met.answers[str(answer.status)] += 1
                await asyncio.sleep(0.2)
                continue
            break
        met.answers[str(answer.status)] += 1
        met.seconds.append(time.perf_counter() - began)
        met.largest = max(met.largest, len(answer.body))
        if answer.status == 200 and b'"receipts"' in answer.body:
            for receipt in json.loads(answer.body)["receipts"]:
                met.receipts[receipt["id"]] = receipt["state"]
    if line is not None:
        line.close()


async def uploaded(port: int, left: "deque[tuple[str, int, str, int]]", met: Met, small: bytes) -> None:
    """One connection that sends photos, a piece at a time."""
    line = await dial(port)
    while left:
        digest, size, cookie, number = left.popleft()
        data = picture(number, small)
        began = time.perf_counter()
        for offset in range(0, size, PIECE):
            body = data[offset : offset + PIECE]
            answer = await line.ask(
                asking(
                    "PATCH",
                    f"/fieldwork/photos/{digest}/",
                    port,
                    cookie,
                    body,
                    Upload_Offset=offset,
                    Upload_Length=size,
                )
            )
            met.answers[str(answer.status)] += 1
        met.seconds.append(time.perf_counter() - began)
    line.close()


def flood(port: int, file: Path, what: str, connections: int, first: int, count: int) -> None:
    """Send a part of what was prepared, and print what was met as one line of JSON."""
    requests, uploads, fetches, small = pickle.loads(file.read_bytes())
    met = Met()
    every: dict[str, Any] = {"photos": uploads, "fetch": fetches} | {
        str(each): one for each, one in requests.items()
    }
    chosen: deque[Any] = deque(every[what][first : first + count])
    began, cpu = time.perf_counter(), sum(os.times()[:2])

    async def all_of_them() -> None:
        if what == "photos":
            await asyncio.gather(*(uploaded(port, chosen, met, small) for _ in range(connections)))
        else:
            await asyncio.gather(*(asked(port, chosen, met) for _ in range(connections)))

    asyncio.run(all_of_them())
    seconds = sorted(met.seconds) or [0.0]
    print(
        json.dumps(
            {
                "requests": len(met.seconds), "wall": time.perf_counter() - began, "cpu": sum(os.times()[:2]) - cpu,
                "p50": seconds[len(seconds) // 2], "p99": seconds[int(len(seconds) * 0.99)], "answers": dict(met.answers),
                "receipts": len(met.receipts), "states": dict(Counter(met.receipts.values())), "largest": met.largest,
            }
        )
    )  # fmt: skip


def count() -> None:
    """What is in the database, as one line of JSON."""
    import django

    django.setup()
    from junheng.domains.fieldwork.models import FieldPhoto, FieldRecord, FieldVersion
    from junheng.domains.patrols.models import Check
    from junheng.platform.audit.history import verify
    from junheng.platform.audit.models import Entry

    broken = verify()
    print(
        json.dumps(
            {
                "records": FieldRecord.objects.count(), "checks": Check.objects.count(), "versions": FieldVersion.objects.count(),
                "entries": Entry.objects.filter(table="fieldwork.fieldrecord").count(),
                "photos": FieldPhoto.objects.filter(state="whole").count(),
                "ids": sorted(FieldRecord.objects.values_list("uuid", flat=True)) if "ids" in sys.argv else [],
                "chain": "whole" if broken is None else str(broken),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "count":
        count()
    elif sys.argv[1] == "prepare":
        prepare(
            int(sys.argv[2]),
            [int(one) for one in sys.argv[3].split(",")],
            int(sys.argv[4]),
            Path(sys.argv[5]),
            int(sys.argv[6]),
        )
    else:
        flood(
            int(sys.argv[2]),
            Path(sys.argv[3]),
            sys.argv[4],
            int(sys.argv[5]),
            int(sys.argv[6]),
            int(sys.argv[7]),
        )
