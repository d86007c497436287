"""Words of fees."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.domains.schools.terms import SchoolKind


class FeeStage(TextChoices):
    """At which schools something may be charged."""

    COMPULSORY = "compulsory", _("义务教育")
    SENIOR = "senior", _("普通高中")
    VOCATIONAL = "vocational", _("中等职业教育")


STAGES: dict[str, frozenset[str]] = {
    SchoolKind.PRIMARY: frozenset({FeeStage.COMPULSORY}),
    SchoolKind.JUNIOR: frozenset({FeeStage.COMPULSORY}),
    SchoolKind.NINE_YEAR: frozenset({FeeStage.COMPULSORY}),
    SchoolKind.SPECIAL: frozenset({FeeStage.COMPULSORY}),
    SchoolKind.TWELVE_YEAR: frozenset({FeeStage.COMPULSORY, FeeStage.SENIOR}),
    SchoolKind.SENIOR: frozenset({FeeStage.SENIOR}),
    SchoolKind.VOCATIONAL: frozenset({FeeStage.VOCATIONAL}),
}
"""What the kind of a school says about its fees."""


class FeeKind(TextChoices):
    """What sort of fee it is."""

    TUITION = "tuition", _("学费、住宿费")
    SERVICE = "service", _("服务性收费")
    COLLECTED = "collected", _("代收费")


class FeeUnit(TextChoices):
    """For what it is charged once."""

    TERM = "term", _("元/生·学期")
    MONTH = "month", _("元/生·月")
    MEAL = "meal", _("元/餐")
    ITEM = "item", _("元/件")
