"""Finding the table in a file: which sheet, which lines are headings, which column holds which field, where it ends.

People put a title above the table, merge cells over several heading lines, repeat the headings for printing, add a
total below and signatures under it. The set of lines that names most fields of the register is taken for the headings.
"""

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.registers.cells import column_letters, halved
from junheng.platform.registers.declare import Register
from junheng.platform.registers.flags import KEY
from junheng.platform.registers.forms import editable
from junheng.platform.registers.keys import NUMBER
from junheng.platform.registers.sheets import Sheet
from junheng.platform.registers.tables import BLOCK, KEPT, Line, Records, look_through
from junheng.platform.registers.workbooks import Grid

COLUMNS = 200
TOP = 30
"""Lines from the top among which the headings are looked for."""
DEEP = 4
"""Lines that one set of headings may have."""
MISTAKES = "错误说明"
"""The column that a marked file has more than the one that was sent."""
UNUSUAL = "少见情形"
SAID = "少见情形说明"
"""The columns of a marked file that name what is unusual in a line, and in which it is explained."""
OURS = frozenset({MISTAKES, UNUSUAL, SAID})
TOTALS = re.compile(r"(?:本页|本表|全[市县区镇校])?(?:合计|总计|小计|共计|累计|汇总)(?:[（(].*[)）])?[:：]?")
SUMS = re.compile("[计总]")
"""One of these signs is in every word for a total."""
FOOT = re.compile(
    r"(?:注|备注|说明|填表人?|制表人?|审核人?|填报人?|填报单位|单位负责人|联系人|打印时间)\s*\d*[:：].*"
)
WAN = re.compile(r"[（(](?:单位[:：])?万[元人名]?[)）]")
UNIT = re.compile(r"[（(](?:单位[:：])?[元人名个所处万]{1,2}[)）]|[（(](?:必填|选填)[)）]")


@dataclass(frozen=True, slots=True)
class Match:
    """A reading of some lines as headings: the fields they name, and how each column is called."""

    first: int
    depth: int
    places: dict[str, int]
    headings: list[str]
    doubled: tuple[str, str, str] | None
    wan: frozenset[str]

    @property
    def worth(self) -> tuple[int, int, int]:
        """More fields first, then fewer lines, then further up."""
        return len(self.places), -self.depth, -self.first


def folded(heading: str) -> str:
    """A heading without the differences that do not matter."""
    text = "".join(halved(heading).split()).replace("（", "(").replace("）", ")")
    return text.strip("*＊:：").lower()


def known_headings(register: Register[Any]) -> dict[str, str]:
    """The field behind every heading under which a column is known; the row number is called ``id``."""
    found = {folded(NUMBER): "id", "id": "id"}
    for one in register.fields:
        verbose = str(register.model_field(one).verbose_name)
        for heading in (*one.headings, register.label_of(one), verbose, one.name):
            found[folded(heading)] = one.name
    found |= {folded(register.label_of(one)): one.name for one in register.fields}
    return {folded(UNIT.sub("", heading)): name for heading, name in found.items()} | found


def find_table(register: Register[Any], name: str, grids: list[Grid]) -> Sheet:
    """The table of a register in a file: the sheet whose headings name most of its fields."""
    known = known_headings(register)
    readable = [grid for grid in grids if any(any(row) for row in grid.rows) and not is_summary(grid)]
    if not readable:
        raise Refusal("no-headings", "「{name}」中没有内容。第一行应为列名，其后每行一条记录。", name=name)
    matches = [(best_match(grid.rows, known), grid) for grid in readable]
    match, grid = max(matches, key=lambda one: one[0].worth[0])
    refuse_unclear(register, name, match, grid)
    notes = list(grid.notes)
    if len(readable) > 1:
        others = "、".join(one.title for one in readable if one is not grid)
        notes.append(
            _("文件有多张工作表，读取的是「%(title)s」；没有读取：%(others)s。")
            % {"title": grid.title, "others": others}
        )
    lines = lines_under(register, grid, match, notes)
    if len(lines) > settings.JUNHENG_IMPORT_LINES:
        raise Refusal(
            "too-many-rows",
            "「{name}」有 {count} 行，一次最多导入 {limit} 行。请拆分成几个文件。",
            name=name,
            count=len(lines),
            limit=settings.JUNHENG_IMPORT_LINES,
        )
    used = set(match.places.values())
    return Sheet(
        headings=match.headings,
        lines=lines,
        places=match.places,
        title=grid.title,
        heading_line=match.first + 1,
        ignored=[
            heading
            for place, heading in enumerate(match.headings)
            if heading and place not in used and heading not in OURS
        ],
        notes=notes,
        faults={key: fault for key, fault in grid.faults.items() if key[1] in used},
        wan=match.wan,
        said_place=match.headings.index(SAID) if SAID in match.headings else None,
    )


