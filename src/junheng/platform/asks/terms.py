"""The words of surveys: their states, the kinds of questions, the units that answer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """How far a survey is."""

    DRAFT = "draft", _("设计中")
    CHECKED = "checked", _("待审批")
    APPROVED = "approved", _("已批准")
    OPEN = "open", _("填报中")
    CLOSED = "closed", _("已截止")
    EVALUATED = "evaluated", _("已反馈")


COUNTED = (State.APPROVED, State.OPEN, State.CLOSED, State.EVALUATED)
"""States in which a survey takes up time of the term's budget."""
PUBLISHED = (State.OPEN, State.CLOSED, State.EVALUATED)
"""States in which those who are asked see it."""


class Kind(TextChoices):
    """What sort of answer a question takes."""

    NUMBER = "number", _("整数")
    MONEY = "money", _("金额（元）")
    CHOICE = "choice", _("单选")
    YESNO = "yesno", _("是否")
    TEXT = "text", _("文字")
    DAY = "day", _("日期")
    TERM = "term", _("学期")


NUMERIC = frozenset({Kind.NUMBER, Kind.MONEY})
"""Kinds whose answers are compared by median and quartiles."""
COUNTABLE = frozenset({Kind.CHOICE, Kind.YESNO})
"""Kinds whose answers are compared by how many units gave each."""


class UnitKind(TextChoices):
    """Who answers. The value is the address of the register that holds them."""

    SCHOOLS = "schools", _("学校")
    KINDERGARTENS = "kindergartens", _("幼儿园")
    CLASSES = "classes", _("班级")


class Origin(TextChoices):
    """Where an answer came from."""

    TYPED = "typed", _("本次填写")
    LAST = "last", _("沿用上次")
    REGISTER = "register", _("取自台账")
    BEHALF = "behalf", _("县（市、区）代填")


class Progress(TextChoices):
    """How far one unit is with its answer."""

    WAITING = "waiting", _("未填")
    SENT = "sent", _("已提交")
