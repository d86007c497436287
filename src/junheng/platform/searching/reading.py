"""How Chinese names are read: syllables, and the initials of every reading that a character has."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import Any, NamedTuple

RUNS = re.compile(r"[\x00-\x7f]|[^\x00-\x7f]+")
"""Parts of a name: ordinary signs each alone, everything else together, because words are read as words."""
PARTS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")
"""The same, with ordinary signs together."""
SIGNS = re.compile(r"[\x00-\x7f]+")
"""Ordinary signs together, such as the number of a school."""
HERE = "\x00"
"""Where the number of a school stands among the words of its name."""
MOST = 16
"""Readings of a whole name that are kept. Beyond, one character at a time is read otherwise."""


def apart(signs: str) -> Any:
    """Signs that have no reading stand each for itself (pypinyin takes a list, though its types do not say so)."""
    return list(signs)


def syllables(text: str) -> list[list[str]]:
    """The readings of each character, the usual one in this word first; other signs stand for themselves.

    >>> syllables("长垣2小")
    [['zhang', 'chang'], ['yuan'], ['2'], ['xiao']]
    """
    return [choice for part in RUNS.findall(text) for choice in syllables_of(part)]


@lru_cache(maxsize=20_000)
def syllables_of(part: str) -> list[list[str]]:
    """The same of a part without a border: what stands beyond a figure or a letter changes no reading."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 — its dictionary takes a second to open

    usual = lazy_pinyin(part, errors=apart)
    return [
        list(dict.fromkeys([one.lower(), *readings_of(sign)]))
        for sign, one in zip(part, usual, strict=True)
        if sign.isalnum()
    ]


@cache
def readings_of(sign: str) -> tuple[str, ...]:
    """How a character is read in any word, without tones."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 — the same

    return tuple(one.lower() for one in pinyin(sign, style=Style.NORMAL, heteronym=True, errors=apart)[0])


def readings(choices: Sequence[Sequence[str]]) -> list[str]:
    """The whole name in all its readings, the usual one first; at most about ``MOST``.

    >>> readings([["c", "z"], ["y"], ["d", "t"]])
    ['cyd', 'cyt', 'zyd', 'zyt']
    """
    if prod(len(one) for one in choices) <= MOST:
        return ["".join(one) for one in product(*choices)]
    usual = [one[0] for one in choices]
    found = ["".join(usual)]
    for place, others in enumerate(choices):
        found += ["".join([*usual[:place], other, *usual[place + 1 :]]) for other in others[1:]]
    return found


def initials(choices: Iterable[Sequence[str]]) -> list[list[str]]:
    """The first letters of each character's readings, each once."""
    return [list(dict.fromkeys(reading[0] for reading in one)) for one in choices]


def keys_of(name: str, more: Iterable[str]) -> tuple[str, str]:
    r"""The usual syllables of a name, and all keys under which it is found (``more`` are its codes).

    >>> keys_of("垣2小", ["31"])
    ('yuan 2 xiao', '\n垣2小\n31\nyuan2xiao\ny2x')
    """
    signs = SIGNS.findall(name)
    around = keys_around(*name.split(signs[0], 1)) if len(signs) == 1 and signs[0].isalnum() else None
    if around is not None:
        sign = signs[0].lower()
        words = dict.fromkeys([folded(one) for one in (name, *more)])
        words.pop("", None)
        sounds, lines = around
        return sounds.replace(HERE, " ".join(sign)), "\n" + "\n".join(words) + lines.replace(HERE, sign)
    sounds, read = read_of([part_of(one) for one in PARTS.findall(name)], name)
    lines_once = dict.fromkeys([*[folded(one) for one in (name, *more) if one], *read])
    lines_once.pop("", None)
    return sounds, "\n" + "\n".join(lines_once) if lines_once else ""


@lru_cache(maxsize=20_000)
def keys_around(before: str, after: str) -> tuple[str, str] | None:
    """Sounds and keys of names that differ in one number between the same words, with a mark where it stands.

    ``None`` where no words stand around it, or where they have too many readings.
    """
    parts = [part_of(before), Part(HERE, (HERE,), (HERE,)), part_of(after)]
    if not before + after or not 0 < prod(len(one.whole) for one in parts) <= MOST:
        return None
    sounds, read = read_of([one for one in parts if one.sounds], "")
    return sounds, "".join(f"\n{one}" for one in dict.fromkeys(read))


def read_of(parts: "Sequence[Part]", name: str) -> tuple[str, list[str]]:
    """The usual syllables of a name, and all its readings, in full and by initials."""
    sounds = " ".join([one[0] for one in parts if one[0]])
    if (read := together([one[1] for one in parts])) is None:
        read = readings(syllables(name))
    if (short := together([one[2] for one in parts])) is None:
        short = readings(initials(syllables(name)))
    return sounds, [*read, *short]


class Part(NamedTuple):
    """A part of a name and how it is read, in full and by initials. Many names have their parts in common."""

    sounds: str
    whole: tuple[str, ...]
    """All its readings; none where they are too many to be kept."""
    short: tuple[str, ...]


def part_of(text: str) -> Part:
    """How a part is read. Figures and letters stand for themselves, so that they need not be kept."""
    if not text.isascii():
        return part_in_words(text)
    signs = text.lower()
    if not signs.isalnum():
        signs = "".join([sign for sign in signs if sign.isalnum()])
    alone = (signs,)
    return Part(" ".join(signs), alone, alone)


@lru_cache(maxsize=20_000)
def part_in_words(text: str) -> Part:
    """The same of a part in characters, which are read together."""
    choices = syllables_of(text)
    return Part(" ".join(one[0] for one in choices), all_of(choices), all_of(initials(choices)))


def all_of(choices: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """All readings of some signs; none where they are too many."""
    return tuple(readings(choices)) if prod(len(one) for one in choices) <= MOST else ()


def together(parts: Sequence[tuple[str, ...]]) -> list[str] | None:
    """The readings of a whole name from those of its parts; ``None`` where they are too many."""
    ways = prod(map(len, parts))
    if ways == 1:
        return ["".join([one[0] for one in parts])]
    return list(map("".join, product(*parts))) if 0 < ways <= MOST else None


def folded(text: str) -> str:
    """A key as it is kept and compared: small letters, no line breaks."""
    return " ".join(text.lower().split())
