"""Words of home visits: closed lists, so that no sentence about a family is ever written."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How a family was reached; only the first is a home visit."""

    IN_PERSON = "in_person", _("入户")
    TELEPHONE = "telephone", _("电话")
    NOT_MET = "not_met", _("未遇")


class Topic(TextChoices):
    """What a visit was about."""

    STUDY = "study", _("学习情况")
    HABITS = "habits", _("生活习惯")
    MIND = "mind", _("心理健康")
    SAFETY = "safety", _("安全教育")
    POLICY = "policy", _("招生和资助政策")
    SCHOOL = "school", _("家校沟通")


class Companion(TextChoices):
    """Who else went along."""

    SUBJECT = "subject", _("任课教师")
    LEADER = "leader", _("学校负责人")
    PSYCHOLOGIST = "psych", _("心理教师")
    VILLAGE = "village", _("村（社区）工作人员")


class NeedKind(TextChoices):
    """What a family needs help with; who does it follows from this."""

    STUDY = "study", _("学业")
    MIND = "mind", _("心理")
    AID = "aid", _("资助")
    SAFETY = "safety", _("安全")
    OTHER = "other", _("其他")


class HelpState(TextChoices):
    """How far a task is; a class teacher sees this of it and nothing else."""

    OPEN = "open", _("待接办")
    TAKEN = "taken", _("办理中")
    DONE = "done", _("已办结")
    NOT_NEEDED = "unneeded", _("不需办理")


class Needless(TextChoices):
    """Why a task needs nothing done."""

    ELSEWHERE = "elsewhere", _("已由其他渠道解决")
    CHECKED = "checked", _("核实后不需要")
    DECLINED = "declined", _("家庭谢绝")
    TWICE = "twice", _("与另一件重复")


def words_of(codes: str, choices: type[TextChoices]) -> list[str]:
    """The words of codes that are kept in one text.

    >>> [str(word) for word in words_of("study,safety", Topic)]
    ['学习情况', '安全教育']
    """
    return [str(choices(code).label) for code in codes.split(",") if code]
