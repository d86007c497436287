"""Words of school groups and pairs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GroupKind(TextChoices):
    """What a group is made of."""

    COMPULSORY = "compulsory", _("义务教育集团")
    KINDERGARTEN = "kindergarten", _("幼儿园集团")


class GroupRole(TextChoices):
    """A school's part in its group."""

    LEAD = "lead", _("牵头学校")
    MEMBER = "member", _("成员学校")


class HelpMode(TextChoices):
    """How strong schools help others."""

    MERGED = "merged", _("融合式")
    COMMISSIONED = "commissioned", _("托管式")
    ALLIED = "allied", _("联盟式")
