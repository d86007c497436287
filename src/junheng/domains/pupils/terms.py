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


class Purpose(TextChoices):
    """What a guardian is asked to agree to. What a law obliges the school to do is not asked for: see ``DUTIES``."""

    PHOTO = "photo", _("公开展示照片、作品或姓名")
    SCREENING = "screening", _("心理健康筛查")
    CONTACT = "contact", _("向合作单位提供家庭联系方式")
    FACE = "face", _("人脸识别")


class Duty(TextChoices):
    """What a school does because a law says so: it needs nobody's consent, and a consent would mislead."""

    ROLL = "roll", _("学籍管理")
    SAFETY = "safety", _("处置紧急情况")


class Relation(TextChoices):
    """Who agrees."""

    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")
    GUARDIAN = "guardian", _("其他监护人")
    SELF = "self", _("本人")


class How(TextChoices):
    """How the answer was given."""

    PAPER = "paper", _("纸质签字")
    ONLINE = "online", _("网上确认")
