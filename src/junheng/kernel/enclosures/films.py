"""A film: MP4 (with what phones call MOV) or WebM, looked through while it comes, a stretch at a time.

Of an MP4 every box that only says things (where and with what it was filmed, by whom) is emptied on the way: it keeps
its length, so that nothing else in the film moves. What is shown or heard is not touched.
"""

from abc import ABC, abstractmethod

from junheng.kernel.enclosures.refusals import broken

MP4, WEBM = "video/mp4", "video/webm"
MEDIA = (MP4, WEBM)
BRANDS = frozenset({
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4VH", b"qt  ",
    b"3gp4", b"3gp5", b"3gp6", b"MSNV",
})  # fmt: skip
HOLDING = frozenset({b"moov", b"trak", b"mdia", b"moof", b"traf"})
"""Boxes that are looked into."""
TELLING = frozenset({b"udta", b"meta", b"uuid"})
"""Boxes that only say things."""
EBML, SEGMENT, CLUSTER = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
DEEPEST = 8


def film_in(start: bytes) -> str:
    r"""Which film begins so; empty where none does.

    >>> film_in(b"\x00\x00\x00\x18ftypmp42"), film_in(b"\x00\x00\x00\x18ftypheic"), film_in(b"RIFF")
    ('video/mp4', '', '')
    """
    if start[4:8] == b"ftyp" and start[8:12] in BRANDS:
        return MP4
    return WEBM if start.startswith(EBML) and b"webm" in start[:64] else ""


class Film(ABC):
    """A film on its way."""

    media = ""

    @staticmethod
    def begun(start: bytes) -> "Film":
        """The one that begins so."""
        return Boxes() if film_in(start) == MP4 else Clusters()

    @abstractmethod
    def feed(self, data: bytes) -> bytes:
        """The next stretch as it is kept."""

    @abstractmethod
    def finish(self) -> None:
        """Refuse a film that ends too early, or has no pictures."""


class Boxes(Film):
    """An MP4: boxes in boxes, each with its length and its name."""

    media = MP4

    def __init__(self) -> None:
        self.head = bytearray()
        self.left: int | None = 0
        """Bytes of the box that is being passed on; ``None``: it goes on to the end."""
        self.emptying = False
        self.within: list[int] = []
        """How much is left of each box that is being looked into, the outermost first."""
        self.seen: set[bytes] = set()

    def feed(self, data: bytes) -> bytes:
        out, place = bytearray(), 0
        while place < len(data):
            if self.left is None:
                out += data[place:]
                break
            if self.left:
                taken = data[place : place + self.left]
                out += bytes(len(taken)) if self.emptying else taken
                self.left -= len(taken)
                self.count(len(taken))
            else:
                taken = data[place : place + self.wanted() - len(self.head)]
                self.head += taken
                if len(self.head) == self.wanted():
                    out += self.begin()
            place += len(taken)
        return bytes(out)

    def wanted(self) -> int:
        """How long the head of the next box is, as far as that is known."""
        return 16 if len(self.head) >= 4 and self.head[:4] == b"\x00\x00\x00\x01" else 8

    def begin(self) -> bytes:
        """The head of a box, as it is passed on; from here on its bytes are known for what they are."""
        head, name = bytes(self.head), bytes(self.head[4:8])
        self.head.clear()
        size = int.from_bytes(head[8:16] if len(head) == 16 else head[:4], "big")
        self.seen.add(name)
        if size == 0 and not self.within and name == b"mdat":
            self.left = None
            return head
        if size < len(head) or any(size > left for left in self.within) or len(self.within) > DEEPEST:
            raise broken("MP4", "box")
        self.count(len(head))
        rest = size - len(head)
        if name in HOLDING and rest:
            self.within.append(rest)
            return head
        self.left, self.emptying = rest, name in TELLING
        return head[:4] + b"free" + head[8:] if self.emptying else head

    def count(self, taken: int) -> None:
        """Take bytes off the boxes that they lie in; those that are over are left."""
        self.within = [left - taken for left in self.within]
        while self.within and self.within[-1] <= 0:
            if self.within.pop() < 0:
                raise broken("MP4", "box")

    def finish(self) -> None:
        if self.head or self.left or self.within:
            raise broken("MP4", "cut off")
        if not {b"moov", b"mdat"} <= self.seen:
            raise broken("MP4", "no pictures")


class Clusters(Film):
    """A WebM: it is passed on as it is, and must have a part with pictures."""

    media = WEBM

    def __init__(self) -> None:
        self.tail = b""
        self.seen: set[bytes] = set()

    def feed(self, data: bytes) -> bytes:
        text = self.tail + data
        self.seen |= {one for one in (SEGMENT, CLUSTER) if one in text}
        self.tail = text[-3:]
        return data

    def finish(self) -> None:
        if {SEGMENT, CLUSTER} - self.seen:
            raise broken("WebM", "no pictures")
