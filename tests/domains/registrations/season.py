"""One county's admission to primary school, and forms of families, for tests of registrations."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from junheng.domains.intakes.models import Catchment, Intake, Paper, PlanSchool, PlanVersion
from junheng.domains.intakes.terms import IntakeState, VersionState
from junheng.domains.pupils.models import Child
from junheng.domains.registrations.actions.drafts import begun, new_token
from junheng.domains.registrations.actions.judging import judged
from junheng.domains.registrations.actions.sending import Sending
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.models import Draft
from junheng.domains.registrations.queries.passes import Pass
from junheng.domains.registrations.queries.sheets import sheet_of
from junheng.kernel.values.identity import check_digit
from tests.domains import makers

OPENS = datetime(2024, 8, 5, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CLOSES = datetime(2024, 8, 9, 18, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DURING = OPENS + timedelta(days=1)
_plans = count(1)


def id_number(place: int, *, born: str = "20180301") -> str:
    """The identity number of a child; another one for each place."""
    seventeen = f"410802{born}{place:03d}"
    return seventeen + check_digit(seventeen)


CATEGORIES = [
    {"tier": 1, "label": "房户一致", "needs": ["household", "property", "kin"], "in_catchment": True, "private": False},
    {"tier": 2, "label": "其他", "needs": [], "in_catchment": False, "private": False},
]  # fmt: skip


def intake(
    *, area: str = "410802", opens: datetime = OPENS, closes: datetime = CLOSES, **given: Any
) -> Intake:
    """An admission with three public schools, two private ones and one without places; its plan is published."""
    facts: dict[str, Any] = {
        "code": f"{area}-2024-primary", "title": "2024年解放区小学招生", "area_id": area, "year": 2024,
        "stage": "primary", "state": IntakeState.PUBLISHED, "born_by": date(2018, 8, 31),
        "announce_by": opens - timedelta(days=5), "opens_at": opens, "closes_at": closes,
        "checked_by": closes + timedelta(days=3), "draw_at": closes + timedelta(days=4),
        "release_at": closes + timedelta(days=6), "reply_by": closes + timedelta(days=9),
        "appeal_by": closes + timedelta(days=12), "starts_on": date(2024, 9, 1), "algorithm": "sha256",
    }  # fmt: skip
    made = Intake.objects.create(**facts | given)
    version = PlanVersion.objects.create(
        intake=made,
        area_id=area,
        number=1,
        state=VersionState.PUBLISHED,
        digest=f"{next(_plans):064x}",
        document={"categories": CATEGORIES},
        published_at=opens,
    )
    for place, (name, nature, classes) in enumerate(
        [("甲小学", "public", 4), ("乙小学", "public", 2), ("丙小学", "public", 2), ("丁学校", "private", 2), ("戊学校", "private", 2), ("己小学", "public", 0)]
    ):  # fmt: skip
        school = makers.school(code=f"2141{area[-2:]}{place:04d}", name=name, nature=nature, area_id=area)
        plan = PlanSchool.objects.create(
            version=version, school=school, area_id=area, classes=classes, class_size=45
        )
        if place == 0:
            Catchment.objects.create(
                plan_school=plan, area_id=area, street="文昌路", low=1, high=99, parity="odd"
            )
            Catchment.objects.create(plan_school=plan, area_id=area, community="和平小区")
        if place == 1:
            Catchment.objects.create(
                plan_school=plan, area_id=area, street="文昌路", low=2, high=98, parity="even"
            )
    for circumstance, label, exchange in (
        ("household", "户口簿", "公安部门"), ("property", "不动产权证", ""), ("permit", "居住证", "公安部门"), ("work", "劳动合同或营业执照", ""),
    ):  # fmt: skip
        Paper.objects.create(
            version=version, area_id=area, circumstance=circumstance, label=label, exchange=exchange
        )
    return made


def code(place: int, area: str = "410802") -> str:
    """The code of a school of the plan."""
    return f"2141{area[-2:]}{place:04d}"


def form(place: int = 1, **given: str) -> dict[str, str]:
    """A form in which nothing is wrong."""
    facts = {
        "name": "张小明", "id_number": id_number(place), "guardian": "张大明", "relation": "father",
        "phone": "13800000001", "home_area": "410802", "street": "文昌路", "number": "11", "room": "3单元",
        "has": "household", "choice1": code(0), "choice2": code(3), "truthful": "1",
    }  # fmt: skip
    return {name: words for name, words in (facts | given).items() if words}


def draft(of: Intake, filled: dict[str, str] | None = None, *, at: datetime = DURING, **given: Any) -> Draft:
    """A draft that holds a form."""
    made: Draft = write(begun(of.pk, token=new_token(), form=filled or form(), at=at, **given))
    return made


def sending(of: Intake, filled: dict[str, str], *, at: datetime = DURING, **given: Any) -> Sending:
    """A judged form on its way."""
    kept = given.pop("draft", None) or draft(of, filled, at=at)
    facts: dict[str, Any] = {
        "intake": of.pk, "draft": kept.pk, "request_key": kept.request_key, "channel": "phone", "entered_by": "",
        "shown": frozenset(), "turn": "", "until": 9_999_999_999,
    }  # fmt: skip
    found = judged(filled, Pass(**facts | given), sheet_of(of.pk), at=at)
    assert isinstance(found, Sending), found
    return found


def on_the_roll(place: int = 1) -> Child:
    """A child of a kindergarten whose guardian's telephone and address the roll has."""
    household = makers.household(phone="13800000001", address="文昌路11号")
    return Child.objects.create(
        name="张小明", id_number=id_number(place), sex=1, born_on=date(2018, 3, 1), household=household,
        kindergarten=makers.kindergarten(), area_id="410802", grade="big", since=makers.BEGUN,
    )  # fmt: skip
