"""Officials with duties: wardens of the waters, and the people of the bureau who sign what it publishes."""

from junheng.surfaces.demo.city.areas import CITY, townships
from junheng.surfaces.demo.dice import Dice
from junheng.surfaces.demo.frames import City, Rows
from junheng.surfaces.demo.people import one_name, phones
from junheng.surfaces.demo.plan import CityPlan

TOWNSHIP_POST = "乡镇（街道）水域安全责任人"
COUNTY_POST = "县（市、区）水域安全责任人"
HANDOVER = "2023-07-03"  # a Monday: a week belongs to one warden
EDITORS = ("总值班", "统筹", "责编", "审核", "编辑", "校对")


def make(plan: CityPlan, dice: Dice, made: City) -> City:
    """People. A township warden who left stands in the row before the one who took over."""
    rows = Rows("people", name="string", phone="string")

    def add(area: str, post: str, since: str, until: str | None = None) -> None:
        rows.add(
            code=f"RY-{area[:6]}-{len(rows) + 1:04d}",
            name=one_name(dice),
            area=area,
            post=post,
            since=since,
            until=until,
            phone=phones(dice, 1)[0],
        )

    for post in EDITORS:
        add(CITY, f"编辑部{post}", "2020-03-01")
    for number, unit in enumerate(plan.units):
        towns = [code for code, _ in townships(made, unit)]
        for place in range(unit["township_persons"]):
            handed_over = place == 0 and (plan.name == "full" or number < 3)
            if handed_over:
                add(towns[0], TOWNSHIP_POST, "2020-05-01", HANDOVER)
            since = HANDOVER if handed_over else dice.day("2020-05-01", "2022-04-30")
            add(towns[place % len(towns)], TOWNSHIP_POST, since)
        for _ in range(unit["county_persons"]):
            add(unit.code, COUNTY_POST, dice.day("2020-05-01", "2022-04-30"))
        add(unit.code, "县（市、区）教育局安全股负责人", "2021-01-04")
    return {"people": rows.frame()}
