"""Words of admission."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntrantKind(TextChoices):
    """Whether a child enters a stage or moves in."""

    NEW = "new", _("新生")
    TRANSFER = "transfer", _("转入")


class LawfulException(TextChoices):
    """跨县域合法情形: why a child of one county may be admitted in another."""

    MIGRANT = "migrant", _("随迁子女")
    SOLDIER = "soldier", _("军人子女")
    MOVED = "moved", _("已迁居")
    SPECIAL_SCHOOL = "special_school", _("特殊教育")


class Came(TextChoices):
    """How a child of another county was found in a school."""

    ADMITTED = "admitted", _("录取时")
    LATER = "later", _("开学后转入")


class CrossingState(TextChoices):
    """How far a case about a county line is."""

    OPEN = "open", _("待说明")
    ANSWERED = "answered", _("待市局复核")
    CLOSED = "closed", _("已办结")


class CrossingAnswer(TextChoices):
    """What a county says about a case."""

    LAWFUL = "lawful", _("有合法情形")
    CORRECTED = "corrected", _("已纠正")
