"""Words of home visits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How a family was reached; only the first is a home visit."""

    IN_PERSON = "in_person", _("入户")
    TELEPHONE = "telephone", _("电话")
    NOT_MET = "not_met", _("未遇")
