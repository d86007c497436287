"""The gallery: what was selected, for everybody, with school, year and prize; a child's only with a guardian's consent."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from junheng.domains.schemes.models import AwardScheme
from junheng.domains.works.models import Attachment
from junheng.domains.works.queries.files import words_of
from junheng.domains.works.queries.gallery import selected, shown_file, shown_work, visible, with_files
from junheng.domains.works.queries.serving import served, served_small
from junheng.domains.works.terms import Form
from junheng.kernel.errors import NotFound

A_PAGE = 24


def not_shown() -> NotFound:
    """The answer where there is no such work, and where it may not be shown: both look the same."""
    return NotFound("work-not-shown", "没有这件作品，或者它不公开展示。请从“作品展示”页进入。")


@never_cache
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The works that may be shown today, the newest contest first, or those of one contest."""
    on, wanted = timezone.localdate(), request.GET.get("scheme", "")[:20]
    rows = selected(on).order_by(
        "-application__category__scheme__year", "application__category", "place", "pk"
    )
    schemes = AwardScheme.objects.filter(
        schemecategory__contestrule__shown=True, schemecategory__schemeapplication__stage="recognised"
    )
    if wanted:
        rows = rows.filter(application__category__scheme__code=wanted)
    page = Paginator(visible(rows, on=on), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "works": [(one, first_picture(one.files)) for one in with_files(list(page.object_list))],
        "schemes": schemes.distinct().order_by("-year", "code"),
        "wanted": wanted,
    }
    return render(request, "works/gallery.html", context)


def first_picture(files: tuple[Attachment, ...]) -> Attachment | None:
    """The picture by which a work is known in the list."""
    return next((one for one in files if one.form == Form.PICTURE), None)


@never_cache
@require_safe
def work(request: HttpRequest, number: int) -> HttpResponse:
    """One work."""
    found = shown_work(number, on=timezone.localdate()) if number < 2**63 else None
    if found is None:
        raise not_shown()
    texts = [words_of(one) for one in found.files if one.form == Form.TEXT]
    context: dict[str, Any] = {"shown": found, "work": found.work, "texts": texts}
    response = render(request, "works/work.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def file_called(number: int) -> Attachment:
    """A file that everybody may see now."""
    found = shown_file(number, on=timezone.localdate()) if number < 2**63 else None
    if found is None or found.form not in {Form.PICTURE, Form.FILM}:
        raise not_shown()
    return found


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponseBase:
    """A picture or film of a work."""
    return served(request, file_called(number))


@require_safe
def small(request: HttpRequest, number: int) -> HttpResponse:
    """A picture in small."""
    return served_small(file_called(number))
