"""Words of partner lists. The categories are those of 教财〔2018〕16号 and the Henan rules made for it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    """Why somebody is entitled to aid. A1 to A10 come from the office that keeps the register; A11 by application."""

    A1 = "A1", _("脱贫家庭")
    A2 = "A2", _("防止返贫监测对象")
    A3 = "A3", _("最低生活保障家庭")
    A4 = "A4", _("低保边缘家庭")
    A5 = "A5", _("特困供养")
    A6 = "A6", _("孤儿")
    A7 = "A7", _("事实无人抚养儿童")
    A8 = "A8", _("残疾学生")
    A9 = "A9", _("残疾人子女")
    A10 = "A10", _("烈士和优抚对象子女")
    A11 = "A11", _("其他家庭经济困难")


OWNERS = {
    Category.A1: _("乡村振兴部门"),
    Category.A2: _("乡村振兴部门"),
    Category.A3: _("民政部门"),
    Category.A4: _("民政部门"),
    Category.A5: _("民政部门"),
    Category.A6: _("民政部门"),
    Category.A7: _("民政部门"),
    Category.A8: _("残联"),
    Category.A9: _("残联"),
    Category.A10: _("退役军人事务部门"),
}
"""Who keeps the register of each category; of A11 there is none."""


class Outcome(TextChoices):
    """What the comparison found for one line."""

    WAITING = "waiting", _("尚未比对")
    EXACT = "exact", _("号码和姓名一致")
    DOUBTFUL = "doubtful", _("有疑问")
    NOT_HERE = "not_here", _("不在本市在籍学生中")


class PairState(TextChoices):
    """How far a pair is. ``ASKED_SAME``: one officer said it is the same person, another has to confirm."""

    OPEN = "open", _("待判断")
    AT_SCHOOL = "at_school", _("待学校核实")
    ASKED_SAME = "asked_same", _("待另一人确认")
    SAME = "same", _("是同一人")
    NOT_SAME = "not_same", _("不是同一人")


UNDECIDED = (PairState.OPEN, PairState.AT_SCHOOL, PairState.ASKED_SAME)
DECIDED = (PairState.SAME, PairState.NOT_SAME)


class Answer(TextChoices):
    """What an officer says about a pair."""

    SAME = "same", _("是同一人")
    NOT_SAME = "not_same", _("不是同一人")
    AT_SCHOOL = "at_school", _("请学校核实")


class Flaw(TextChoices):
    """What is wrong with a line that is taken in all the same: its number is then no proof of anything."""

    NO_NUMBER = "no_number", _("没有身份证件号")
    LOST_DIGITS = "lost_digits", _("身份证件号被当作数字，后几位已丢失")
    BAD_NUMBER = "bad_number", _("身份证件号的位数、日期或校验位不对")
    OLD_NUMBER = "old_number", _("15位身份证件号，已换算为18位")
    OTHER_DAY = "other_day", _("出生日期与身份证件号不一致")
    BAD_DAY = "bad_day", _("出生日期不是日期")


class Side(TextChoices):
    """What of a person is compared."""

    NAME = "name", _("姓名")
    NUMBER = "number", _("身份证件号")
    BORN = "born", _("出生日期")
    SEX = "sex", _("性别")
    PLACE = "place", _("户籍区县")
    SCHOOL = "school", _("学校")
