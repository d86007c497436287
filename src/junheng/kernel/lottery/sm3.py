"""SM3 (GB/T 32905-2016) in plain Python, for machines whose library does not have it."""

from struct import pack, unpack

START: tuple[int, ...] = (
    0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E,
)  # fmt: skip
FULL = 0xFFFFFFFF
BLOCK = 64


def turn(word: int, by: int) -> int:
    """A 32-bit word turned left."""
    by %= 32
    return (word << by | word >> (32 - by)) & FULL if by else word


CONSTANTS = tuple(turn(0x79CC4519 if step < 16 else 0x7A879D8A, step) for step in range(64))


class Sm3:
    """A hash under way, with the part of hashlib's interface that a draw needs.

    >>> Sm3(b"abc").digest().hex()
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    """

    def __init__(self, start: bytes = b"") -> None:
        self.state = START
        self.rest = b""
        self.length = 0
        self.update(start)

    def update(self, content: bytes) -> None:
        """Take in more bytes."""
        self.length += len(content)
        content = self.rest + content
        whole = len(content) - len(content) % BLOCK
        for place in range(0, whole, BLOCK):
            self.state = compress(self.state, content[place : place + BLOCK])
        self.rest = content[whole:]

    def copy(self) -> "Sm3":
        """The same hash, to be continued elsewhere."""
        other = Sm3()
        other.state, other.rest, other.length = self.state, self.rest, self.length
        return other

    def digest(self) -> bytes:
        """The 32 bytes, of what was taken in so far."""
        padding = b"\x80" + bytes((55 - self.length) % BLOCK) + pack(">Q", self.length * 8)
        state, last = self.state, self.rest + padding
        for place in range(0, len(last), BLOCK):
            state = compress(state, last[place : place + BLOCK])
        return pack(">8I", *state)

    def hexdigest(self) -> str:
        """The same in lower-case letters and figures."""
        return self.digest().hex()


def compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """One block into the state: section 5.3 of the standard."""
    words = list(unpack(">16I", block))
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ turn(words[j - 3], 15)
        words.append(mixed ^ turn(mixed, 15) ^ turn(mixed, 23) ^ turn(words[j - 13], 7) ^ words[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        turned = turn(a, 12)
        first = turn((turned + e + CONSTANTS[j]) & FULL, 7)
        if j < 16:
            choice, parity = a ^ b ^ c, e ^ f ^ g
        else:
            choice, parity = a & b | a & c | b & c, e & f | ~e & FULL & g
        second = (choice + d + (first ^ turned) + (words[j] ^ words[j + 4])) & FULL
        third = (parity + h + first + words[j]) & FULL
        a, b, c, d = second, a, turn(b, 9), c
        e, f, g, h = third ^ turn(third, 9) ^ turn(third, 17), e, turn(f, 19), g
    return tuple(old ^ new for old, new in zip(state, (a, b, c, d, e, f, g, h), strict=True))
