"""A text with its joints: paragraphs, sentences, clauses. Offsets are those of the text as it was given."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from junheng.kernel.errors import Refusal
from junheng.kernel.values.numerals import narrow

LARGEST_BYTES = 2 * 1024 * 1024
REACH = 400
"""How many characters before a claim its words are looked for."""

_JOINT = re.compile(r"[，,、；;：:。！!？?\n()（）“”「」《》【】〔〕\[\]…]")
_OPEN, _CLOSE = "(（“「《【〔[", ")）”」》】〕]"
_SENTENCE_END = "。！!？?\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """``text`` as given, ``plain`` with narrow digits (same offsets), and the sorted places of its joints."""

    text: str
    plain: str
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]

    def sentence_start(self, place: int) -> int:
        """Where the sentence around ``place`` begins, at most ``REACH`` characters back."""
        return max(_before(self.sentences, place), place - REACH)

    def sentence_end(self, place: int) -> int:
        """Where the sentence around ``place`` ends, at most ``REACH`` characters on."""
        return min(_after(self.sentences, place, len(self.text)), place + REACH)

    def paragraph_start(self, place: int) -> int:
        """Where the paragraph around ``place`` begins, at most ``REACH`` characters back."""
        return max(_before(self.paragraphs, place), place - REACH)

    def clause_start(self, place: int) -> int:
        """Where the clause around ``place`` begins."""
        return max(_before(self.clauses, place), place - REACH)

    def clause_end(self, place: int) -> int:
        """Where the clause around ``place`` ends, at most ``REACH`` characters on."""
        return min(_after(self.clauses, place, len(self.text)), place + REACH)

    def breaks_between(self, start: int, end: int) -> int:
        """How many joints lie in ``[start, end)``; the end of a sentence weighs as much as three commas."""
        commas = bisect_left(self.clauses, end) - bisect_left(self.clauses, start)
        stops = bisect_left(self.sentences, end) - bisect_left(self.sentences, start)
        return commas + 2 * stops


def read_passage(text: str) -> Passage:
    """Find the joints of a text. What stands in brackets or quotation marks does not divide a clause.

    Refuses a text of more than 2 MB, because its verdicts could not be read by anybody.
    """
    if len(text) > LARGEST_BYTES or len(text.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        raise Refusal(
            "text-too-large",
            "文字超过2 MB，一次核对不了。请分成几段，每段不超过约60万字，再分别核对。",
        )
    plain = narrow(text)
    clauses: list[int] = []
    sentences: list[int] = []
    paragraphs: list[int] = []
    depth = 0
    for joint in _JOINT.finditer(text):
        mark, place = joint[0], joint.start()
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSE:
            depth = max(0, depth - 1)
        elif mark in _SENTENCE_END:
            if mark == "\n":
                paragraphs.append(place)
            if mark == "\n" or not depth:
                depth = 0
                sentences.append(place)
                clauses.append(place)
        elif not depth and not _between_digits(plain, place, mark):
            clauses.append(place)
    return Passage(text, plain, tuple(clauses), tuple(sentences), tuple(paragraphs))


def _between_digits(plain: str, place: int, mark: str) -> bool:
    """9:43 and 1,757 are numbers, not clauses."""
    around = plain[place - 1 : place] + plain[place + 1 : place + 2]
    return mark in ",:：" and len(around) == 2 and around.isascii() and around.isdigit()


def _before(joints: tuple[int, ...], place: int) -> int:
    at = bisect_left(joints, place)
    return joints[at - 1] + 1 if at else 0


def _after(joints: tuple[int, ...], place: int, end: int) -> int:
    at = bisect_right(joints, place - 1)
    return joints[at] if at < len(joints) else end
