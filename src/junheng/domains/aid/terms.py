"""Words of student aid."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
