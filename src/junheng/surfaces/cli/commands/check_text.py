"""``junheng check-text``: every claim of a Chinese text, and what the records say to it."""

import argparse
from typing import Any

from junheng.kernel.claims import Judgement
from junheng.kernel.values.span import Span
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.moments import add_moment, day_of, window_of
from junheng.surfaces.cli.output import as_json, say, say_json
from junheng.surfaces.cli.texts import read

DIFFERS = 3
MARKS = {
    Judgement.PROVED: "✓ 属实",
    Judgement.DIFFERS: "✗ 不符",
    Judgement.AMBIGUOUS: "≈ 有歧义",
    Judgement.UNKNOWN: "? 无记录",
}


def add_to(commands: Any) -> None:
    parser = commands.add_parser("check-text", help="核查一篇中文文稿：逐处数字与断言，记录能否证明")
    parser.add_argument(
        "file", metavar="文件", help="文本文件（UTF-8、GB18030 或 UTF-16），至多 2 MB；- 为标准输入"
    )
    add_moment(parser)
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print them; exit code 3 if a claim differs."""
    text = read(arguments.file)
    open_house()
    from junheng.platform.figures.checking import check_text  # noqa: PLC0415 — Django must be started first

    verdicts = check_text(text, as_of=day_of(arguments), window=window_of(arguments))
    if arguments.json:
        say_json([verdict_json(one) for one in verdicts])
    else:
        for one in verdicts:
            say(f"{MARKS[one.verdict]} {one.start}–{one.end} “{one.words}” {one.figure or ''} {one.why}")
        counts = {judgement: sum(one.verdict is judgement for one in verdicts) for judgement in Judgement}
        say("　".join(f"{MARKS[judgement]} {count}" for judgement, count in counts.items()))
    return DIFFERS if any(one.verdict is Judgement.DIFFERS for one in verdicts) else 0


def verdict_json(one: Any) -> dict[str, Any]:
    """A verdict as JSON: places are offsets in characters, ``words`` is ``text[start:end]``."""
    return {
        "start": one.start,
        "end": one.end,
        "words": one.words,
        "kind": one.kind.value,
        "figure": one.figure,
        "printed": _plain(one.printed),
        "computed": _plain(one.computed),
        "verdict": one.verdict.value,
        "why": one.why,
        "readings": [
            {
                "figure": reading.figure,
                "title": reading.title,
                "label": reading.label,
                "window": as_json(reading.question.window),
                "as_of": as_json(reading.question.as_of),
                "area": reading.question.area,
                "computed": _plain(reading.computed),
                "agrees": reading.agrees,
            }
            for reading in one.readings
        ],
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Span) else as_json(value)
