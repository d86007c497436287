"""The options that say which day and which window a question is about."""

import argparse
from datetime import date

from junheng.kernel.errors import Refusal
from junheng.kernel.values.span import Span


def add_moment(parser: argparse.ArgumentParser, *, window: bool = True) -> None:
    """Add --as-of and --window."""
    parser.add_argument("--as-of", metavar="日期", help="统计时点，如 2023-12-31（缺省为本系统设定的时点）")
    if window:
        parser.add_argument(
            "--window", metavar="起..止", help="统计区间，如 2022-01-01..2023-12-31（缺省由时点推出）"
        )


def day_of(arguments: argparse.Namespace) -> date | None:
    """The day that was asked for; refuses what is no day."""
    if arguments.as_of is None:
        return None
    try:
        return date.fromisoformat(arguments.as_of)
    except ValueError:
        raise Refusal(
            "day-unreadable",
            "“{text}”不是能读懂的日期，什么都没有计算。请写成 2023-12-31 的样子。",
            text=arguments.as_of[:40],
        ) from None


def window_of(arguments: argparse.Namespace) -> Span | None:
    """The window that was asked for; refuses what is no window."""
    return Span.parse(arguments.window) if arguments.window else None
