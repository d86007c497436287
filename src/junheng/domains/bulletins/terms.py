"""Words of publication."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ArticleState(TextChoices):
    """Whether the public can read an article."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤回")


class Medium(TextChoices):
    """版式."""

    WEB = "web", _("网页")
    PRINT = "print", _("打印")
    PHONE = "phone", _("手机")


class SignOffRole(TextChoices):
    """The six who sign, from above to below."""

    DUTY_CHIEF = "duty_chief", _("总值班")
    PLANNER = "planner", _("统筹")
    MANAGING_EDITOR = "managing_editor", _("责编")
    REVIEWER = "reviewer", _("审核")
    EDITOR = "editor", _("编辑")
    PROOFREADER = "proofreader", _("校对")
