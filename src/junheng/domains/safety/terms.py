"""Words of safety inspection."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class InspectionLevel(TextChoices):
    """三级: who looked."""

    SELF = "self", _("学校自查")
    COUNTY = "county", _("县区排查")
    CITY = "city", _("市级抽查")
