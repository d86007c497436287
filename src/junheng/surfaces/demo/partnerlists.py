"""Lists of partner offices in the demonstration city: four of one county, spoilt as such files are, compared, some pairs decided.

The files are made in memory and taken in by the deeds by which people do it. Who stands on them is on the invented roll,
or is invented here; nobody's poverty is anybody's.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db import transaction
from django.db.models import Count

from junheng.domains.aid.models import Eligibility
from junheng.domains.areas.models import Area
from junheng.domains.partnerlists.actions.deciding import decide
from junheng.domains.partnerlists.actions.keeping import write_down
from junheng.domains.partnerlists.actions.matching import look_for
from junheng.domains.partnerlists.actions.taking import take_in
from junheng.domains.partnerlists.models import PartnerList, PartnerPair
from junheng.domains.partnerlists.queries.reading.planning import read_list
from junheng.domains.partnerlists.queries.roll import roll_of
from junheng.domains.partnerlists.terms import Answer, Category, PairState
from junheng.domains.pupils.models import Pupil
from junheng.kernel.linkage import Roll
from junheng.platform.access.models import User
from junheng.platform.spans import holds
from junheng.surfaces.demo.logins import CITY_AID, county_aid

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROLL = date(2023, 9, 20)
AS_OF, UNTIL = date(2023, 9, 10), date(2024, 8, 31)
BASIS = "演示民发〔2023〕19号：困难群众信息共享（演示）"
WHY = "按演示方案办理"
TERM = "2023A"
SOUNDS = {
    "明": "铭", "铭": "明", "晓": "小", "雨": "语", "语": "雨", "欣": "心", "心": "欣", "芳": "方", "静": "靖", "靖": "静", "清": "青",
    "青": "清", "杰": "洁", "洁": "杰", "丰": "枫", "英": "瑛", "文": "雯", "雯": "文", "建": "健", "林": "琳", "之": "芝", "伟": "苇",
    "苇": "伟", "月": "悦", "悦": "月", "长": "常", "正": "政", "致": "志", "志": "致", "彤": "桐", "桐": "彤", "庭": "廷", "晨": "辰",
    "承": "成", "海": "孩", "安": "桉", "博": "柏", "恒": "横", "宏": "红", "佳": "嘉", "嘉": "佳", "宁": "凝", "平": "萍", "同": "童",
}  # fmt: skip
"""Characters that are read alike, as who types by sound exchanges them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as an office types it."""

    name: str
    number: str
    born: str
    sex: str
    place: str


Slip = Callable[[Line], Line]


def sound(one: Line) -> Line:
    """Another character that is read alike: the last for which there is one."""
    for place in range(len(one.name) - 1, 0, -1):
        if other := SOUNDS.get(one.name[place]):
            return replace(one, name=one.name[:place] + other + one.name[place + 1 :])
    return one


def shorter(one: Line) -> Line:
    """A name that misses its last character."""
    return replace(one, name=one.name[:2])


def digit(one: Line) -> Line:
    """A wrong figure near the end of the number."""
    return replace(one, number=f"{one.number[:15]}{(int(one.number[15]) + 1) % 10}{one.number[16:]}")


def turned(one: Line) -> Line:
    """No number, and month and day exchanged."""
    year, month, day = one.born.split("-")
    return replace(one, number="", born=f"{year}-{day}-{month}" if int(day) <= 12 else one.born)


def unnumbered(one: Line) -> Line:
    """No number."""
    return replace(one, number="")


def rounded(one: Line) -> Line:
    """A number that a spreadsheet took for a quantity."""
    return replace(one, number=f"{one.number[:15]}000")


def wide(one: Line) -> Line:
    """Full-width figures, and a blank in the name."""
    return replace(
        one,
        number=one.number.translate(str.maketrans("0123456789", "０１２３４５６７８９")),
        name=f"{one.name[0]}　{one.name[1:]}",
    )


def certified(one: Line) -> Line:
    """The number of a disability certificate: kind and grade behind the identity number."""
    return replace(one, number=f"{one.number}43")


def renamed(one: Line) -> Line:
    """The number with another name: a name of former days, or another child's number."""
    return replace(one, name=f"{one.name[0]}曾名")


def add_partner_lists() -> None:
    """Four lists of the first county, each compared, with pairs open, asked for, and decided."""
    users = {one.username: one for one in User.objects.all()}
    county = Area.objects.filter(kind="county", until=None).order_by("code").first()
    if county is None:
        return
    officer, city = users[county_aid(county.code)], users[CITY_AID]
    roll = roll_of(ROLL, [])
    people = chosen(county.code)
    for category, owner, count, write, slips in PLAN:
        lines = [*spoilt([next(people) for _ in range(count)], slips, certificates=category == Category.A8)]
        name, content = write(lines, county)
        one = take(category, f"{county.name}{owner}（演示）", name, content, county=county, by=officer)
        compare(one, roll, by=officer)
        if category == Category.A1:
            settle(one, officer=officer, city=city)


