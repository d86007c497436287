"""Words of pupils and children."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(IntegerChoices):
    """性别 as in GB/T 2261.1."""

    MALE = 1, _("男")
    FEMALE = 2, _("女")


class KindergartenGrade(TextChoices):
    """班级类型."""

    SMALL = "small", _("小班")
    MIDDLE = "middle", _("中班")
    BIG = "big", _("大班")
