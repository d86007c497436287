"""Importing a table: first everything that would happen and everything that is wrong, then all of it or nothing."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.append import append_many
from junheng.platform.audit.save import columns_of, draft_of
from junheng.platform.registers.actions import outside, scope_field
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.finding import Problem, RowFinder, bulk_look_ups
from junheng.platform.registers.flags import FIXED, SENSITIVE
from junheng.platform.registers.forms import LookUp, RowForm, can_begin, editable, form_class
from junheng.platform.registers.keys import NUMBER, mask, named, row_key
from junheng.platform.registers.sheets import Line, Sheet
from junheng.platform.registers.values import words, written

CHUNK = 400
"""Rows asked for at a time."""
LISTED = 200
"""Problems and changes that a preview lists; it counts them all."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that the import would change."""

    line: int
    row: str
    column: str
    before: str
    after: str


@dataclass(slots=True)
class Plan:
    """All that an import would do, and all that is wrong with it."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    forms: list[tuple[Line, RowForm, dict[str, Any] | None]] = field(default_factory=list)

    @property
    def listed_problems(self) -> list[Problem]:
        """The first problems, in the order of the file."""
        return sorted(self.problems, key=lambda problem: problem.line)[:LISTED]

    @property
    def listed_changes(self) -> list[Change]:
        """The first changes."""
        return self.changes[:LISTED]

    @property
    def does_nothing(self) -> bool:
        """Whether everything in the file stands in the register already."""
        return not (self.new or self.changed or self.problems)


def columns_in(register: Register[Any], sheet: Sheet, plan: Plan) -> dict[str, int]:
    """Which column of the file holds which field; the row number is called ``id``.

    A heading is known by the field's name, its label or one of its synonyms. The same field twice is refused.
    """
    by_heading = {NUMBER: "id", "id": "id"}
    for one in register.fields:
        for heading in (
            *one.headings,
            register.label_of(one),
            str(register.model_field(one).verbose_name),
            one.name,
        ):
            by_heading[folded(heading)] = one.name
    by_heading |= {folded(register.label_of(one)): one.name for one in register.fields}
    found: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings):
        name = by_heading.get(folded(heading))
        if name is None:
            plan.ignored += [heading] if heading else []
        elif name in found:
            raise Refusal(
                "column-twice",
                "列「{first}」和「{second}」都是「{label}」。请删去其中一列后重新导入。",
                first=sheet.headings[found[name]],
                second=heading,
                label=NUMBER if name == "id" else register.label_of(name),
            )
        else:
            found[name] = place
            plan.used.append(heading)
    if not found:
        raise Refusal(
            "no-known-column",
            "没有认出任何一列。第一行应为列名，例如：{headings}。可以先导出一份作为模板。",
            headings="、".join(register.label_of(one) for one in editable(register)[:6]),
        )
    return found


def folded(heading: str) -> str:
    """A heading without the differences that do not matter."""
    return "".join(heading.split()).replace("(", "（").replace(")", "）").rstrip("*：:").lower()


def make_plan(register: Register[Any], sheet: Sheet, asker: Asker) -> Plan:
    """Find out all that an import would do. Writes nothing."""
    plan = Plan(lines=len(sheet.lines))
    places = columns_in(register, sheet, plan)
    lines = [(line, cells_of(line, places)) for line in sheet.lines]
    finder = RowFinder(register, asker, places)
    look_ups = bulk_look_ups(register, asker)
    seen: dict[Any, int] = {}
    for start in range(0, len(lines), CHUNK):
        part = lines[start : start + CHUNK]
        rows = finder.rows_for([cells for _line, cells in part])
        for (line, cells), found in zip(part, rows, strict=True):
            plan_line(register, plan, line, cells, found, asker, look_ups, seen)
    return plan


def cells_of(line: Line, places: dict[str, int]) -> dict[str, str]:
    """The cells of a line by field; a line that ends early has empty ones."""
    return {name: line.cells[place] if place < len(line.cells) else "" for name, place in places.items()}


def plan_line(
    register: Register[Any],
    plan: Plan,
    line: Line,
    cells: dict[str, str],
    found: "Model | Problem | None",
    asker: Asker,
    look_ups: dict[str, LookUp],
    seen: dict[Any, int],
) -> None:
    """Decide what one line would do."""
    if isinstance(found, Problem):
        plan.problems.append(Problem(line.number, found.column, found.value, found.reason))
        return
    mark = (
        found.pk if found is not None else tuple(cells.get(one.name, "") for one in row_key(register)) or None
    )
    if mark is not None and mark in seen:
        plan.problems.append(
            Problem(line.number, "", "", _("与第 %(line)s 行是同一条记录。") % {"line": seen[mark]})
        )
        return
    if mark is not None:
        seen[mark] = line.number
    stored = {} if found is None else {one.name: written(register, one, found) for one in register.fields}
    if found is not None and all(
        unchanged(register, found, name, cells, stored) for name in cells if name != "id"
    ):
        plan.unchanged += 1
        return
    if problems := fixed_problems(register, line, cells, found, stored):
        plan.problems += problems
        return
    if found is None and not can_begin(register):
        plan.problems.append(
            Problem(line.number, "", "", _("没有找到这条记录，而这类记录由业务办理产生，不能导入新增。"))
        )
        return
    plan_form(register, plan, line, cells, found, stored, asker, look_ups)


def unchanged(
    register: Register[Any], row: Model, name: str, cells: dict[str, str], stored: dict[str, str]
) -> bool:
    """Whether a cell says what is stored, or its mask."""
    one = register.f(name)
    cell = cells[name]
    if one is not None and SENSITIVE in one.flags and cell == mask(words(register, one, row)):
        return True
    if one is not None and register.is_money(one):
        return same_amount(cell, stored[name])
    return cell == stored[name].strip()


def same_amount(one: str, other: str) -> bool:
    """Whether two amounts are equal, however many zeros a spreadsheet left of them."""
    try:
        return Decimal(one or "NaN") == Decimal(other or "NaN") or one == other
    except InvalidOperation:
        return False


def fixed_problems(
    register: Register[Any], line: Line, cells: dict[str, str], row: Model | None, stored: dict[str, str]
) -> list[Problem]:
    """Cells that would change what only an action changes."""
    return [
        Problem(
            line.number,
            register.label_of(one),
            cells[one.name],
            _("这一列只能通过业务办理改变，请保持原值或删去这一列。"),
        )
        for one in register.flagged(FIXED)
        if cells.get(one.name) and (row is None or not unchanged(register, row, one.name, cells, stored))
    ]


def plan_form(
    register: Register[Any],
    plan: Plan,
    line: Line,
    cells: dict[str, str],
    row: Model | None,
    stored: dict[str, str],
    asker: Asker,
    look_ups: dict[str, LookUp],
) -> None:
    """Put one line through the register's form and note what comes of it."""
    before = None if row is None else columns_of(row)
    defaults = {} if row is not None else default_texts(register)
    given = {name: cell for name, cell in cells.items() if row is not None or cell or name not in defaults}
    form = form_class(register)(
        stored | defaults | given,
        asker=asker,
        instance=row,
        look_ups=look_ups,
        table_decides=True,
        stored=stored,
    )
    if not form.is_valid():
        plan.problems += [
            Problem(line.number, label_in(register, name), cells.get(name, ""), str(reason))
            for name, reasons in form.errors.items()
            for reason in reasons
        ]
        return
    if row is None:
        plan.new += 1
    elif draft_of(form.instance, before, by="import", at=asker.at, why="") is None:
        plan.unchanged += 1
        return
    else:
        plan.changed += 1
        note_changes(register, plan, line, form, stored)
    plan.forms.append((line, form, before))


