"""What a file would bring: every line read, every cell that is wrong named, nothing written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from junheng.domains.partnerlists.queries.reading.encodings import mended
from junheng.domains.partnerlists.queries.reading.lines import LINES
from junheng.domains.partnerlists.queries.reading.numbers import number_and_flaw
from junheng.domains.partnerlists.terms import Flaw
from junheng.domains.pupils.terms import Sex
from junheng.kernel.errors import Refusal
from junheng.kernel.linkage import name_form, number_told, plain_name
from junheng.kernel.values.identity import id_number_fault
from junheng.platform.registers.cells import day_of, halved, only_month
from junheng.platform.registers.importing import read_sheet
from junheng.platform.registers.plans import Plan
from junheng.platform.registers.problems import Problem
from junheng.platform.registers.scanning import lost_digits
from junheng.platform.registers.sheets import Sheet
from junheng.platform.registers.tables import Line

MOST = 50_000
"""Lines of one list: a county's poor have fewer."""
NUMBERS = frozenset({"number", "certificate"})
"""Columns whose cells are repeated to nobody."""
NAMED = 20
"""Odd lines that a note names."""
SEXES = {
    "男": Sex.MALE,
    "1": Sex.MALE,
    "男性": Sex.MALE,
    "女": Sex.FEMALE,
    "2": Sex.FEMALE,
    "女性": Sex.FEMALE,
}


@dataclass(frozen=True, slots=True)
class Person:
    """One line that can be compared with the roll."""

    line: int
    name: str
    number: str
    born: str
    sex: int | None
    place: str
    school: str
    flaws: tuple[Flaw, ...]

    @property
    def sound(self) -> bool:
        """Whether the number is one by which somebody is known."""
        return bool(self.number) and not id_number_fault(self.number)


@dataclass(slots=True)
class ListPlan(Plan):
    """All that a file brings, and all that is wrong with it."""

    people: list[Person] = field(default_factory=list)
    doubled: int = 0
    unusable: int = 0

    @property
    def flawed(self) -> int:
        """Lines that are taken in although something in them is wrong."""
        return sum(bool(one.flaws) for one in self.people)


def read_list(name: str, content: bytes) -> ListPlan:
    """Read a file to its end. What is no table of people at all is refused."""
    whole, odd = mended(content)
    sheet = read_sheet(LINES, name, whole)
    require_columns(sheet)
    if len(sheet.lines) > MOST:
        raise Refusal(
            "too-many-rows",
            "「{name}」有 {count} 行，一次最多导入 {limit} 行。请拆分成几个文件。",
            name=name, count=len(sheet.lines), limit=MOST,
        )  # fmt: skip
    plan = ListPlan(sheet, notes=list(sheet.notes))
    if odd:
        lines = "、".join(map(str, odd[:NAMED])) + ("…" if len(odd) > NAMED else "")
        plan.notes.append(
            _("文件里混用了两种编码，已逐行识别；第 %(lines)s 行的编码与其余各行不同，请核对。")
            % {"lines": lines}
        )
    seen: dict[tuple[str, str, str], int] = {}
    for line in sheet.lines:
        Reader(plan, line).read(seen)
    return plan


def require_columns(sheet: Sheet) -> None:
    """Refuse a table by which nobody can be found."""
    if "name" not in sheet.places or not {"number", "certificate", "born"} & set(sheet.places):
        raise Refusal(
            "partner-list-columns",
            "表中须有“姓名”一列，并有“身份证件号”或“出生日期”中的至少一列，没有收取。请核对列名后重新选择文件。",
        )


