"""The pass on the last page of a form: signed words that let this one draft be sent, instead of a session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from junheng.domains.registrations.queries.keys import signed, unsigned

HOLDS = timedelta(hours=2)
"""How long the last page may lie open before it is sent; the draft is kept much longer."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Which draft may be sent to which intake, under which key, by which way, with photos of what, until when."""

    intake: int
    draft: int
    request_key: str
    channel: str
    entered_by: str
    shown: frozenset[str]
    turn: str
    """The child for whom a turn in the waiting room was taken; empty where there was none."""
    until: int


def give_pass(
    *,
    intake: int,
    draft: int,
    request_key: str,
    channel: str,
    entered_by: str,
    shown: frozenset[str],
    at: datetime,
    turn: str = "",
) -> str:
    """Sign a pass."""
    until = int((at + HOLDS).timestamp())
    words = f"{intake};{draft};{request_key};{channel};{entered_by};{'+'.join(sorted(shown))};{turn};{until}"
    return signed("pass", words)


def read_pass(text: str, *, at: datetime) -> Pass | None:
    """What a pass says; None where it is not ours, or too old."""
    words = unsigned("pass", text)
    if words is None:
        return None
    intake, draft, key, channel, entered_by, shown, turn, until = words.split(";")
    found = Pass(
        int(intake),
        int(draft),
        key,
        channel,
        entered_by,
        frozenset(shown.split("+") if shown else ()),
        turn,
        int(until),
    )
    return found if at.timestamp() < found.until else None
