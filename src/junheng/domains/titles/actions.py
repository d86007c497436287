"""Entering a title that a scheme decided, and ending it when its certificate is revoked."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from junheng.domains.schemes.actions.effects import registrar
from junheng.domains.schemes.models import AwardScheme, Certificate, SchemeApplication
from junheng.domains.schemes.terms import Effect, Subject
from junheng.domains.titles.models import Title
from junheng.domains.titles.terms import TitleName
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def title_of(awards: str) -> dict[str, str]:
    """How a title is written down: one that figures count by its code, whatever stands before it; another by its words.

    >>> title_of("平安校园"), title_of("省级平安校园")
    ({'name': 'safe_campus', 'called': ''}, {'name': 'safe_campus', 'called': ''})
    >>> title_of("书香校园")
    {'name': 'other', 'called': '书香校园'}
    """
    words = awards.strip()
    for one in TitleName:
        if one != TitleName.OTHER and words.endswith(str(one.label)):
            return {"name": one.value, "called": ""}
    return {"name": TitleName.OTHER.value, "called": words}


def titles_held(application: SchemeApplication) -> "QuerySet[Title]":
    """The titles of the name that the scheme is about, of whoever applies, at every level."""
    rows = Title.objects.filter(**title_of(application.scheme.awards))
    if application.group_id:
        return rows.filter(group=application.group_id)
    if application.scheme.subject == Subject.COUNTY:
        return rows.filter(area=application.area_id, school=None, group=None)
    return rows.filter(school=application.school_id)


def standing(on: date) -> Q:
    """Titles that hold on a day."""
    return Q(revoked_on__isnull=True) | Q(revoked_on__gt=on)


@registrar(Effect.TITLE)
class Titles:
    """Writes the register of titles: one row a school, group or county, at the level that decided."""

    def fits(self, scheme: AwardScheme) -> None:
        """Every title can be entered: by its code, or by its words."""

    def check(self, application: SchemeApplication, *, on: date) -> None:
        held = (
            titles_held(application)
            .filter(standing(on), level=application.scheme.rank, awarded_on__lte=on)
            .order_by("-awarded_on")
            .first()
        )
        if held is not None:
            raise Conflict(
                "title-held-already",
                "{holder}已于 {on} 获得“{title}”，不能重复认定。请对这份申报写明“不予通过”。",
                holder=held.group or held.school or held.area,
                on=held.awarded_on,
                title=held.words,
            )

    def granted(
        self, certificate: Certificate, *, decision: str, on: date, by: Any, at: datetime, why: str
    ) -> None:
        """Write the title. One that was entered from the document beforehand is the same one, and is not counted twice."""
        application = certificate.application
        level = application.scheme.rank
        ours = Certificate.objects.values("code")
        row = (
            titles_held(application)
            .filter(standing(on), level=level, awarded_on=on)
            .exclude(certificate__in=ours)
            .first()
        )
        if row is None:
            self.check(application, on=on)
            row = Title(
                **title_of(application.scheme.awards),
                level=level,
                batch=1,
                area_id=application.area_id,
                school=None if application.group_id else application.school,
                group=application.group,
                awarded_on=on,
            )
        row.certificate = certificate.code
        save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)

    def revoked(self, certificate: Certificate, *, on: date, by: Any, at: datetime, why: str) -> None:
        row = Title.objects.select_for_update().filter(certificate=certificate.code, revoked_on=None).first()
        if row is not None:
            row.revoked_on = on
            save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
