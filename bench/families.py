"""The families of a city: an admission in eleven counties, a form for each child, and who sends them.

``python -m bench.families prepare N FILE PORT`` makes the admission and N drafts in the house of the environment and
writes every request of a sending into FILE, before any clock starts. The crowd itself is one process on the same
machine: what it takes counts against the house.
"""

# ruff: noqa: PLC0415 (Django is set up first)

import asyncio
import json
import os
import pickle
import random
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from bench.lines import Line, dial, request

SEND = "/registrations/send/"
COUNTIES, SCHOOLS = 11, 80
STREETS = tuple(
    f"{word}路" for word in ("文昌", "解放", "人民", "民主", "建设", "工业", "山阳", "丰收", "塔南", "焦东")
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林郑"
GIVEN = "明华芳强伟敏静丽军洋勇艳杰娟涛超霞平刚桂"
CHUNK = 2_000


def prepare(families: int, file: Path, port: int) -> None:
    """Make it all and write the requests down."""
    import django

    django.setup()
    from django.db import transaction

    from junheng.domains.registrations.actions.drafts import begun, insert_drafts, new_token
    from junheng.domains.registrations.queries.passes import give_pass
    from junheng.kernel.values.identity import check_digit

    intakes, now = make_admission(), datetime.now(UTC)
    dice = random.Random(2024)
    requests: list[bytes] = []
    for first in range(0, families, CHUNK):
        forms, drafts = [], []
        for place in range(first, min(first + CHUNK, families)):
            county = place % COUNTIES
            seventeen = unique_seventeen(place, county)
            forms.append(form_of(place, county, seventeen + check_digit(seventeen), dice))
            drafts.append(begun(intakes[county], token=new_token(), form=forms[-1], at=now))
        with transaction.atomic():
            rows = insert_drafts(drafts)
        for form, row in zip(forms, rows, strict=True):
            given = give_pass(
                intake=row.intake_id or 0, draft=row.pk, request_key=row.request_key, channel="phone", entered_by="",
                shown=frozenset(), at=now,
            )  # fmt: skip
            body = urlencode(form | {"truthful": "1", "pass": given}).encode()
            requests.append(request("POST", SEND, port, body=body))
    file.write_bytes(pickle.dumps(requests))


def unique_seventeen(place: int, county: int) -> str:
    """Seventeen digits that no other child has."""
    day = date(2017, 9, 1) + timedelta(days=place // 900 % 360)
    return f"{410802 + county}{day:%Y%m%d}{place % 900:03d}"


def form_of(place: int, county: int, number: str, dice: random.Random) -> dict[str, str]:
    """What one family fills in."""
    codes = dice.sample(range(SCHOOLS), 3)
    return {
        "name": dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN), "id_number": number,
        "guardian": dice.choice(SURNAMES) + dice.choice(GIVEN), "relation": dice.choice(("father", "mother")),
        "phone": f"139{place:08d}", "home_area": f"{410802 + county}", "street": dice.choice(STREETS),
        "number": str(dice.randint(1, 399)), "room": f"{dice.randint(1, 30)}号楼{dice.randint(1, 4)}单元{dice.randint(101, 1205)}",
        "has": "household,kin", **{f"choice{at}": school_code(county, code) for at, code in enumerate(codes, 1)},
    }  # fmt: skip


def school_code(county: int, place: int) -> str:
    """The code of a school."""
    return f"2141{county:02d}{place:04d}"


def make_admission() -> list[int]:
    """The city, its schools, an open admission in each county; the numbers of the admissions."""
    from django.utils import timezone

    from junheng.domains.areas.models import Area
    from junheng.domains.intakes.models import Catchment, Intake, Paper, PlanSchool, PlanVersion
    from junheng.domains.schools.models import School

    now, day = timezone.now(), timedelta(days=1)
    Area.objects.get_or_create(code="4108", defaults={"name": "焦作市", "kind": "city"})
    made = []
    for county in range(COUNTIES):
        code = f"{410802 + county}"
        Area.objects.get_or_create(code=code, defaults={"name": f"第{county + 1}区", "kind": "county"})
        intake = Intake.objects.create(
            code=f"bench-{code}", title=f"演示{county + 1}区小学招生", area_id=code, year=2024, stage="primary",
            state="published", born_by=date(2018, 8, 31), announce_by=now - 9 * day, opens_at=now - day,
            closes_at=now + day, checked_by=now + 2 * day, draw_at=now + 3 * day, release_at=now + 4 * day,
            reply_by=now + 5 * day, appeal_by=now + 6 * day, starts_on=date(2024, 9, 1),
        )  # fmt: skip
        version = PlanVersion.objects.create(
            intake=intake, area_id=code, number=1, state="published", digest="0" * 64
        )
        for place in range(SCHOOLS):
            school = School.objects.create(
                code=school_code(county, place), name=f"演示第{county + 1}–{place + 1}小学", area_id=code, kind="primary",
                nature="private" if place == 0 else "public", location="urban", since=date(2000, 9, 1),
            )  # fmt: skip
            plan = PlanSchool.objects.create(
                version=version, school=school, area_id=code, classes=6, class_size=45
            )
            if place < len(STREETS) * 4:
                low = place // len(STREETS) * 100
                Catchment.objects.create(
                    plan_school=plan,
                    area_id=code,
                    street=STREETS[place % len(STREETS)],
                    low=low,
                    high=low + 99,
                )
        Paper.objects.create(
            version=version, area_id=code, circumstance="household", label="户口簿", exchange="公安部门"
        )
        Paper.objects.create(version=version, area_id=code, circumstance="property", label="不动产权证")
        made.append(intake.pk)
    return made


@dataclass
class Met:
    """What the crowd met: seconds of each sending until it was accepted, its receipts, everything else."""

    seconds: list[float] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    waited: int = 0


async def crowd(port: int, requests: list[bytes], connections: int, *, met: Met | None = None) -> Met:  # fmt: skip
    """All of them, over so many connections, each sending the next as soon as it has an answer."""
    met, left = met or Met(), deque(requests)
    await asyncio.gather(*(sender(port, left, met) for _ in range(connections)))
    return met


async def sender(port: int, left: "deque[bytes]", met: Met) -> None:
    """One connection. Who is asked to wait waits and sends the same again; so does who gets no answer."""
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
            if answer.status == 503:
                met.waited += 1
                await asyncio.sleep(float(answer.header(b"Retry-After") or 1))
                continue
            met.answers[str(answer.status)] += 1
            if answer.status == 303 and (receipt := answer.header(b"X-Receipt")):
                met.seconds.append(time.perf_counter() - began)
                met.receipts.append(receipt)
            break
    if line is not None:
        line.close()


def flood(port: int, file: Path, connections: int, first: int, count: int) -> None:
    """Send a part of what was prepared, and print what was met as one line of JSON."""
    requests: list[bytes] = pickle.loads(file.read_bytes())[first : first + count]
    began, cpu = time.perf_counter(), sum(os.times()[:2])
    met = asyncio.run(crowd(port, requests, connections))
    took = time.perf_counter() - began
    seconds = sorted(met.seconds) or [0.0]
    print(
        json.dumps(
            {
                "sent": len(met.receipts), "wall": took, "cpu": sum(os.times()[:2]) - cpu, "waited": met.waited,
                "p50": seconds[len(seconds) // 2], "p99": seconds[int(len(seconds) * 0.99)], "most": seconds[-1],
                "answers": dict(met.answers), "distinct": len(set(met.receipts)),
            }
        )
    )  # fmt: skip


def count() -> None:
    """What is in the database, as one line of JSON."""
    import django

    django.setup()
    from junheng.domains.registrations.models import Application, Draft
    from junheng.platform.audit.history import verify
    from junheng.platform.audit.models import Entry

    rows = Application.objects.all()
    entries = Entry.objects.filter(table="registrations.application")
    broken = verify()
    print(
        json.dumps(
            {
                "rows": rows.count(), "entries": entries.values("row").distinct().count(),
                "children": rows.values("season", "pid").distinct().count(),
                "drafts": Draft.objects.filter(application__isnull=False).count(),
                "codes": sorted(rows.values_list("code", flat=True)) if "codes" in sys.argv else [],
                "chain": "whole" if broken is None else str(broken),
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1] == "count":
        count()
    elif sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
    else:
        flood(int(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6]))