def is_summary(grid: Grid) -> bool:
    """Whether a sheet is the summary of mistakes that a marked file has more than the one that was sent."""
    return bool(grid.rows[0]) and grid.rows[0][0] == MISTAKES


def refuse_unclear(register: Register[Any], name: str, match: Match, grid: Grid) -> None:
    """Refuse headings that name no field, or one field twice, or are too many."""
    if not match.places:
        raise Refusal(
            "no-known-column",
            "没有认出任何一列。第一行应为列名，例如：{headings}。可以先导出一份作为模板。",
            headings="、".join(register.label_of(one) for one in editable(register)[:6]),
        )
    if match.doubled:
        field, first, second = match.doubled
        raise Refusal(
            "column-twice",
            "列「{first}」和「{second}」都是「{label}」。请删去其中一列后重新导入。",
            first=first,
            second=second,
            label=NUMBER if field == "id" else register.label_of(field),
        )
    if sum(1 for heading in match.headings if heading) > COLUMNS:
        raise Refusal(
            "too-many-columns", "「{name}」超过 {limit} 列，请只保留需要导入的列。", name=name, limit=COLUMNS
        )


def best_match(rows: Sequence[list[str]], known: dict[str, str]) -> Match:
    """The lines near the top that name most fields, and fewest lines of them."""
    found = [
        match_at(rows[first : first + depth], first, known)
        for first in range(min(TOP, len(rows)))
        if any(rows[first])
        for depth in range(1, DEEP + 1)
        if first + depth <= len(rows)
    ]
    return max(found, key=lambda match: match.worth)


def match_at(rows: Sequence[list[str]], first: int, known: dict[str, str]) -> Match:
    """Read these lines as headings, each column's from top to bottom."""
    stacks = stacked(rows)
    headings = ["/".join(stack) for stack in stacks]
    sure: dict[str, int] = {}
    doubled: tuple[str, str, str] | None = None
    for place, stack in enumerate(stacks):
        field = whole_heading(stack, known)
        if field and field in sure:
            doubled = doubled or (field, headings[sure[field]], headings[place])
        elif field:
            sure[field] = place
    taken = set(sure.values())
    maybe: dict[str, int] = {}
    for place, stack in enumerate(stacks):
        field = last_heading(stack, known) if place not in taken else None
        if field and field in maybe:
            doubled = doubled or (field, headings[maybe[field]], headings[place])
        elif field and field not in sure:
            maybe[field] = place
    places = dict(sorted((sure | maybe).items(), key=lambda one: one[1]))
    wan = frozenset(
        name
        for name, place in places.items()
        if WAN.search(headings[place].replace("（", "(").replace("）", ")"))
    )
    return Match(first, len(rows), places, headings, doubled, wan)


