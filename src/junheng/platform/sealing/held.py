"""What a browser holds for a while, signed by this house: a few words that it cannot change."""

from junheng.platform.sealing import codes

PURPOSE = "held"


def carried(room: str, words: str) -> str:
    """Words as a browser holds them, good for one room only."""
    return codes.signed(room, PURPOSE, words).replace("|", ".")


def read(room: str, text: str) -> str:
    """The words that a browser holds; empty where they are not ours."""
    words, _dot, mark = text.rpartition(".")
    return codes.unsigned(room, PURPOSE, f"{words}|{mark}") or ""
