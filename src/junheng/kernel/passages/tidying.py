"""A text without what is changed first where it is copied: signs, blanks, capital letters, wide letters."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tidy:
    """The letters of a text, and where each of them stands in it."""

    letters: str
    places: tuple[int, ...]


def tidied(text: str) -> Tidy:
    """Letters and digits alone, in one way of writing.

    >>> tidied("春天，ＡＢ 来了！").letters
    '春天ab来了'
    """
    letters, places = [], []
    for place, sign in enumerate(text):
        for one in unicodedata.normalize("NFKC", sign).casefold():
            if one.isalnum():
                letters.append(one)
                places.append(place)
    return Tidy("".join(letters), tuple(places))
