"""Words of money per head."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.kernel.entitlements import Rule


class FundRule(TextChoices):
    """Why a line of money stands there: the words of the kernel's rules."""

    BASE = "base", _("生均定额")
    SMALL = "small", _("小规模学校补足")
    CARE = "care", _("特殊教育")
    BOARDER = "boarder", _("寄宿生补助")
    HEATING = "heating", _("取暖补助")

    @classmethod
    def of(cls, rule: int) -> "FundRule":
        """The word of a rule of the kernel."""
        return cls[Rule(rule).name]

    @property
    def kernel(self) -> Rule:
        """The kernel's rule of the same name."""
        return Rule[self.name]


class UseKind(TextChoices):
    """What public funds may be spent on. Pay of staff, building and debts are not among it: they are forbidden."""

    TEACHING = "teaching", _("教学和实验")
    TRAINING = "training", _("教师培训")
    SPORT = "sport", _("文体活动")
    UTILITIES = "utilities", _("水电取暖")
    REPAIR = "repair", _("房屋和仪器日常维修")
    BOOKS = "books", _("图书资料")
    TRAVEL = "travel", _("交通差旅")
    OFFICE = "office", _("办公邮电")
    OTHER = "other", _("其他公用支出")
