"""One request as a browser sends it, one form as it fills it in, and what the processes behind it used."""

import asyncio
import html
import os
import re
from dataclasses import dataclass
from pathlib import Path

TOKEN = "k" * 32
PATIENCE = 30.0
TICKS = os.sysconf("SC_CLK_TCK")
TAG = re.compile(r"<input[^>]*>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
SELECT = re.compile(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)" selected')
TEXT = re.compile(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``both`` where a colleague had saved in between and the page shows both versions."""

    status: int
    text: str

    @property
    def both(self) -> bool:
        return (
            self.status == 409 and 'aria-labelledby="merge"' in self.text and 'class="card edit"' in self.text
        )


async def ask(port: int, session: str, path: str, body: str | None = None) -> Answer:
    """One request on a connection of its own."""
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
    first, _, text = answer.partition(b"\r\n\r\n")
    return Answer(int(first.split(b" ", 2)[1]), text.decode("utf-8", "replace"))


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form of a row."""
    form = page[page.index('class="card edit"') :].partition("</form>")[0]
    found = {}
    for tag in TAG.findall(form):
        values = dict(ATTRIBUTE.findall(tag))
        if "name" in values and (values.get("type") not in {"checkbox", "radio"} or " checked" in tag):
            found[values["name"]] = html.unescape(values.get("value", "on" if "checked" in tag else ""))
    for name, options in SELECT.findall(form):
        chosen = CHOSEN.search(options)
        found[name] = html.unescape(chosen.group(1)) if chosen else ""
    for name, text in TEXT.findall(form):
        found[name] = html.unescape(text).strip()
    return found


def cpu_of(root: int) -> float:
    """CPU seconds that a process and all that it started have used so far; 0 where the kernel does not tell."""
    used: dict[int, float] = {}
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:  # ended while it was looked at
            continue
        number = int(stat.parent.name)
        parents[number] = int(fields[1])
        used[number] = (int(fields[11]) + int(fields[12])) / TICKS
    return sum(seconds for number, seconds in used.items() if root in line_of(number, parents))


def line_of(number: int, parents: dict[int, int]) -> list[int]:
    """A process and those it comes from."""
    line = []
    while number and number not in line:
        line.append(number)
        number = parents.get(number, 0)
    return line
