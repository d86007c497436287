"""Pages to write: a new row, an edit, an end, and the look at what is masked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from junheng.kernel.errors import Refusal
from junheng.platform.audit.history import version_of
from junheng.platform.registers.actions import Saved, require_can_begin, retire, save_form, unmask
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.chapters import CHAPTERS
from junheng.platform.registers.declare import Register
from junheng.platform.registers.formfields import KeyField
from junheng.platform.registers.forms import RowForm, form_class, suggestions
from junheng.platform.registers.gates import notes_for
from junheng.platform.registers.keys import named
from junheng.platform.registers.merging import Merge, merge
from junheng.platform.registers.stories import names_in
from junheng.platform.registers.views.browse import render_detail, seen


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new row. What the address already says of it (``?school=2141900001``) stands in the form to begin with."""
    asker = asker_of(request)
    register = seen(slug, asker)
    require_can_begin(register, asker)
    if request.method != "POST":
        form = form_class(register)(asker=asker)
        form.initial.update({name: request.GET[name] for name in form.fields if name in request.GET})
        return render_form(request, register, form, asker)
    form = form_class(register)(request.POST.dict(), asker=asker)
    why = request.POST.get("why", "")
    if form.is_valid() and has_why(form, why) and (saved := save_form(form, asker=asker, why=why)):
        if saved.whole:
            messages.success(request, waiting(saved))
            return redirect("registers:list", slug)
        messages.success(request, _("已新增「%(name)s」。") % {"name": named(form.instance)})
        return redirect("registers:detail", slug, form.instance.pk)
    return render_form(request, register, form, asker, status=422)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """A change of a row, unless somebody else changed it since the form was opened: then both versions are shown."""
    asker = asker_of(request)
    register = seen(slug, asker)
    if request.method == "POST":
        with transaction.atomic():
            return take_edit(request, register, asker.row(register, pk, "change"), asker)
    row = asker.row(register, pk, "change")
    form = form_class(register)(asker=asker, instance=row)
    return render_form(request, register, form, asker, row=row, version=version_of(row))


def take_edit(request: HttpRequest, register: Register[Any], row: Any, asker: Asker) -> HttpResponse:
    """A sent form: saved, shown again with what is wrong, or put together with what somebody else did."""
    posted = request.POST.dict()
    hold(row)
    version = version_of(row)
    if posted.get("version", "") != str(version):
        merged = merge(register, row, posted, began_from(posted))
        form = form_class(register)(merged.data, asker=asker, instance=row)
        return render_form(
            request, register, form, asker, row=row, version=version, merged=merged, status=409
        )
    form = form_class(register)(posted, asker=asker, instance=row)
    if form.is_valid() and has_why(form, posted.get("why", "")):
        saved = save_form(form, asker=asker, why=posted.get("why", ""))
        if saved is not None:
            messages.success(request, outcome(saved))
            return redirect("registers:detail", register.slug, row.pk)
    shown = asker.row(register, row.pk)
    return render_form(request, register, form, asker, row=shown, version=version, status=422)


def outcome(saved: Saved) -> str:
    """What came of a saved form, in a sentence."""
    if not saved.proposals:
        return _("已保存。") if saved.entry else _("没有改动，未保存。")
    return (_("其余改动已保存。") if saved.entry else "") + waiting(saved)


def waiting(saved: Saved) -> str:
    """That something waits for approval, with its numbers."""
    numbers = "、".join(str(one) for one in saved.proposals)
    return _("须经批准的内容已提交（第 %(numbers)s 号申请），批准后生效。") % {"numbers": numbers}


def hold(row: Any) -> None:
    """Keep the row for this transaction, so that of two forms sent at once the second sees what the first did.

    SQLite holds the whole database from the start of a transaction and needs no asking.
    """
    if connection.features.has_select_for_update:
        list(type(row)._base_manager.select_for_update().filter(pk=row.pk).values_list("pk"))


def began_from(posted: dict[str, str]) -> int:
    """The version a form was opened at."""
    text = posted.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refusal("bad-version", "表单不完整，没有保存任何内容。请重新打开编辑页面再填写。")
    return int(text)


def has_why(form: RowForm, why: str) -> bool:
    """Whether a reason is given; if not, the form says so."""
    if not why.strip():
        form.add_error(None, _("请填写事由：为什么修改、依据什么。事由会随修改一并留痕。"))
    return bool(why.strip())


def render_form(
    request: HttpRequest,
    register: Register[Any],
    form: RowForm,
    asker: Asker,
    *,
    row: Any = None,
    version: int = 0,
    merged: Merge | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a form."""
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "form": form,
        "row": row,
        "name": named(row) if row is not None else "",
        "version": version,
        "why": request.POST.get("why", ""),
        "merged": merged,
        "editor": last_editor(merged) if merged else "",
        "suggestions": {
            name: found
            for name, field in form.fields.items()
            if isinstance(field, KeyField) and (found := suggestions(register, name, asker))
        },
    }
    for name, note in notes_for(register, row, asker=asker).items():
        if name in form.fields:
            form.fields[name].note = note  # type: ignore[attr-defined] # the template shows it beside the field
        elif not name:
            context["note"] = note
    for name in context["suggestions"]:
        form.fields[name].widget.attrs["list"] = f"suggested-{name}"
    return render(request, "registers/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """End a row: it stays, and no longer holds from a day on."""
    asker = asker_of(request)
    register = seen(slug, asker)
    row = asker.row(register, pk, "change")
    if request.method == "POST":
        until = parse_day(request.POST.get("until", ""))
        saved = retire(register, row, until=until, asker=asker, why=request.POST.get("why", ""))
        ended = _("已终止，自 %(day)s 起不再有效。") % {"day": until.isoformat()}
        messages.success(request, waiting(saved) if saved.proposals else ended)
        return redirect("registers:detail", slug, row.pk)
    context = {
        "register": register,
        "chapter": CHAPTERS[register.chapter],
        "row": row,
        "name": named(row),
        "today": asker.today,
    }
    return render(request, "registers/end.html", context)


def last_editor(merged: Merge) -> str:
    """Who changed the row last while the form was open."""
    who = merged.entries[-1].who if merged.entries else ""
    return names_in(merged.entries).get(who, who)


def parse_day(text: str) -> Any:
    """A day from a form; refused with a sentence if it is none."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Refusal("bad-day", "「{text}」不是有效的日期。请按 2023-12-31 的格式填写。", text=text[:30])
    return day


@login_required
@require_POST
def show_masked(request: HttpRequest, slug: str, pk: str) -> HttpResponse:
    """The row with its sensitive values, once; that somebody looked is kept."""
    asker = asker_of(request)
    register = seen(slug, asker)
    row = asker.row(register, pk, "unmask")
    unmask(register, row, asker=asker, why=request.POST.get("why", ""))
    return render_detail(request, register, row, asker, clear=True)
