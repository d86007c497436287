"""The door itself: which commands there are, and how a refusal becomes a sentence and an exit code.

Exit codes: 0 it is so, or it is done · 1 refused, the sentence says why · 2 the command was not understood ·
3 an answer that says no: a promise is broken, a claim differs, the audit's chain is broken · 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from junheng.kernel.errors import Refusal
from junheng.surfaces.cli.commands import (
    audit,
    check_text,
    demo,
    figures,
    promises,
    report,
    serve,
    snapshot,
    trace,
)
from junheng.surfaces.cli.output import say

COMMANDS = (demo, figures, trace, check_text, promises, report, snapshot, audit, serve)
REFUSED, INTERRUPTED = 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except Refusal as refusal:
        say(f"{refusal} [{refusal.code}]", to=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="junheng", description="均衡：教育局的数据，每个数都有出处。")
    commands = parser.add_subparsers(title="命令", required=True, metavar="命令")
    for command in COMMANDS:
        command.add_to(commands)
    return parser
