"""The rules of a registration, one set for every way in: each step asks its own part, the sending asks all of them.

A form is a flat dictionary of words, as a browser sends it and as a draft keeps it. Plain functions: the crowd of the
last day is judged by these very lines, at some microseconds a form.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from junheng.domains.intakes.policies.addresses import point_of
from junheng.domains.intakes.terms import Circumstance, IntakeState
from junheng.domains.registrations.queries.faults import Misfilled, closed, not_open, number_fault
from junheng.domains.registrations.queries.keys import pid_of
from junheng.domains.registrations.queries.sheets import Offer, Sheet
from junheng.domains.registrations.terms import Relation
from junheng.kernel.values.identity import birth_date

Form = dict[str, str]
MOST_CHOICES = 12
LENGTHS = {
    "name": 30, "id_number": 18, "guardian": 30, "relation": 12, "phone": 11,
    "home_area": 6, "street": 40, "number": 5, "community": 40, "room": 40, "point": 40,
    "has": 120, "sibling": 10, "sibling_name": 30, "direct": 10, "twin_number": 18, "truthful": 1,
    **{f"choice{place}": 10 for place in range(1, MOST_CHOICES + 1)},
}  # fmt: skip
"""Every word of the form and how long it may be; nothing else is kept."""
STEPS: dict[int, tuple[str, ...]] = {
    1: ("name", "id_number", "guardian", "relation", "phone"),
    2: ("home_area", "street", "number", "community", "room", "point"),
    3: ("has", "sibling", "sibling_name", "direct", "twin_number"),
    4: tuple(f"choice{place}" for place in range(1, MOST_CHOICES + 1)),
    5: ("truthful",),
}
NAME = re.compile(r"[^\W\d_](?:[^\W_]|[·.' -]){1,29}")
PLACE = re.compile(r"[\w·.,，、（）()#\- ]{0,40}")
PHONE = re.compile(r"1[3-9][0-9]{9}")
NUMBER = re.compile(r"[1-9][0-9]{0,4}")
OF_A_SCHOOL = {Circumstance.SIBLING.value: "sibling", Circumstance.DIRECT.value: "direct"}
KINDS = tuple(Circumstance.values)
RELATIONS = frozenset(Relation.values)
TWINS_APART = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Sound:
    """A form in which nothing is wrong, read as what it means."""

    form: Form
    pid: str
    born_on: date
    home_area: str
    catchment: Offer | None
    has: tuple[str, ...]
    about: dict[str, int]
    choices: tuple[Offer, ...]
    migrant: bool
    bound_to: str


def cleaned(sent: dict[str, str]) -> Form:
    """The words of a form that we know, without blanks around them, cut to their lengths."""
    form = {name: sent[name].strip()[:length] for name, length in LENGTHS.items() if sent.get(name)}
    if "id_number" in form:
        form["id_number"] = form["id_number"].upper()
    if "twin_number" in form:
        form["twin_number"] = form["twin_number"].upper()
    return {name: words for name, words in form.items() if words}


def check_window(sheet: Sheet, at: datetime) -> None:
    """Refuse what comes before the first moment or at the last one and after."""
    if at < sheet.opens_at:
        raise not_open(said(sheet.opens_at))
    if at >= sheet.closes_at or sheet.state != IntakeState.PUBLISHED:
        raise closed(said(sheet.closes_at))


def said(moment: datetime) -> str:
    """A moment as people read it."""
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")


def child(form: Form, sheet: Sheet) -> Iterator[Misfilled]:
    """Step 1: who the child is."""
    if not NAME.fullmatch(form.get("name", "")):
        yield Misfilled("child-name", "请填写孩子的姓名，与户口簿一致，至少两个字。", "name")
    number = form.get("id_number", "")
    if fault := number_fault(number, "id_number"):
        yield fault
    else:
        born = birth_date(number)
        assert born is not None
        if sheet.born_by is not None and born > sheet.born_by:
            yield Misfilled("too-young", "孩子 {born} 出生，今年还不到入学年龄：须在 {limit}（含）以前出生（义务教育法第十一条，满六周岁）。请在孩子满六周岁的当年再来报名。", "id_number", born=born.isoformat(), limit=sheet.born_by.isoformat())  # fmt: skip
        elif born.year < int(sheet.season) - 20:
            yield Misfilled("not-a-child", "这个号码不是孩子的，请填写孩子本人的身份证件号码。", "id_number")
    if not NAME.fullmatch(form.get("guardian", "")):
        yield Misfilled("guardian-name", "请填写监护人的姓名，至少两个字。", "guardian")
    if form.get("relation", "") not in RELATIONS:
        yield Misfilled("relation", "请选择您与孩子的关系。", "relation")
    if not PHONE.fullmatch(form.get("phone", "")):
        yield Misfilled("phone", "请填写 11 位手机号码，审核和录取的通知会用到它。", "phone")


def address(form: Form, sheet: Sheet) -> Iterator[Misfilled]:
    """Step 2: where the family lives."""
    street, community, number = form.get("street", ""), form.get("community", ""), form.get("number", "")
    if not street and not community:
        yield Misfilled("no-address", "请填写居住的路街和门牌号，或小区（村）的名称。", "street")
    for name, words in (("street", street), ("community", community), ("room", form.get("room", ""))):
        if not PLACE.fullmatch(words):
            yield Misfilled("address-signs", "住址里只写文字、数字和常用标点，不超过 40 个字。", name)
    if number and not NUMBER.fullmatch(number):
        yield Misfilled("house-number", "门牌号只填数字，如 12；楼号、单元、房号写在后一格。", "number")
    elif street and not number and not community:
        yield Misfilled("no-house-number", "请填写门牌号，片区按路街和门牌号划分。", "number")
    if "point" in form and point_of(form["point"]) is None:
        yield Misfilled(
            "map-point", "地图位置请写经度和纬度，中间用逗号，如 113.2034,35.2156；不清楚的留空。", "point"
        )
    if (form.get("home_area", "") and not re.fullmatch(r"[0-9]{6}|other", form["home_area"])) or not form.get(
        "home_area"
    ):
        yield Misfilled("home-area", "请从列表中选择户口所在的县（市、区）。", "home_area")


def circumstances(form: Form, sheet: Sheet) -> Iterator[Misfilled]:
    """Step 3: what the family states."""
    has = stated(form)
    both = {Circumstance.PERMIT.value, Circumstance.WORK.value}
    if len(both & set(has)) == 1:
        yield Misfilled("two-papers", "进城务工人员随迁子女只需两项：居住证，务工或经商的证明。现在只选了一项，请两项都选，或都不选。", "has")  # fmt: skip
    if Circumstance.NO_TRANSFER.value in has and Circumstance.PROPERTY.value not in has:
        yield Misfilled("no-transfer", "“有房但户口不能迁入”须同时选“房产在片区内”。", "has")
    for kind, name in OF_A_SCHOOL.items():
        if kind in has and form.get(name, "") not in sheet.schools:
            yield Misfilled("which-school", "请选择是哪一所学校。", name)
    if Circumstance.SIBLING.value in has and not NAME.fullmatch(form.get("sibling_name", "")):
        yield Misfilled("sibling-name", "请填写在校的哥哥或姐姐的姓名。", "sibling_name")
    if Circumstance.TWINS.value in has:
        yield from twins(form)


def twins(form: Form) -> Iterator[Misfilled]:
    """The other child of twins: another number, born together."""
    other, own = form.get("twin_number", ""), form.get("id_number", "")
    if fault := number_fault(other, "twin_number"):
        yield fault
    elif other == own:
        yield Misfilled(
            "twin-same", "这里填写的是另一个孩子的身份证件号码，不能与本表的孩子相同。", "twin_number"
        )
    else:
        first, second = birth_date(own), birth_date(other)
        if first and second and abs(first - second) > TWINS_APART:
            yield Misfilled(
                "twin-born", "两个号码的出生日期不同，不是双（多）胞胎，请核对号码。", "twin_number"
            )


def choices(form: Form, sheet: Sheet) -> Iterator[Misfilled]:
    """Step 4: the schools, in order."""
    seen: set[str] = set()
    private = 0
    count = 0
    for place in range(1, MOST_CHOICES + 1):
        name = f"choice{place}"
        code = form.get(name, "")
        if not code:
            continue
        count += 1
        offer = sheet.schools.get(code)
        if offer is None:
            yield Misfilled(
                "unknown-school", "志愿里有一所学校不在今年的招生计划中。请从列表中重新选择。", name
            )
            continue
        if code in seen:
            yield Misfilled("school-twice", "“{school}”填了两次。同一所学校只能填一次志愿，请改选另一所或留空。", name, school=offer.name)  # fmt: skip
        seen.add(code)
        if offer.places == 0:
            yield Misfilled(
                "no-places",
                "“{school}”今年的计划人数是 0，不能填报。请改选另一所学校。",
                name,
                school=offer.name,
            )
        private += offer.private
        if offer.private and private == sheet.max_private + 1:
            yield Misfilled("too-many-private", "最多填报 {most} 所民办学校。请保留最想去的，其余改为公办学校或留空。", name, most=sheet.max_private)  # fmt: skip
        if count == sheet.max_choices + 1:
            yield Misfilled(
                "too-many", "最多填报 {most} 个志愿，多出的请留空。", name, most=sheet.max_choices
            )
    if count == 0:
        yield Misfilled("no-choice", "请至少选择一所学校。片区内的公办学校不会自动填入。", "choice1")


def truth(form: Form, sheet: Sheet) -> Iterator[Misfilled]:
    """Step 5: the guardian says that it is true."""
    if form.get("truthful") != "1":
        yield Misfilled("truthful", "请确认所填内容和材料真实，再提交。", "truthful")


Part = Callable[[Form, Sheet], Iterator[Misfilled]]
PARTS: dict[int, Part] = {1: child, 2: address, 3: circumstances, 4: choices, 5: truth}


def wrong_in(step: int, form: Form, sheet: Sheet) -> list[Misfilled]:
    """What is wrong in one step."""
    return list(PARTS[step](form, sheet))


def wrong(form: Form, sheet: Sheet) -> list[Misfilled]:
    """Everything that is wrong in a form."""
    return [one for part in PARTS.values() for one in part(form, sheet)]


def stated(form: Form) -> tuple[str, ...]:
    """The circumstances that are stated, in one order, each once."""
    given = form.get("has", "").split(",")
    return tuple(kind for kind in KINDS if kind in given)


def catchment_of(form: Form, sheet: Sheet) -> Offer | None:
    """The school in whose catchment the family lives."""
    number = form.get("number", "")
    return sheet.catchment(
        form.get("street", ""),
        int(number) if NUMBER.fullmatch(number) else None,
        form.get("community", ""),
        point_of(form["point"]) if "point" in form else None,
    )


def missing_papers(form: Form, sheet: Sheet, shown: frozenset[str]) -> list[str]:
    """The circumstances of which a photo is still wanted."""
    return [kind for kind in stated(form) if sheet.shown_papers(kind) and kind not in shown]


def sound(form: Form, sheet: Sheet) -> Sound | list[Misfilled]:
    """A form as what it means, or what is wrong with it."""
    found = wrong(form, sheet)
    if found:
        return found
    has = stated(form)
    number = form["id_number"]
    born = birth_date(number)
    assert born is not None
    picked = [
        sheet.schools[code] for place in range(1, MOST_CHOICES + 1) if (code := form.get(f"choice{place}"))
    ]
    return Sound(
        form=form,
        pid=pid_of(sheet.season, number),
        born_on=born,
        home_area="" if form["home_area"] == "other" else form["home_area"],
        catchment=catchment_of(form, sheet),
        has=has,
        about={kind: sheet.schools[form[name]].id for kind, name in OF_A_SCHOOL.items() if kind in has},
        choices=tuple(picked),
        migrant="permit" in has and "work" in has and "household" not in has,
        bound_to=pid_of(sheet.season, form["twin_number"]) if "twins" in has else "",
    )


def said_address(form: Form) -> str:
    """The address in one line."""
    number = f"{form['number']}号" if form.get("number") else ""
    point = f" @{form['point']}" if form.get("point") else ""
    return f"{form.get('street', '')}{number}{form.get('community', '')}{form.get('room', '')}{point}"
