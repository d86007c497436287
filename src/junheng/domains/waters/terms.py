"""Words of waters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """责任层级: whose person has charge of a water."""

    TOWNSHIP = "township", _("乡镇级")
    COUNTY = "county", _("县级")


class Risk(TextChoices):
    """风险等级."""

    HIGH = "high", _("高")
    MEDIUM = "medium", _("中")
    LOW = "low", _("低")


class WaterKind(TextChoices):
    """What kind of water it is."""

    RIVER = "river", _("河道")
    RESERVOIR = "reservoir", _("水库")
    POND = "pond", _("坑塘")
    CANAL = "canal", _("沟渠")
    PIT = "pit", _("采砂坑")
