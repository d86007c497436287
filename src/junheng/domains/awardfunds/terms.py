"""Words of award money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AwardUseKind(TextChoices):
    """What award money went on. The last three are forbidden: they are offered so that they can be refused by name."""

    TEACHING = "teaching", _("教育教学改革")
    EQUIPMENT = "equipment", _("设备和图书")
    TRAINING = "training", _("教师培训和教研")
    CULTURE = "culture", _("校园文化和特色课程")
    REPAIR = "repair", _("小型维修")
    OTHER = "other", _("其他办学支出")
    PAY = "pay", _("人员经费（不得列支）")
    BUILDING = "building", _("基本建设（不得列支）")
    DEBT = "debt", _("偿还债务（不得列支）")


FORBIDDEN = frozenset({AwardUseKind.PAY, AwardUseKind.BUILDING, AwardUseKind.DEBT})
"""Uses that no public money of a school may have."""

TELLING = {
    AwardUseKind.PAY: ("工资", "奖金", "津贴", "补贴发放", "绩效", "人员经费", "代课费", "聘用人员"),
    AwardUseKind.BUILDING: ("基本建设", "基建", "新建", "扩建", "建楼"),
    AwardUseKind.DEBT: ("还债", "偿还", "还贷", "欠款", "债务", "贷款"),
}
"""Words of an item that say what it is, whatever kind was chosen."""


def forbidden_by(kind: str, item: str) -> AwardUseKind | None:
    """The forbidden use that a kind or the words of an item name.

    >>> forbidden_by("teaching", "发放教师绩效").value
    'pay'
    >>> forbidden_by("equipment", "添置科学实验器材")
    """
    if kind in FORBIDDEN:
        return AwardUseKind(kind)
    plain = "".join(item.split())
    return next((one for one, words in TELLING.items() if any(word in plain for word in words)), None)


class Verdict(TextChoices):
    """What becomes of the money of a title that was revoked."""

    RECOVER = "recover", _("收回")
    KEEP = "keep", _("不收回")
