"""The report of a round against a naive count of every answer, on random rounds."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from junheng.domains.areas.models import Area
from junheng.domains.safety import actions
from junheng.domains.safety.models import Answer, Sheet
from junheng.domains.safety.queries import county_leniency, report_of, school_rows, weights_of
from junheng.domains.safety.queries.comparing import PAIRS
from junheng.kernel.inspections.differences import weight
from tests.domains import makers
from tests.domains.safety.round import (
    DAY,
    HERE,
    THERE,
    WHY,
    fill,
    later,
    officer,
    opened,
    principal,
    section,
    sheet_of,
)

NUMBERS = ("n1_1", "n1_2", "n2_1")


def random_results(dice: random.Random) -> dict[str, str]:
    return {name: dice.choice(("pass", "pass", "fail", "na")) for name in NUMBERS}


def random_round(seed: int):
    """A round of six schools in two counties: own sheets, county sheets, some cross and some city sheets."""
    dice, by = random.Random(seed), section()
    schools = [makers.school(area_id=(HERE, THERE)[place % 2], boarding=place == 3) for place in range(6)]
    one = opened(by)
    counties = {HERE: officer(), THERE: officer(THERE)}
    for school in schools:
        own = principal(school)
        if dice.random() < 0.9:
            fill(sheet_of(one, school), own, **random_results(dice))
        if dice.random() < 0.9:
            fill(sheet_of(one, school, "county"), counties[str(school.area_id)], **random_results(dice))
        other = THERE if school.area_id == HERE else HERE
        for level, who in (("cross", counties[other]), ("city", by)):
            if dice.random() < 0.6:
                of = Area.objects.get(pk=other) if level == "cross" else None
                actions.begin_sheet(one, school, level, by_area=of, by=who, at=later(), why=WHY)
                fill(sheet_of(one, school, level), who, **random_results(dice))
    return one, schools


def naive_pairs(one) -> dict[tuple[str, str], Counter[tuple[str, str]]]:
    """Every item of every school, both sides as they stand in the answers."""
    said = {
        (answer.sheet.school_id, answer.sheet.level, answer.item_id): answer.result
        for answer in Answer.objects.filter(sheet__round=one, sheet__state="sent").select_related("sheet")
    }
    found: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    for school, level, item in said:
        for pair in PAIRS:
            if level == pair[0] and (school, pair[1], item) in said:
                results = (said[school, level, item], said[school, pair[1], item])
                counts = found.setdefault((pair[0].value, pair[1].value), Counter())
                if "na" not in results:
                    counts[results] += 1
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_report_is_what_a_naive_count_finds(seed: int) -> None:
    one, schools = random_round(seed)
    report = report_of(Sheet.objects.filter(round=one))
    told = {
        (str(first), str(second)): Counter(
            {
                ("pass", "pass"): table.both_good,
                ("fail", "fail"): table.both_failed,
                ("fail", "pass"): table.only_first,
                ("pass", "fail"): table.only_second,
            }
        )
        for (first, second), table in report.tables.items()
    }
    naive = naive_pairs(one)
    assert {pair: +counts for pair, counts in told.items()} == {
        pair: +counts for pair, counts in naive.items()
    }
    summed: dict[tuple[str, str], int] = Counter()
    for tables in report.by_county.values():
        for pair, table in tables.items():
            summed[str(pair[0]), str(pair[1])] += table.compared
    assert +Counter(summed) == +Counter({pair: counts.total() for pair, counts in naive.items()})
    check_schools(one, schools, report)
    check_first(one, report)


def check_schools(one, schools, report) -> None:
    """What each school overlooked, and its weight."""
    weights = weights_of(one, on=DAY)
    for school in schools:
        answers = Answer.objects.filter(
            sheet__round=one, sheet__school=school, sheet__state="sent"
        ).select_related("sheet")
        own = {each.item_id: each.result for each in answers if each.sheet.level == "self"}
        others = {each.item_id for each in answers if each.sheet.level != "self" and each.result == "fail"}
        looked = any(each.sheet.level != "self" for each in answers)
        if not own or not looked:
            assert school.pk not in report.overlooked
            assert weights[school.pk] == 1
            continue
        found = {item for item in others if own[item] != "na"}
        missed = {item for item in found if own[item] == "pass"}
        assert report.overlooked[school.pk] == (len(missed), len(found))
        assert weights[school.pk] == weight(len(missed), len(found))
        assert (school.pk in report.all_good) == ("fail" not in own.values() and bool(found))


def check_first(one, report) -> None:
    """All were done on one day: the nearest level was first."""
    order = ("self", "county", "cross", "city")
    first: dict[tuple[int, int], str] = {}
    for answer in Answer.objects.filter(sheet__round=one, sheet__state="sent", result="fail").select_related(
        "sheet"
    ):
        key = (answer.sheet.school_id, answer.item_id)
        first[key] = min(first.get(key, "city"), answer.sheet.level, key=order.index)
    assert report.first == Counter(first.values())


def test_a_pair_that_was_known_before_is_not_compared() -> None:
    school, by = makers.school(area_id=HERE), section()
    one = opened(by)
    fill(sheet_of(one, school), principal(school), n2_2="fail")
    fill(sheet_of(one, school, "county"), officer(), n2_2="fail")
    report = report_of(Sheet.objects.filter(round=one))
    assert (report.tables, report.known_before) == ({}, 1)
    assert report.first == Counter({"self": 1}), "who saw it first is no comparison"


def test_a_school_that_answers_after_its_county_is_not_compared() -> None:
    school = makers.school(area_id=HERE)
    one = opened(section())
    fill(sheet_of(one, school, "county"), officer(), n1_1="fail")
    fill(sheet_of(one, school), principal(school), n1_1="fail")
    report = report_of(Sheet.objects.filter(round=one))
    assert (report.tables, report.known_before, report.overlooked) == ({}, 1, {})


def test_a_lenient_county_is_seen_against_the_city() -> None:
    school, by = makers.school(area_id=HERE), section()
    one = opened(by)
    fill(sheet_of(one, school, "county"), officer())
    actions.begin_sheet(one, school, "city", by=by, at=later(), why=WHY)
    fill(sheet_of(one, school, "city"), by, n1_1="fail", n1_2="fail")
    assert county_leniency(one) == {HERE: (2, 2)}


def test_a_school_item_by_item() -> None:
    school = makers.school(area_id=HERE)
    one = opened(section())
    fill(sheet_of(one, school), principal(school), n1_2="fail")
    fill(sheet_of(one, school, "county"), officer(), n1_1="fail", n1_2="fail")
    sheets = [sheet_of(one, school), sheet_of(one, school, "county")]
    told = {line.item.number: (line.first, line.differs) for line in school_rows(sheets)}
    assert told == {"1.1": ("county", True), "1.2": ("self", False), "2.1": ("", False), "2.2": ("", False)}
    assert sheets[0].done_on == DAY
    assert weights_of(one, on=DAY - timedelta(days=1))[school.pk] == 1, (
        "what was found later does not count yet"
    )
