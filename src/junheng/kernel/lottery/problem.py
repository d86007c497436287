"""A draw as values: the closed list, who contributes to the seed, and the public values that come after.

The order of events is the proof. The list is closed and its root published with every commitment; only then are the
secrets revealed, and only after that comes into being the public value that nobody here controls.
"""

from dataclasses import dataclass

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery.digests import Algorithm, line

HEX = frozenset("0123456789abcdef")
EVERY_SCHOOL = "*"
"""The scope of a number that counts at all schools alike (one number a child)."""


def require_digest(text: str, what: str) -> None:
    """Refuse what is not the 64 lower-case letters and figures of a hash."""
    if len(text) != 64 or not set(text) <= HEX:
        raise Refusal(
            "not-a-digest",
            "{what}「{text}」不是 64 位小写十六进制校验值。请核对后重新填写。",
            what=what,
            text=text[:70],
        )


@dataclass(frozen=True, slots=True)
class Entrant:
    """One child of the closed list. ``record`` is what the family declared, in the fixed form that it got as receipt."""

    pid: str
    salt: str
    record: str

    def __post_init__(self) -> None:
        line(self.pid, self.salt)
        if not self.record.isascii() or not self.record.isprintable():
            line(self.record.replace("|", "/"))
        if self.record.split("|", 1)[0] != self.pid:
            raise Refusal(
                "record-of-another",
                "报名记录不是以本人编号 {pid} 开头。请检查名单文件。",
                pid=self.pid,
            )


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a contributor published before the draw: the hash of a nonce and a secret."""

    name: str
    digest: str

    def __post_init__(self) -> None:
        require_name(self.name)
        require_digest(self.digest, "承诺值")


@dataclass(frozen=True, slots=True)
class Reveal:
    """What the contributor opened on the day."""

    name: str
    nonce: str
    secret: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """All that is published when the list is closed. It fixes everything but the seed.

    ``beacons`` are names of public values in the order in which they are asked, each with the moment whose value
    counts: if the first fails the next one decides, and nobody chooses.
    """

    batch: str
    algorithm: Algorithm
    entrants: int
    root: str
    rules: str
    commitments: tuple[Commitment, ...]
    beacons: tuple[str, ...]
    fallback: str
    """The published value that stands for a contributor who does not reveal."""

    def __post_init__(self) -> None:
        line(self.batch, self.fallback)
        require_digest(self.root, "名单根")
        require_digest(self.rules, "规则校验值")
        if self.entrants < 1:
            raise Refusal("empty-list", "名单中没有任何报名，不能派位。请确认报名是否已截止。")
        names = [one.name for one in self.commitments] + list(self.beacons)
        for name in names:
            require_name(name)
        if len(set(names)) != len(names):
            raise Refusal("name-twice", "参与方与公共随机源不能重名。请改正后重新公布。")
        if not self.beacons:
            raise Refusal(
                "no-beacon",
                "没有公布公共随机源。至少写明一个在截止之后才产生、任何一方都不能控制的公开数值。",
            )
        if not self.fallback:
            raise Refusal("no-fallback", "没有公布参与方未揭示时代用的数值。请在公布名单时一并写明。")


@dataclass(frozen=True, slots=True)
class Seed:
    """The seed of one draw, and the contributions it was made of in their order: name and value."""

    value: str
    contributions: tuple[tuple[str, str], ...]


def require_name(name: str) -> None:
    """Refuse a name that could be mistaken in the string of the seed."""
    line(name)
    if not name or "=" in name:
        raise Refusal(
            "bad-name", "「{name}」不能作为参与方名称：不能为空，不能有等号。请改用代码。", name=name[:40]
        )
