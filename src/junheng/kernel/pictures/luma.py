"""A photo in small and grey: the mean brightness of every block of eight by eight, without opening the rest.

In a JPEG the first number of a block is its mean. To find the next block all codes of this one must be stepped over.
How far each code reaches is looked up for all places of the bits at once; what remains is one short step a code. A
progressive picture has its means in its first scan and nothing else there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.kernel.pictures.outline import Component, Outline, Segment, not_a_photo

DHT, DQT, DRI = 0xC4, 0xDB, 0xDD
RESTARTS = re.compile(rb"\xff[\xd0-\xd7]")
BLOCK = 64
WINDOW = 1 << 17
"""Bytes of which the steps are looked up at once."""
MARGIN = 1 << 12
"""Bytes at the end of a window in which no unit is begun: the longest unit has 10 blocks of 64 codes of 27 bits."""
OVER = 255
"""The step of bits that are no code: no block has so many numbers."""
Codes = dict[int, "npt.NDArray[np.int32]"]


@dataclass(frozen=True, slots=True)
class Plane:
    """A component in a scan, with the tables of its codes: ``means`` by 16 bits gives length·32 + size."""

    component: Component
    means: list[int]
    rest: "npt.NDArray[np.int32] | None"


def small_grey(data: bytes, outline: Outline) -> "npt.NDArray[np.int64]":
    """The means of the blocks of the brightness, row by row, about from 0 to 255·8; refuses bits that are no picture."""
    luma = outline.components[0]
    for scan, end in outline.scans:
        numbers = data[scan.body + 1 : scan.body + 1 + 2 * data[scan.body]]
        chosen = dict(zip(numbers[::2], numbers[1::2], strict=True))
        if luma.number in chosen:
            return decoded(data, outline, scan, end, chosen)
    raise not_a_photo("no brightness")


def decoded(
    data: bytes, outline: Outline, scan: Segment, end: int, chosen: dict[int, int]
) -> "npt.NDArray[np.int64]":
    """The means of the first component of a scan."""
    first, last, bits = data[scan.end - 3], data[scan.end - 2], data[scan.end - 1]
    progressive = outline.kind == "progressive"
    if (first, last) != ((0, 0) if progressive else (0, 63)) or bits >> 4:
        raise not_a_photo("unusual scan")
    tables, quant, every = tables_before(data, outline, scan)
    try:
        planes = [
            Plane(one, tables[which >> 4].tolist(), None if progressive else tables[16 + (which & 15)])
            for one in outline.components
            if (which := chosen.get(one.number)) is not None
        ]
    except KeyError:
        raise not_a_photo("no table") from None
    across, down = units_of(outline, planes)
    parts = RESTARTS.split(data[scan.end : end])
    means = np.fromiter(walk(parts, planes, across * down, every or across * down), dtype=np.int64)
    return (
        placed(means, planes[0].component, across, down, alone=len(planes) == 1, outline=outline)
        * (quant << (bits & 15))
        + 1024
    )


def units_of(outline: Outline, planes: list[Plane]) -> tuple[int, int]:
    """How many units a scan has across and down. A scan of one plane has a unit for each of its own blocks."""
    most_across = max(one.across for one in outline.components)
    most_down = max(one.down for one in outline.components)
    if len(planes) > 1:
        return -(-outline.width // (8 * most_across)), -(-outline.height // (8 * most_down))
    one = planes[0].component
    return -(-outline.width * one.across // (8 * most_across)), -(
        -outline.height * one.down // (8 * most_down)
    )


def placed(
    means: "npt.NDArray[np.int64]", luma: Component, across: int, down: int, *, alone: bool, outline: Outline
) -> "npt.NDArray[np.int64]":
    """The means in rows and columns, without the blocks that only fill the last units up."""
    a, d = (1, 1) if alone else (luma.across, luma.down)
    rows = means.reshape(down, across, d, a).transpose(0, 2, 1, 3).reshape(down * d, across * a)
    high = -(-outline.height * luma.down // (8 * max(one.down for one in outline.components)))
    wide = -(-outline.width * luma.across // (8 * max(one.across for one in outline.components)))
    return rows[:high, :wide]


def tables_before(data: bytes, outline: Outline, scan: Segment) -> tuple[Codes, int, int]:
    """The tables in force at a scan: codes by number (16 and up: of the rest), the first step of brightness, restarts."""
    tables: Codes = {}
    steps: dict[int, int] = {}
    every = 0
    which = 0
    for one in outline.segments:
        if one.begin >= scan.begin:
            break
        body = data[one.body : one.end]
        if one.marker == DHT:
            tables |= codes_in(body)
        elif one.marker == DQT:
            steps |= steps_in(body)
        elif one.marker == DRI:
            every = int.from_bytes(body[:2], "big")
        elif one.marker in {0xC0, 0xC1, 0xC2}:
            which = body[8]
    if which not in steps:
        raise not_a_photo("no table")
    return tables, steps[which], every


def steps_in(body: bytes) -> dict[int, int]:
    """By number of the table the step of its first number."""
    found, at = {}, 0
    while at < len(body):
        wide, number = body[at] >> 4, body[at] & 15
        found[number] = int.from_bytes(body[at + 1 : at + 2 + wide], "big")
        at += 1 + BLOCK * (1 + wide)
        if wide > 1 or at > len(body):
            raise not_a_photo("broken table")
    return found


def codes_in(body: bytes) -> Codes:
    """The tables of a segment: for every 16 bits the length of the code that they begin with, times 256, and its value."""
    found: Codes = {}
    at = 0
    while at + 17 <= len(body):
        lengths = body[at + 1 : at + 17]
        values = body[at + 17 : at + 17 + sum(lengths)]
        if len(values) != sum(lengths) or body[at] & 0xEC:
            raise not_a_photo("broken table")
        found[(body[at] >> 4) * 16 + (body[at] & 15)] = looked_up(lengths, values)
        at += 17 + len(values)
    if at != len(body):
        raise not_a_photo("broken table")
    return found


def looked_up(lengths: bytes, values: bytes) -> "npt.NDArray[np.int32]":
    """One table of codes, spread over all beginnings of 16 bits; 0 where no code begins so."""
    table = np.zeros(1 << 16, dtype=np.int32)
    code, place = 0, 0
    for length, count in enumerate(lengths, 1):
        for value in values[place : place + count]:
            low, high = code << (16 - length), (code + 1) << (16 - length)
            if high > 1 << 16:
                raise not_a_photo("broken table")
            table[low:high] = length * 256 + value
            code += 1
        place += count
        code <<= 1
    return table


def walk(parts: list[bytes], planes: list[Plane], units: int, every: int) -> Iterator[int]:
    """The means of the first plane in the order in which they are written; all parts must be there."""
    left = units
    for part in parts:
        yield from walk_part(part.replace(b"\xff\x00", b"\xff"), planes, min(every, left))
        left -= min(every, left)
        if not left:
            return
    raise not_a_photo("cut off")


def walk_part(data: bytes, planes: list[Plane], units: int) -> Iterator[int]:
    """The same between two restarts. This is where the time goes: it is written for speed."""
    alone = len(planes) == 1
    order = [
        (number, one.means)
        for number, one in enumerate(planes)
        for _ in range(1 if alone else one.component.across * one.component.down)
    ]
    padded = data + bytes(MARGIN * 2)
    mean, base, place, limit = 0, 0, 0, -1
    lengths: list[bytes] = []
    runs: list[bytes] = []
    for _ in range(units):
        if place > limit:
            base += place >> 3
            place &= 7
            if base > len(data):
                raise not_a_photo("cut off")
            window = padded[base : base + WINDOW]
            lengths, runs = stepped(window, planes)
            limit = (len(window) - MARGIN) * 8
        for number, codes in order:
            at = place >> 3
            bits = int.from_bytes(window[at : at + 6], "big")
            found = codes[(bits >> (32 - (place & 7))) & 0xFFFF]
            long, size = found >> 8, found & 255
            if not long or size > 11:
                raise not_a_photo("broken bits")
            if number == 0:
                if size:
                    value = (bits >> (48 - (place & 7) - long - size)) & ((1 << size) - 1)
                    mean += value if value >> (size - 1) else value - (1 << size) + 1
                yield mean
            place += long + size
            if runs:
                length, run = lengths[number], runs[number]
                done = 1
                while done < BLOCK:
                    done += run[place]
                    place += length[place]
                if done >= OVER:  # a block that ends early only steps over the rest
                    raise not_a_photo("broken bits")
    if base * 8 + place > len(data) * 8 + 7:
        raise not_a_photo("cut off")


def stepped(window: bytes, planes: list[Plane]) -> tuple[list[bytes], list[bytes]]:
    """For every place of the bits of a window: how long the code there is with its number, and how many numbers it says."""
    if planes[0].rest is None:
        return [], []
    octets = np.frombuffer(window + b"\0\0", dtype=np.uint8).astype(np.uint32)
    three = octets[:-2] << 16 | octets[1:-1] << 8 | octets[2:]
    starts = (three[:, None] >> np.arange(8, 0, -1, dtype=np.uint32)) & 0xFFFF
    flat = starts.ravel()
    made: dict[int, tuple[bytes, bytes]] = {}
    for one in planes:
        assert one.rest is not None
        if id(one.rest) not in made:
            made[id(one.rest)] = steps_at(one.rest, flat)
    both = [made[id(one.rest)] for one in planes]
    return [length for length, _ in both], [run for _, run in both]


def steps_at(table: "npt.NDArray[np.int32]", starts: "npt.NDArray[Any]") -> tuple[bytes, bytes]:
    """The steps of one table at every place."""
    long, value = table >> 8, table & 255
    size, zeros = value & 15, value >> 4
    run = np.where(size > 0, zeros + 1, np.where(zeros == 15, 16, BLOCK))
    run = np.where(long > 0, run, OVER)
    return (
        (long + size).astype(np.uint8)[starts].tobytes(),
        run.astype(np.uint8)[starts].tobytes(),
    )