def chosen(county: str) -> Iterator[Line]:
    """Pupils of a county as an office would know them: those who are aided first, then who is on two rolls."""
    rows = Pupil.objects.filter(holds(ROLL), area__code__startswith=county).exclude(id_number_blind="")
    aided = Eligibility.objects.filter(term=TERM, pupil__area__code__startswith=county).values("pupil")
    for one in rows.filter(pk__in=aided).order_by("pk").iterator(chunk_size=200):
        yield line_of(one)
    for one in rows.exclude(pk__in=aided).order_by("pk").iterator(chunk_size=200):
        yield line_of(one)


def line_of(pupil: Pupil) -> Line:
    """How an office knows a pupil."""
    return Line(
        pupil.name,
        pupil.id_number,
        pupil.born_on.isoformat(),
        str(pupil.get_sex_display()),
        pupil.home_area.name,
    )


def spoilt(people: list[Line], slips: tuple[Slip, ...], *, certificates: bool) -> Iterator[Line]:
    """The lines with a slip in each of the first, two strangers and a line twice at the end."""
    typed = [certified(one) if certificates else one for one in people]
    for place, one in enumerate(people):
        yield slips[place](one) if place < len(slips) else typed[place]
    yield Line("不在册甲", "", "2013-05-06", "男", "")
    yield Line("不在册乙", "", "2014-07-08", "女", "")
    yield typed[-1]


def workbook(lines: list[Line], county: Area) -> tuple[str, bytes]:
    """A workbook with a title over merged cells, a line of units, and a sum below."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("名单")
    sheet.merge_range(0, 0, 0, 5, f"{county.name}享受政策人员名单（演示）")
    sheet.merge_range(1, 0, 1, 5, "单位：人")
    sheet.write_row(2, 0, ("序号", "成员姓名", "公民身份号码", "出生年月日", "性别", "家庭住址"))
    for number, one in enumerate(lines, 1):
        sheet.write_row(2 + number, 0, (str(number), one.name, one.number, one.born, one.sex, one.place))
    sheet.write_row(3 + len(lines), 0, ("合计", "", f"{len(lines)}人"))
    book.close()
    return "名单（演示）.xlsx", file.getvalue()


def table(lines: list[Line]) -> str:
    """The lines as .csv."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("姓名", "身份证号", "出生日期", "性别", "住址"))
    rows.writerows((one.name, one.number, one.born.replace("-", "/"), one.sex, one.place) for one in lines)
    return out.getvalue()


def old_table(lines: list[Line], _county: Area) -> tuple[str, bytes]:
    """A .csv in GB18030."""
    return "名单（演示）.csv", table(lines).encode("gb18030")


def mixed_table(lines: list[Line], _county: Area) -> tuple[str, bytes]:
    """A .csv whose last lines were put in from another program."""
    text = table(lines).splitlines(keepends=True)
    return "名单（演示）.csv", b"\xef\xbb\xbf" + "".join(text[:-3]).encode() + "".join(text[-3:]).encode(
        "gb18030"
    )


Writer = Callable[[list[Line], Area], tuple[str, bytes]]
PLAN: tuple[tuple[Category, str, int, Writer, tuple[Slip, ...]], ...] = (
    (
        Category.A1,
        "乡村振兴局",
        40,
        workbook,
        (renamed, sound, shorter, digit, turned, unnumbered, rounded, wide),
    ),
    (Category.A3, "民政局", 30, old_table, (sound, digit, unnumbered, wide, renamed)),
    (Category.A6, "民政局", 8, mixed_table, (unnumbered, wide)),
    (Category.A8, "残疾人联合会", 12, old_table, (shorter, digit)),
)
"""Each list: its office, how many of its people are on the roll, in what form it comes, and the slips in it."""


def moment(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of the year of the demonstration."""
    return datetime.combine(date(2023, month, day), time(hour, 0), SHANGHAI)


def take(category: Category, owner: str, name: str, content: bytes, *, county: Area, by: User) -> PartnerList:
    """Take a file in."""
    return take_in(
        read_list(name, content), area=county.code, category=category, owner=owner, document="演示函〔2023〕8号",
        basis=BASIS, as_of=AS_OF, valid_until=UNTIL, by=by, at=moment(9, 18), on=date(2023, 9, 18), why=WHY,
    )  # fmt: skip


def compare(one: PartnerList, roll: Roll, *, by: User) -> None:
    """Compare a list with the roll."""
    write_down(look_for(one, on=ROLL, roll=roll), by=by, at=moment(9, 20), why=WHY)


@transaction.atomic
def settle(one: PartnerList, *, officer: User, city: User) -> None:
    """Decide some of the pairs: one by two officers, one asked for, the same, another person, and one for the school."""
    pairs = PartnerPair.objects.filter(row__partner_list=one, state=PairState.OPEN).order_by("pk")
    alone = pairs.annotate(count=Count("row__pairs")).filter(count=1)
    named = list(alone.filter(name_differs=True)[:2])
    plain = list(alone.filter(name_differs=False)[:3])
    for place, pair in enumerate(named):
        decide(pair, Answer.SAME, by=officer, at=moment(9, 21), words="户口簿核对一致（演示）")
        if place == 0:
            decide(pair, Answer.SAME, by=city, at=moment(9, 22), words="已复核（演示）")
    answers = (Answer.SAME, Answer.NOT_SAME, Answer.AT_SCHOOL)
    for pair, answer in zip(plain, answers, strict=False):
        decide(pair, answer, by=officer, at=moment(9, 21), words="已核对（演示）")
