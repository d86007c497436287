"""The deeds of a register: save a form, end a row, show what is masked. Each writes row and entry together."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.kernel.values.identity import number_in
from junheng.platform.audit.append import record, record_table
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.audit.save import save_row, stored_columns
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.doubts import EXPLANATION, Unusual, doubts
from junheng.platform.registers.flags import FIXED, SENSITIVE
from junheng.platform.registers.forms import RowForm, can_begin
from junheng.platform.registers.gates import Intent, divert

LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a write: the entry if something was written, and the numbers of the proposals that now wait.

    ``whole`` where a new row was not written at all, because it must be approved first.
    """

    entry: Entry | None
    proposals: tuple[int, ...] = ()
    whole: bool = False


def save_form(form: RowForm, *, asker: Asker, why: str, source: str = "hand") -> Saved | None:
    """Write a valid form; what somebody else decides is kept as a proposal instead.

    Where the row would then lie outside the scope nothing is written and the form says so.
    """
    reason = checked_why(why)
    try:
        with transaction.atomic():
            explanation = str(form.data.get(EXPLANATION, ""))
            ask = doubts(form.register, form.instance, asker=asker, explanation=explanation)
            saved = write(form.register, form.instance, asker=asker, why=reason, source=source)
            if saved.entry is not None:
                require_in_scope(form.register, form.instance, asker)
                for one in ask:
                    one()
            return saved
    except Unusual as unusual:
        form.doubts = unusual.sentences
        form.add_error(None, _("这样填写少见。确实如此的，请在下方写明原因，再保存；填错的请改正。"))
    except OutOfScope:
        form.add_error(scope_field(form), outside())
    except ValidationError as wrong:
        form.add_error(
            None,
            _("其中几项须经批准，其余各项不能单独保存：%(reason)s") % {"reason": " ".join(wrong.messages)},
        )
    return None


def write(
    register: Register[Any], row: Model, *, asker: Asker, why: str, source: str, verb: str | None = None
) -> Saved:
    """Ask the gates about one row, and write what they leave. To be called in a transaction."""
    intent = Intent(row, stored_columns(row), verb=verb)
    divert(register, [intent], asker=asker, why=why, source=source, whole=True)
    numbers = tuple(intent.proposals)
    if intent.whole:
        return Saved(None, numbers, whole=True)
    if intent.kept:
        row.validate_constraints()
    return Saved(save_row(row, by=asker.user, at=asker.at, why=why, verb=verb, before=intent.before), numbers)


class OutOfScope(Exception):
    """The row, as written, would lie outside the scope: the transaction must not stand."""


def require_in_scope(register: Register[Any], row: Model, asker: Asker, *, verb: Any = "change") -> None:
    """Raise unless the row lies where this person may write."""
    if not asker.within(register.model._default_manager.filter(pk=row.pk), register, verb).exists():
        raise OutOfScope


def scope_field(form: RowForm) -> str | None:
    """The field that decides where a row lies, if the form has it."""
    path = form.register.area
    return path if path in form.fields else None


def outside() -> str:
    """The sentence about a place that is not the person's."""
    return _("这条记录所在的区划或学校不在您的权限范围内，没有保存。")


def checked_why(why: str) -> str:
    """The reason of a change, which nobody else can know later."""
    if not (kept := why.strip()):
        raise Refusal("why-missing", "请填写事由：为什么修改、依据什么。事由会随修改一并留痕。")
    require_nameless(kept)
    return kept[:LONGEST_WHY]


def require_nameless(text: str) -> None:
    """Refuse an identity number in words that are kept for good and read by many."""
    if number_in(text):
        raise Refusal(
            "number-in-words",
            "您写的文字中有身份证件号或学籍号。这段文字会长期留存、多人可见，不能含号码。请改用姓名或记录编号。",
        )


def require_can_begin(register: Register[Any], asker: Asker) -> None:
    """Refuse a new row where this person may not make one, or where only an action of the room does."""
    if not asker.may("change", register):
        raise NotAllowed("may-not-add", "您没有在「{label}」中新增记录的权限。", label=register.label)
    if not can_begin(register):
        raise NotAllowed(
            "made-by-action-only",
            "「{label}」的记录由业务办理产生，不能直接新增。请到相应业务页面办理。",
            label=register.label,
        )


def can_retire(register: Register[Any]) -> bool:
    """Whether rows of a register are ended by hand."""
    field = register.f(register.until) if register.until else None
    return field is not None and FIXED not in field.flags


@transaction.atomic
def retire(
    register: Register[Any], row: Model, *, until: date, asker: Asker, why: str, source: str = "hand"
) -> Saved:
    """End a row: ``until`` becomes the first day on which it no longer holds. The row stays."""
    reason = checked_why(why)
    if register.until is None or not can_retire(register):
        raise NotAllowed("not-ended-by-hand", "这类记录不能在这里终止，请到相应业务页面办理。")
    setattr(row, register.until, until)
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name != register.until])
        row.validate_constraints()
    except ValidationError:
        raise Refusal(
            "bad-end",
            "终止日 {until} 不能早于或等于起始日。请填写这条记录不再有效的第一天。",
            until=until.isoformat(),
        ) from None
    return write(register, row, asker=asker, why=reason, source=source, verb=Verb.RETIRE.value)


def unmask(register: Register[Any], row: Model, *, asker: Asker, why: str) -> Entry:
    """Note that somebody reads the sensitive values of a row. Whoever calls this shows them afterwards."""
    fields = [field.name for field in register.flagged(SENSITIVE)]
    if not fields:
        raise Refusal("nothing-masked", "这条记录没有遮盖的信息。")
    return record(
        row, Verb.READ.value, by=asker.user, at=asker.at, why=checked_why(why), after={"fields": fields}
    )


def check_may_export(register: Register[Any], asker: Asker) -> None:
    """Refuse whoever may not take rows of a register out of the house."""
    if not asker.may("export", register):
        raise NotAllowed(
            "may-not-export",
            "您没有导出「{label}」的权限。如确需导出，请联系有权限的科室。",
            label=register.label,
        )


def note_export(register: Register[Any], *, asker: Asker, facts: dict[str, Any], why: str) -> Entry:
    """Note that rows left the house: how many, which digest, in which form, for which query, and why if asked."""
    return record_table(
        register.model, Verb.EXPORT.value, by=asker.user, at=asker.at, why=why or _("导出名录"), after=facts
    )
