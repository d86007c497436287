"""How tests of partner lists begin: pupils on the roll, a file as an office sends it, and officers."""

import io
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl

from junheng.domains.partnerlists.actions.keeping import match
from junheng.domains.partnerlists.actions.taking import take_in
from junheng.domains.partnerlists.models import PartnerList, PartnerPair
from junheng.domains.partnerlists.queries.reading.planning import read_list
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.kernel.values.identity import check_digit
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers

AT = datetime(2023, 9, 18, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = date(2023, 9, 20)
HERE, THERE = "410802", "410811"
WHY = "按规定办理"
TERMS: dict[str, Any] = {
    "area": HERE, "category": "A3", "owner": "解放区民政局", "document": "民函〔2023〕8号", "basis": "民发〔2023〕19号",
    "as_of": date(2023, 9, 10), "valid_until": date(2024, 8, 31),
}  # fmt: skip
HEAD = ("姓名", "身份证号", "出生日期", "性别", "住址")
Cells = tuple[str, ...]


def officer(area: str = HERE) -> User:
    """An aid officer of a county, or of the city."""
    return makers.user(Role.AID_OFFICER, area=area)


def number(serial: int, *, born: str = "20140301", sound: bool = True) -> str:
    """An identity number of nobody, right or with a wrong check character."""
    seventeen = f"990802{born}{serial:03d}"
    right = check_digit(seventeen)
    return seventeen + (right if sound else ("0" if right != "0" else "1"))


def pupil(
    name: str, serial: int, *, at: School | None = None, born: date = date(2014, 3, 1), **given: Any
) -> Pupil:
    """A pupil on the roll, with a number of the invented area."""
    told = number(serial, born=f"{born:%Y%m%d}")
    school = at or School.objects.filter(area=HERE).first() or makers.school()
    facts = {"name": name, "id_number": told, "code": f"G{told}", "born_on": born, "sex": 2 - serial % 2}
    return makers.pupil(makers.school_class(school), **facts | given)


def line(one: Pupil, **given: str) -> Cells:
    """A pupil as an office writes one down, with slips."""
    told = {
        "name": one.name, "number": one.id_number, "born": one.born_on.isoformat(), "sex": str(one.get_sex_display()),
        "place": "解放区",
    }  # fmt: skip
    return tuple((told | given).values())


def csv_of(*lines: Cells, encoding: str = "utf-8") -> bytes:
    """A .csv of an office."""
    return "".join(f"{','.join(one)}\n" for one in (HEAD, *lines)).encode(encoding)


def workbook(rows: list[list[Any]], *, merged: str = "") -> bytes:
    """A workbook as it is typed."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def taken(*lines: Cells, by: User | None = None, **given: Any) -> PartnerList:
    """A list that was taken in."""
    plan = read_list("名单.csv", csv_of(*lines))
    return take_in(plan, **TERMS | given, by=by or officer(), at=AT, on=given.get("as_of", ON), why=WHY)


def matched(*lines: Cells, by: User | None = None, **given: Any) -> PartnerList:
    """A list that was taken in and compared."""
    who = by or officer()
    return match(taken(*lines, by=who, **given), on=max(ON, given.get("as_of", ON)), by=who, at=AT, why=WHY)


def pairs(source: PartnerList) -> list[PartnerPair]:
    """The pairs of a list that are for people, in their order."""
    return list(PartnerPair.objects.filter(row__partner_list=source, exact=False).order_by("pk"))
