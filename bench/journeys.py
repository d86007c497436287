"""Whole ways of families: ``python -m bench.journeys PORT N``, from the first page to the receipt, with a photo.

Each family reads the page of its admission, begins, fills in four steps (each saved and answered with the next page),
uploads a photo of some hundred kilobytes, looks everything over, sends it and reads its receipt: all that a phone does
but for style sheets, which it keeps. Steps come into the open page, as they do in every browser with scripts; with
``--plain`` each is sent and then fetched from its address, as without. Nobody thinks: what is measured is what the house
can do.
"""

import asyncio
import html
import json
import os
import random
import re
import sys
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.families import COUNTIES, SEND, form_of, unique_seventeen
from bench.lines import Answer, Line, dial, request
from junheng.kernel.values.identity import check_digit

AT_ONCE = 32
FIRST = 500_000
"""Children of journeys are others than those of the sendings."""
PHOTO = b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(300_000)
EDGE = "----junheng"
IN_PLACE = "HX-Request: true\r\nHX-Target: main\r\n"
"""What a browser with scripts says of a step that it sends: its page stays open, and only the middle is replaced."""
STEPS = {
    1: ("name", "id_number", "guardian", "relation", "phone"),
    2: ("home_area", "street", "number", "room"),
    4: ("choice1", "choice2", "choice3"),
}


@dataclass
class Met:
    """What the journeys met."""

    seconds: list[float] = field(default_factory=list)
    slowest: list[float] = field(default_factory=list)
    requests: int = 0
    answers: Counter[str] = field(default_factory=Counter)


class Phone:
    """One browser: its connection and its cookies."""

    def __init__(self, port: int, met: Met, *, in_place: bool = True) -> None:
        self.port, self.met, self.in_place = port, met, in_place
        self.cookies: dict[str, str] = {}
        self.line: Line | None = None

    async def ask(self, method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded") -> Answer:  # fmt: skip
        """One request; its cookies are kept. Who is asked to wait waits."""
        while True:
            if self.line is None or not self.line.is_open:
                self.line = await dial(self.port)
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            began = time.perf_counter()
            more = IN_PLACE if self.in_place and method == "POST" and path != SEND else ""
            answer = await self.line.ask(
                request(method, path, self.port, body=body, cookies=cookies, kind=kind, more=more)
            )
            self.met.slowest.append(time.perf_counter() - began)
            self.met.requests += 1
            if answer.status == 503:
                await asyncio.sleep(float(answer.header(b"Retry-After") or 1))
                continue
            for one in re.findall(rb"(?i)\r\nset-cookie: *(\w+)=([^;\r]*)", answer.head):
                self.cookies[one[0].decode()] = one[1].decode()
            return answer

    async def follow(self, answer: Answer) -> Answer:
        """The page that an answer leads to."""
        return await self.ask("GET", answer.header(b"Location")) if answer.status in {302, 303} else answer


async def journey(phone: Phone, place: int, dice: random.Random) -> bool:
    """One family; whether it ended with a receipt."""
    county = place % COUNTIES
    seventeen = unique_seventeen(FIRST + place, county)
    form = form_of(FIRST + place, county, seventeen + check_digit(seventeen), dice)
    page = await phone.ask("GET", f"/registrations/intakes/bench-{410802 + county}/")
    page = await phone.follow(
        await phone.ask("POST", f"/registrations/intakes/bench-{410802 + county}/start/", sent(page, {}))
    )
    for number in (1, 2):
        filled = {name: form[name] for name in STEPS[number]}
        page = await phone.follow(
            await phone.ask("POST", f"/registrations/step/{number}/", sent(page, filled))
        )
    body = photo({"csrfmiddlewaretoken": token(page), "go": "next", "has": "property"})
    kind = f"multipart/form-data; boundary={EDGE}"
    page = await phone.follow(await phone.ask("POST", "/registrations/step/3/", body, kind))
    filled = {name: form[name] for name in STEPS[4]}
    page = await phone.follow(await phone.ask("POST", "/registrations/step/4/", sent(page, filled)))
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.body.decode())
    fields = {name: html.unescape(value) for name, value in hidden} | {"truthful": "1"}
    answer = await phone.ask("POST", SEND, urlencode(fields).encode())
    page = await phone.follow(answer)
    if answer.status in {302, 303} and page.status == 200 and b"data-record" in page.body:
        return True
    phone.met.answers[f"{answer.status}, {page.status}"] += 1
    return False


def token(page: Answer) -> str:
    """The token of the page's form."""
    found = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
    return found[1].decode() if found else ""


def sent(page: Answer, fields: dict[str, str]) -> bytes:
    """A form as a browser sends it."""
    return urlencode({"csrfmiddlewaretoken": token(page), "go": "next"} | fields).encode()


def photo(fields: dict[str, str]) -> bytes:
    """Step 3 with a photo."""
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="photo_property"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return b"".join([*parts, head.encode(), PHOTO, f"\r\n--{EDGE}--\r\n".encode()])


async def walker(port: int, left: "deque[int]", met: Met, *, in_place: bool) -> None:
    """Families one after the other."""
    while left:
        place = left.popleft()
        phone, began = Phone(port, met, in_place=in_place), time.perf_counter()
        try:
            if await journey(phone, place, random.Random(place)):
                met.seconds.append(time.perf_counter() - began)
        except OSError as why:
            met.answers[type(why).__name__] += 1
        if phone.line is not None:
            phone.line.close()


async def all_of(port: int, families: int, *, in_place: bool = True) -> Met:
    """So many families, some at once."""
    met, left = Met(), deque(range(families))
    await asyncio.gather(*(walker(port, left, met, in_place=in_place) for _ in range(AT_ONCE)))
    return met


if __name__ == "__main__":
    started, cpu = time.perf_counter(), sum(os.times()[:2])
    found = asyncio.run(all_of(int(sys.argv[1]), int(sys.argv[2]), in_place="--plain" not in sys.argv))
    pages = sorted(found.slowest) or [0.0]
    print(
        json.dumps(
            {
                "sent": len(found.seconds) or 1, "wall": time.perf_counter() - started,
                "cpu": sum(os.times()[:2]) - cpu, "p50": pages[len(pages) // 2], "p99": pages[int(len(pages) * 0.99)],
                "most": pages[-1], "requests": round(found.requests / max(1, len(found.seconds)), 1),
                "answers": dict(found.answers),
            }
        )
    )  # fmt: skip
