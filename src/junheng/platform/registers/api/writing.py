"""Rows written by a program: through the same form, scope and audit as the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import Detailed
from junheng.platform.audit.history import changes_since, version_of
from junheng.platform.registers.actions import checked_why, require_can_begin, retire, save_form
from junheng.platform.registers.api.giving import (
    NotFit,
    differences_of,
    form_errors,
    new_form,
    texts_of,
    wrong,
)
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.doubts import EXPLANATION, LEAST, MOST
from junheng.platform.registers.forms import RowForm, as_written, form_class
from junheng.platform.registers.heirs import understanding, understood
from junheng.platform.registers.keys import key_part
from junheng.platform.registers.merging import as_it_was, merge
from junheng.platform.registers.policies import Source
from junheng.platform.registers.views.change import hold


class VersionNeeded(Refusal):
    """A change that does not say from which version it began."""

    status = 428


class Changed(Detailed):
    """Somebody else wrote the row since; both versions are in the facts."""

    status = 409


class ExplanationNeeded(Detailed):
    """Values that are unusual, and nobody said why they are so: each question is in the facts."""

    status = 409


@dataclass(frozen=True, slots=True)
class Written:
    """A row as it is now, whether anything was written, and the numbers of what waits for approval.

    There is no row where a new one must be approved as a whole first.
    """

    row: Any
    changed: bool
    proposals: tuple[int, ...] = ()


def why_of(asker: Asker, why: Any) -> str:
    """The reason, with the token by which it came: two years later somebody will ask which program it was."""
    text = checked_why(why if isinstance(why, str) else "")
    note = asker.limit.note if asker.limit else ""
    return f"{text[: 290 - len(note)]} · {note}" if note else text


def create(
    register: Register[Any], values: Any, *, why: Any, asker: Asker, explanation: Any = None
) -> Written:
    """A new row. What is unusual about it needs an explanation."""
    require_can_begin(register, asker)
    reason = why_of(asker, why)
    texts, errors = texts_of(register, values)
    texts, olds = understood(understanding(register, asker, [texts]), texts, texts)
    errors += [wrong(name, "relation", sentence) for name, sentence in olds.items()]
    if errors:
        raise not_fit(errors)
    form = new_form(register, texts | said(explanation), asker=asker)
    saved = save_form(form, asker=asker, why=reason, source=Source.API) if form.is_valid() else None
    if saved is None:
        raise refused(register, form)
    if saved.whole:
        return Written(None, changed=False, proposals=saved.proposals)
    return Written(asker.row(register, form.instance.pk), changed=True, proposals=saved.proposals)


def change(
    register: Register[Any],
    pk: str,
    values: Any,
    *,
    version: int | None,
    why: Any,
    asker: Asker,
    explanation: Any = None,
) -> Written:
    """Change the given fields of a row, if nobody wrote it since ``version``. To be called in a transaction."""
    row = asker.row(register, pk, "change")
    reason = why_of(asker, why)
    texts, errors = texts_of(register, values, row)
    if errors:
        raise not_fit(errors)
    hold(row)
    require_version(register, row, texts, version)
    row = asker.row(register, pk, "change")
    stored = as_written(register, row)
    texts = fresh(texts, stored)
    texts, olds = understood(understanding(register, asker, [texts]), texts, stored | texts)
    if olds:
        raise not_fit([wrong(name, "relation", sentence) for name, sentence in olds.items()])
    given = stored | texts | said(explanation)
    form = form_class(register)(given, asker=asker, instance=row)
    saved = save_form(form, asker=asker, why=reason, source=Source.API) if form.is_valid() else None
    if saved is None:
        raise refused(register, form)
    return Written(asker.row(register, row.pk), changed=saved.entry is not None, proposals=saved.proposals)


def require_version(register: Register[Any], row: Any, texts: Mapping[str, str], version: int | None) -> None:
    """Refuse a change that began from another version, with both field by field."""
    if version is None:
        raise VersionNeeded(
            "version-needed", "请在 If-Match 中写明所依据的版本：读取这条记录时响应头 ETag 的值。"
        )
    now = version_of(row)
    if version == now:
        return
    before = as_written(register, as_it_was(row, changes_since(row, version)))
    merged = merge(register, row, before | dict(texts), version)
    raise Changed(
        "row-changed",
        "这条记录已被他人修改，没有写入任何内容。请比较两个版本，以新的版本号重新提交。",
        facts={"version": now, "differences": differences_of(register, merged.differences)},
    )


def end(
    register: Register[Any], pk: str, until: Any, *, version: int | None, why: Any, asker: Asker
) -> Written:
    """End a row; the version is checked where one is given. To be called in a transaction."""
    row = asker.row(register, pk, "change")
    reason = why_of(asker, why)
    try:
        day = date.fromisoformat(until) if isinstance(until, str) else None
    except ValueError:
        day = None
    if day is None:
        raise Refusal(
            "bad-day", "「{text}」不是有效的日期。请按 2023-12-31 的格式填写。", text=str(until)[:30]
        )
    hold(row)
    if version is not None:
        require_version(register, row, {}, version)
    saved = retire(register, row, until=day, asker=asker, why=reason, source=Source.API)
    return Written(asker.row(register, row.pk), changed=saved.entry is not None, proposals=saved.proposals)


def fresh(texts: Mapping[str, str], stored: Mapping[str, str]) -> dict[str, str]:
    """The texts that say something else than what is stored; a relation may be given by its key alone."""
    return {
        name: text
        for name, text in texts.items()
        if text != stored[name] and (not text or text != key_part(stored[name]))
    }


def said(explanation: Any) -> dict[str, str]:
    """What a program says about what is unusual, as the form has it."""
    if explanation is None:
        return {}
    if not isinstance(explanation, str):
        raise not_fit([wrong("explanation", "bad-type", _("应为文字。"))])
    return {EXPLANATION: explanation[:MOST]}


def refused(register: Register[Any], form: RowForm) -> Detailed:
    """Why a form was not saved: it asks, or its values do not fit."""
    if form.doubts:
        return explanation_needed([wrong("", "unusual", one) for one in form.doubts])
    return not_fit(form_errors(register, form))


def explanation_needed(questions: list[dict[str, Any]], count: int | None = None) -> ExplanationNeeded:
    """The refusal of what is unusual until somebody says why it is so."""
    return ExplanationNeeded(
        "explanation-needed",
        "有 {count} 处少见的填写，没有写入任何内容。填错的请改正；确实如此的，请在 explanation 中用 {least} 至 {most} 个字写明原因后重新提交。",
        count=len(questions) if count is None else count,
        least=LEAST,
        most=MOST,
        facts={"questions": questions},
    )


def not_fit(errors: list[dict[str, Any]]) -> NotFit:
    """The refusal of values, each with its reason."""
    return NotFit(
        "values-not-fit",
        "有 {count} 处填写有误，没有写入任何内容。请按 errors 逐项改正后重新提交。",
        count=len(errors),
        facts={"errors": errors},
    )
