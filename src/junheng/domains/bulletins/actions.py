"""Deeds on reports: draft from the records, sign a version, publish it, correct it. Each leaves its trace."""

from datetime import datetime

from django.db import transaction

from junheng.content.bulletins import Report
from junheng.domains.areas.models import Area
from junheng.domains.bulletins.models import Article, Release, Rendering, SignOff
from junheng.domains.bulletins.policies import (
    check_may_correct,
    check_may_publish,
    check_may_sign,
    check_own_hand,
)
from junheng.domains.bulletins.queries import (
    blocks_of,
    draft,
    figures_of,
    latest_release,
    moved_since,
    unsigned,
)
from junheng.domains.bulletins.terms import ArticleState, Medium
from junheng.domains.people.models import Person
from junheng.kernel.errors import Conflict
from junheng.platform.audit.append import Actor, name_of
from junheng.platform.audit.save import save_row
from junheng.platform.figures.checking import check_text

MEDIA = (Medium.WEB, Medium.PRINT)
"""The renderings of a release; both are made from one text, and their digests say so."""


@transaction.atomic
def prepare(report: Report, *, by: Actor | str, at: datetime) -> Article:
    """Write the report from the newest frozen records; a version that changed voids the signatures under the old one."""
    made = draft(report)
    article = Article.objects.filter(slug=report.slug).first() or Article(
        slug=report.slug, area=Area.objects.get(pk=report.area), state=ArticleState.DRAFT
    )
    article.title = made.rendered.title or report.title
    article.source = report.source
    article.previous = report.previous
    article.body = made.rendered.text
    article.updated_at = article.updated_at or report.updated_at
    save_row(article, by=by, at=at, why="由时点数据生成报告正文")
    return article


@transaction.atomic
def sign(
    article: Article,
    *,
    role: str,
    person: Person,
    digest: str,
    by: Actor | str,
    at: datetime,
    paper: str = "",
) -> SignOff:
    """Sign one version in one role. ``digest`` is that of the text the signer has read.

    Who has an account signs with it. For all others the office enters the number of the paper that they signed.
    """
    paper = paper.strip()[:60]
    check_own_hand(person, by=by, paper=paper)
    check_may_sign(article, role, person, digest)
    signed = SignOff(
        article=article, area_id=article.area_id, role=role, person=person, digest=digest, signed_at=at,
        paper="" if person.user_id else paper, entered_by=name_of(by),
    )  # fmt: skip
    save_row(signed, by=by, at=at, why="签发报告")
    return signed


@transaction.atomic
def publish(report: Report, *, by: Actor | str, at: datetime, reason: str = "") -> Release:
    """Publish the signed version: freeze its text and the addresses of its figures.

    A second publication is a correction: it needs a reason, and lists the figures that moved and why.
    """
    made = draft(report)
    article = Article.objects.select_for_update().filter(slug=report.slug).first()
    if article is None or article.digest != made.digest:
        raise Conflict(
            "records-moved",
            "签发之后记录有变化，正文已与数据不一致，没有发布。请重新生成正文并签发新的一版。",
        )
    check_may_publish(unsigned(article, made.digest), check_text(made.rendered.text, as_of=report.as_of))
    before = latest_release(article)
    moved = moved_since(before, made) if before else []
    reason = reason.strip() if before else ""
    if before is not None:
        check_may_correct(before, made.digest, moved, reason)
    release = Release(
        article=article,
        number=before.number + 1 if before else 1,
        text=made.rendered.text,
        blocks=blocks_of(made.rendered),
        figures=figures_of(made),
        moved=moved,
        reason=reason,
        as_of=report.as_of,
        snapshot=made.snapshot,
        digest=made.digest,
        released_at=at,
        released_by=str(by),
    )
    save_row(release, by=by, at=at, why=reason or "发布报告")
    article.state = ArticleState.PUBLISHED
    article.updated_at = at
    save_row(article, by=by, at=at, why=reason or "发布报告")
    for medium in MEDIA:
        rendering = Rendering.objects.filter(article=article, medium=medium).first() or Rendering(
            article=article, area_id=article.area_id, medium=medium
        )
        rendering.digest = made.digest
        save_row(rendering, by=by, at=at, why=reason or "发布报告")
    return release
