"""Merging two rows into one, and taking that back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.platform.quality import explaining, merging, undoing
from junheng.platform.quality.models import Finding
from junheng.platform.quality.places import levels_at
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of
from junheng.platform.registers.keys import named


@login_required
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Make one row of two, field by field as chosen."""
    asker = asker_of(request)
    found = explaining.finding_for(asker, pk)
    keep = request.POST.get("keep", "")
    made = merging.merge(
        found,
        keep=int(keep) if keep.isascii() and keep.isdigit() and len(keep) < 19 else 0,
        take=taken(request, found, keep),
        why=request.POST.get("why", ""),
        asker=asker,
    )
    messages.success(request, _("已合并。合并可以撤销，除非之后又有改动。"))
    return redirect("quality:merged", made.pk)


def taken(request: HttpRequest, found: Finding, keep: str) -> set[str]:
    """The fields whose value was chosen from the row that goes: the form names a row for each."""
    given = {str(found.row), str(found.other)} - {keep}
    return {
        name.removeprefix("field-")
        for name, value in request.POST.items()
        if name.startswith("field-") and value in given
    }


@login_required
@require_safe
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """What a merge did, and whether it can be taken back."""
    asker = asker_of(request)
    made = undoing.merge_for(asker, pk)
    register = register_called(made.register)
    row = asker.within(register.rows(), register, "view").filter(pk=made.kept).first()
    place = Finding(register=made.register, area=made.area, school=made.school)
    context = {
        "made": made,
        "register": register,
        "row": row,
        "name": named(row) if row is not None else "",
        "moved": merging.words_of_moved(made),
        "changed": [undoing.label_of(register, column) for column in made.after],
        "against": undoing.changed_since(made) if made.undone_at is None else [],
        "may_undo": made.undone_at is None and levels_at(asker, place, "change") is not None,
    }
    return render(request, "quality/merged.html", context)


@login_required
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two rows of one again."""
    asker = asker_of(request)
    undoing.undo(undoing.merge_for(asker, pk), why=request.POST.get("why", ""), asker=asker)
    messages.success(request, _("已撤销合并，两条记录和原来的引用都已恢复。"))
    return redirect("quality:merged", pk)
