"""Entering a title that a scheme decided, and ending it when its certificate is revoked."""

from datetime import date, datetime
from typing import Any

from junheng.domains.schemes.actions.effects import registrar
from junheng.domains.schemes.models import AwardScheme, Certificate, SchemeApplication
from junheng.domains.schemes.terms import Effect
from junheng.domains.titles.models import Title
from junheng.domains.titles.queries import standing, title_of, titles_held
from junheng.kernel.errors import Conflict
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


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
