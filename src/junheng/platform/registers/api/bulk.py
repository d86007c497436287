"""Many rows in one request, one JSON object a line: all of them or none, and every error at its line and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.audit.append import append_many
from junheng.platform.audit.history import version_of
from junheng.platform.audit.save import columns_of, drafts_of
from junheng.platform.registers.actions import outside, scope_field
from junheng.platform.registers.api.giving import form_errors, new_form, read_json, texts_of, wrong
from junheng.platform.registers.api.writing import explanation_needed, fresh, not_fit, why_of
from junheng.platform.registers.asker import LARGEST, Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.doubts import EXPLANATION, MOST, Watched, is_said
from junheng.platform.registers.finding import bulk_look_ups
from junheng.platform.registers.forms import RowForm, as_written, can_begin, form_class
from junheng.platform.registers.gates import Intent, divert
from junheng.platform.registers.heirs import understanding, understood
from junheng.platform.registers.policies import Source
from junheng.platform.registers.views.change import hold

LINES = 5_000
TOLD = 200
"""Errors that an answer lists; it counts them all."""
CHUNK = 400
"""Numbers in one question to the database."""


@dataclass(slots=True)
class Line:
    """One line: its number in the request, what it says, its row if it names one, its form once it has one."""

    number: int
    pk: int | None
    version: int | None
    values: Any
    explanation: str = ""
    form: RowForm | None = None
    before: dict[str, Any] | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written: the row number of every line, in order, and how many were new, changed or the same.

    A new row that waits for approval as a whole has no number yet; ``proposals`` are the numbers of what waits.
    """

    rows: list[Any]
    new: int
    changed: int
    unchanged: int
    proposals: list[int]


def upload(register: Register[Any], text: str, *, why: Any, asker: Asker) -> Outcome:
    """Write all lines. A line with an ``id`` changes that row, one without is a new row. To be called in a transaction.

    A ``version`` beside the ``id`` is checked where it is given. What is unusual in a line needs its ``explanation``.
    """
    if not asker.may("import", register):
        raise NotAllowed(
            "may-not-import", "您没有向「{label}」导入的权限。请联系有权限的科室。", label=register.label
        )
    reason = why_of(asker, why)
    lines, errors = read_lines(text)
    errors += prepare(register, lines, asker)
    numbers = [] if errors else keep_back(register, lines, asker=asker, why=reason)
    written = [line for line in lines if not line.waits]
    rows = [line.form.instance for line in written if line.form is not None and line.pk is not None]
    watched = Watched(register, [] if errors else rows, asker)
    if not errors:
        errors += write(written) or lines_outside(register, written, asker)
    if errors:
        raise told(errors)
    said = explained(written, watched)
    pairs = ((line.form.instance, line.before) for line in written if line.form is not None)
    drafts = list(drafts_of(pairs, by=asker.user, at=asker.at, why=reason))
    append_many(drafts)
    watched.settle(said)
    new = sum(line.pk is None for line in written)
    changed = len(drafts) - new
    numbered = [None if line.waits or line.form is None else line.form.instance.pk for line in lines]
    return Outcome(numbered, new, changed, len(written) - new - changed, numbers)


def explained(lines: list[Line], watched: Watched) -> dict[int, str]:
    """What the lines say about what is unusual in them, by row number; refused where one of them says nothing."""
    by_row = {int(line.form.instance.pk): line for line in lines if line.form is not None}
    questions = watched.asked([line.form.instance for line in by_row.values() if line.form is not None])
    open_ones = [
        wrong("", "unusual", one.sentence, line=by_row[one.row].number)
        for one in questions
        if not is_said(by_row[one.row].explanation)
    ]
    if open_ones:
        ordered = sorted(open_ones, key=lambda one: one["line"])
        raise explanation_needed(ordered[:TOLD], len(open_ones))
    return {one.row: by_row[one.row].explanation for one in questions}


def keep_back(register: Register[Any], lines: list[Line], *, asker: Asker, why: str) -> list[int]:
    """Ask the gates about all lines at once; a line that waits as a whole is not written."""
    intents = [Intent(line.form.instance, line.before) for line in lines if line.form is not None]
    divert(register, intents, asker=asker, why=why, source=Source.API, whole=True)
    for line, intent in zip(lines, intents, strict=True):
        line.waits = intent.whole
    return [number for intent in intents for number in intent.proposals]


def read_lines(text: str) -> tuple[list[Line], list[dict[str, Any]]]:
    """The lines of a request, and those that are none."""
    written = [(place, one) for place, one in enumerate(text.split("\n"), start=1) if one.strip()]
    if not written:
        raise Refusal(
            "no-lines", "请求中没有内容。请每行写一个 JSON 对象，例如 {example}。", example='{"values": {}}'
        )
    if len(written) > LINES:
        raise Refusal("too-many-lines", "一次最多 {most} 行。请分几次提交。", most=LINES)
    lines: list[Line] = []
    errors: list[dict[str, Any]] = []
    seen: dict[int, int] = {}
    for number, one in written:
        try:
            lines.append(line := read_line(number, one))
        except ValueError as unread:
            errors.append(wrong("", "bad-line", str(unread), line=number))
            continue
        if line.pk is not None and seen.setdefault(line.pk, number) != number:
            errors.append(
                wrong(
                    "id",
                    "row-twice",
                    _("与第 %(line)s 行是同一条记录。") % {"line": seen[line.pk]},
                    line=number,
                )
            )
    return lines, errors


