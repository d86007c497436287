from datetime import date
from typing import Any

import pytest

from junheng.domains.kindergartens.actions import end_recognition, recognise, reject
from junheng.domains.kindergartens.models import Kindergarten, Recognition
from junheng.domains.kindergartens.queries import recognition_on
from junheng.domains.kindergartens.terms import EndedBy
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.makers import AT

DECIDED = date(2023, 11, 1)


@pytest.fixture
def officer() -> User:
    return makers.user(Role.COUNTY_OFFICER, area="410802")


def decide(recognition: Recognition, by: User, **given: Any) -> Recognition:
    facts: dict[str, Any] = {"decided_on": DECIDED, "since": DECIDED, "number": "示教〔2023〕9号"}
    return recognise(recognition, **facts | given, by=by, at=AT, why="公示无异议")


def held(kindergarten: Kindergarten, by: User) -> Recognition:
    return decide(makers.application(kindergarten), by)


def test_a_recognition_holds_from_its_day(officer: User) -> None:
    kindergarten = makers.kindergarten()
    recognition = held(kindergarten, officer)
    assert recognition_on(kindergarten, on=date(2023, 10, 31)) is None
    assert recognition_on(kindergarten, on=DECIDED) == recognition
    assert Entry.objects.filter(table="kindergartens.recognition", verb="deed").count() == 1


def test_a_renewal_leaves_one_in_the_stock(officer: User) -> None:
    kindergarten = makers.kindergarten()
    first = held(kindergarten, officer)
    renewal = makers.application(kindergarten, kind="renewal", applied_on=date(2023, 12, 1))
    decide(renewal, officer, decided_on=date(2024, 1, 1), since=date(2024, 1, 1))
    first.refresh_from_db()
    assert (first.until, first.ended_by) == (date(2024, 1, 1), "renewed")
    assert recognition_on(kindergarten, on=date(2023, 12, 31)) == first
    assert recognition_on(kindergarten, on=date(2024, 1, 1)) == renewal


def test_a_second_first_is_no_second_recognition(officer: User) -> None:
    kindergarten = makers.kindergarten()
    held(kindergarten, officer)
    with pytest.raises(Refusal) as refused:
        held(kindergarten, officer)
    assert str(refused.value) == (
        f"{kindergarten}自 2023-11-01 起已有有效认定，不能按首次认定计数。请改为“复核延续”。"
    )


def test_nothing_held_nothing_renewed(officer: User) -> None:
    kindergarten = makers.kindergarten()
    with pytest.raises(Refusal) as refused:
        decide(makers.application(kindergarten, kind="renewal"), officer)
    assert str(refused.value) == (
        f"{kindergarten}在 2023-11-01 没有有效认定可以延续。请改为“首次认定”后再办理。"
    )


def test_no_day_before_the_decision(officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        decide(makers.application(makers.kindergarten()), officer, since=date(2023, 10, 31))
    assert str(refused.value) == (
        "生效日 2023-10-31 早于决定日 2023-11-01。认定不能追溯，请把生效日改为决定日或以后。"
    )


@pytest.mark.parametrize(("decided_on", "fine"), [(date(2023, 9, 1), True), (date(2023, 8, 31), False)])
def test_no_decision_before_the_application(officer: User, decided_on: date, fine: bool) -> None:
    application = makers.application(makers.kindergarten())
    if fine:
        assert decide(application, officer, decided_on=decided_on).decision == "recognised"
        return
    with pytest.raises(Refusal) as refused:
        decide(application, officer, decided_on=decided_on)
    assert str(refused.value) == "决定日 2023-08-31 早于申报日 2023-09-01。请核对日期。"


def test_today_can_be_decided_tomorrow_cannot(officer: User) -> None:
    tomorrow = date(2024, 1, 11)
    with pytest.raises(Refusal) as refused:
        decide(makers.application(makers.kindergarten()), officer, decided_on=tomorrow, since=tomorrow)
    assert str(refused.value) == "2024-01-11 还没有到，不能登记为已经发生。请填写实际发生的日期。"
    today = AT.date()
    decided = decide(makers.application(makers.kindergarten()), officer, decided_on=today, since=today)
    assert decided.since == today


def test_a_public_kindergarten_is_not_recognised(officer: User) -> None:
    kindergarten = makers.kindergarten(nature="public")
    with pytest.raises(Refusal) as refused:
        held(kindergarten, officer)
    assert str(refused.value) == (
        f"{kindergarten}在 2023-11-01 不是民办园，不能认定为普惠性民办园。请先核对“办园性质”。"
    )


@pytest.mark.parametrize(("until", "fine"), [(date(2023, 11, 2), True), (DECIDED, False)])
def test_a_closed_kindergarten_is_not_recognised(officer: User, until: date, fine: bool) -> None:
    kindergarten = makers.kindergarten(until=until)
    if fine:
        assert held(kindergarten, officer).pk
        return
    with pytest.raises(Refusal) as refused:
        held(kindergarten, officer)
    assert str(refused.value) == (
        f"{kindergarten}在 2023-11-01 没有开办，不能认定。请核对生效日或幼儿园名录。"
    )


def test_what_is_decided_is_not_decided_again(officer: User) -> None:
    application = makers.application(makers.kindergarten())
    reject(application, decided_on=DECIDED, by=officer, at=AT, why="收费超过限价")
    with pytest.raises(Conflict) as refused:
        decide(application, officer)
    assert str(refused.value) == "这条申报已于 2023-11-01 作出决定：不予认定。没有再次办理。"


def test_withdrawal_ends_the_stock_on_its_day(officer: User) -> None:
    kindergarten = makers.kindergarten()
    recognition = held(kindergarten, officer)
    with pytest.raises(Refusal) as refused:
        end_recognition(recognition, until=DECIDED, ended_by=EndedBy.WITHDRAWN, by=officer, at=AT, why="涨价")
    assert refused.value.code == "ends-before-start"
    end_recognition(
        recognition, until=date(2023, 11, 2), ended_by=EndedBy.WITHDRAWN, by=officer, at=AT, why="涨价"
    )
    assert recognition_on(kindergarten, on=date(2023, 11, 2)) is None
    with pytest.raises(Conflict) as again:
        end_recognition(
            recognition, until=date(2023, 12, 1), ended_by=EndedBy.CLOSED, by=officer, at=AT, why="停办"
        )
    assert str(again.value) == "这条认定已定于 2023-11-02 终止，没有再次办理。"


def test_what_was_never_recognised_cannot_end(officer: User) -> None:
    with pytest.raises(Refusal) as refused:
        end_recognition(
            makers.application(makers.kindergarten()),
            until=DECIDED,
            ended_by=EndedBy.WITHDRAWN,
            by=officer,
            at=AT,
            why="误办",
        )
    assert str(refused.value) == "这条申报没有获得认定，不存在终止。请查找已认定的记录。"


def test_a_renewal_is_not_an_end_by_hand(officer: User) -> None:
    recognition = held(makers.kindergarten(), officer)
    with pytest.raises(Refusal) as refused:
        end_recognition(
            recognition, until=date(2023, 12, 1), ended_by=EndedBy.RENEWED, by=officer, at=AT, why="延续"
        )
    assert str(refused.value) == ("复核延续会自动终止原认定。请对延续的申报办理“认定”，不要在这里终止。")


def test_another_county_recognises_nothing_here() -> None:
    recognition = makers.application(makers.kindergarten())
    with pytest.raises(NotAllowed) as refused:
        decide(recognition, makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert str(refused.value).startswith("您没有“认定普惠性民办园”的权限，没有做任何改动。")
    assert Entry.objects.count() == 0
