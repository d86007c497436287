"""What was perhaps meant: syllables and initials mixed in one word, or one letter that is wrong."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.functions import Length

from junheng.platform.searching.models import SearchName

CLOSEST = 400
"""Names a guess may find before the scope is asked."""
LARGEST = 20_000
"""Names that are looked through one by one; a larger index is asked exactly only."""
LEFT_OUT = frozenset({"shi", "xian", "qu"})
"""市, 县, 区: people say 沁阳实验小学 where the name is 沁阳市实验小学."""
SHORTEST = 5
"""Letters a word must have before one of them may be wrong."""


def near(names: "QuerySet[SearchName]", words: Sequence[str]) -> "QuerySet[SearchName] | None":
    """The names that every word fits, mixed or nearly; ``None`` where none does, or too many would be looked at."""
    if names[LARGEST : LARGEST + 1].exists():
        return None
    known = list(names.values_list("pk", "sounds", "keys"))
    for fits in (mixed, misspelt):
        found = [
            pk
            for pk, sounds, keys in known
            if all(word in keys or (word.isascii() and fits(word, sounds)) for word in words)
        ]
        if found:
            return names.filter(pk__in=found[:CLOSEST]).order_by(Length("name"), "row")
    return None


def mixed(word: str, sounds: str) -> bool:
    """Whether a word is made of syllables that follow one another, each whole or only its initial.

    >>> mixed("qinyangsyxx", "qin yang shi yan xiao xue"), mixed("qinxx", "qin yang shi yan xiao xue")
    (True, False)
    """
    if f" {word[0]}" not in f" {sounds}":
        return False
    parts = sounds.split()
    return any(begins(word, parts[start:]) for start in range(len(parts)) if word[0] == parts[start][0])


def begins(word: str, sounds: Sequence[str]) -> bool:
    """Whether a word can be read as the first of these syllables, the last perhaps unfinished.

    >>> begins("qysyxx", "qin yang shi shi yan xiao xue".split())
    True
    """
    if not word:
        return True
    if not sounds:
        return False
    if sounds[0] in LEFT_OUT and begins(word, sounds[1:]):
        return True
    if word[0] != sounds[0][0]:
        return False
    if sounds[0].startswith(word):
        return True
    if word.startswith(sounds[0]) and begins(word[len(sounds[0]) :], sounds[1:]):
        return True
    return begins(word[1:], sounds[1:])


def misspelt(word: str, sounds: str) -> bool:
    """Whether a word is the beginning of the name, or of a later syllable, but for one letter.

    >>> misspelt("qinyamg", "qin yang shi"), misspelt("qiyang", "qin yang"), misspelt("qnagyi", "qin")
    (True, True, False)
    """
    half, joined = len(word) // 2, sounds.replace(" ", "")
    # with one wrong letter the other half is whole
    if len(word) < SHORTEST or not (word[:half] in joined or word[half + 1 :] in joined):
        return False
    parts = sounds.split()
    return any(one_apart(word, "".join(parts[start:])[: len(word) + 1]) for start in range(len(parts)))


def one_apart(word: str, other: str) -> bool:
    """Whether a word becomes a beginning of the other by one letter changed, left out, added, or two swapped."""
    same = next((place for place, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    if same is None:
        return len(word) - len(other) <= 1
    left, right = word[same:], other[same:]
    return (
        right[1:].startswith(left[1:])
        or right.startswith(left[1:])
        or right[1:].startswith(left)
        or (left[:2] == right[1::-1] and right[2:].startswith(left[2:]))
    )
