"""One page of rows for a program: what it asks, checked, and the answer."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.kernel.errors import Refusal
from junheng.platform.registers import listing
from junheng.platform.registers.api.cursors import after, cursor_at, in_order
from junheng.platform.registers.api.offering import chosen, offered, rows_shown, shown
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.filters import COUNTED, filters_of
from junheng.platform.registers.flags import LIST, SEARCH, SENSITIVE
from junheng.platform.registers.known import NOW, as_known, read_known
from junheng.platform.registers.search import unnamed

SIZE, LARGEST_SIZE = 100, 1_000
OWN = ("as_of", "on", "known", "q", "sort", "fields", "size", "cursor")
"""Parameters of every register; ``on`` is what the list page calls ``as_of``, ``known`` whose day's knowledge."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of rows. ``following`` are the parameters of the next page; None on the last."""

    on: date | None
    fields: tuple[F, ...]
    rows: list[Any]
    count: int
    more: bool
    following: dict[str, str] | None
    known: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """As of which day's knowledge a program reads: ``known`` if it said so, else with the values of its ``as_of``."""

    day: date | None
    values_only: bool = False


def past_of(given: Mapping[str, str], *, today: date) -> Past:
    """What a program asked about the past.

    ``known`` names the day at whose end the register is asked what it knew. An ``as_of`` before today asks for the
    rows that held on that day, with the values they had then; ``known=now`` wants them with the values of today.
    """
    if given.get("known"):
        return Past(read_known(given["known"]))
    text = given.get("as_of") or given.get("on") or ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Past(None)
    return Past(day, values_only=True) if day < today else Past(None)


def page(
    register: Register[Any], asker: Asker, parameters: Mapping[str, str], *, default_day: date
) -> Answer:
    """The rows that answer the parameters, as they were if they ask about the past."""
    past = past_of(parameters, today=asker.today)
    if past.day and not past.values_only:
        default_day = min(default_day, past.day)
    with as_known(register, past.day, asker=asker, values_only=past.values_only):
        return page_then(register, asker, parameters, past, default_day=default_day)


def page_then(
    register: Register[Any], asker: Asker, parameters: Mapping[str, str], past: Past, *, default_day: date
) -> Answer:
    """The rows that answer the parameters, read from the tables as they lie. What is not understood is refused."""
    fields = offered(register, asker)
    given = {name: value for name, value in parameters.items() if value}
    check_words(register, asker, fields, parameters)
    if given.get("as_of") and given.get("on"):
        raise Refusal("day-twice", "as_of 和 on 是同一个参数，请只填写 as_of。")
    on = listing.read_day(register, given.get("as_of", given.get("on", "")), default_day=default_day)
    size, order = read_size(given.get("size", "")), given.get("sort", "")
    listing.read_order(register, order)
    query = listing.read_query(
        register, {name: value for name, value in given.items() if name not in OWN or name == "q"},
        default_day=default_day,
    )  # fmt: skip
    text = unnamed(register, query.text)
    query = listing.Query(on=on, text=text, filters=query.filters, known=past.day)
    columns = chosen(parameters.get("fields"), fields, shown(register, asker))
    found = in_order(
        register,
        listing.narrowed(
            register, rows_shown(register, asker), query, opens=listing.opened_rows(register, asker)
        ),
        order,
    )
    count = found.order_by().values("pk")[: COUNTED + 1].count()
    question = digest_of_question(register, query, order)
    if cursor := given.get("cursor"):
        found = after(register, found, order, cursor, question=question)
    rows = list(found[: size + 1])
    following = None
    if len(rows) > size:
        rows.pop()
        following = {name: value for name, value in given.items() if name not in {"on", "cursor"}}
        if text:
            following["q"] = text
        if register.since or register.until:
            following["as_of"] = on.isoformat() if on else listing.ALL_DAYS
        if past.day is None and "as_of" in following:
            following["known"] = NOW
        following["cursor"] = cursor_at(register, rows[-1], order, question=question)
    more = count > COUNTED
    known = None if past.values_only else past.day
    return Answer(on, columns, rows, min(count, COUNTED), more, following, known)


def digest_of_question(register: Register[Any], query: listing.Query, order: str) -> str:
    """What a cursor belongs to: register, days, words, filters and order."""
    parts = [register.slug, str(query.on), str(query.known), query.text, sorted(query.filters.items()), order]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def read_size(text: str) -> int:
    """How many rows a page has."""
    if not text:
        return SIZE
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LARGEST_SIZE):
        raise Refusal("bad-size", "size 应为 1 至 {most} 的整数。", most=LARGEST_SIZE)
    return int(text)


def check_words(
    register: Register[Any], asker: Asker, fields: tuple[F, ...], parameters: Mapping[str, str]
) -> None:
    """Refuse parameters that mean nothing, and what asks about fields the asker may not read."""
    inside = asker.may("view", register)
    names = {one.name for one in fields}
    known = set(OWN)
    for one in filters_of(register):
        if one.field.name in names:
            known |= set(one.parameters)
    searchable = register.flagged(SEARCH)
    if not searchable or not (inside or all(one in fields for one in searchable)):
        known.discard("q")
    sort = parameters.get("sort", "").removeprefix("-")
    if not inside and sort and sort not in names:
        known.discard("sort")
    if unknown := sorted(set(parameters) - known):
        raise Refusal("bad-filter", "这里不能按「{name}」查询。请去掉这个条件后重试。", name=unknown[0][:40])
    if any("\x00" in value for value in parameters.values()):
        raise Refusal("bad-filter", "查询条件中有无法识别的字符。请改正后重试。")


def sortable(register: Register[Any]) -> list[str]:
    """The columns a list can be sorted by: the listed ones, but never a sensitive one."""
    return [one.name for one in register.flagged(LIST) if SENSITIVE not in one.flags]
