"""Reports at the desk: drafts and published ones, who signed, what was corrected."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.domains.bulletins.models import Article, SignOff
from junheng.kernel.errors import NotFound
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of


@login_required
def articles(request: HttpRequest) -> HttpResponse:
    """Every report within the scope, the latest first."""
    return render(request, "desk/articles.html", {"articles": visible(request).order_by("-updated_at")})


@login_required
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One report: its text with live figures, its state, its signatures."""
    found = visible(request).filter(slug=slug).first()
    if found is None:
        raise NotFound("unknown-article", "没有这篇报告，或它不在您的查看范围内。请从“报告”页进入。")
    signatures = SignOff.objects.filter(article=found).select_related("person").order_by("signed_at")
    return render(request, "desk/article.html", {"article": found, "signatures": signatures})


def visible(request: HttpRequest) -> QuerySet[Article]:
    """The articles that somebody may read here."""
    return asker_of(request).within(Article.objects.all(), register_called("articles"), "view")
