"""A round from plans to a corrected result, and everything that must not happen on the way."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from junheng.domains.quotaplaces import actions
from junheng.domains.quotaplaces.models import (
    QuotaCandidate,
    QuotaCell,
    QuotaJunior,
    QuotaObjection,
    QuotaResult,
    QuotaRun,
    QuotaSenior,
)
from junheng.domains.quotaplaces.queries import differences, run_in_force, sentences
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from tests.domains import makers
from tests.domains.quotaplaces.round import (
    AT,
    WHY,
    a_round,
    confirmed,
    examined,
    examiner,
    graduates,
    seniors,
    tabled,
)

BY = {"at": AT, "why": WHY}


@pytest.fixture
def ready():
    by, one = examiner(), a_round()
    schools = seniors(one)
    return by, one, schools, graduates()


def released(ready):
    by, one, schools, _ = ready
    one = confirmed(by, one)
    examined(one, schools)
    run = actions.compute(one, by=by, **BY)
    return actions.release(run.quota_round, by=examiner(), **BY)


def test_the_table_is_exact_in_both_margins(ready) -> None:
    by, one, _, _ = ready
    one = actions.make_table(one, by=by, **BY)
    assert list(QuotaSenior.objects.order_by("school__code").values_list("plan", "quota")) == [(6, 3), (5, 3)]
    assert list(QuotaJunior.objects.order_by("school__code").values_list("graduates", flat=True)) == [9, 7, 4]
    for senior in QuotaSenior.objects.all():
        places = QuotaCell.objects.filter(senior=senior.school).values_list("places", flat=True)
        assert sum(places) == senior.quota
    by_junior = [
        sum(QuotaCell.objects.filter(junior=row.school).values_list("places", flat=True))
        for row in QuotaJunior.objects.order_by("school__code")
    ]
    assert all(
        6 * number // 20 <= given <= -(-6 * number // 20)
        for given, number in zip(by_junior, (9, 7, 4), strict=True)
    )
    assert one.state == "tabled"
    assert verify() is None


def test_a_table_taken_back_is_computed_again_with_the_new_plan(ready) -> None:
    by, one, schools, _ = ready
    first = actions.make_table(one, by=by, **BY)
    one = actions.take_table_back(first, by=by, **BY)
    QuotaSenior.objects.filter(school=schools[0]).update(plan=10)
    one = actions.make_table(one, by=by, **BY)
    assert sum(QuotaCell.objects.filter(senior=schools[0]).values_list("places", flat=True)) == 5
    assert QuotaCell.objects.count() == 6
    assert one.table_digest != first.table_digest


def test_what_was_published_is_not_changed_behind_it(ready) -> None:
    by, one, _, _ = ready
    one = tabled(by, one)
    with pytest.raises(Conflict, match="现为“名额表已公布”，不能“计算名额表”"):
        actions.make_table(one, by=by, **BY)
    with pytest.raises(Conflict, match="不能“退回修改”"):
        actions.take_table_back(one, by=by, **BY)
    asker = Asker(by, AT)
    for slug, row, data in (
        ("quotarounds", one, {"share": 60}),
        ("quotaseniors", QuotaSenior.objects.first(), {"plan": 99}),
    ):
        register = register_called(slug)
        before = type(row).objects.filter(pk=row.pk).values().get()
        with pytest.raises(Conflict, match="没有改动任何内容"):
            save_changed(register, row, data, asker)
        assert type(row).objects.filter(pk=row.pk).values().get() == before


def save_changed(register, row, data, asker) -> None:
    for name, value in data.items():
        setattr(row, name, value)
    write(register, row, asker=asker, why=WHY, source="hand")


def test_late_transfers_are_found_and_numbers_say_nothing(ready) -> None:
    by, one, _, pupils = ready
    one = actions.list_candidates(tabled(by, one), by=by, **BY)
    late = QuotaCandidate.objects.filter(found="late")
    assert set(late.values_list("pupil", flat=True)) == {each[-1].pk for each in pupils}
    assert {row.there_since for row in late} == {date(2023, 2, 15)}
    assert QuotaCandidate.objects.filter(found="eligible").count() == 17
    numbers = list(QuotaCandidate.objects.order_by("number").values_list("school__code", flat=True))
    assert numbers != sorted(numbers)
    assert all(row.number.startswith("410824") and len(row.number) == 12 for row in late)


def test_one_who_went_away_and_came_back_is_found(ready) -> None:
    by, one, _, pupils = ready
    gone = pupils[0][0]
    other = makers.school_class(makers.school(kind="junior"), stage="junior", grade=9)
    for row, since, until in (
        (gone, date(2021, 9, 1), date(2022, 2, 1)),
        (None, date(2022, 2, 1), date(2024, 2, 1)),
    ):
        if row is None:
            row = makers.pupil(
                other, since=since, until=until, id_number=gone.id_number, code="L410802999999999901"
            )
        else:
            type(row).objects.filter(pk=row.pk).update(since=since, until=until)
    back = makers.pupil(
        gone.school_class, since=date(2024, 2, 1), id_number=gone.id_number, code="L410802999999999902"
    )
    actions.list_candidates(tabled(by, one), by=by, **BY)
    assert QuotaCandidate.objects.get(pupil=back).found == "broken"
    assert not QuotaCandidate.objects.filter(pupil=gone).exists()


def listed(ready):
    by, one, _, _ = ready
    return actions.list_candidates(tabled(by, one), by=by, at=AT - timedelta(days=50), why=WHY)


def test_an_objection_is_decided_by_somebody_else_and_changes_the_finding(ready) -> None:
    one = listed(ready)
    row = QuotaCandidate.objects.filter(found="eligible", area="410802").first()
    officer, other = (makers.user(Role.COUNTY_OFFICER, area="410802") for _ in range(2))
    objection = actions.raise_objection(
        row, words="2022 年 3 月才转入", on=date(2024, 5, 22), by=officer, **BY
    )
    with pytest.raises(NotAllowed, match="提出异议的人不能自己核查"):
        actions.decide_objection(
            objection, found="late", answer="属实", on=date(2024, 5, 23), by=officer, **BY
        )
    principal = makers.user(Role.PRINCIPAL, school=row.school)
    with pytest.raises(NotAllowed, match="学校不能核查本校的异议"):
        actions.decide_objection(
            objection, found="eligible", answer="没有", on=date(2024, 5, 23), by=principal, **BY
        )
    with pytest.raises(Conflict, match="还有 1 条异议没有核查"):
        actions.confirm_list(one, by=ready[0], **BY)
    actions.decide_objection(
        objection, found="late", answer="档案显示 2022-03 转入", on=date(2024, 5, 23), by=other, **BY
    )
    row.refresh_from_db()
    objection.refresh_from_db()
    assert (row.found, objection.state, objection.decided_by) == ("late", "upheld", other.username)
    assert actions.confirm_list(one, by=ready[0], **BY).state == "confirmed"


def test_no_objection_out_of_the_days_of_publicity(ready) -> None:
    listed(ready)
    row = QuotaCandidate.objects.first()
    for on in (date(2024, 5, 20), date(2024, 5, 28)):
        with pytest.raises(Conflict, match="异议只能在公示期"):
            actions.raise_objection(row, words="x", on=on, by=ready[0], **BY)
    assert not QuotaObjection.objects.exists()


def test_a_list_is_not_confirmed_while_it_is_public(ready) -> None:
    one = listed(ready)
    with pytest.raises(Conflict, match="公示到 2024-05-27 才结束"):
        actions.confirm_list(one, by=ready[0], at=AT.replace(month=5, day=27), why=WHY)


def test_from_scores_to_a_released_result_with_a_reason_for_everybody(ready) -> None:
    run = released(ready)
    one = run.quota_round
    assert run_in_force(one) == run
    came = list(QuotaResult.objects.filter(run=run).values_list("came", flat=True))
    assert len(came) == 20
    assert came.count("open") == 5
    assert came.count("open") + came.count("quota") + came.count("released") == 11
    for row in QuotaCandidate.objects.filter(quota_round=one):
        told = sentences(row, run)
        result = QuotaResult.objects.get(run=run, candidate=row)
        assert told
        assert ("录取。您" in told[-1]) == (result.came != "none")
    late = QuotaResult.objects.filter(run=run, candidate__found="late", came="quota")
    assert not late.exists()
    assert verify() is None


def test_who_computed_does_not_release(ready) -> None:
    by, one, schools, _ = ready
    one = confirmed(by, one)
    examined(one, schools)
    run = actions.compute(one, by=by, **BY)
    with pytest.raises(NotAllowed, match="计算的人不能自己发布"):
        actions.release(run.quota_round, by=by, **BY)


def test_an_altered_result_is_not_released(ready) -> None:
    by, one, schools, _ = ready
    one = confirmed(by, one)
    examined(one, schools)
    run = actions.compute(one, by=by, **BY)
    last = QuotaResult.objects.filter(run=run, came="none").order_by("candidate__score").first()
    QuotaResult.objects.filter(pk=last.pk).update(came="open", school=schools[0])
    with pytest.raises(Refusal, match="未通过独立核验"):
        actions.release(run.quota_round, by=examiner(), **BY)
    run.refresh_from_db()
    assert run.released_at is None


def test_a_corrected_score_runs_again_and_the_old_result_holds_until_released(ready) -> None:
    run = released(ready)
    row = QuotaCandidate.objects.order_by("score").first()
    with pytest.raises(Conflict, match="成绩没有变化"):
        actions.correct_score(row, score=row.score, subjects=row.subjects, by=ready[0], **BY)
    later = actions.correct_score(row, score=650, subjects=0, by=ready[0], at=AT, why="复核试卷，加分有误")
    assert run_in_force(later.quota_round) == run
    changed = {after.candidate_id for _before, after in differences(run, later)}
    assert row.pk in changed
    assert QuotaResult.objects.get(run=later, candidate=row).came == "open"
    actions.release(later.quota_round, by=examiner(), **BY)
    assert run_in_force(later.quota_round) == later
    assert QuotaRun.objects.count() == 2


def test_a_school_twice_in_the_choices_is_refused_by_the_table(ready) -> None:
    listed(ready)
    row = QuotaCandidate.objects.first()
    row.first = row.third = ready[2][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_without_scores_nothing_is_computed(ready) -> None:
    by, one, _, _ = ready
    one = confirmed(by, one)
    with pytest.raises(Refusal, match="成绩和志愿似乎还没有导入"):
        actions.compute(one, by=by, **BY)
    assert not QuotaRun.objects.exists()
    one.refresh_from_db()
    assert one.state == "confirmed"


@pytest.mark.parametrize("role", [Role.COUNTY_OFFICER, Role.PRINCIPAL, Role.CITY_LEADER, Role.AUDITOR])
def test_nobody_but_the_examination_office_takes_a_step(ready, role) -> None:
    somebody = makers.user(role, school=makers.school() if role is Role.PRINCIPAL else None)
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        actions.make_table(ready[1], by=somebody, **BY)
    assert Entry.objects.count() == before


def test_the_public_page_and_ones_own_result(ready, client: Client) -> None:
    one = ready[1]
    assert client.get(f"/quotaplaces/{one.code}/").status_code == 404
    run = released(ready)
    page = client.get(f"/quotaplaces/{one.code}/").content.decode()
    assert "核验无误" in page
    assert "＊" in page  # few came in by a cell: its line would be a pupil's score
    scores = set(QuotaCandidate.objects.values_list("score", flat=True))
    open_lines = set(run.lines["open"].values())
    assert not any(f"{score} 分" in page for score in scores - open_lines)
    table = client.get(f"/quotaplaces/{one.code}/table.csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 1 + 6
    row = QuotaCandidate.objects.select_related("pupil").order_by("-score").first()
    right = {"number": row.number, "end": row.pupil.id_number[-6:]}
    answer = client.post(f"/quotaplaces/{one.code}/mine/", right).content.decode()
    assert "统一招生录取。您 600 分" in answer
    assert row.pupil.name not in answer
    for wrong in ({**right, "end": "000000"}, {**right, "number": "410824999999"}):
        refused = client.post(f"/quotaplaces/{one.code}/mine/", wrong)
        assert refused.status_code == 400
        assert "不相符" in refused.content.decode()
    for _ in range(10):
        refused = client.post(f"/quotaplaces/{one.code}/mine/", {**right, "end": "000000"})
    assert "查询错误次数过多" in client.post(f"/quotaplaces/{one.code}/mine/", right).content.decode()


def test_reading_reasons_is_noted_and_stays_in_the_scope(ready, client: Client) -> None:
    released(ready)
    row = QuotaCandidate.objects.filter(area="410802").first()
    officer = makers.user(Role.COUNTY_OFFICER, area="410802")
    client.force_login(officer)
    assert client.get(f"/quotaplaces/candidates/{row.pk}/reasons/").status_code == 200
    assert Entry.objects.filter(verb="read", row=row.pk, who=officer.username).count() == 1
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert client.get(f"/quotaplaces/candidates/{row.pk}/reasons/").status_code == 404


def test_nothing_of_a_round_is_open_data_before_its_table_is_published(ready) -> None:
    by, one, _, _ = ready
    actions.make_table(one, by=by, **BY)
    slugs = ("quotarounds", "quotaseniors", "quotajuniors", "quotatable")

    def public() -> list[bool]:
        return [register.public_rows(register.rows()).exists() for register in map(register_called, slugs)]

    assert public() == [False] * 4
    actions.publish_table(one, by=by, **BY)
    assert public() == [True] * 4
