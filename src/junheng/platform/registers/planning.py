"""What an import would do: every line put beside its row, every cell beside its value."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField, DateTimeField, Model
from django.utils.translation import gettext as _

from junheng.platform.audit.save import columns_of
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.cells import is_plain, only_month, same_amount, tidy_code, times_wan
from junheng.platform.registers.cleaning import Cleaner
from junheng.platform.registers.declare import Register
from junheng.platform.registers.finding import RowFinder, bulk_look_ups
from junheng.platform.registers.flags import SENSITIVE
from junheng.platform.registers.forms import can_begin, editable
from junheng.platform.registers.heirs import several, told
from junheng.platform.registers.keys import mask, named, reference, row_key
from junheng.platform.registers.olds import Olds
from junheng.platform.registers.plans import LISTED, Change, Draft, Plan
from junheng.platform.registers.problems import Problem, reasons_of
from junheng.platform.registers.sheets import Sheet
from junheng.platform.registers.tables import BLOCK, Line, clean, column_of
from junheng.platform.registers.values import words, writer, written

Tell = Callable[[int, int, str], None]
"""Is told how far it is: so many of so many, and of what."""
NOTED = 20
"""Old codes and names that a preview names."""
TOLD = 500
"""Lines between two reports of progress."""


def make_plan(
    register: Register[Any],
    sheet: Sheet,
    asker: Asker,
    *,
    clear_blanks: bool = False,
    tell: Tell | None = None,
) -> Plan:
    """Find out all that an import would do. Writes nothing. A blank cell leaves what is there unless ``clear_blanks``."""
    planner = Planner(register, sheet, asker, clear_blanks=clear_blanks)
    drafts: list[Draft] = []
    for _block in planner.blocks(tell or (lambda done, total, what: None)):
        drafts += planner.plan.drafts
    planner.plan.drafts = drafts
    return planner.plan


class Planner:
    """Goes through the lines of a file and collects what would come of them."""

    def __init__(self, register: Register[Any], sheet: Sheet, asker: Asker, *, clear_blanks: bool) -> None:
        self.register = register
        self.sheet = sheet
        self.clear_blanks = clear_blanks
        self.plan = Plan(sheet)
        self.codes = set(code_columns(register, sheet.places))
        self.finder = RowFinder(register, asker, sheet.places)
        self.asker = asker
        self.editable = {one.name for one in editable(register)}
        self.fields = {one.name: one for one in register.fields}
        self.writers = {name: writer(register, self.fields[name]) for name in sheet.places if name != "id"}
        self.fixed = [name for name in sheet.places if name != "id" and name not in self.editable]
        self.cleaner = Cleaner(register, asker, bulk_look_ups(register, asker))
        self.every = frozenset(self.cleaner.columns)
        self.may_begin = can_begin(register)
        self.key_names = [one.name for one in row_key(register)]
        self.seen: dict[Any, int] = {}
        self.faulty = {line for line, _place in sheet.faults}
        self.months: dict[str, list[int]] = {}
        self.noted: Counter[tuple[str, str, str]] = Counter()

    def blocks(self, tell: Tell) -> Iterator[None]:
        """Plan a block of lines after the other; the drafts of each stand in the plan until the next."""
        total = len(self.sheet.lines)
        for start in range(0, total, BLOCK):
            self.plan.drafts = []
            self.plan_block(self.sheet.lines[start : start + BLOCK], lambda done, at=start: tell(at + done, total, _("正在检查")))  # type: ignore[misc] # fmt: skip
            if start + BLOCK >= total:
                self.plan.notes += [*self.told_olds(), *self.told_months(), *self.sheet.notes]
            yield
        if not total:
            self.plan.notes += self.sheet.notes

    def plan_block(self, lines: Sequence[Line], tell: Callable[[int], None]) -> None:
        """Decide what some lines would do: a few questions for all of them."""
        columns = {name: self.column(name, place, lines) for name, place in self.sheet.places.items()}
        look_ups = bulk_look_ups(self.register, self.asker, lambda name: set(columns.get(name, ())) - {""})
        self.cleaner.find_by(look_ups)
        self.olds = Olds(self.finder, self.asker, columns, look_ups)
        self.note_months(lines, columns)
        names = list(columns)
        every = [dict(zip(names, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
        for place, (line, cells, found) in enumerate(
            zip(lines, every, self.finder.rows_for(every), strict=True)
        ):
            self.plan_line(line, cells, found)
            if place % TOLD == 0:
                tell(place)

    def column(self, name: str, place: int, lines: Sequence[Line]) -> list[str]:
        """The cells of one field; a line that ends early has an empty one, codes have ordinary figures."""
        cells = column_of([line.cells for line in lines], place)
        if name in self.codes and not is_plain("\n".join(cells)):
            cells = list(map(tidy_code, cells))
        return list(map(times_wan, cells)) if name in self.sheet.wan else cells

    def note_months(self, lines: Sequence[Line], columns: Mapping[str, list[str]]) -> None:
        """Remember where a month was read as its first day."""
        for name, texts in columns.items():
            column = self.register.model_field(name) if name != "id" else None
            if isinstance(column, DateField) and not isinstance(column, DateTimeField):
                months = {text for text in set(texts) if text and only_month(text)}
                if months:
                    found = self.months.setdefault(name, [])
                    found += [line.number for line, text in zip(lines, texts, strict=True) if text in months]

    def told_olds(self) -> Iterator[str]:
        """Say which old codes and names were understood."""
        for (name, old, now), count in list(self.noted.items())[:NOTED]:
            yield told(self.register.label_of(name), old, now, count)

    def told_months(self) -> Iterator[str]:
        """Say where a month was read as its first day."""
        for name, where in self.months.items():
            yield _("「%(column)s」有 %(count)s 处只写到月（第一处 %(cell)s），按当月 1 日读入。") % {
                "column": self.register.label_of(name),
                "count": len(where),
                "cell": Problem(where[0], "", "", "", place=self.sheet.places[name]).cell,
            }

    def problem(self, line: Line, name: str, value: str, reason: str, cause: str) -> None:
        """Note what is wrong in a cell; ``name`` empty for a line as a whole."""
        one = self.register.f(name) if name else None
        label = self.register.label_of(one) if one else ""
        value = mask(value) if one and SENSITIVE in one.flags else value
        self.plan.problems.append(
            Problem(line.number, label, value, reason, cause, self.sheet.places.get(name))
        )

    def plan_line(self, line: Line, cells: Mapping[str, str], found: "Model | Problem | None") -> None:
        """Decide what one line would do."""
        if line.number in self.faulty:
            self.note_faults(line, cells)
            return
        if isinstance(found, Problem):
            self.plan.problems.append(
                Problem(line.number, found.column, found.value, found.reason, found.cause, found.place)
            )
            return
        if heirs := self.olds.heirs_at(cells, found):
            self.plan_heir(line, cells, found, heirs)
            return
        mark = found.pk if found is not None else self.key_mark(cells)
        if self.is_twice(line, mark):
            return
        if found is None:
            self.plan_new(line, cells)
        else:
            self.plan_change(line, cells, found)

    def is_twice(self, line: Line, mark: Any) -> bool:
        """Whether an earlier line is about the same row; says so."""
        if mark is None:
            return False
        if (first := self.seen.setdefault(mark, line.number)) == line.number:
            return False
        self.problem(line, "", "", _("与第 %(line)s 行是同一条记录。") % {"line": first}, "twice")
        return True

    def plan_heir(
        self, line: Line, cells: Mapping[str, str], found: Model | None, heirs: "Sequence[Model]"
    ) -> None:
        """A line about a unit by its old code: what it says that was not so of the old unit, it says of the heir."""
        name = self.key_names[0]
        said = {
            one: text
            for one, text in cells.items()
            if one not in {"id", name, self.register.since, self.register.until}
            and (text or self.clear_blanks)
            and not (found is not None and self.says_the_same(found, one, text))
        }
        said = self.olds.without_old_names(said, heirs)
        if not said:
            self.plan.unchanged += 1
        elif len(heirs) != 1:
            self.problem(line, name, cells[name], several(cells[name], heirs), "relation")
        elif (heir := self.olds.mine(heirs[0])) is None:
            reason = _("「%(old)s」现为 %(now)s，不在您的权限范围内。") % {
                "old": cells[name],
                "now": reference(heirs[0]),
            }
            self.problem(line, name, cells[name], reason, "scope")
        elif not self.is_twice(line, heir.pk):
            self.noted[name, cells[name], reference(heir)] += 1
            self.plan_change(line, said, heir)

    def understood(
        self, line: Line, cells: Mapping[str, str], names: Iterable[str]
    ) -> Mapping[str, str] | None:
        """The cells of a line with old codes and names put into today's; ``None`` where one is several's, which is said."""
        new: dict[str, str] = {}
        for name in names:
            if not (text := cells[name]) or not (meant := self.olds.meant(name, text, cells)):
                continue
            if meant.wrong:
                self.problem(line, name, text, meant.wrong, "relation")
                return None
            self.noted[name, text, meant.text] += 1
            new[name] = meant.text
        return {**cells, **new} if new else cells

    def key_mark(self, cells: Mapping[str, str]) -> tuple[str, ...] | None:
        """The key that a line would give its new row; ``None`` where it is empty or the register has none."""
        key = tuple([cells.get(name, "") for name in self.key_names])
        return key if any(key) else None

    def note_faults(self, line: Line, cells: Mapping[str, str]) -> None:
        """Name the cells of a line that could not be read as they stand."""
        for name, place in self.sheet.places.items():
            if fault := self.sheet.faults.get((line.number, place)):
                cause, reason = fault
                self.problem(line, name, cells[name], reason, cause)

    def plan_new(self, line: Line, cells: Mapping[str, str]) -> None:
        """What a line would begin."""
        fixed = [name for name in self.fixed if cells[name]]
        if self.refuse_fixed(line, cells, fixed):
            return
        if not self.may_begin:
            reason = _("没有找到这条记录，而这类记录由业务办理产生，不能导入新增。")
            self.problem(line, "", "", reason, "row")
            return
        meant = self.understood(line, cells, self.olds.names)
        if meant is None:
            return
        cells = meant
        if begun := self.cleaner.begun(cells):
            self.plan.new += 1
            self.plan.drafts.append(Draft(line, begun, None, self.every))
            return
        row = self.cleaner.new_row()
        texts = {
            name: cells.get(name, "")
            for name in self.cleaner.columns
            if cells.get(name) or name not in self.cleaner.defaults
        }
        self.fill(line, row, self.unread_key(texts) or texts)

    def unread_key(self, texts: dict[str, str]) -> dict[str, str]:
        """The cells of a key that make no sense: the row is not new but not found, so nothing else is held against it."""
        return {
            name: texts[name]
            for name in self.key_names
            if texts.get(name) and self.cleaner.value(name, texts[name])[1] is not None
        }

    def plan_change(self, line: Line, cells: Mapping[str, str], row: Model) -> None:
        """What a line would change in a row that is there."""
        differing = {
            name: text
            for name, text in cells.items()
            if name != "id" and (text or self.clear_blanks) and not self.says_the_same(row, name, text)
        }
        if not differing:
            self.plan.unchanged += 1
            return
        meant = self.understood(line, cells, self.olds.names & differing.keys())
        if meant is None:
            return
        differing = {
            name: meant[name]
            for name, text in differing.items()
            if meant[name] == text or not self.says_the_same(row, name, meant[name])
        }
        if self.refuse_fixed(
            line, cells, [name for name in differing if name not in self.editable and cells[name]]
        ):
            return
        before = columns_of(row)
        shown = {name: self.writers[name](row) for name in differing}
        texts = {name: text for name, text in differing.items() if name in self.editable}
        if not self.fill(line, row, texts):
            return
        after = columns_of(row)
        changed = {name for name in texts if after[self.attname(name)] != before[self.attname(name)]}
        if not changed:
            self.plan.unchanged += 1
            return
        self.plan.changed += 1
        self.plan.drafts.append(Draft(line, row, before, changed))
        self.note_changes(line, row, shown, changed)

    def refuse_fixed(self, line: Line, cells: Mapping[str, str], names: list[str]) -> bool:
        """Note cells that would change what only an action changes."""
        for name in names:
            reason = _("这一列只能通过业务办理改变，请保持原值或删去这一列。")
            self.problem(line, name, cells[name], reason, "fixed")
        return bool(names)

    def fill(self, line: Line, row: Model, texts: dict[str, str]) -> bool:
        """Put the values of a line into its row; say what is wrong, and whether nothing is."""
        good = True
        held, kept, value_of = self.cleaner.held, row.__dict__, self.cleaner.value
        for name, text in texts.items():
            value, wrong = value_of(name, text)
            if wrong is None:
                if name in held:
                    kept[name] = value
                else:
                    setattr(row, name, value)
                continue
            good = False
            for cause, reason in reasons_of(wrong):
                self.problem(line, name, text, reason, cause)
        if good:
            for name, complaints in self.cleaner.rules_of(row).items():
                good = False
                for cause, reason in reasons_of(ValidationError(complaints)):
                    self.problem(
                        line, name if name in self.sheet.places else "", texts.get(name, ""), reason, cause
                    )
        return good

    def says_the_same(self, row: Model, name: str, text: str) -> bool:
        """Whether a cell says what is stored, or its mask."""
        if self.finder.is_found_by(name, row, text):
            return True
        one = self.field(name)
        stored = self.writers[name](row)
        if text == stored or text == clean(stored) or (name in self.codes and text == tidy_code(stored)):
            return True
        if SENSITIVE in one.flags and text == mask(words(self.register, one, row)):
            return True
        return self.register.is_money(one) and same_amount(text, stored)

    def field(self, name: str) -> Any:
        """The declared field of that name."""
        return self.fields[name]

    def attname(self, name: str) -> str:
        """The column behind a field."""
        return self.register.model_field(name).attname

    def note_changes(self, line: Line, row: Model, shown: dict[str, str], changed: set[str]) -> None:
        """List what would change in a row, masked where it is sensitive, while the list is not full."""
        if len(self.plan.changes) >= LISTED:
            return
        for one in self.register.fields:
            if one.name in changed:
                before, after = shown[one.name], written(self.register, one, row)
                pair = (mask(before), mask(after)) if SENSITIVE in one.flags else (before, after)
                self.plan.changes.append(Change(line.number, named(row), self.register.label_of(one), *pair))


def code_columns(register: Register[Any], places: dict[str, int]) -> list[str]:
    """The columns whose texts may be codes, which have ordinary figures and no blanks."""
    return [
        name
        for name in places
        if name == "id"
        or (
            isinstance(column := register.model_field(name), CharField)
            and not column.choices
            and name != "term"
        )
    ]
