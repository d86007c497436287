"""Published reports in the manner of a newspaper article."""

import re
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from junheng.domains.bulletins.models import Article, Release, SignOff
from junheng.domains.bulletins.queries import latest_release, signatures
from junheng.domains.bulletins.terms import ArticleState, SignOffRole
from junheng.kernel.errors import NotFound


def latest() -> Article | None:
    """The last published report, for naming it: its text is read by who asks for it."""
    found = Article.objects.filter(state=ArticleState.PUBLISHED).defer("body")
    return found.order_by("-updated_at").first()


def news(request: HttpRequest) -> HttpResponse:
    """Every published report, the latest first."""
    found = Article.objects.filter(state=ArticleState.PUBLISHED).order_by("-updated_at")
    return render(request, "portal/news.html", {"articles": found})


def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One published report, with the neighbours, the six who signed, and a code for the phone."""
    published = Article.objects.filter(state=ArticleState.PUBLISHED)
    found = published.filter(slug=slug).first()
    if found is None:
        raise NotFound("unknown-article", "没有这篇报告，或它还没有发布。请从“报告”页进入。")
    release = latest_release(found)
    context = {
        "article": found,
        "release": release,
        "blocks": release.blocks if release else plain_blocks(found.body),
        "signatures": signed_in_order(found, release),
        "corrections": found.releases.filter(number__gt=1).order_by("-number"),
        "before": published.filter(updated_at__lt=found.updated_at).order_by("-updated_at").first(),
        "after": published.filter(updated_at__gt=found.updated_at).order_by("updated_at").first(),
        "code": qr_code(request.build_absolute_uri(request.path)),
    }
    return render(request, "portal/article.html", context)


def plain_blocks(body: str) -> list[dict[str, Any]]:
    """An article that was not written from figures, in the same shape as one that was."""
    return [
        {"kind": "paragraph", "pieces": [{"text": text.strip(), "id": ""}]}
        for text in re.split(r"\n+", body)
        if text.strip()
    ]


def signed_in_order(found: Article, release: Release | None) -> list[SignOff]:
    """The sign-offs of the version that is read, from above to below."""
    by_role = signatures(found, release.digest if release else found.digest)
    return [by_role[role.value] for role in SignOffRole if role.value in by_role]


def qr_code(address: str) -> str:
    """A QR code of an address as SVG."""
    svg = segno.make(address, error="m").svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(svg)  # noqa: S308 — segno draws squares only
