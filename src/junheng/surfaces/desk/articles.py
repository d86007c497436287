"""Reports at the desk: what is drafted, who has signed, what can be proved, what was published and corrected."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from junheng.content.bulletins import REPORTS
from junheng.domains.bulletins.models import Article
from junheng.domains.bulletins.queries import latest_release, no_longer_reproduced, signatures
from junheng.domains.bulletins.terms import SignOffRole
from junheng.domains.people.models import Person
from junheng.kernel.errors import NotFound
from junheng.platform.figures.checking import check_text
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import asker_of
from junheng.surfaces.desk.marking import tally
from junheng.surfaces.portal.articles import plain_blocks


@login_required
def articles(request: HttpRequest) -> HttpResponse:
    """Every report within the scope, the latest first, and the reports that can be drafted."""
    found = visible(request).order_by("-updated_at")
    begun = {one.slug for one in found}
    waiting = [report for report in REPORTS.values() if report.slug not in begun]
    context = {"articles": found, "waiting": waiting, "may_change": may_change(request)}
    return render(request, "desk/articles.html", context)


@login_required
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One report: its text, what the records say to it, its signatures, its releases."""
    found = readable(request, slug)
    digest = found.digest
    signed = signatures(found, digest)
    release = latest_release(found)
    live = found.slug in REPORTS
    verdicts = check_text(found.body, as_of=REPORTS[slug].as_of) if live else ()
    context = {
        "article": found,
        "live": live,
        "digest": digest,
        "release": release,
        "releases": found.releases.order_by("-number"),
        "blocks": release.blocks if release and release.digest == digest else plain_blocks(found.body),
        "as_of": release.as_of if release else None,
        "tally": tally(verdicts),
        "count": len(verdicts),
        "proved": all(str(one.verdict) == "proved" for one in verdicts),
        "roles": [(role, signed.get(role.value)) for role in SignOffRole],
        "unsigned": [role for role in SignOffRole if role.value not in signed],
        "moved": no_longer_reproduced(release) if release else (),
        "may_change": live and may_change(request),
        "people": who_signs(request, found) if live else (),
    }
    return render(request, "desk/article.html", context)


def visible(request: HttpRequest) -> QuerySet[Article]:
    """The articles that somebody may read here."""
    return asker_of(request).within(Article.objects.all(), register_called("articles"), "view")


def readable(request: HttpRequest, slug: str) -> Article:
    """One article, if it lies in the scope; else it is absent."""
    found = visible(request).filter(slug=slug).first()
    if found is None:
        raise NotFound("unknown-article", "没有这篇报告，或它不在您的查看范围内。请从“报告”页进入。")
    return found


def may_change(request: HttpRequest) -> bool:
    """Whether this person drafts, signs for and publishes reports: who may change articles."""
    return asker_of(request).may("change", register_called("articles"))


def own_person(request: HttpRequest, article: Article) -> Person | None:
    """Whoever of the article's area has the account that asks."""
    return in_office(article).filter(user=request.user.pk).first()


def who_signs(request: HttpRequest, article: Article) -> list[Person]:
    """Whose signature somebody may enter: one's own, and for whoever drafts, of those who have no account."""
    own, without = Q(user=request.user.pk), Q(user=None)
    return list(in_office(article).filter(own | without if may_change(request) else own))


def in_office(article: Article) -> "QuerySet[Person]":
    """Those who hold a post where the article is published."""
    return Person.objects.filter(area_id=article.area_id, until=None).order_by("id")
