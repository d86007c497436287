"""``junheng demo``: the demonstration city, built once, opened as often as one likes."""

import argparse
import sys
from typing import Any

from junheng.kernel.errors import Conflict
from junheng.surfaces.cli.commands.serve import add_port, check_port, serve_afresh
from junheng.surfaces.cli.house import is_there
from junheng.surfaces.cli.output import say
from junheng.surfaces.cli.place import assume_demonstration, mark_demonstration


def add_to(commands: Any) -> None:
    parser = commands.add_parser(
        "demo", help="生成演示城市（已有则直接打开），计算数据、发布报告，并打开网页"
    )
    parser.add_argument("--no-serve", action="store_true", help="只生成，不打开网页")
    add_port(parser)
    parser.add_argument("--rebuild", action="store_true", help="重新生成，替换已有的演示城市")
    parser.add_argument("--small", action="store_true", help="生成约百分之一规模的小城市")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build what is missing, then serve."""
    assume_demonstration()
    if not arguments.no_serve:
        check_port(arguments.port)
    import django  # noqa: PLC0415 — what was assumed above must be set first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from junheng.surfaces.demo.build import build  # noqa: PLC0415

    built = is_built()
    mark_demonstration(settings.JUNHENG_HOME)
    if arguments.rebuild or not built:
        plan = "small" if arguments.small else "full"
        build(settings.JUNHENG_HOME, password=settings.DEMO_PASSWORD, plan=plan, progress=Progress())
        say(f"演示城市已生成：{settings.JUNHENG_HOME}")
    else:
        call_command("migrate", verbosity=0)
        say(f"打开已有的演示城市：{settings.JUNHENG_HOME}（重新生成请加 --rebuild）")
    # whoever serves it later needs what the pages look like as well
    call_command("collectstatic", interactive=False, verbosity=0)
    if not arguments.no_serve:
        serve_afresh(arguments.port)
    return 0


def is_built() -> bool:
    """Whether the folder holds a whole demonstration city: it is put in place only when it is whole.

    Refuses a folder whose records are no demonstration: they would be shown to everybody, or replaced.
    """
    from django.db import connection  # noqa: PLC0415 — Django must be started first

    from junheng.platform.audit.models import Entry  # noqa: PLC0415
    from junheng.platform.snapshots.models import Snapshot  # noqa: PLC0415
    from junheng.surfaces.demo.build import BUILDER  # noqa: PLC0415

    if not is_there() or not {Entry._meta.db_table, Snapshot._meta.db_table} <= set(
        connection.introspection.table_names()
    ):
        return False
    first = Snapshot.objects.order_by("id").values_list("by", flat=True).first()
    if first != BUILDER and Entry.objects.exists():
        raise Conflict(
            "not-a-demonstration",
            "{home} 中是真实数据，不是演示城市，没有做任何改动。请用环境变量 JUNHENG_HOME 为演示指定另一个目录。",
            home=str(connection.settings_dict["NAME"]),
        )
    return first == BUILDER


class Progress:
    """Prints how far a step is: a line that is rewritten on a screen, one line a step elsewhere."""

    def __init__(self) -> None:
        self._step = ""

    def __call__(self, done: int, total: int, what: str) -> None:
        if sys.stdout.isatty():
            say_over(
                f"{what} {done:,}/{total:,}" if total > 1 else what,
                new=what != self._step and bool(self._step),
            )
        elif what != self._step:
            say(f"· {what}")
        self._step = what


def say_over(text: str, *, new: bool) -> None:
    """Write over the line that was written last, or begin a new one."""
    sys.stdout.write(("\n" if new else "") + "\r\x1b[K· " + text)
    sys.stdout.flush()
