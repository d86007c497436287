"""Field records as lists show them: of one day, with questions nobody has answered, with versions nobody has chosen."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from junheng.domains.fieldwork.models import FieldQuestion, FieldRecord, Shot
from junheng.domains.fieldwork.terms import RecordState


def on_day(rows: "QuerySet[FieldRecord]", day: date) -> "QuerySet[FieldRecord]":
    """The records of one day in Shanghai."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    return rows.filter(checked_at__gte=begin, checked_at__lt=begin + timedelta(days=1))


def with_open_questions(rows: "QuerySet[FieldRecord]") -> "QuerySet[FieldRecord]":
    """The records about which somebody was asked and has not answered."""
    return rows.filter(pk__in=FieldQuestion.objects.filter(answered_at=None).values("record"))


def in_two_versions(rows: "QuerySet[FieldRecord]") -> "QuerySet[FieldRecord]":
    """The records of which a version is to be chosen."""
    return rows.filter(state=RecordState.BOTH)


def counted(rows: "QuerySet[FieldRecord]") -> Any:
    """The same with how many photos and questions each has, asked with the rows."""
    questions = FieldQuestion.objects.filter(record=OuterRef("pk")).order_by().values("record")
    shots = Shot.objects.filter(version__record=OuterRef("pk"), version__number=OuterRef("version"))
    number = Count("pk")
    return rows.select_related("water", "person", "area", "finding", "check_row").annotate(
        asked=Coalesce(Subquery(questions.annotate(number=number).values("number")), 0),
        unanswered=Coalesce(
            Subquery(questions.filter(answered_at=None).annotate(number=number).values("number")), 0
        ),
        pictures=Coalesce(
            Subquery(shots.order_by().values("version__record").annotate(number=number).values("number")), 0
        ),
    )


def last_day(rows: "QuerySet[FieldRecord]") -> date | None:
    """The day of the newest record."""
    newest = rows.order_by("-checked_at").values_list("checked_at", flat=True).first()
    return timezone.localdate(newest) if newest else None


def questions_of(record: FieldRecord) -> list[FieldQuestion]:
    """The questions about one record; those without an answer first."""
    return sorted(
        FieldQuestion.objects.filter(record=record).order_by("pk"),
        key=lambda one: one.answered_at is not None,
    )
