"""How characters are read: every reading without its tone, and the same as speakers of many places confuse them.

The readings are those of ``pypinyin`` (from the Unihan database and 汉语大字典); a character that is read in several
ways is read in each. What is confused is what input methods offer as 模糊音: zh z, ch c, sh s, n l, and n ng at the end.
"""

from functools import lru_cache

CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"))


@lru_cache(maxsize=1 << 16)
def readings(character: str) -> frozenset[str]:
    """The syllables a character may stand for; a sign that has no reading is read as itself.

    >>> sorted(readings("曾")), sorted(readings("李")), sorted(readings("A"))
    (['ceng', 'zeng'], ['li'], ['A'])
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415 — its dictionary takes a while to open

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(found[0]) if found else frozenset({character})


def confused(syllable: str) -> str:
    """A syllable as all those are written that are confused with it.

    >>> confused("zhang"), confused("zan"), confused("ning"), confused("lin")
    ('zan', 'zan', 'lin', 'lin')
    """
    for long, short in CONFUSED:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
    if syllable.startswith("n") and len(syllable) > 1:
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


@lru_cache(maxsize=1 << 16)
def confused_readings(character: str) -> frozenset[str]:
    """The readings of a character as they are confused."""
    return frozenset(map(confused, readings(character)))