def note_changes(
    register: Register[Any], plan: Plan, line: Line, form: RowForm, stored: dict[str, str]
) -> None:
    """List what would change in a row, masked where it is sensitive, while the list is not full."""
    if len(plan.changes) >= LISTED:
        return
    for one in editable(register):
        after = written(register, one, form.instance)
        before = stored[one.name]
        if before != after:
            shown = (mask(before), mask(after)) if SENSITIVE in one.flags else (before, after)
            plan.changes.append(Change(line.number, named(form.instance), register.label_of(one), *shown))


def default_texts(register: Register[Any]) -> dict[str, str]:
    """What an empty cell of a new row stands for, where the model has a default."""
    blank = register.model()
    return {
        one.name: written(register, one, blank)
        for one in editable(register)
        if register.model_field(one).has_default() and not isinstance(register.model_field(one), ForeignKey)
    }


def label_in(register: Register[Any], name: str) -> str:
    """The heading of a form's field; empty for what concerns the whole line."""
    return register.label_of(name) if register.f(name) else ""


def rehearse(register: Register[Any], sheet: Sheet, asker: Asker) -> Plan:
    """The preview: everything is really done, looked at, and undone."""
    with transaction.atomic():
        plan = make_plan(register, sheet, asker)
        write(register, plan, asker)
        transaction.set_rollback(True)
    return plan


