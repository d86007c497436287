"""``junheng figures``: every figure at a moment."""

import argparse
from fractions import Fraction
from typing import Any

from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.moments import add_moment, day_of, window_of
from junheng.surfaces.cli.output import as_json, say, say_json, say_table


def add_to(commands: Any) -> None:
    parser = commands.add_parser("figures", help="全部年度数据：编号、精确值、印出形式、口径与时点")
    add_moment(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print them."""
    open_house()
    from junheng.platform.figures import queries  # noqa: PLC0415 — Django must be started first

    found = queries.figures(as_of=day_of(arguments), window=window_of(arguments))
    if arguments.json:
        say_json([figure_json(one) for one in found])
        return 0
    say_table(
        ("编号", "数据", "印出", "区间/时点"),
        [(one.id, one.title, one.printed, str(one.window or one.as_of)) for one in found],
    )
    frozen = queries.current()
    if frozen is not None:
        say(f"\n{len(found)} 项 · 时点数据 {frozen.digest[:16]} · {frozen.rows:,} 行")
    return 0


def figure_json(one: Any) -> dict[str, Any]:
    """A figure as JSON. ``value`` is exact and in the printed unit: money in yuan, with ``fen`` beside it."""
    money = one.kind in {"money", "rate"}
    value = yuan(one.value) if money else one.value
    return {
        "id": one.id,
        "title": one.title,
        "chapter": one.chapter,
        "kind": one.kind,
        "value": as_json(value),
        **({"fen": one.value} if money else {}),
        "numerator": one.numerator,
        "denominator": one.denominator,
        "printed": one.printed,
        "unit": one.unit,
        "holds": one.holds,
        "rows": one.rows,
        "window": as_json(one.window),
        "as_of": as_json(one.as_of),
        "reading": one.reading,
        "readings": list(one.readings),
        "snapshot": one.snapshot,
        "definition_version": one.version,
        "definition": one.definition_digest,
        "address": one.address,
    }


def yuan(fen: int | None) -> int | Fraction | None:
    """Yuan, exactly: a whole number where it is one.

    >>> yuan(72000), yuan(1050), yuan(None)
    (720, Fraction(21, 2), None)
    """
    if fen is None:
        return None
    value = Fraction(fen, 100)
    return value.numerator if value.denominator == 1 else value
