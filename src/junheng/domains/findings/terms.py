"""Words of findings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Severity(TextChoices):
    """How dangerous it is. Any item of the national guide of major hazards makes a finding major."""

    GENERAL = "general", _("一般")
    SERIOUS = "serious", _("较大")
    MAJOR = "major", _("重大")


class Effort(TextChoices):
    """How hard a general hazard is to remedy: that sets its limit."""

    EASY = "easy", _("容易整改")
    USUAL = "usual", _("正常")
    HARD = "hard", _("难以整改")


class FindingState(TextChoices):
    """How far it is. Reopened is open again, and counted."""

    OPEN = "open", _("待整改")
    REMEDIED = "remedied", _("待复查")
    CLOSED = "closed", _("已销号")


class StepKind(TextChoices):
    """One thing that was done about a finding."""

    FOUND = "found", _("发现登记")
    PLANNED = "planned", _("落实整改方案")
    LISTED = "listed", _("挂牌督办")
    REMEDIED = "remedied", _("报告整改完成")
    CLOSED = "closed", _("复查销号")
    REOPENED = "reopened", _("退回重新整改")
    ASKED = "asked", _("申请延期")
    EXTENDED = "extended", _("同意延期")
    REFUSED = "refused", _("不同意延期")
    ESCALATED = "escalated", _("逾期上报")


class Raised(TextChoices):
    """Before which level something was brought, or which level keeps it on its list."""

    COUNTY = "county", _("县（市、区）教育局")
    CITY = "city", _("市局")


class Verdict(TextChoices):
    """What is said to somebody who asks for time."""

    YES = "yes", _("同意")
    NO = "no", _("不同意")