def stacked(rows: Sequence[list[str]]) -> list[list[str]]:
    """For each column what stands above it; a merged cell stands above all columns that it covers.

    A reader of values sees a merged cell only in its first place, so the word before is taken where a line is blank
    and something stands below.
    """
    width = max(len(row) for row in rows)
    filled = [[" ".join(cell.split()) for cell in row] + [""] * (width - len(row)) for row in rows]
    for number, row in enumerate(filled[:-1]):
        for place in range(1, width):
            below = any(filled[lower][place] for lower in range(number + 1, len(filled)))
            above = any(filled[upper][place] for upper in range(number))
            if not row[place] and below and not above:
                row[place] = row[place - 1]
    stacks = []
    for place in range(width):
        stack: list[str] = []
        for row in filled:
            if row[place] and (not stack or stack[-1] != row[place]):
                stack.append(row[place])
        stacks.append(stack)
    while stacks and not stacks[-1]:
        stacks.pop()
    return stacks


def whole_heading(stack: list[str], known: dict[str, str]) -> str | None:
    """The field that a column's headings name together: alone, one after the other, or parts of one cell."""
    if not stack:
        return None
    text = "".join(stack)
    for candidate in (text, UNIT.sub("", text), re.sub(r"[/／\\|-]", "", text)):
        if field := known.get(folded(candidate)):
            return field
    return None


def last_heading(stack: list[str], known: dict[str, str]) -> str | None:
    """The field that the lowest part of a column's headings names, where the whole names none."""
    if not stack:
        return None
    parts = [part for one in stack for part in re.split(r"[/／\\|\n]", one) if part.strip()]
    last = parts[-1] if parts else ""
    if len(parts) > 1:
        return known.get(folded(last)) or known.get(folded(UNIT.sub("", last)))
    return None


def lines_under(register: Register[Any], grid: Grid, match: Match, notes: list[str]) -> Sequence[Line]:
    """The lines of records: no blank ones, no totals, no signatures, no headings said again."""
    keys = [match.places[one.name] for one in register.flagged(KEY) if one.name in match.places]
    again = [cell.strip() for cell in grid.rows[match.first + match.depth - 1]]
    faulty = {line for line, _place in grid.faults}
    few = len(grid.rows) <= KEPT
    lines, numbers, left_out = list[Line](), array("L"), list[tuple[int, str]]()
    for start in range(match.first + match.depth, len(grid.rows), BLOCK):
        rows = grid.rows[start : start + BLOCK]
        odd = look_through(rows)
        for place, cells in enumerate(rows):
            number = start + place + 1
            if not any(cells):
                kept = number in faulty
            elif cells == again or (place in odd and is_no_record(cells, keys)):
                left_out.append((number, next(filter(None, cells))))
                kept = False
            else:
                kept = True
            if kept and few:
                lines.append(Line(number, cells))
            elif kept:
                numbers.append(number)
    if match.first:
        notes.append(_("列名在第 %(line)s 行，它上面的内容没有读取。") % {"line": match.first + 1})
    notes += [
        _("第 %(line)s 行（%(word)s）不是记录，没有读取。") % {"line": number, "word": word[:20]}
        for number, word in left_out[:20]
    ]
    return lines if few else Records(grid.rows, numbers)


def is_no_record(cells: list[str], keys: list[int]) -> bool:
    """Whether a line adds up others, or is a remark or a signature."""
    filled = list(filter(None, cells))
    return is_total(filled, cells, keys) or is_foot(filled, cells, keys)


def is_total(filled: list[str], cells: list[str], keys: list[int]) -> bool:
    """Whether a line adds up others: it says so near its beginning and has no key of its own."""
    if not SUMS.search("".join(filled[:3])):
        return False
    begin = [(place, "".join(cell.split())) for place, cell in enumerate(cells) if cell][:3]
    words = {place for place, text in begin if TOTALS.fullmatch(text)}
    return bool(words) and all(place in words or place >= len(cells) or not cells[place] for place in keys)


def is_foot(filled: list[str], cells: list[str], keys: list[int]) -> bool:
    """Whether a line is a remark or a signature under the table."""
    if not FOOT.match(filled[0]):
        return False
    own = [cells[place] for place in keys if place < len(cells) and cells[place]]
    return len(filled) == 1 or all(FOOT.match(one) for one in own)


def place_name(line: int, place: int | None) -> str:
    """The address of a cell, such as C17; of a whole line its number alone."""
    return f"{column_letters(place)}{line}" if place is not None else str(line)
