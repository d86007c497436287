"""Words of letters, meetings and tasks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterKind(TextChoices):
    """What a letter is; its template has the same name."""

    WARNING = "warning", _("告诫函")
    REMINDER = "reminder", _("提醒函")
    ORDER = "order", _("整改通知书")
    PLAN = "plan", _("工作方案通知")


class LetterState(TextChoices):
    """How far a letter is."""

    DRAFT = "draft", _("拟稿")
    ISSUED = "issued", _("已发出")
    WITHDRAWN = "withdrawn", _("已撤回")


class DeliveryState(TextChoices):
    """How far one addressee is."""

    SENT = "sent", _("待签收")
    RECEIVED = "received", _("已签收")
    REPLIED = "replied", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


class Addressees(TextChoices):
    """Whom a letter or an invitation goes to."""

    SCHOOL = "school", _("一所学校")
    INSTITUTION = "institution", _("一家培训机构")
    COUNTY = "county", _("一个县（市、区）教育局")
    SCHOOLS = "schools", _("辖区内全部中小学")
    COUNTIES = "counties", _("全部县（市、区）教育局")


class MeetingState(TextChoices):
    """How far a meeting is."""

    CALLED = "called", _("已通知")
    MINUTED = "minuted", _("已有纪要")


class Attendance(TextChoices):
    """Whether somebody who was invited came."""

    INVITED = "invited", _("待登记")
    CAME = "came", _("到会")
    SENT_OTHER = "sent_other", _("委托他人到会")
    ABSENT = "absent", _("缺席")


class PromiseState(TextChoices):
    """How far a commitment is."""

    OPEN = "open", _("未兑现")
    REPORTED = "reported", _("已报兑现，待核")
    KEPT = "kept", _("已兑现")
