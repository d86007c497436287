"""The workbook that an administrator downloads and fills: headings, choices, and a sheet that explains them."""

import io
from datetime import date
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from junheng.platform.access.roles import RULES, Role
from junheng.platform.accounts.bulk.lines import LINES, NEEDED
from junheng.platform.accounts.granting import FOUR_EYES
from junheng.platform.accounts.places import area_choices
from junheng.platform.accounts.rights import GIVEN_BY_CITY, areas_administered

LINES_READY = 2_000
"""Lines for which the choices are prepared; more are read all the same."""
WIDTH = {
    "username": 16,
    "name": 12,
    "role": 20,
    "area": 14,
    "school": 26,
    "school_class": 14,
    "kindergarten": 26,
    "subject": 30,
}


def template(*, admin: Any, on: date) -> IO[bytes]:
    """The empty workbook. What can be chosen is what this administrator may give."""
    areas = areas_administered(admin, on=on)
    city = settings.JUNHENG_CITY in areas
    roles = [one for one in Role if city or one not in GIVEN_BY_CITY]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EAF1EE"})
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(_("账号"))
    sheet.freeze_panes(1, 0)
    for place, one in enumerate(LINES.fields):
        dated = one.name in {"since", "until"}
        sheet.set_column(place, place, WIDTH.get(one.name, 12), day if dated else text)
        sheet.write_string(0, place, LINES.label_of(one), head)
    place_of = {one.name: place for place, one in enumerate(LINES.fields)}
    about = book.add_worksheet(_("说明"))
    row = explain(about, head)
    first = row
    for role in roles:
        about.write_row(row, 0, [role.label, level_of(role), _("两人经手") if role in FOUR_EYES else ""])
        row += 1
    choose(sheet, place_of["role"], f"='{_('说明')}'!$A${first + 1}:$A${row}")
    row += 1
    about.write_row(row, 0, [_("区划代码"), _("名称")], head)
    first = row = row + 1
    for code, name in area_choices(areas):
        about.write_row(row, 0, [code, name.removesuffix(code).strip()])
        row += 1
    choose(sheet, place_of["area"], f"='{_('说明')}'!$A${first + 1}:$A${row}")
    book.close()
    file.seek(0)
    return file


def explain(about: Any, head: Any) -> int:
    """The sentences above the lists; answers the next free row."""
    about.set_column(0, 0, 26)
    about.set_column(1, 2, 44)
    lines = [
        _("一行是一个人的一个角色；同一个人有几个角色就写几行，用户名和姓名相同。"),
        _("必填：%(names)s。角色可以以后再授予。")
        % {"names": "、".join(LINES.label_of(one) for one in NEEDED)},
        _(
            "学校、幼儿园写标识码或全称；班级的写法与班级名录一致。起始日不填就是办理当天，终止日是不再有效的第一天。"
        ),
        _("统一身份标识只在启用统一身份认证时填写；填了的，用统一身份登录，不打印首次登录信函。"),
        _("不要在表里写密码。导入后打印首次登录信函，一次性口令只显示一次，由本人设置密码。"),
    ]
    for number, line in enumerate(lines):
        about.write_string(number, 0, line)
    about.write_row(len(lines) + 1, 0, [_("角色"), _("须填写"), _("审批")], head)
    return len(lines) + 2


def level_of(role: Role) -> str:
    """What place a role needs."""
    return {
        "area": _("区划"),
        "school": _("区划、学校"),
        "class": _("区划、学校、班级"),
        "kindergarten": _("区划、幼儿园"),
    }[RULES[role].level]


def choose(sheet: Any, place: int, source: str) -> None:
    """Offer a list in a column; something else can be typed, because names are understood besides codes."""
    sheet.data_validation(
        1, place, LINES_READY, place, {"validate": "list", "source": source, "error_type": "information"}
    )
