"""Words of training institutions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InstitutionKind(TextChoices):
    """Whether an institution trains in school subjects."""

    SUBJECT = "subject", _("学科类")
    NON_SUBJECT = "non_subject", _("非学科类")
