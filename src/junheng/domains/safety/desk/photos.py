"""The photos of one item of a sheet: taken with the phone on the spot, looked at with an entry, taken back before it is sent."""

from base64 import b64encode
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from junheng.content.rulebook import FIELDWORK, SAFETY
from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.safety.actions import add_photo, drop_photo, picture_of, small_of
from junheng.domains.safety.desk.rounds import inspector
from junheng.domains.safety.models import Sheet, SheetPhoto
from junheng.domains.safety.policies import sheet_of
from junheng.domains.safety.queries import window_state
from junheng.domains.safety.terms import SheetState
from junheng.kernel.errors import NotFound, Refusal
from junheng.kernel.pictures import apart
from junheng.platform.access.refusals import sentence_of
from junheng.platform.audit.append import record
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photos(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The photos of one item in small, and the way to add one. Whoever may not read the sheet finds no page.

    They stand in the page itself, so that one look is one entry and no address of a small picture is left behind.
    """
    asker = inspector(request)
    sheet, fills = sheet_of(pk, asker=asker)
    row = item_of(sheet, item)
    able = fills and sheet.state != SheetState.SENT
    able = able and window_state(sheet.round.plan, sheet.level, on=asker.today) == "open"
    wrong: Refusal | None = None
    if request.method == "POST":
        try:
            kept = keep_all(request, sheet, row, asker)
        except Refusal as refusal:
            wrong = refusal
        else:
            messages.success(request, _("已存入 %(count)s 张照片。") % {"count": kept})
            return redirect("safety:photos", pk, item)
    found = list(SheetPhoto.objects.filter(sheet=sheet, item=row).order_by("pk"))
    if found and not able:
        shown = {"item": row.pk, "photos": [one.pk for one in found]}
        record(sheet, Verb.READ.value, by=asker.user, at=asker.at, why=_("查看检查照片"), after=shown)
    most = SAFETY.sheet_photos.on(asker.today).value
    context = {
        "sheet": sheet,
        "round": sheet.round,
        "item": row,
        "photos": [(one, b64encode(small_of(one)).decode()) for one in found],
        "again": alike_elsewhere(sheet, found, on=asker.today),
        "able": able,
        "room": most - len(found),
        "most": most,
        "largest": FIELDWORK.photo_bytes.on(asker.today).value >> 20,
        "wrong": sentence_of(wrong) if wrong else "",
    }
    response = render(request, "safety/photos.html", context, status=wrong.status if wrong else 200)
    if wrong:
        response["X-Refusal"] = wrong.code
    return response


def keep_all(request: HttpRequest, sheet: Sheet, item: ChecklistItem, asker: Asker) -> int:
    """Keep every file that came, one after the other: what was kept before a bad one stays kept."""
    files = request.FILES.getlist("photos")
    if not files:
        raise Refusal("sheet-photo-missing", "没有选择照片。请拍照或从相册选一张。")
    largest = FIELDWORK.photo_bytes.on(asker.today).value
    for file in files:
        add_photo(
            sheet,
            item,
            content=file.read(largest + 1),
            by=asker.user,
            at=asker.at,
            why=_("为检查条目附照片"),
        )
    return len(files)


def item_of(sheet: Sheet, number: int) -> ChecklistItem:
    """An item of the sheet's version."""
    rows = ChecklistItem.objects.filter(checklist=sheet.round.plan.checklist_id)
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotFound("no-such-answer", "没有找到这一条，或者它不由您更正。请返回检查表重新选择。")
    return found


def alike_elsewhere(sheet: Sheet, found: list[SheetPhoto], *, on: date) -> set[int]:
    """Which of these photos look like one on another sheet: a question to whoever looks, no verdict.

    The very same file is found anywhere; one that only looks the same among those of the same school, which are few.
    """
    most = FIELDWORK.near_signs.on(on).value
    digests = [one.digest for one in found]
    others = SheetPhoto.objects.exclude(sheet=sheet).filter(
        Q(digest__in=digests) | Q(sheet__school=sheet.school_id)
    )
    known = list(others.values_list("digest", "shape")) if found else []
    return {
        one.pk
        for one in found
        for digest, shape in known
        if digest == one.digest or (shape and one.shape and apart(shape, one.shape) <= most)
    }


@login_required
@require_POST
def picture(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """A photo. Looking at it leaves an entry, unless it is one's own sheet that is still being filled in."""
    asker = inspector(request)
    sheet, fills = sheet_of(pk, asker=asker)
    row = photo_of(sheet, photo)
    shown = picture_of(row)
    if not fills or sheet.state == SheetState.SENT:
        record(row, Verb.READ.value, by=asker.user, at=asker.at, why=f"{sheet}", after={"digest": row.digest})
    response = HttpResponse(shown.data, content_type=shown.media)
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = f'inline; filename="sheet-{sheet.pk}-{row.pk}"'
    return response


@login_required
@require_POST
def drop(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """Take a photo back while the sheet is being filled in."""
    asker = inspector(request)
    sheet, _fills = sheet_of(pk, asker=asker)
    row = photo_of(sheet, photo)
    item = row.item_id
    drop_photo(row, by=asker.user, at=asker.at, why=_("取回附错的照片"))
    messages.success(request, _("已取回，照片文件已删除。"))
    return redirect("safety:photos", pk, item)


def photo_of(sheet: Sheet, number: int) -> SheetPhoto:
    """A photo of a sheet."""
    rows = SheetPhoto.objects.filter(sheet=sheet).select_related("sheet")
    found = rows.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotFound("no-such-sheet-photo", "没有这张照片，或者它已被取回。请返回检查表重新选择。")
    return found
