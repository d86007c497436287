"""What a workbook of accounts would do: every line read, every cell that is wrong named, nothing written."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import override

from junheng.kernel.errors import Refusal
from junheng.platform.access.roles import LABELS, Role
from junheng.platform.accounts.bulk.checking import LineChecker, called
from junheng.platform.accounts.bulk.known import known_to
from junheng.platform.accounts.bulk.lines import LINES, NEEDED
from junheng.platform.accounts.bulk.plans import AccountPlan, WantedRole
from junheng.platform.accounts.granting import (
    Held,
)
from junheng.platform.registers.cells import halved, tidy_code
from junheng.platform.registers.importing import read_sheet
from junheng.platform.registers.sheets import Sheet
from junheng.platform.registers.tables import Line

PLAIN = frozenset({"username", "since", "until"})
"""Cells without Chinese signs: full-width letters and figures in them mean the ordinary ones."""


def read_accounts(name: str, content: bytes) -> Sheet:
    """The table of accounts in a file."""
    return read_sheet(LINES, name, content)


def plan_accounts(sheet: Sheet, *, admin: Any, on: date) -> AccountPlan:
    """Everything that the workbook would do, and everything that is wrong with it."""
    plan = AccountPlan(sheet, notes=list(sheet.notes))
    missing = [one for one in NEEDED if one not in sheet.places]
    if missing:
        raise Refusal(
            "column-missing", "文件缺少必需的列：{columns}。请下载模板填写。",
            columns="、".join(LINES.label_of(one) for one in missing),
        )  # fmt: skip
    cells = [texts_of(sheet, line) for line in sheet.lines]
    known = known_to(admin, cells, on=on)
    roles = role_names()
    earlier: dict[str, list[Held]] = {}
    for line, texts in zip(sheet.lines, cells, strict=True):
        checker = LineChecker(plan, known, line, texts, admin=admin, on=on, roles=roles)
        checker.check(earlier)
    plan.new = sum(one.user is None for one in plan.people.values())
    plan.waiting = sum(one.waits for one in plan.wanted)
    plan.changed = len(plan.wanted) - plan.waiting + sum(one.user is not None for one in plan.bound)
    return plan


def texts_of(sheet: Sheet, line: Line) -> dict[str, str]:
    """The cells of a line by field, without what does not matter."""
    found = {}
    for one in LINES.fields:
        place = sheet.places.get(one.name)
        text = line.cells[place] if place is not None and place < len(line.cells) else ""
        found[one.name] = halved(text) if one.name in PLAIN else tidy_code(" ".join(text.split()))
    return found


def role_names() -> dict[str, Role]:
    """Every role by its code and its labels."""
    found: dict[str, Role] = {}
    for language in ("en", "zh-hans"):
        with override(language):
            found |= {called(str(label)): role for role, label in LABELS.items()}
    return found | {str(role): role for role in Role}


def shown(plan: AccountPlan, most: int) -> Iterator[dict[str, Any]]:
    """The people of a plan as a preview lists them: who, whether new, and each role."""
    wanted: dict[str, list[WantedRole]] = {}
    for one in plan.wanted:
        wanted.setdefault(one.person.username, []).append(one)
    for person in list(plan.people.values())[:most]:
        own = wanted.get(person.username, [])
        if person.user is None or own or person.subject:
            yield {"person": person, "wanted": [(Role(one.grant.role).label, one.waits) for one in own]}
