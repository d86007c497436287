"""Entering a title that a scheme decided, and ending it when its certificate is revoked."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from junheng.domains.schemes.actions.effects import registrar
from junheng.domains.schemes.models import AwardScheme, Certificate, SchemeApplication
from junheng.domains.schemes.terms import Effect
from junheng.domains.titles.models import Title
from junheng.domains.titles.terms import TitleLevel, TitleName
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


def name_of_title(awards: str) -> TitleName | None:
    """The title of that word, if there is one."""
    return next((one for one in TitleName if str(one.label) == awards.strip()), None)


@registrar(Effect.TITLE)
class TitlesOfSchools:
    """Writes the register of titles: one row a school, at the level of the city that decided."""

    def fits(self, scheme: AwardScheme) -> None:
        if name_of_title(scheme.awards) is None:
            raise Refusal(
                "title-unknown",
                "“{awards}”不是荣誉称号台账里的称号，不能登记。可填：{names}；其他称号请选“只发证书”。",
                awards=scheme.awards,
                names="、".join(str(one.label) for one in TitleName),
            )

    def check(self, application: SchemeApplication, *, on: date) -> None:
        held = (
            Title.objects.filter(
                school=application.school_id,
                name=name_of_title(application.scheme.awards),
                level=TitleLevel.CITY,
            )
            .filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on))
            .first()
        )
        if held is not None:
            raise Conflict(
                "title-held-already",
                "{school}已于 {on} 获得“{title}”，不能重复认定。请对这份申报写明“不予通过”。",
                school=application.school,
                on=held.awarded_on,
                title=held.get_name_display(),
            )

    def granted(
        self, certificate: Certificate, *, decision: str, on: date, by: Any, at: datetime, why: str
    ) -> None:
        application = certificate.application
        self.check(application, on=on)
        name = name_of_title(application.scheme.awards)
        assert name is not None
        made = Title(
            name=name,
            level=TitleLevel.CITY,
            batch=1,
            area_id=application.area_id,
            school=application.school,
            certificate=certificate.code,
            awarded_on=on,
        )
        save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)

    def revoked(self, certificate: Certificate, *, on: date, by: Any, at: datetime, why: str) -> None:
        row = Title.objects.select_for_update().filter(certificate=certificate.code, revoked_on=None).first()
        if row is not None:
            row.revoked_on = on
            save_row(row, by=by, at=at, why=why, verb=Verb.DEED.value)
