"""The door itself: which commands there are, and how a refusal becomes a sentence and an exit code.

Exit codes: 0 it is so, or it is done · 1 refused, the sentence says why · 2 the command was not understood ·
3 an answer that says no: a promise is broken, a claim differs, the audit's chain is broken · 130 interrupted.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from junheng.kernel.call_stack import with_room
from junheng.kernel.errors import Refusal
from junheng.surfaces.cli.commands import (
    account,
    admission,
    audit,
    backup,
    check_text,
    demo,
    doctor,
    figures,
    keys,
    migrate,
    promises,
    quality,
    reindex,
    report,
    restore,
    retention,
    serve,
    snapshot,
    trace,
    verify_admission,
    verify_sample,
    work,
)
from junheng.surfaces.cli.output import say
from junheng.surfaces.cli.place import recall
from junheng.surfaces.cli.troubles import as_refusal

COMMANDS = (
    demo,
    figures,
    trace,
    check_text,
    promises,
    report,
    snapshot,
    audit,
    verify_admission,
    verify_sample,
    admission,
    backup,
    restore,
    keys,
    retention,
    migrate,
    account,
    doctor,
    reindex,
    quality,
    serve,
    work,
)
REFUSED, NOT_UNDERSTOOD, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and answer with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.project.settings")
    recall()
    arguments = parser().parse_args(argv)
    try:
        return int(with_room(arguments.run, arguments))
    except Refusal as refusal:
        return refuse(refusal)
    except BrokenPipeError:  # the reader (head, less) has seen enough; what is still in the pipe goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if (sentence := as_refusal(error)) is None:
            raise
        return refuse(sentence)


def refuse(refusal: Refusal) -> int:
    """Say why not, on standard error, with the code that programs recognise."""
    say(f"{refusal} [{refusal.code}]", to=sys.stderr)
    return REFUSED


class Parser(argparse.ArgumentParser):
    """A parser that says in Chinese that it did not understand."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        say(f"命令没有看懂：{message}。用法见 {self.prog} --help。 [bad-command]", to=sys.stderr)
        raise SystemExit(NOT_UNDERSTOOD)


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    made = Parser(prog="junheng", description="均衡：教育局的数据，每个数都有出处。")
    commands = made.add_subparsers(title="命令", required=True, metavar="命令")
    for command in COMMANDS:
        command.add_to(commands)
    return made
