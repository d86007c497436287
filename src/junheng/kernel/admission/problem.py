"""One admission as values: rules with their seats, and for every child the record that the closed list fixes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.kernel.errors import Refusal
from junheng.kernel.matching import Group

NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Bid:
    """One group that a child asks, with the tier and score by which it counts there (decided before the list closed)."""

    group: str
    tier: int
    score: int = 0

    def __str__(self) -> str:
        return f"{self.group}:{self.tier}:{self.score}"


@dataclass(frozen=True, slots=True)
class Record:
    """A child's record: whom it asks, best first, and with whose number (its own, or that of a twin bound to it)."""

    pid: str
    bids: tuple[Bid, ...]
    bound: str = NOWHERE

    def __str__(self) -> str:
        return f"{self.pid}|{written(self.bids)}|{self.bound}"


def written(bids: Sequence[Bid]) -> str:
    """Several bids as the list has them."""
    return ";".join(map(str, bids))


@dataclass(frozen=True, slots=True)
class Floor:
    """The lowest score that a group admits: ``at_least``, and not more than ``less`` under the line of another group."""

    at_least: int = 0
    line_of: str | None = None
    less: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One stage of the rules: its groups, whether only a child's first one of them counts, floors, and releases."""

    groups: tuple[str, ...]
    first: bool = False
    floors: Mapping[str, Floor] = field(default_factory=dict)
    releases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The groups with their seats and the stages; none where all groups are filled at once."""

    groups: tuple[Group, ...]
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        for code in self.codes:
            if not code or not code.isascii() or not code.isprintable() or set(code) & set(",;:|"):
                raise Refusal(
                    "bad-group-code",
                    "名额组代码「{group}」只能由英文字母、数字和短横线组成。请改正后重新公布。",
                    group=code[:40],
                )

    @property
    def codes(self) -> list[str]:
        """The codes of the groups in their order."""
        return [one.code for one in self.groups]

    def file(self) -> bytes:
        """The rules as they are published, in the one form whose digest is announced."""
        codes = self.codes
        groups = [
            {
                "code": one.code,
                "capacity": one.capacity,
                "ties": one.ties.value,
                "release_to": None if one.release_to is None else codes[one.release_to],
            }
            for one in self.groups
        ]
        stages = [
            {
                "groups": sorted(part.groups),
                "first": part.first,
                "floors": {
                    code: {"at_least": one.at_least, "line_of": one.line_of, "less": one.less}
                    for code, one in part.floors.items()
                },
                "releases": dict(part.releases),
            }
            for part in self.parts
        ]
        return canonical({"groups": groups, "stages": stages})


def canonical(value: Any) -> bytes:
    r"""A value as JSON in one form only: keys sorted, no blanks, ASCII, a line feed at the end.

    >>> canonical({"b": 1, "a": "均"})
    b'{"a":"\\u5747","b":1}\n'
    """
    return (json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n").encode("ascii")