def read_line(number: int, text: str) -> Line:
    """One line of a request; a ``ValueError`` says what is wrong with it."""
    given = read_json(text)
    if not isinstance(given, dict) or set(given) - {"id", "version", "values", EXPLANATION}:
        raise ValueError(_("应为对象，只含 id、version、values 和 explanation。"))
    said = given.get(EXPLANATION)
    if said is not None and not isinstance(said, str):
        raise ValueError(_("%(name)s 应为文字。") % {"name": EXPLANATION})
    for name in ("id", "version"):
        value = given.get(name)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST
        ):
            raise ValueError(_("%(name)s 应为整数。") % {"name": name})
    return Line(number, given.get("id"), given.get("version"), given.get("values"), (said or "")[:MOST])


def prepare(register: Register[Any], lines: list[Line], asker: Asker) -> list[dict[str, Any]]:
    """Give every line its form, and find everything that is wrong before anything is written."""
    rows = rows_of(register, lines, asker)
    look_ups = bulk_look_ups(register, asker)
    given = [
        (line, row_of(line, rows), *texts_of(register, line.values, row_of(line, rows))) for line in lines
    ]
    stored = {int(pk): as_written(register, row) for pk, row in rows.items()}
    news = [fresh(texts, stored[line.pk]) if row else texts for line, row, texts, _found in given]  # type: ignore[index]
    olds = understanding(register, asker, news, look_ups)
    errors: list[dict[str, Any]] = []
    for (line, row, _texts, unfit), new in zip(given, news, strict=True):
        whole = {} if row is None or line.pk is None else stored[line.pk]
        texts, unclear = understood(olds, new, whole | new)
        found = [*unfit, *(wrong(name, "relation", sentence) for name, sentence in unclear.items())]
        if line.pk is not None and row is None:
            found = [wrong("id", "no-such-row", _("没有这个编号的记录，或它不在您的权限范围内。"))]
        elif line.pk is None and not can_begin(register):
            found = [wrong("", "made-by-action-only", _("这类记录由业务办理产生，不能直接新增。"))]
        elif row is not None and line.version not in {None, version_of(row)}:
            found = [wrong("version", "row-changed", _("这条记录已被他人修改，请重新读取后再提交。"))]
        if not found:
            line.before = None if row is None else columns_of(row)
            more: dict[str, Any] = {"asker": asker, "look_ups": look_ups, "table_decides": True}
            line.form = (
                new_form(register, texts, **more)
                if row is None
                else form_class(register)(whole | texts, instance=row, **more)
            )
            found = [] if line.form.is_valid() else form_errors(register, line.form)
        errors += [{"line": line.number} | one for one in found]
    return errors


def row_of(line: Line, rows: Mapping[int, Any]) -> Any:
    """The row that a line names, if it does and there is one."""
    return None if line.pk is None else rows.get(line.pk)


def rows_of(register: Register[Any], lines: list[Line], asker: Asker) -> dict[int, Any]:
    """The rows that lines name, within the scope, held for this transaction."""
    wanted = [line.pk for line in lines if line.pk is not None]
    found: dict[int, Any] = {}
    for start in range(0, len(wanted), CHUNK):
        part = asker.within(register.rows(), register, "import").filter(pk__in=wanted[start : start + CHUNK])
        found |= {int(row.pk): row for row in part}
    for row in found.values():
        hold(row)
    return found


def write(lines: list[Line]) -> list[dict[str, Any]]:
    """Save every row; what only the table can tell comes back as errors."""
    errors: list[dict[str, Any]] = []
    for line in lines:
        assert line.form is not None
        try:
            with transaction.atomic():
                line.form.instance.save(force_insert=line.pk is None, force_update=line.pk is not None)
        except IntegrityError:
            errors += [{"line": line.number} | one for one in why_refused(line.form)]
    return errors


def why_refused(form: RowForm) -> list[dict[str, Any]]:
    """What the table has against a row, in the words of its model."""
    found = []
    for ask in (form.instance.validate_unique, form.instance.validate_constraints):
        try:
            ask()
        except ValidationError as refused:
            found += [
                wrong("" if name == "__all__" else name, "invalid", reason)
                for name, reasons in refused.message_dict.items()
                for reason in reasons
            ]
    return found or [wrong("", "invalid", _("与请求中的另一行，或与已有记录重复。"))]


def lines_outside(register: Register[Any], lines: list[Line], asker: Asker) -> list[dict[str, Any]]:
    """The written lines that lie outside the scope."""
    written = {line.form.instance.pk: line for line in lines if line.form is not None}
    pks, inside = list(written), set()
    for start in range(0, len(pks), CHUNK):
        here = register.model._default_manager.filter(pk__in=pks[start : start + CHUNK])
        inside |= set(asker.within(here, register, "import").values_list("pk", flat=True))
    return [
        wrong((line.form and scope_field(line.form)) or "", "outside", outside(), line=line.number)
        for pk, line in written.items()
        if pk not in inside
    ]


def told(errors: list[dict[str, Any]]) -> Refusal:
    """The refusal of an upload: the first errors in the order of the lines, and how many there are."""
    ordered = sorted(errors, key=lambda one: one["line"])
    refusal = not_fit(ordered[:TOLD])
    refusal.params = {"count": len(errors)}
    return refusal
