"""Which fields of a task show where. Nobody types one: the officer's desk makes it, deeds change it."""

from django.utils.translation import gettext_lazy as _

from junheng.domains.tips.models import Referral
from junheng.domains.tips.policies.scope import HANDLERS, OFFICERS, OVERSEEING
from junheng.platform.registers import (
    CITY_KEEPS,
    FILTER,
    FIXED,
    KEY,
    LIST,
    SEARCH,
    F,
    Register,
    register,
)


@register
class ReferralRegister(Register[Referral]):
    """举报转办。一行是转给一个单位办理的一件事；只有受理员写的摘要，没有举报人、原文和具体时间。学校看不到。"""

    slug = "referrals"
    chapter = "compulsory"
    title = _("举报转办")
    model = Referral
    area = "area"
    readers = OFFICERS | HANDLERS | OVERSEEING
    writers = HANDLERS
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH | FIXED),
        F("title", LIST | SEARCH | FIXED),
        F("kind", LIST | FILTER | FIXED),
        F("area", LIST | FILTER | FIXED),
        F("place", FIXED),
        F("school", FIXED),
        F("institution", FIXED),
        F("summary", FIXED),
        F("week", FIXED),
        F("assigned_on", LIST | FIXED),
        F("due_on", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
        F("became", LIST | FILTER | FIXED),
        F("became_row", FIXED),
        F("outcome", LIST | FILTER | FIXED),
        F("report", FIXED),
        F("done_on", FIXED),
        F("escalated_on", FIXED),
    )
