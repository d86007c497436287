"""Whether a text gives away who told it: the name, the contact, or the very words of a tip."""

from junheng.domains.tips.models import Tip
from junheng.kernel.errors import Refusal
from junheng.kernel.quality import plain

SAME = 16
"""So many letters in a row that are the same are the citizen's words, by which they may be known."""


def check_wording(text: str, tips: list[Tip], *, facts: str = "") -> None:
    """Refuse a text for others in which a citizen could be recognised. In ``facts`` only names and contacts are looked for.

    The name and place that a tip is about may stand in both: they are no way of speaking.
    """
    said, named = plain(text), plain(f"{facts} {text}")
    for tip in tips:
        for who in (str(tip.person), str(tip.contact)):
            if len(plain(who)) >= 2 and plain(who) in named:
                raise Refusal(
                    "summary-names-person", "摘要里有举报人的姓名或联系方式，没有转办。请删去后再提交。"
                )
        words = plain(" ".join([str(tip.words), *(str(one.words) for one in tip.notes.all())]))
        for fact in filter(None, (plain(tip.place), plain(tip.about))):
            words = words.replace(fact, "|")
        if shares(said, words):
            raise Refusal(
                "summary-quotes-tip",
                "摘要里有连续 {same} 个以上的字与举报原文相同，可能让人认出举报人，没有转办。请用自己的话概括。",
                same=SAME,
            )


def shares(text: str, words: str) -> bool:
    """Whether two texts share a run of letters.

    >>> shares("一二三四五六七八九十一二三四五六七", "零一二三四五六七八九十一二三四五六"), shares("一二三", "一二三")
    (True, False)
    """
    runs = {words[at : at + SAME] for at in range(len(words) - SAME + 1)}
    return any(text[at : at + SAME] in runs for at in range(len(text) - SAME + 1))