def carry_out(register: Register[Any], sheet: Sheet, asker: Asker, *, why: str) -> Plan:
    """Do all that the file says, in one transaction; nothing at all if anything is wrong.

    The plan is made anew inside the transaction, so what a colleague did since the preview is seen.
    """
    with transaction.atomic():
        plan = make_plan(register, sheet, asker)
        write(register, plan, asker)
        if plan.problems:
            transaction.set_rollback(True)
        else:
            drafts = (
                draft_of(form.instance, before, by=asker.user, at=asker.at, why=why)
                for _line, form, before in plan.forms
            )
            append_many([draft for draft in drafts if draft])
    if plan.problems:
        raise Conflict(
            "import-has-problems",
            "有 {count} 处问题，没有导入任何内容。第 {line} 行：{reason}请修改文件后重新预览。",
            count=len(plan.problems),
            line=plan.listed_problems[0].line,
            reason=plan.listed_problems[0].reason,
        )
    return plan


def write(register: Register[Any], plan: Plan, asker: Asker) -> None:
    """Save every row, and add to the plan's problems what only the table and the scope can tell."""
    for line, form, before in plan.forms:
        try:
            with transaction.atomic():
                form.instance.save(force_insert=before is None, force_update=before is not None)
        except IntegrityError:
            plan.problems += why_refused(register, line, form)
    plan.problems += lines_outside(register, plan, asker)


def why_refused(register: Register[Any], line: Line, form: RowForm) -> list[Problem]:
    """What the table has against a row, in the words of its model."""
    found = []
    for ask in (form.instance.validate_unique, form.instance.validate_constraints):
        try:
            ask()
        except ValidationError as wrong:
            found += [
                Problem(line.number, label_in(register, name), "", reason)
                for name, reasons in wrong.message_dict.items()
                for reason in reasons
            ]
    return found or [Problem(line.number, "", "", _("与文件中的另一行，或与已有记录重复。"))]


def lines_outside(register: Register[Any], plan: Plan, asker: Asker) -> list[Problem]:
    """The written lines that lie outside the scope."""
    rows = {
        form.instance.pk: (line, form) for line, form, _before in plan.forms if form.instance.pk is not None
    }
    inside: set[Any] = set()
    pks = list(rows)
    for start in range(0, len(pks), CHUNK):
        here = register.model._default_manager.filter(pk__in=pks[start : start + CHUNK])
        inside |= set(asker.within(here, register, "import").values_list("pk", flat=True))
    return [
        Problem(line.number, label_in(register, scope_field(form) or ""), "", outside())
        for pk, (line, form) in rows.items()
        if pk not in inside
    ]
