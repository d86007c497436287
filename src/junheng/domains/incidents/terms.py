"""Words of incidents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class IncidentKind(TextChoices):
    """What happened, in the fields of the national guide of hazards; what concerns one child alone is no incident here."""

    FIRE = "fire", _("消防")
    BUILDING = "building", _("校舍和设施")
    FOOD = "food", _("食品和饮水")
    TRAFFIC = "traffic", _("校车和交通")
    CROWD = "crowd", _("拥挤踩踏")
    LAB = "lab", _("实验和实训")
    SPORT = "sport", _("体育和活动")
    WATER = "water", _("溺水")
    INTRUSION = "intrusion", _("外来侵害")
    OTHER = "other", _("其他")


class IncidentState(TextChoices):
    """How far it is."""

    REPORTED = "reported", _("待复盘")
    REVIEWED = "reviewed", _("措施落实中")
    CLOSED = "closed", _("已办结")
