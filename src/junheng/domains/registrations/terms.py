"""Words of a registration."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    """Where an application stands until the list closes."""

    SENT = "sent", _("已提交")
    WITHDRAWN = "withdrawn", _("已撤回")


class Channel(TextChoices):
    """How an application came in; it counts the same."""

    PHONE = "phone", _("家长手机")
    DESK = "desk", _("窗口代办")


class Relation(TextChoices):
    """Who fills the form in."""

    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")
    GRANDPARENT = "grandparent", _("祖父母或外祖父母")
    OTHER = "other", _("其他监护人")


class FoundState(TextChoices):
    """What was found about a claim. Only what is approved counts."""

    CLAIMED = "claimed", _("待审核")
    ASKED = "asked", _("请补交更清晰的材料")
    APPROVED = "approved", _("已核实")
    REJECTED = "rejected", _("未通过")


class ObjectionState(TextChoices):
    """Where an appeal stands."""

    OPEN = "open", _("待处理")
    UPHELD = "upheld", _("支持")
    DISMISSED = "dismissed", _("不支持")
