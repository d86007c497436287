"""What this room adds to the work of schemes: checks before handing in, questions after it, scores, ties, and two pieces of pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from junheng.domains.schemes.models import SchemeApplication, SchemeReview
from junheng.domains.schemes.queries.beside import Link, take_part
from junheng.domains.works.actions.entering import check_complete
from junheng.domains.works.actions.judging import note_points, tied_by_tutoring
from junheng.domains.works.actions.likening import ask_about
from junheng.domains.works.desk.judging import judged_context
from junheng.domains.works.queries.asked import tallies_of
from junheng.platform.registers.panels import Panel


class Works:
    """What files and works are to an application."""

    def check(self, application: SchemeApplication, *, at: datetime) -> None:
        check_complete(application)

    def handed_in(self, application: SchemeApplication, *, by: Any, at: datetime, why: str) -> None:
        ask_about(application, by=by, at=at, why=why)

    def scored(
        self, review: SchemeReview, points: Mapping[int, int], *, by: Any, at: datetime, why: str
    ) -> None:
        note_points(review, points, by=by, at=at, why=why)

    def tied(self, applications: Sequence[SchemeApplication], login: str) -> set[int]:
        return tied_by_tutoring(list(applications), login)

    def on_sheet(self, request: HttpRequest, application: SchemeApplication) -> Panel | None:
        context = judged_context(request, application)
        return Panel("works/_judged.html", context) if context["files"] or context["work"] else None

    def on_form(self, request: HttpRequest, application: SchemeApplication) -> Panel | None:
        parts = tallies_of(application)
        return (
            Panel("works/_asked.html", {"parts": parts, "lacking": sum(one.missing for one in parts)})
            if parts
            else None
        )

    def links(self, page: str) -> Sequence[Link]:
        if page == "public":
            return [Link(_("作品展示"), reverse("works:gallery"), "photo")]
        return [Link(_("我评过的作品"), reverse("works:judged"), "scale")]


def beside_schemes() -> None:
    """Take part in applications from now on."""
    take_part("works", Works())
