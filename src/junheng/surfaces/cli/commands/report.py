"""``junheng report``: the text of a released report, as it was frozen."""

import argparse
from typing import Any

from junheng.kernel.errors import NotFound
from junheng.surfaces.cli.house import open_house
from junheng.surfaces.cli.output import as_json, say, say_json


def add_to(commands: Any) -> None:
    parser = commands.add_parser("report", help="已发布报告的正文（最近一版），可交给 check-text 核查")
    parser.add_argument(
        "slug", nargs="?", default="", metavar="网址标识", help="哪一篇；缺省为最近发布的一篇"
    )
    parser.add_argument("--json", action="store_true", help="输出 JSON：正文、版次、每个数据的地址与精确值")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the latest release."""
    open_house()
    from junheng.domains.bulletins.models import Release  # noqa: PLC0415 — Django must be started first

    releases = Release.objects.select_related("article").order_by("-released_at", "-number")
    if arguments.slug:
        releases = releases.filter(article__slug=arguments.slug)
    found = releases.first()
    if found is None:
        raise NotFound("unknown-report", "没有找到已发布的报告。请检查网址标识，或先在“报告”页发布。")
    if not arguments.json:
        say(found.text)
        return 0
    say_json(
        {
            "slug": found.article.slug,
            "title": found.article.title,
            "number": found.number,
            "released_at": as_json(found.released_at),
            "as_of": as_json(found.as_of),
            "snapshot": found.snapshot,
            "digest": found.digest,
            "figures": found.figures,
            "moved": found.moved,
            "text": found.text,
        }
    )
    return 0
