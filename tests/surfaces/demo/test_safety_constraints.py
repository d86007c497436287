"""Constraints C17 to C27, C30 and C31 of the mission: mental health, waters, visits, inspections, money, documents."""

from collections import Counter
from datetime import date

import polars as pl

from junheng.surfaces.demo.city.funds import RATES
from junheng.surfaces.demo.city.schools import COUNTED
from junheng.surfaces.demo.expected import answers
from junheng.surfaces.demo.frames import City
from junheng.surfaces.demo.plan import CityPlan

DAY = date(2023, 12, 31)
YEAR = (date(2023, 1, 1), DAY)


def held(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter((pl.col("since") <= DAY) & (pl.col("until").is_null() | (pl.col("until") > DAY)))


def test_c17_every_class_has_one_or_two_members(plan: CityPlan, city: City, roll: pl.DataFrame) -> None:
    schools = held(city["schools"]).filter(pl.col("kind").is_in(COUNTED))
    assert schools.height == sum(plan.total(f"schools_{kind}") for kind in COUNTED)
    classes = held(city["classes"]).filter(pl.col("school").is_in(schools["id"].implode()))
    members = held(city["committee"])
    each = Counter(members["school_class"])
    assert set(each) == set(classes["id"])
    assert Counter(each.values()) == {
        2: plan.total("classes_with_two"),
        1: classes.height - plan.total("classes_with_two"),
    }
    mine = members.join(roll.select(pupil="id", room="school_class"), on="pupil", how="left")
    assert (mine["room"] == mine["school_class"]).all(), "a member is a pupil of the class, on the roll"
    assert not members["pupil"].is_duplicated().any()
    assert members["consent"].all()
    assert set(schools["id"]) == set(classes["school"])


def test_c17_pupils_by_stage_and_unit(plan: CityPlan, city: City, roll: pl.DataFrame) -> None:
    counted = city["schools"].filter(pl.col("kind").is_in(COUNTED))["id"].implode()
    for unit in plan.units:
        here = roll.filter(pl.col("area").str.starts_with(unit.code) & pl.col("school").is_in(counted))
        for stage in ("primary", "junior", "senior"):
            assert here.filter(pl.col("stage") == stage).height == unit[f"pupils_{stage}"]
    rooms = roll.group_by("school_class").len()
    assert rooms["len"].max() <= 66


def test_c18_group_sessions_and_talks(plan: CityPlan, city: City) -> None:
    groups = city["sessions"].filter((pl.col("kind") == "group") & pl.col("held_on").is_between(*YEAR))
    assert groups.height == plan.total("sessions")
    assert groups["attendance"].sum() == plan.total("attendance")
    talks = city["sessions"].filter(pl.col("kind") == "individual")
    assert talks.height >= 1
    assert set(talks["topic"]) == {""}


def test_c19_waters_and_their_wardens(plan: CityPlan, city: City) -> None:
    waters = held(city["waters"]).filter(pl.col("risk") == "high")
    charged = held(city["assignments"]).filter(pl.col("water").is_in(waters["id"].implode()))
    levels = {level: charged.filter(pl.col("level") == level) for level in ("township", "county")}
    for rows in levels.values():
        assert set(rows["water"]) == set(waters["id"])
    township, county = set(levels["township"]["person"]), set(levels["county"]["person"])
    assert (len(township), len(county)) == (plan.total("township_persons"), plan.total("county_persons"))
    assert not township & county
    assert held(city["waters"]).filter(pl.col("risk") != "high").height >= 1


def test_c20_every_week_of_every_warden(city: City) -> None:
    weeks = city["checks"].with_columns(week=pl.col("checked_at").dt.truncate("1w").dt.date())
    number = {
        (person, week): count for person, week, count in weeks.group_by("person", "week").len().iter_rows()
    }
    charged = (
        city["assignments"].group_by("person", "level").agg(pl.col("since").min(), pl.col("until").max())
    )
    last = {person: until for person, _, _, until in charged.iter_rows()}
    open_ = set(held(city["assignments"])["person"])
    for person, level, since, _ in charged.iter_rows():
        end = None if person in open_ else last[person]
        for turn in range(52):
            monday = date.fromordinal(date(2023, 1, 2).toordinal() + 7 * turn)
            if since <= monday and (end is None or date.fromordinal(monday.toordinal() + 6) < end):
                assert number.get((person, monday), 0) >= (2 if level == "township" else 1), (person, monday)


def test_c20_checks_are_made_by_day_on_waters_in_charge(city: City) -> None:
    checks = city["checks"]
    assert checks["checked_at"].dt.hour().is_between(8, 18).all()
    pairs = set(city["assignments"].select("water", "person").iter_rows())
    assert set(checks.select("water", "person").iter_rows()) <= pairs
    assert 0 < checks["hazard"].is_not_null().sum() < checks.height // 10
    two = checks.group_by("person", pl.col("checked_at").dt.truncate("1w").alias("week")).agg(
        pl.col("checked_at").dt.date().n_unique().alias("days"), pl.len()
    )
    assert (two.filter(pl.col("len") == 2)["days"] == 2).mean() > 0.85, "mostly on different days"


def test_c21_visited_households(plan: CityPlan, city: City) -> None:
    met = city["visits"].filter((pl.col("way") == "in_person") & pl.col("visited_on").is_between(*YEAR))
    assert met.height > met["household"].n_unique() == plan.total("visited_households")
    assert {"telephone", "not_met"} <= set(city["visits"]["way"])
    assert city["households"].height == plan.total("households") >= plan.total("visited_households")
    assert city["pupils"]["household"].is_duplicated().any(), "siblings share a household"
    assert set(city["pupils"]["household"]) == set(city["households"]["id"])


def test_c22_safe_campuses_are_of_the_year(plan: CityPlan, city: City) -> None:
    rows = city["titles"].filter(
        (pl.col("name") == "safe_campus") & (pl.col("level") == "province") & (pl.col("awarded_on") <= DAY)
    )
    valid = rows.filter(pl.col("revoked_on").is_null() | (pl.col("revoked_on") > DAY))
    assert valid.height == plan.total("safe_campuses")
    assert valid["awarded_on"].is_between(*YEAR).all(), "stock and flow agree"


def test_c23_three_levels_and_the_pairing_of_counties(plan: CityPlan, city: City) -> None:
    rounds = city["rounds"].filter(pl.col("opened_on").is_between(*YEAR))
    schools = held(city["schools"]).filter(pl.col("kind").is_in(COUNTED))
    assert rounds.height >= 2
    for row in rounds["id"]:
        here = city["inspections"].filter(pl.col("round") == row)
        levels = {level: here.filter(pl.col("level") == level) for level in ("self", "county", "city")}
        assert set(levels["self"]["school"]) == set(levels["county"]["school"]) == set(schools["id"])
        assert 0 < levels["city"].height < schools.height
        assert levels["city"]["draw"].is_not_null().all()
        assert levels["self"]["draw"].is_null().all()
        pairing = {area[:6]: by for area, by in levels["county"].select("area", "by_area").iter_rows()}
        assert set(pairing) == set(pairing.values()) == {unit.code for unit in plan.units}
        assert all(one != other and pairing[other] != one for one, other in pairing.items())
        drawn = sorted(levels["city"]["draw"])
        assert len(set(drawn)) == len(drawn)
    open_ = city["inspections"].filter(pl.col("remedied") < pl.col("findings"))
    assert open_.height == 4
    assert set(open_["level"]) == {"county"}


def test_c24_one_plan_a_person(city: City) -> None:
    open_ = city["carecases"].filter(pl.col("closed_on").is_null())
    valid = held(city["careplans"])
    assert Counter(valid["case"]) == Counter(open_["id"])
    assert city["carecases"].height > open_.height
    assert not open_["number"].is_duplicated().any()
    assert set(open_["number"]) <= set(city["pupils"]["code"])


def test_c25_amounts_in_whole_fen(city: City, roll: pl.DataFrame) -> None:
    rows = city["entitlements"]
    assert set(rows["term"]) == {"2022A", "2023S", "2023A"}
    rural = set(city["schools"].filter(pl.col("location") == "rural")["id"])
    for school, stage, term, heads, boarders, amount in rows.select(
        "school", "stage", "term", "heads", "boarders", "amount_fen"
    ).iter_rows():
        new = int(term != "2022A")
        counted = max(heads, 100) if school in rural else heads
        assert amount * 2 == counted * RATES[stage][new] + boarders * RATES["boarder"][new]
        assert boarders <= heads
    autumn = rows.filter(pl.col("term") == "2023A")
    compulsory = city["schools"].filter(~pl.col("kind").is_in(["senior", "vocational", "special"]))["id"]
    due = roll.filter((pl.col("stage") != "senior") & pl.col("school").is_in(compulsory.implode()))
    assert autumn["heads"].sum() == due.height
    assert autumn["boarders"].sum() == due["boarder"].sum()


def test_c25_boarders_have_a_bed(plan: CityPlan, city: City, roll: pl.DataFrame) -> None:
    beds = city["schools"].filter(pl.col("boarding"))["id"]
    boarders = roll.filter(pl.col("boarder"))
    assert boarders["school"].is_in(beds.implode()).all()
    assert boarders.height == plan.total("boarders")


def test_c26_aid_reaches_all_who_are_entitled_and_nobody_else(
    plan: CityPlan, city: City, roll: pl.DataFrame
) -> None:
    keys = ["pupil", "scheme", "term"]
    year = pl.col("term").is_in(["2023S", "2023A"])
    entitled = city["eligibilities"].filter(year).select(keys)
    paid = city["payments"].filter(pl.col("paid_on").is_between(*YEAR) & pl.col("returned_on").is_null())
    aided, waived = paid.select(keys).unique(), city["waivers"].select(keys)
    assert aided.height == plan.total("aid_times") < paid.height, "two instalments are one"
    assert set(entitled.join(aided, on=keys, how="anti").iter_rows()) == set(waived.iter_rows())
    assert aided.join(entitled, on=keys, how="anti").height == 0
    assert aided["pupil"].n_unique() < aided.height
    assert set(aided["pupil"]) <= set(roll["id"])
    assert city["payments"]["returned_on"].is_not_null().any()
    early = city["payments"].join(city["pupils"].select(pupil="id", entered="since"), on="pupil")
    assert early.filter(pl.col("paid_on") < pl.col("entered")).height == 0


def test_c27_loans(plan: CityPlan, city: City) -> None:
    year = city["loans"].filter(pl.col("signed_on").is_between(*YEAR))
    assert year.filter(pl.col("cancelled_on").is_null()).height == plan.total("loans")
    assert year["cancelled_on"].is_not_null().any()
    assert {"first", "renewal"} == set(year["kind"])
    assert not city["loans"]["code"].is_duplicated().any()


def test_c30_documents_annexes_promotions(city: City) -> None:
    named = city["documents"].filter(pl.col("area") == "4108")
    assert named.height == 7
    assert set(city["issuers"]["document"]) == set(city["documents"]["id"])
    found = answers(city)
    assert found["three-work-plans"] == 3
    promotions = found["provincial-promotions"]
    assert isinstance(promotions, int)
    assert promotions >= 2


def test_c31_the_page(city: City) -> None:
    found = answers(city)
    assert found["page-date"] == "2024-03-06T09:43:48+08:00"
    page = city["articles"].filter(pl.col("state") == "published").sort("updated_at").row(-1, named=True)
    assert page["previous"]
    signed = city["signoffs"].filter(pl.col("article") == page["id"])
    assert signed["digest"].n_unique() == 2, "an earlier version was signed by some"
    assert (found["signoff-6"], found["rendered-twice"]) == (6, 2)
