"""What is unusual about officials with duties."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from junheng.platform.quality import Rows, Severity, expect, likeness, soft_rule
from junheng.platform.quality.counting import odd_name


@soft_rule(
    "person-name-odd",
    "people",
    title=_("责任人姓名含空格或数字"),
    why=_("姓名写法不一，同一个人会被当成两个人。"),
    sentence=_("姓名里有空格或数字，请核对。"),
    severity=Severity.LOW,
    fields=("name",),
    acts=_("县（市、区）教育局核对姓名"),
)
def person_name_odd(rows: Rows, on: date) -> Rows:
    """Names of persons have neither."""
    return rows.filter(odd_name("name"))


likeness(
    "person-double",
    "people",
    title=_("责任人疑似重复"),
    why=_("同一个人登记两次，暗访次数会记在两个人名下。"),
    exact=((("name", "area", "post"), _("姓名、区划、职务都相同")),),
    fields=("code",),
)
expect("people", "phone", days=365)