class Reader:
    """Reads one line, and says of each cell what is wrong with it."""

    def __init__(self, plan: ListPlan, line: Line) -> None:
        self.plan, self.line = plan, line
        self.flaws: list[Flaw] = []

    def read(self, seen: dict[tuple[str, str, str], int]) -> None:
        """Read the line into the plan. ``seen``: who stood in a line above."""
        name = plain_name(self.text("name"))[:40]
        number = self.number()
        born = self.born(number)
        if not name or not (number or born):
            self.plan.unusable += 1
            if not name:
                self.wrong("name", _("没有姓名，这一行无法比对，没有收下。"), "missing")
            else:
                self.wrong(
                    "number", _("既没有身份证件号，也没有出生日期，这一行无法比对，没有收下。"), "missing"
                )
            return
        mark = (number, name_form(name), born)
        if mark in seen:
            self.plan.doubled += 1
            self.wrong("", _("与第 %(line)s 行相同，只收一次。") % {"line": seen[mark]}, "twice")
            return
        seen[mark] = self.line.number
        self.plan.people.append(
            Person(
                self.line.number, name, number, born, self.sex(number),
                halved(self.text("place"))[:120], halved(self.text("school"))[:60], tuple(self.flaws),
            )
        )  # fmt: skip

    def text(self, name: str) -> str:
        """The cell of a column."""
        place = self.plan.sheet.places.get(name)
        return self.line.cells[place] if place is not None and place < len(self.line.cells) else ""

    def wrong(self, name: str, reason: str, cause: str = "rule") -> None:
        """Note what is wrong in one cell, or in the line as a whole."""
        place = self.plan.sheet.places.get(name) if name else None
        label = LINES.label_of(name) if name else ""
        shown = "" if name in NUMBERS else self.text(name)
        self.plan.problems.append(Problem(self.line.number, label, shown, reason, cause, place))

    def number(self) -> str:
        """The number of the line. A fault does not keep the line out: it is then compared by name and birthday.

        A disability certificate says the identity number too: it is asked where the number itself is none or not right.
        """
        column, (number, flaw) = "number", number_and_flaw(self.text("number"))
        other = number_and_flaw(self.text("certificate"))
        if flaw is None and other[1] is None and other[0] != number:
            self.wrong("certificate", _("与身份证件号不是同一个号码，按身份证件号比对，请核对哪一个对。"))
        elif flaw is not None and (other[1] is None or (other[0] and not number)):
            column, (number, flaw) = "certificate", other
        place = self.plan.sheet.places.get(column, -1)
        fault = self.plan.sheet.faults.get((self.line.number, place))
        if fault and fault[0] == "digits" and flaw == Flaw.BAD_NUMBER:
            flaw = Flaw.LOST_DIGITS
        if flaw is None:
            return number
        self.flaws.append(flaw)
        if place >= 0:
            self.wrong(column, SAID[flaw](number), "digits" if flaw == Flaw.LOST_DIGITS else "rule")
        return number

    def born(self, number: str) -> str:
        """The birthday of the line: its own column, else what the number says."""
        text = self.text("born")
        own = day_of(text) if text and not only_month(text) else None
        if text and own is None:
            self.flaws.append(Flaw.BAD_DAY)
            self.wrong("born", _("不是完整的出生日期。请写成 2014-09-01 的样子。"), "date")
        told = number_told(number).born if number else 0
        if own and told and own.toordinal() != told:
            self.flaws.append(Flaw.OTHER_DAY)
            self.wrong("born", _("出生日期与身份证件号中的不一致，请核对哪一个对。"))
        day = own or (date.fromordinal(told) if told else None)
        return day.isoformat() if day else ""

    def sex(self, number: str) -> int | None:
        """Boy or girl: the list's own column, else what the number says."""
        own = SEXES.get(halved(self.text("sex")))
        return int(own) if own else (number_told(number).sex or None) if number else None


SAID: dict[Flaw, Callable[[str], str]] = {
    Flaw.NO_NUMBER: lambda _number: _("没有身份证件号，只能按姓名和出生日期比对，结果须人工判断。"),
    Flaw.LOST_DIGITS: lambda _number: lost_digits(),
    Flaw.OLD_NUMBER: lambda _number: _("15位的旧号码，已按国家标准换算为18位。"),
    Flaw.BAD_NUMBER: lambda number: _(id_number_fault(number)),
}
"""What is said about a number."""
