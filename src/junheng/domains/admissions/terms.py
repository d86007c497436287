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
