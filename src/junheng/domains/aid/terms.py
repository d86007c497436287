"""Words of student aid, and the school year and the cap of a loan."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.kernel.errors import NotInForce
from junheng.kernel.rulebook import Dated


def loan_year(signed: date) -> int:
    """The school year that a contract is for: signed in summer, it is for the year that begins in autumn.

    >>> loan_year(date(2023, 7, 17)), loan_year(date(2024, 3, 8))
    (2023, 2023)
    """
    return signed.year if signed.month >= 7 else signed.year - 1


def cap(rule: Dated[int], year: int) -> int | None:
    """The most that one contract of a school year may be, in fen; nothing where no rule is known."""
    try:
        return rule.on(date(year, 9, 1)).value
    except NotInForce:
        return None


class Scheme(TextChoices):
    """资助项目."""

    LIVING = "living", _("生活补助")
    SENIOR_GRANT = "senior_grant", _("高中助学金")
    FEE_WAIVER = "fee_waiver", _("免学杂费")
    PRESCHOOL = "preschool", _("学前资助")
    NUTRITION = "nutrition", _("营养改善")


class LoanKind(TextChoices):
    """A renewal is a contract of its own."""

    FIRST = "first", _("首贷")
    RENEWAL = "renewal", _("续贷")


class Repay(TextChoices):
    """What a year asks of whoever signed a contract."""

    STUDY = "study", _("在读")
    FIRST_INTEREST = "first_interest", _("首次还利息")
    INTEREST = "interest", _("还利息")
    FIRST_PRINCIPAL = "first_principal", _("首次还本金")
    PRINCIPAL = "principal", _("还本金和利息")
    LAST = "last", _("最后一年")
    ENDED = "ended", _("到期未结清")
    UNKNOWN = "unknown", _("不能推算")


class Told(TextChoices):
    """How a reminder ended."""

    NOTIFIED = "notified", _("已通知")
    UNREACHABLE = "unreachable", _("无法联系")


class Band(TextChoices):
    """How hard a family has it, in the three words of the ministry."""

    SPECIAL = "special", _("特别困难")
    HARD = "hard", _("困难")
    PLAIN = "plain", _("一般困难")


class FindingState(TextChoices):
    """A proposal is confirmed in one go, or another takes its place."""

    PROPOSED = "proposed", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    DROPPED = "dropped", _("已被新的代替")


class Side(TextChoices):
    """The two ways in which aid can miss its aim."""

    MISSED = "missed", _("应助未助")
    EXTRA = "extra", _("不应助而助")


class Hardship(TextChoices):
    """What a family that stands on no list applies for."""

    ILLNESS = "illness", _("家庭成员患病")
    DISASTER = "disaster", _("受灾或意外")
    WORK = "work", _("失业或收入骤减")
    OTHER = "other", _("其他困难")


class RequestStage(TextChoices):
    """The way of an application: the school's group, publicity inside the school, the county."""

    SCHOOL = "school", _("待学校认定")
    SHOWN = "shown", _("校内公示")
    COUNTY = "county", _("待县级确认")
    RECOGNISED = "recognised", _("已认定")
    REFUSED = "refused", _("未认定")


class Question(TextChoices):
    """What a county may ask a school about one pupil. Each is answered with yes or no."""

    ON_ROLL = "on_roll", _("现在是否在本校就读")
    BOARDS = "boards", _("是否住校")
    ACCOUNT = "account", _("收款账户是否已与家长核对无误")
    REACHED = "reached", _("告知书是否已交到家长手中")


class Answered(TextChoices):
    """Yes or no."""

    YES = "yes", _("是")
    NO = "no", _("否")
