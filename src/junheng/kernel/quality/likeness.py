"""Names that are alike: by the pairs of neighbouring characters they share, among names of one place only.

The measure is Dice's coefficient over character pairs (Dice 1945; as Adamson and Boreham used it for titles, 1974): twice the
shared pairs divided by all pairs. Two names that tell themselves apart by a number (第一、第二) are never alike.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction

ENOUGH = Fraction(17, 20)
COMMON = 50
"""A pair of characters that so many names of a place have says nothing about which of them are alike."""
DIGITS = str.maketrans("〇零一二三四五六七八九两", "001234567892")
_NOISE = re.compile(r"[\s\W_]+")


def plain(name: str, without: tuple[str, ...] = ()) -> str:
    """A name without what people write differently: width, blanks, brackets, kinds of digits, the place before it.

    >>> plain("示例市（示例区） 第一实验小学", ("示例市", "示例区")), plain("第１实验小学")
    ('第1实验小学', '第1实验小学')
    """
    text = _NOISE.sub("", unicodedata.normalize("NFKC", name)).casefold()
    for place in without:
        if len(text) > len(place) + 1:
            text = text.removeprefix(place)
    return text.translate(DIGITS)


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters; one character is its own pair."""
    return frozenset(text[at : at + 2] for at in range(max(1, len(text) - 1)))


def numbers_in(text: str) -> list[str]:
    """The numbers by which names of a kind tell themselves apart."""
    return re.findall(r"\d+", text)


def likeness(one: str, other: str) -> Fraction:
    """How alike two plain names are, from 0 to 1; 0 where their numbers differ.

    >>> likeness("毓秀小学", "毓秀小学"), likeness("第1小学", "第2小学"), likeness("星河艺术培训中心", "星河艺术培训学校")
    (Fraction(1, 1), Fraction(0, 1), Fraction(5, 7))
    """
    if not one or not other or numbers_in(one) != numbers_in(other):
        return Fraction(0)
    mine, theirs = pairs_of(one), pairs_of(other)
    return Fraction(2 * len(mine & theirs), len(mine) + len(theirs))


def alike(
    names: Mapping[int, tuple[Hashable, str]], *, enough: Fraction = ENOUGH
) -> Iterator[tuple[int, int, Fraction]]:
    """Pairs of rows of one place whose plain names are alike enough, the smaller number first.

    ``names`` gives for each row the place it is compared in and its plain name. Equal names are found whatever they are made
    of; others only through a pair of characters that few names of the place have, so that a city takes a moment.

    >>> list(alike({1: ("a", "毓秀小学"), 2: ("a", "毓秀小学"), 3: ("b", "毓秀小学")}))
    [(1, 2, Fraction(1, 1))]
    """
    places: dict[Hashable, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, (place, name) in names.items():
        if name:
            places[place][name].append(number)
    for here in places.values():
        for same in here.values():
            yield from ((one, two, Fraction(1)) for at, one in enumerate(same) for two in same[at + 1 :])
        for one, other, share in near(sorted(here), enough):
            yield from ((min(a, b), max(a, b), share) for a in here[one] for b in here[other])


def near(names: list[str], enough: Fraction) -> Iterator[tuple[str, str, Fraction]]:
    """Different names of one place that are alike enough."""
    having: dict[str, list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        for pair in pairs_of(name):
            having[pair].append(at)
    met: set[tuple[int, int]] = set()
    for found in having.values():
        if len(found) <= COMMON:
            met.update((one, other) for at, one in enumerate(found) for other in found[at + 1 :])
    for one, other in sorted(met):
        share = likeness(names[one], names[other])
        if share >= enough:
            yield names[one], names[other], share
