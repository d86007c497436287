"""Words of places: the levels of administration, and how town and country are told apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    """The three levels of one city, from above to below."""

    CITY = "city", _("市")
    COUNTY = "county", _("县（市、区）")
    TOWNSHIP = "township", _("乡镇（街道）")


class Location(TextChoices):
    """The reporting groups of the yearly statistics: 城区, 镇区, 乡村."""

    URBAN = "urban", _("城区")
    TOWN = "town", _("镇区")
    RURAL = "rural", _("乡村")
