"""Photographs for tests: a small JPEG writer after ITU-T T.81, so that no library is needed and every byte is known."""

import math
import random
import struct
from collections.abc import Callable, Iterator

Grey = Callable[[int, int], int]
ZIGZAG = sorted(
    ((x, y) for x in range(8) for y in range(8)),
    key=lambda p: (p[0] + p[1], p[1] if (p[0] + p[1]) % 2 else -p[1]),
)
DC_LENGTHS, DC_VALUES = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]), bytes(range(12))
QUANT = bytes([8] + [20] * 63)
COS = [[math.cos((2 * x + 1) * u * math.pi / 16) for u in range(8)] for x in range(8)]


def ac_table() -> tuple[bytes, bytes]:
    """Codes of up to 16 signs for every run and size a block can have: simple, and long enough to be no special case."""
    values = [0x00, 0xF0] + [run << 4 | size for size in range(1, 11) for run in range(16)]
    lengths = [0] * 16
    lengths[1], lengths[15] = 1, 0  # one short code, the rest of eight to nine signs
    lengths[8] = len(values) - 1
    return bytes(lengths), bytes(values)


def codes(lengths: bytes, values: bytes) -> dict[int, tuple[int, int]]:
    """By value the code and its length."""
    found, code, place = {}, 0, 0
    for length, count in enumerate(lengths, 1):
        for value in values[place : place + count]:
            found[value] = (code, length)
            code += 1
        place += count
        code <<= 1
    return found


AC_LENGTHS, AC_VALUES = ac_table()
DC, AC = codes(DC_LENGTHS, DC_VALUES), codes(AC_LENGTHS, AC_VALUES)


class Bits:
    """Writes signs one behind the other, with the zero byte that JPEG puts behind 0xFF."""

    def __init__(self) -> None:
        self.out, self.held, self.count = bytearray(), 0, 0

    def put(self, value: int, length: int) -> None:
        self.held = self.held << length | value
        self.count += length
        while self.count >= 8:
            self.count -= 8
            octet = self.held >> self.count & 255
            self.out += bytes([octet, 0]) if octet == 255 else bytes([octet])
        self.held &= (1 << self.count) - 1

    def end(self) -> bytes:
        if self.count:
            self.put((1 << (8 - self.count)) - 1, 8 - self.count)
        return bytes(self.out)


def size_of(value: int) -> int:
    return abs(value).bit_length()


def signed(value: int, size: int) -> int:
    return value if value > 0 else value + (1 << size) - 1


def transformed(grey: Grey, left: int, top: int) -> list[int]:
    """The 64 numbers of a block, quantised, in zigzag order."""
    block = [[grey(left + x, top + y) - 128 for x in range(8)] for y in range(8)]
    out = []
    for place, (u, v) in enumerate(ZIGZAG):
        total = sum(block[y][x] * COS[x][u] * COS[y][v] for y in range(8) for x in range(8))
        scale = (0.5 if u and v else 1 / math.sqrt(8) / 1 if u or v else 0) or 0.125
        if (u == 0) != (v == 0):
            scale = 0.25 * math.sqrt(0.5)
        elif u and v:
            scale = 0.25
        out.append(round(total * scale / QUANT[place]))
    return out


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def exif(*, taken: str = "", turned: int = 1, lon: int | None = None, lat: int | None = None) -> bytes:
    """A segment in which a camera says when, where and how it was held; places in millionths of a degree."""
    data = bytearray(b"II*\0\x08\0\0\0")
    heap = bytearray()
    gps = lon is not None and lat is not None
    main = 1 + bool(taken) + gps
    base = 8 + 2 + 12 * main + 4

    def entry(tag: int, kind: int, count: int, value: bytes, at: int) -> bytes:
        if len(value) <= 4:
            return struct.pack("<HHI", tag, kind, count) + value.ljust(4, b"\0")
        place = at + len(heap)
        heap.extend(value)
        return struct.pack("<HHII", tag, kind, count, place)

    first = struct.pack("<H", main) + entry(0x0112, 3, 1, struct.pack("<H", turned), base)
    if taken:
        text = taken.encode() + b"\0"
        place = base + len(heap)
        heap.extend(struct.pack("<HHHII", 1, 0x9003, 2, len(text), place + 18) + b"\0\0\0\0" + text)
        first += struct.pack("<HHII", 0x8769, 4, 1, place)
    if gps:
        assert lon is not None
        assert lat is not None

        def angle(value: int) -> bytes:
            return struct.pack("<IIIIII", abs(value), 1_000_000, 0, 1, 0, 1)

        place = base + len(heap)
        sub = place + 2 + 12 * 4 + 4
        heap.extend(
            struct.pack("<H", 4)
            + struct.pack("<HHI", 1, 2, 2) + (b"N\0\0\0" if lat >= 0 else b"S\0\0\0")
            + struct.pack("<HHII", 2, 5, 3, sub)
            + struct.pack("<HHI", 3, 2, 2) + (b"E\0\0\0" if lon >= 0 else b"W\0\0\0")
            + struct.pack("<HHII", 4, 5, 3, sub + 24)
            + b"\0\0\0\0" + angle(lat) + angle(lon)
        )  # fmt: skip
        first += struct.pack("<HHII", 0x8825, 4, 1, place)
    data += first + b"\0\0\0\0" + heap
    return segment(0xE1, b"Exif\0\0" + bytes(data))


