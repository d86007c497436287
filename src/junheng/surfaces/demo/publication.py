"""The report of the demonstration city: written from the frozen records, signed by six, published on its day."""

from datetime import timedelta

import polars as pl

from junheng.content.bulletins import REPORTS
from junheng.domains.bulletins import actions
from junheng.domains.bulletins.terms import SignOffRole
from junheng.domains.people.models import Person
from junheng.surfaces.demo.city.articles import PAPER, REPORT_SLUG
from junheng.surfaces.demo.city.officials import EDITORS
from junheng.surfaces.demo.frames import City

WRITER = "市教育局办公室（演示）"


def without_report(city: City) -> City:
    """The city before its report is written; other articles stay."""
    report = city["articles"].filter(pl.col("slug") == REPORT_SLUG)["id"]
    others = ~pl.col("article").is_in(report.implode())
    return {
        **city,
        "articles": city["articles"].filter(pl.col("slug") != REPORT_SLUG),
        "renderings": city["renderings"].filter(others),
        "signoffs": city["signoffs"].filter(others),
    }


def publish_report() -> None:
    """Draft, sign and publish, at the hours of the day the report carries."""
    for report in REPORTS.values():
        article = actions.prepare(report, by=WRITER, at=report.updated_at - timedelta(hours=16))
        for number, role in enumerate(reversed(SignOffRole)):
            person = Person.objects.get(post=f"编辑部{EDITORS[list(SignOffRole).index(role)]}")
            actions.sign(
                article,
                role=role.value,
                person=person,
                digest=article.digest,
                by=person.name,
                at=report.updated_at - timedelta(minutes=90 - 10 * number),
                paper=PAPER,
            )
        actions.publish(report, by=WRITER, at=report.updated_at)
