"""Published reports in the manner of a newspaper article."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from junheng.domains.bulletins.models import Article, SignOff
from junheng.domains.bulletins.terms import ArticleState
from junheng.kernel.errors import NotFound


def latest() -> Article | None:
    """The last published report."""
    return Article.objects.filter(state=ArticleState.PUBLISHED).order_by("-updated_at").first()


def news(request: HttpRequest) -> HttpResponse:
    """Every published report, the latest first."""
    found = Article.objects.filter(state=ArticleState.PUBLISHED).order_by("-updated_at")
    return render(request, "portal/news.html", {"articles": found})


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One published report, with the neighbours, the six who signed, and a code for the phone."""
    found = Article.objects.filter(slug=slug, state=ArticleState.PUBLISHED).first()
    if found is None:
        raise NotFound("unknown-article", "没有这篇报告，或它还没有发布。请从“报告”页进入。")
    published = Article.objects.filter(state=ArticleState.PUBLISHED)
    context = {
        "article": found,
        "signatures": SignOff.objects.filter(article=found).select_related("person").order_by("signed_at"),
        "before": published.filter(updated_at__lt=found.updated_at).order_by("-updated_at").first(),
        "after": published.filter(updated_at__gt=found.updated_at).order_by("updated_at").first(),
        "code": qr_code(request.build_absolute_uri()),
    }
    return render(request, "portal/article.html", context)


def qr_code(address: str) -> str:
    """A QR code of an address as SVG."""
    svg = segno.make(address, error="m").svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308 — segno draws squares only
