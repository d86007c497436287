"""A hazard from when it is found until somebody else has seen that it is gone; and what is refused on the way."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from junheng.domains.findings import actions
from junheng.domains.findings.models import Finding, FindingStep
from junheng.domains.findings.terms import Effort, Severity, Verdict
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.findings.hazards import DONE, FOUND, MADE, PLANNED, SEEN, finding

HERE, TOWN, OTHER = "410802", "410802001", "410811"


def town() -> Any:
    return makers.user(Role.TOWNSHIP_WARDEN, area=TOWN)


def county(role: Role = Role.COUNTY_OFFICER, area: str = HERE) -> Any:
    return makers.user(role, area=area)


def remedied(**given: Any) -> tuple[Finding, Any]:
    who = town()
    return actions.remedy(finding(**given), **MADE, by=who, **DONE), who


def test_found_remedied_and_closed_by_somebody_else_with_every_step_written_down() -> None:
    one, who = remedied()
    closer = county(Role.COUNTY_WARDEN)
    one = actions.close(one, **SEEN, by=closer, **DONE)
    assert (one.state, one.remedied_by, one.closed_by) == ("closed", who.username, closer.username)
    assert list(one.steps.values_list("kind", "who")) == [
        ("found", "found-it"), ("remedied", who.username), ("closed", closer.username),
    ]  # fmt: skip
    assert Entry.objects.filter(table="findings.finding", row=one.pk, verb="deed").count() == 3
    assert Entry.objects.filter(table="findings.findingstep", verb="deed").count() == 3
    assert verify() is None


def test_numbers_follow_one_another_within_a_year() -> None:
    first, second = finding(), finding()
    assert (first.code, second.code) == ("YH2024-000001", "YH2024-000002")
    assert finding(found_on=date(2023, 12, 30)).code == "YH2023-000001"


@pytest.mark.parametrize(
    ("severity", "effort", "days"),
    [
        (Severity.GENERAL, Effort.EASY, 7), (Severity.GENERAL, Effort.USUAL, 15), (Severity.GENERAL, Effort.HARD, 30),
        (Severity.SERIOUS, Effort.USUAL, 7), (Severity.MAJOR, Effort.USUAL, 3),
    ],
)  # fmt: skip
def test_the_limit_is_the_rulebooks(severity: Severity, effort: Effort, days: int) -> None:
    assert finding(severity=severity, effort=effort).due_on == FOUND + timedelta(days=days)


def test_a_finding_lies_where_its_school_lies() -> None:
    school = makers.school(area_id=OTHER)
    one = finding(school=school)
    assert (one.area_id, one.school, one.water) == (OTHER, school, None)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"what": "  "}, "写明发现了什么问题"),
        ({"owner": " "}, "写明由谁整改"),
        ({"found_on": date(2030, 1, 1)}, "还没有到"),
        ({"what": "证号 410802201708310017"}, "有身份证件号"),
        ({"photos": "abc"}, "照片摘要须是"),
        ({"photos": " ".join(["0" * 64] * 7)}, "照片摘要须是 6 个以内"),
    ],
)
def test_what_says_too_little_is_not_opened(given: Any, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        finding(**given)
    assert (Finding.objects.count(), FindingStep.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_nobody_closes_what_is_theirs_to_remedy() -> None:
    """The township, whose it is; who reported it, from whatever level; who is named as its owner."""
    one, _who = remedied()
    with pytest.raises(NotAllowed, match="由本单位整改，本单位的人不能复查销号"):
        actions.close(one, **SEEN, by=town(), **DONE)
    officer = county()
    other = actions.remedy(finding(), **MADE, by=officer, **DONE)
    with pytest.raises(NotAllowed, match="由您报告，不能由您自己复查销号"):
        actions.close(other, **SEEN, by=officer, **DONE)
    owner = county(Role.COUNTY_WARDEN)
    owner.display_name = "示例水利所"
    owner.save()
    third, _who = remedied(owner="示例水利所")
    with pytest.raises(NotAllowed, match="您是YH2024-000003的整改责任人"):
        actions.close(third, **SEEN, by=owner, **DONE)
    assert set(Finding.objects.values_list("state", flat=True)) == {"remedied"}


def test_a_school_does_not_close_its_own_and_an_inspector_does() -> None:
    school = makers.school()
    principal = makers.user(Role.PRINCIPAL, area=HERE, school=school)
    one = actions.remedy(finding(school=school), **MADE, by=principal, **DONE)
    with pytest.raises(NotAllowed, match="本单位的人不能复查销号"):
        actions.close(one, **SEEN, by=makers.user(Role.PRINCIPAL, area=HERE, school=school), **DONE)
    assert actions.close(one, **SEEN, by=county(Role.INSPECTOR), **DONE).state == "closed"


def test_an_official_is_known_by_the_name_in_the_register_of_people() -> None:
    who = county(Role.COUNTY_WARDEN)
    makers.person(name="张某示例", area_id=HERE, user=who)
    one, _who = remedied(owner="张某示例")
    with pytest.raises(NotAllowed, match="整改责任人"):
        actions.close(one, **SEEN, by=who, **DONE)


def test_an_inspector_remedies_nothing() -> None:
    with pytest.raises(NotAllowed, match="督学发现和复查问题，不代责任单位报告整改"):
        actions.remedy(finding(), **MADE, by=county(Role.INSPECTOR), **DONE)


def test_another_county_does_nothing() -> None:
    one, _who = remedied()
    stranger = county(area=OTHER)
    for deed in (
        lambda: actions.close(one, **SEEN, by=stranger, **DONE),
        lambda: actions.reopen(one, **SEEN, by=stranger, **DONE),
        lambda: actions.list_finding(one, number="1", on=FOUND, by=stranger, **DONE),
        lambda: actions.plan(one, owner="x", measures="y", by=stranger, **DONE),
    ):
        with pytest.raises(NotAllowed, match="您没有"):
            deed()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": ""}, "没有佐证无法复查"),
        ({"proof": " "}, "没有佐证无法复查"),
        ({"on": date(2024, 1, 1)}, "早于发现日"),
        ({"on": date(2024, 2, 1)}, "还没有到"),
    ],
)
def test_a_remedy_without_proof_or_on_an_impossible_day_is_refused(said: Any, sentence: str) -> None:
    one, before = finding(), Entry.objects.count()
    with pytest.raises(Refusal, match=sentence):
        actions.remedy(one, **MADE | said, by=town(), **DONE)
    assert (Finding.objects.get().state, Entry.objects.count()) == ("open", before)


def test_a_step_that_does_not_fit_is_refused() -> None:
    one = finding()
    with pytest.raises(Conflict, match="现为“待整改”，不能复查销号"):
        actions.close(one, **SEEN, by=county(), **DONE)
    one, who = remedied()
    with pytest.raises(Conflict, match="现为“待复查”，不能报告整改完成"):
        actions.remedy(one, **MADE, by=who, **DONE)
    with pytest.raises(Refusal, match="早于整改完成"):
        actions.close(one, **SEEN | {"on": date(2024, 1, 7)}, by=county(), **DONE)


def test_what_is_not_remedied_is_sent_back_counted_and_gets_a_new_limit() -> None:
    one, who = remedied()
    again = {"on": date(2024, 1, 9), "words": "绳索还没有补"}
    one = actions.reopen(one, **again, by=county(), **DONE)
    assert (one.state, one.reopened, one.remedied_by, one.due_on) == ("open", 1, "", date(2024, 1, 24))
    one = actions.remedy(one, **MADE | {"on": date(2024, 1, 10)}, by=who, **DONE)
    one = actions.close(one, **SEEN | {"on": date(2024, 1, 10)}, by=county(), **DONE)
    one = actions.reopen(one, on=date(2024, 1, 10), words="又缺失", by=county(), **DONE)
    assert (one.state, one.reopened, one.closed_on) == ("open", 2, None)
    with pytest.raises(Refusal, match="哪里没有改好"):
        actions.reopen(remedied()[0], on=date(2024, 1, 9), words=" ", by=county(), **DONE)


def test_a_major_hazard_is_planned_listed_and_closed_by_the_level_that_listed_it() -> None:
    one, who, officer = finding(severity=Severity.MAJOR), town(), county()
    with pytest.raises(Refusal, match="须先落实整改方案"):
        actions.remedy(one, **MADE, by=who, **DONE)
    with pytest.raises(Refusal, match="须写明整改完成前的管控与应急预案"):
        actions.plan(one, **PLANNED | {"plan": ""}, by=who, **DONE)
    with pytest.raises(Refusal, match="重大隐患的整改期限须在 2024-01-02 到 2024-04-01 之间"):
        actions.plan(one, **PLANNED | {"due_on": date(2024, 4, 2)}, by=who, **DONE)
    one = actions.plan(one, **PLANNED, money_fen=1_200_000, by=who, **DONE)
    assert (one.due_on, one.money_fen, one.planned_on) == (date(2024, 2, 20), 1_200_000, date(2024, 1, 10))
    one = actions.remedy(one, **MADE, by=who, **DONE)
    with pytest.raises(Refusal, match="还没有挂牌督办"):
        actions.close(one, **SEEN, by=officer, **DONE)
    city = makers.user(Role.CITY_SECTION)
    one = actions.list_finding(one, number="示督〔2024〕1号", on=date(2024, 1, 8), by=city, **DONE)
    with pytest.raises(NotAllowed, match="由市局挂牌督办，须由市局复查后摘牌销号"):
        actions.close(one, **SEEN, by=officer, **DONE)
    assert actions.close(one, **SEEN, by=city, **DONE).state == "closed"


def test_only_a_major_hazard_is_listed_once_by_an_office() -> None:
    named = {"number": "示督〔2024〕1号", "on": date(2024, 1, 8)}
    with pytest.raises(Refusal, match="挂牌督办只针对重大隐患"):
        actions.list_finding(finding(), **named, by=county(), **DONE)
    one = finding(severity=Severity.MAJOR)
    for who in (town(), county(Role.INSPECTOR)):
        with pytest.raises(NotAllowed, match="由县（市、区）教育局或市局决定"):
            actions.list_finding(one, **named, by=who, **DONE)
    officer = county()
    one = actions.list_finding(one, **named, by=officer, **DONE)
    with pytest.raises(Conflict, match="已由县（市、区）教育局挂牌督办"):
        actions.list_finding(one, **named, by=officer, **DONE)


def test_a_limit_is_not_moved_by_a_plan() -> None:
    with pytest.raises(Refusal, match="期限 2024-01-17 由等级决定"):
        actions.plan(finding(), **PLANNED, by=town(), **DONE)


def test_time_is_asked_for_once_and_given_by_the_level_above() -> None:
    one, who, officer = finding(), town(), county()
    asked = {"until": date(2024, 1, 30), "words": "设备在途，已派人值守"}
    with pytest.raises(Refusal, match="且不晚于 2024-02-16"):
        actions.ask_time(one, **asked | {"until": date(2024, 2, 17)}, by=who, **DONE)
    with pytest.raises(Refusal, match="延期须晚于现在的期限 2024-01-17"):
        actions.ask_time(one, **asked | {"until": date(2024, 1, 17)}, by=who, **DONE)
    one = actions.ask_time(one, **asked, by=who, **DONE)
    with pytest.raises(Conflict, match="还没有批复"):
        actions.ask_time(one, **asked, by=who, **DONE)
    decided = {"verdict": Verdict.YES, "words": "同意"}
    for below in (who, town(), county(Role.INSPECTOR)):
        with pytest.raises(NotAllowed, match="的延期由县（市、区）教育局批复"):
            actions.decide_time(one, **decided, by=below, **DONE)
    one = actions.decide_time(one, **decided, by=officer, **DONE)
    assert (one.due_on, one.asked_until, one.asked_by, one.asked_of) == (date(2024, 1, 30), None, "", "")
    with pytest.raises(Conflict, match="没有待批复的延期申请"):
        actions.decide_time(one, **decided, by=officer, **DONE)
    one = actions.ask_time(one, **asked | {"until": date(2024, 2, 5)}, by=officer, **DONE)
    assert one.asked_of == "city"
    with pytest.raises(NotAllowed, match="由市局批复"):
        actions.decide_time(one, **decided, by=county(), **DONE)
    city = makers.user(Role.CITY_SECTION)
    one = actions.decide_time(one, verdict=Verdict.NO, words="没有理由", by=city, **DONE)
    assert (one.due_on, one.steps.last().kind) == (date(2024, 1, 30), "refused")


def test_the_table_itself_refuses_what_is_closed_by_who_remedied() -> None:
    one, who = remedied()
    rows = Finding.objects.filter(pk=one.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(state="closed", closed_on=FOUND, closed_by=who.username)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(school=makers.school())
