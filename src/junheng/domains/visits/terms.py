"""Words of samples, teams and visits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Target(TextChoices):
    """What a plan draws from."""

    SCHOOLS = "schools", _("学校")
    INSTITUTIONS = "institutions", _("校外培训机构")


class SampleState(TextChoices):
    """How far a plan is. No step leads back."""

    DRAFT = "draft", _("起草")
    FROZEN = "frozen", _("已封存")
    DRAWN = "drawn", _("已抽取")
    RELEASED = "released", _("已派出")
    PUBLISHED = "published", _("结果已公布")


class Hash(TextChoices):
    """The hash function of a draw, announced with it."""

    SM3 = "sm3", _("国密 SM3")
    SHA256 = "sha256", _("SHA-256")


class Step(TextChoices):
    """Steps that two persons take together."""

    FREEZE = "freeze", _("封存抽查方案")
    RELEASE = "release", _("派出检查组")


class TieReason(TextChoices):
    """Why somebody stays away (回避)."""

    WORKED = "worked", _("曾在该单位工作")
    KIN = "kin", _("近亲属在该单位工作或就读")
    TRADE = "trade", _("与该单位有经济往来")
    HOME = "home", _("本县（市、区）工作人员")
    OTHER = "other", _("其他可能影响公正的情形")


class ErrandKind(TextChoices):
    """How a visit came to be planned."""

    DRAWN = "drawn", _("双随机抽查")
    CROSS = "cross", _("县域交叉检查")
    SECRET = "secret", _("暗访")
    SURPRISE = "surprise", _("突击检查")
    TIP = "tip", _("举报核查")


class ErrandState(TextChoices):
    """How far a planned visit is. Until arrival nobody but who planned and who goes can see it."""

    PLANNED = "planned", _("待出发")
    ARRIVED = "arrived", _("检查中")
    CLOSED = "closed", _("已结束")
    WITHDRAWN = "withdrawn", _("已撤销")


class SiteState(TextChoices):
    """How far a visit is, once it has begun."""

    OPEN = "open", _("检查中")
    CLOSED = "closed", _("已结束")


class Mode(TextChoices):
    """How a lesson is given."""

    OFFLINE = "offline", _("线下")
    ONLINE = "online", _("线上")


class NoteKind(TextChoices):
    """What was written down on the spot."""

    EVIDENCE = "evidence", _("现场情况")
    FINDING = "finding", _("发现问题")
    LESSON = "lesson", _("正在培训")


class Breach(TextChoices):
    """Which rule about hours and days a lesson breaks."""

    LATE = "late", _("超过规定的结束时间")
    HOLIDAY = "holiday", _("法定节假日开展学科类培训")
    REST = "rest", _("休息日开展学科类培训")
    VACATION = "vacation", _("寒暑假开展学科类培训")