def photo(
    grey: Grey,
    width: int = 72,
    height: int = 64,
    *,
    colours: bool = False,
    progressive: bool = False,
    restart: int = 0,
    words: bytes = b"",
) -> bytes:
    """A JPEG whose brightness is ``grey(x, y)``; in colours it has four blocks of brightness in a unit (4:2:0)."""
    across, down = (2, 2) if colours else (1, 1)
    parts = [b"\xff\xd8", words, segment(0xDB, b"\0" + QUANT)]
    planes = [(1, across * 16 + down), (2, 0x11), (3, 0x11)][: 3 if colours else 1]
    frame = struct.pack(">BHHB", 8, height, width, len(planes)) + b"".join(
        bytes([n, f, 0]) for n, f in planes
    )
    parts.append(segment(0xC2 if progressive else 0xC0, frame))
    parts.append(
        segment(0xC4, b"\0" + DC_LENGTHS + DC_VALUES) + segment(0xC4, b"\x10" + AC_LENGTHS + AC_VALUES)
    )
    if restart:
        parts.append(segment(0xDD, struct.pack(">H", restart)))
    head = bytes([len(planes)]) + b"".join(bytes([n, 0]) for n, _f in planes)
    parts.append(segment(0xDA, head + (b"\0\0\0" if progressive else b"\0\x3f\0")))
    parts.append(scan(grey, width, height, across, down, planes, restart, progressive))
    return b"".join([*parts, b"\xff\xd9"])


def scan(
    grey: Grey,
    width: int,
    height: int,
    across: int,
    down: int,
    planes: list[tuple[int, int]],
    restart: int,
    progressive: bool,
) -> bytes:
    out, bits, before, done = b"", Bits(), [0] * len(planes), 0
    for number, (unit_x, unit_y) in enumerate(units(width, height, 8 * across, 8 * down)):
        if restart and number and number % restart == 0:
            out += bits.end() + bytes([0xFF, 0xD0 + done % 8])
            bits, before, done = Bits(), [0] * len(planes), done + 1
        for plane in range(len(planes)):
            for y in range(down if plane == 0 else 1):
                for x in range(across if plane == 0 else 1):
                    block = (
                        transformed(grey, unit_x + 8 * x, unit_y + 8 * y) if plane == 0 else [3, 1] + [0] * 62
                    )
                    before[plane] = write_block(bits, block, before[plane], only_mean=progressive)
    return out + bits.end()


def units(width: int, height: int, wide: int, high: int) -> Iterator[tuple[int, int]]:
    for top in range(0, height, high):
        for left in range(0, width, wide):
            yield left, top


def write_block(bits: Bits, block: list[int], before: int, *, only_mean: bool) -> int:
    change = block[0] - before
    size = size_of(change)
    bits.put(*DC[size])
    if size:
        bits.put(signed(change, size), size)
    if only_mean:
        return block[0]
    run = 0
    for value in block[1:]:
        if not value:
            run += 1
            continue
        while run > 15:
            bits.put(*AC[0xF0])
            run -= 16
        size = size_of(value)
        bits.put(*AC[run << 4 | size])
        bits.put(signed(value, size), size)
        run = 0
    if run:
        bits.put(*AC[0])
    return block[0]


def scene(seed: int, width: int = 72, height: int = 64) -> Grey:
    """A picture of its own for every seed: soft hills of light and dark that cover it."""
    dice = random.Random(seed)
    hills = [
        (dice.uniform(0, width), dice.uniform(0, height), dice.uniform(8, 30), dice.uniform(-110, 110))
        for _ in range(9)
    ]

    def grey(x: int, y: int) -> int:
        total = 128 + sum(
            high * math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * wide * wide))
            for cx, cy, wide, high in hills
        )
        return max(0, min(255, round(total)))

    return grey


def picture(seed: int, **given: object) -> bytes:
    """A small photo that is like no other."""
    return photo(scene(seed), **given)  # type: ignore[arg-type]
