"""Words of checklists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Subject(TextChoices):
    """What is inspected by a list: one mechanism for safety, its standardisation, and moral education."""

    SAFETY = "safety", _("校园安全督导检查")
    STANDARD = "standard", _("校园安全标准化建设")
    MORAL = "moral", _("德育工作评价")


class ChecklistState(TextChoices):
    """A version is written, then issued; an issued one never changes."""

    DRAFT = "draft", _("编制中")
    ISSUED = "issued", _("已印发")


class Grade(TextChoices):
    """隐患等级: how grave it is where an item fails."""

    GENERAL = "general", _("一般")
    SERIOUS = "serious", _("较大")
    MAJOR = "major", _("重大")
