"""Entering an inclusive kindergarten: a first recognition adds to the stock, a renewal keeps it, and never both."""

from datetime import date, datetime
from typing import Any

from junheng.domains.kindergartens.actions import check_can_be_recognised, end_recognition, recognise
from junheng.domains.kindergartens.models import Recognition
from junheng.domains.kindergartens.queries import recognition_on
from junheng.domains.kindergartens.terms import EndedBy, RecognitionKind
from junheng.domains.schemes.actions.effects import registrar
from junheng.domains.schemes.models import AwardScheme, Certificate, SchemeApplication
from junheng.domains.schemes.terms import Effect
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row


@registrar(Effect.INCLUSIVE)
class InclusiveKindergartens:
    """Writes the register of recognitions by its own deeds, so that its figures and refusals hold."""

    def fits(self, scheme: AwardScheme) -> None:
        """Every scheme about kindergartens does."""

    def check(self, application: SchemeApplication, *, on: date) -> None:
        assert application.kindergarten is not None
        check_can_be_recognised(application.kindergarten, since=on)

    def granted(
        self, certificate: Certificate, *, decision: str, on: date, by: Any, at: datetime, why: str
    ) -> None:
        application = certificate.application
        assert application.kindergarten is not None
        assert application.submitted_on is not None
        held = recognition_on(application.kindergarten, on=on)
        made = Recognition(
            kindergarten=application.kindergarten,
            area_id=application.area_id,
            kind=RecognitionKind.RENEWAL if held else RecognitionKind.FIRST,
            applied_on=application.submitted_on,
        )
        save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
        certificate.recognition = recognise(
            made, decided_on=on, since=on, number=decision, by=by, at=at, why=why
        )

    def revoked(self, certificate: Certificate, *, on: date, by: Any, at: datetime, why: str) -> None:
        held = certificate.recognition
        if held is not None and (held.until is None or held.until > on):
            end_recognition(held, until=on, ended_by=EndedBy.WITHDRAWN, by=by, at=at, why=why)
