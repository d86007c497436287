"""Words of care."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SessionKind(TextChoices):
    """Group sessions are counted with their attendance; of individual talks only the fact is kept."""

    GROUP = "group", _("团体辅导")
    INDIVIDUAL = "individual", _("个别辅导")
