"""How entries are chained: the words of an entry in one fixed form, and the hash over them and the hash before."""

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from json import encoder
from typing import Any, NamedTuple

ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_MADE: Any = getattr(encoder, "c_make_encoder", None)
_SIGNS: Any = getattr(encoder, "encode_basestring")  # noqa: B009 (its types do not name it)
_PIECES: Any = (
    _MADE(None, ENCODER.default, _SIGNS, None, ":", ",", True, False, False)
    if _MADE
    else lambda value, _level: ENCODER.iterencode(value)
)
"""What ``ENCODER`` makes anew for every value, made once: entries come ten thousand at a time."""
GENESIS = "0" * 64
"""What stands before the first entry."""


class Draft(NamedTuple):
    """An entry before it has a place in the chain.

    A row is named by its number (``row``) or, where its key is text, by ``row_key``; a run of rows that were
    written together by ``first_row`` and ``last_row``, both included.
    """

    at: datetime
    who: str
    why: str
    verb: str
    table: str
    row: int | None = None
    row_key: str = ""
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    first_row: int | None = None
    last_row: int | None = None


def plain(value: Any) -> Any:
    """A value as JSON can hold it, always the same for the same value. Floats are refused: they never compare.

    >>> plain(date(2024, 3, 6)), plain(Decimal("0.10"))
    ('2024-03-06', '0.10')
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    raise TypeError(f"an audit entry cannot hold {value!r} ({type(value).__name__})")


def moment(at: datetime) -> str:
    """A moment in UTC to the microsecond. A moment without a zone is refused.

    >>> from zoneinfo import ZoneInfo
    >>> moment(datetime(2024, 3, 6, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    '2024-03-06T01:00:00.000000Z'
    """
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone: nobody could say when that was")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: Any) -> str:
    """The one way to write a plain value: keys in order, no blanks, Chinese as it is.

    >>> canonical({"b": 1, "a": "校"})
    '{"a":"校","b":1}'
    """
    if value is None:
        return "null"
    return "".join(_PIECES(value, 0)) if type(value) is dict else ENCODER.encode(value)


def link(previous: str, number: int, draft: Draft) -> str:
    """The hash of an entry: sha256 over the hash before it, its number and its words."""
    return link_of(previous, number, draft, canonical(draft.before), canonical(draft.after))


def link_of(previous: str, number: int, draft: Draft, before: str, after: str) -> str:
    r"""The same, where the values are written in their one form already: ``[number,"moment",…,before,after,…]``.

    >>> from datetime import datetime, UTC
    >>> draft = Draft(datetime(2024, 3, 6, tzinfo=UTC), "wang", "核对", "change", "a.b", 7, after={"b": 1, "a": "校"})
    >>> words = [1, moment(draft.at), "wang", "核对", "change", "a.b", 7, "", None, {"b": 1, "a": "校"}, None, None]
    >>> link(GENESIS, 1, draft) == hashlib.sha256(f"{GENESIS}\\n{canonical(words)}".encode()).hexdigest()
    True
    """
    what = _words(draft.at, draft.who, draft.why, draft.verb, draft.table)
    where = f"{_number(draft.row)},{canonical(draft.row_key)}"
    run = f"{_number(draft.first_row)},{_number(draft.last_row)}"
    return hashlib.sha256(
        f"{previous}\n[{number},{what},{where},{before},{after},{run}]".encode()
    ).hexdigest()


def _number(value: int | None) -> str:
    return "null" if value is None else str(int(value))


@lru_cache(maxsize=256)
def _words(at: datetime, who: str, why: str, verb: str, table: str) -> str:
    """What the entries of one deed have in common, without the brackets around it."""
    return canonical([moment(at), who, why, verb, table])[1:-1]


def digest_of_rows(rows: Any) -> str:
    """The digest of rows written together: sha256 over each row's canonical form, a line each, in their order."""
    total = hashlib.sha256()
    for row in rows:
        total.update(canonical(plain(row)).encode())
        total.update(b"\n")
    return total.hexdigest()
