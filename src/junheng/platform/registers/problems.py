"""What can be wrong in a file, cell by cell, and the same put together by cause."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from junheng.platform.registers.cells import column_letters

CAUSES = {
    "missing": _("必填的内容没有填"),
    "date": _("日期或时间写法不对"),
    "number": _("数字或金额写法不对"),
    "term": _("学期写法不对"),
    "choice": _("不在可选项之中"),
    "relation": _("所指的记录不存在或不在权限范围内"),
    "length": _("过长、过短或超出范围"),
    "digits": _("号码被 Excel 当作数字，后几位已丢失"),
    "formula": _("公式、错误值或会调用外部内容的单元格"),
    "twice": _("重复的记录"),
    "fixed": _("只能通过业务办理改变"),
    "row": _("找不到要修改的记录"),
    "scope": _("不在权限范围内"),
    "rule": _("不符合填报规则"),
}
"""Why cells are wrong, as a summary says it."""
BY_CODE = {
    "required": "missing",
    "null": "missing",
    "blank": "missing",
    "invalid_choice": "choice",
    "unique": "twice",
    "unique_together": "twice",
    "max_length": "length",
    "min_length": "length",
    "max_value": "length",
    "min_value": "length",
    "invalid": "rule",
}
SAMPLES = 8
"""Cells that a group of the summary names."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, or in a line as a whole (``column`` empty, ``place`` none)."""

    line: int
    column: str
    value: str
    reason: str
    cause: str = "rule"
    place: int | None = None

    @property
    def cell(self) -> str:
        """The address in the file, such as C17; empty for a whole line."""
        return "" if self.place is None else f"{column_letters(self.place)}{self.line}"


@dataclass(slots=True)
class Group:
    """All problems with one cause in one column."""

    cause: str
    column: str
    reason: str
    count: int = 0
    where: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The cause in words."""
        return str(CAUSES[self.cause])

    @property
    def more(self) -> int:
        """How many cells the group does not name."""
        return self.count - len(self.where)


def cause_of(wrong: ValidationError) -> str:
    """The cause behind the code of a field's or a model's complaint."""
    code = str(wrong.code or "")
    return code if code in CAUSES else BY_CODE.get(code, "rule")


def grouped(problems: Iterable[Problem]) -> list[Group]:
    """The problems by cause and column, the most frequent first."""
    groups: dict[tuple[str, str], Group] = {}
    for one in problems:
        group = groups.setdefault((one.cause, one.column), Group(one.cause, one.column, one.reason))
        group.count += 1
        if len(group.where) < SAMPLES:
            group.where.append(one.cell or str(one.line))
    return sorted(groups.values(), key=lambda group: -group.count)


def reasons_of(wrong: ValidationError) -> list[tuple[str, str]]:
    """Cause and sentence of everything that a complaint contains."""
    parts: list[Any] = wrong.error_list
    return [(cause_of(one), sentence) for one in parts for sentence in ValidationError(one).messages]
