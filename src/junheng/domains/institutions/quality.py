"""What is unusual about training institutions."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from junheng.platform.quality import Rows, Severity, likeness, soft_rule
from junheng.platform.quality.counting import odd_name


@soft_rule(
    "institution-name-odd",
    "institutions",
    title=_("机构名称含空格"),
    why=_("机构名称以许可证为准；写法不一会使同一家机构被当成两家。"),
    sentence=_("机构名称里有空格，请核对许可证。"),
    severity=Severity.LOW,
    fields=("name",),
    acts=_("县（市、区）校外监管部门核对"),
)
def institution_name_odd(rows: Rows, on: date) -> Rows:
    """Names may have figures, not blanks."""
    return rows.filter(odd_name("name", digits=False))


likeness(
    "institution-double",
    "institutions",
    title=_("培训机构疑似重复"),
    why=_("同一家机构登记两次，在册机构数会多算。"),
    exact=(
        (("name", "area"), _("名称相同，且在同一区划")),
        (("code",), _("许可证编号相同，且许可同时有效")),
    ),
    name="name",
    similar=True,
    fields=("code",),
)
