"""The steps of an admission: each once, in its order, by two where it decides, and every refusal leaves a trace."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from junheng.domains.intakes.actions.publish import revise
from junheng.domains.intakes.models import Category, Intake, PlanSchool
from junheng.domains.placements.actions.closing import close
from junheng.domains.placements.actions.computing import compute
from junheng.domains.placements.actions.drawing import draw_numbers, enter_value, reveal, value_failed
from junheng.domains.placements.actions.preparing import commit, prepare
from junheng.domains.placements.actions.releasing import release
from junheng.domains.placements.models import Contributor, Listed, Placement, PublicValue, Run
from junheng.domains.placements.queries.proofs import files, recount
from junheng.domains.registrations.models import Objection, StatedCircumstance
from junheng.kernel.admission import verify_admission
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.intakes.fields import DAYS
from tests.domains.placements.autumn import CLOSED, DRAWN, DURING, RELEASED, SECRETS, Autumn

pytestmark = pytest.mark.django_db


def last_refusal() -> Any:
    return Entry.objects.order_by("-id")[0].after


def test_the_whole_autumn_and_a_stranger_recounts_it(tmp_path: Path) -> None:
    autumn = Autumn()
    run = autumn.released()
    assert run.faults == []
    assert run.placed == 12, "twelve children, twelve places in three schools"
    assert autumn.fresh().state == "released"
    for sealed in (False, True):
        folder = tmp_path / str(sealed)
        folder.mkdir()
        for name, content in files(run, sealed=sealed).items():
            (folder / name).write_bytes(content)
        assert verify_admission.main([str(folder)]) == 0
    assert verify() is None, "the chain of the audit is whole"


@pytest.mark.parametrize("algorithm", ["sm3", "sha256"])
def test_both_hashes(algorithm: str) -> None:
    run = Autumn(algorithm=algorithm).released()
    assert recount(files(run, sealed=True)) == []


def test_closing_waits_for_the_day_the_draw_the_commitments_and_the_checks() -> None:
    autumn = Autumn()
    by = autumn.one
    with pytest.raises(Refusal, match="报名还没有截止"):
        close(autumn.intake, by=by, at=DURING, why="x")
    with pytest.raises(Refusal, match="还没有设定派位办法"):
        close(autumn.intake, by=by, at=CLOSED, why="x")
    autumn.prepared()
    Contributor.objects.filter(name="notary").update(digest="")
    with pytest.raises(Refusal, match="还缺承诺值：notary代表"):
        close(autumn.intake, by=by, at=CLOSED, why="x")
    Contributor.objects.filter(name="notary").update(digest="a" * 64)
    row = StatedCircumstance.objects.first()
    assert row is not None
    StatedCircumstance.objects.filter(pk=row.pk).update(state="claimed")
    with pytest.raises(Refusal, match="还有 1 项情况没有审核完"):
        close(autumn.intake, by=by, at=DAYS["closes_at"], why="x")
    Objection.objects.create(application=row.application, area_id="410802", words="x", raised_at=DURING)
    with pytest.raises(Refusal, match="还有 1 件申诉"):
        close(autumn.intake, by=by, at=CLOSED, why="x")
    assert last_refusal() == {"refused": "objections-open"}
    assert not Listed.objects.exists()


def test_a_plan_that_was_altered_after_publishing_stops_the_closing() -> None:
    autumn = Autumn()
    autumn.prepared()
    PlanSchool.objects.filter(school=autumn.schools[0]).update(classes=9)
    with pytest.raises(Refusal, match="招生计划与公布时的摘要不符"):
        close(autumn.intake, by=autumn.one, at=CLOSED, why="x")
    PlanSchool.objects.filter(school=autumn.schools[0]).update(classes=1)
    Category.objects.filter(tier=1, private=False).update(label="关系户")
    with pytest.raises(Refusal, match="招生计划与公布时的摘要不符"):
        close(autumn.intake, by=autumn.one, at=CLOSED, why="x")


def test_the_same_person_cannot_agree_with_himself() -> None:
    autumn = Autumn()
    autumn.prepared()
    assert close(autumn.intake, by=autumn.one, at=CLOSED, why="封存") is None
    with pytest.raises(NotAllowed, match="须由另一人同意"):
        close(autumn.intake, by=autumn.one, at=CLOSED, why="封存")
    with pytest.raises(NotAllowed, match="没有办理"):
        close(autumn.intake, by=makers.user(Role.COUNTY_OFFICER, area="410811"), at=CLOSED, why="封存")
    assert autumn.fresh().state == "published"


def test_what_is_frozen_stays_frozen_and_every_try_is_logged() -> None:
    autumn = Autumn()
    draw = autumn.closed()
    by, intake = autumn.one, autumn.fresh()
    row = Contributor.objects.filter(draw=draw)[0]
    tries: list[tuple[str, Any]] = [
        ("draw-frozen", lambda: close(intake, by=by, at=CLOSED, why="x")),
        (
            "draw-frozen",
            lambda: prepare(
                intake, [("a", "a"), ("b", "b")], [("c", "c", DRAWN)], "f", by=by, at=CLOSED, why="x"
            ),
        ),
        ("draw-frozen", lambda: commit(row, "b" * 64, by=by, at=CLOSED, why="x")),
        ("plan-frozen", lambda: revise(intake, reason="多招一个班", by=by, at=CLOSED, why="x")),
    ]
    for code, deed in tries:
        with pytest.raises(Conflict):
            deed()
        assert last_refusal() == {"refused": code}


def test_a_draw_is_made_once_and_nobody_chooses_the_value() -> None:
    autumn = Autumn()
    autumn.closed()
    intake = autumn.fresh()
    later = PublicValue.objects.get(name="sport-2024095")
    first = PublicValue.objects.get(name="welfare-2024095")
    with pytest.raises(Refusal, match="才产生"):
        enter_value(first, "07", by=autumn.one, at=DAYS["draw_at"], why="")
    for who in (autumn.one, autumn.two):
        enter_value(later, "07", by=who, at=DRAWN, why="")
    with pytest.raises(Refusal, match="不能跳过它用后面的"):
        draw_numbers(intake, by=autumn.one, at=DRAWN, why="x")
    with pytest.raises(Refusal, match="2 小时内不能判为未产生"):
        value_failed(first, by=autumn.one, at=first.due_at + timedelta(hours=1), why="停电")
    with pytest.raises(Refusal, match="为什么没有产生"):
        value_failed(first, by=autumn.one, at=DRAWN, why="")
    value_failed(first, by=autumn.one, at=DRAWN, why="当日停止开奖")
    with pytest.raises(NotAllowed, match="须由另一人"):
        value_failed(first, by=autumn.one, at=DRAWN, why="当日停止开奖")
    value_failed(first, by=autumn.two, at=DRAWN, why="当日停止开奖")
    with pytest.raises(Conflict, match="不能更换"):
        enter_value(first, "08", by=autumn.one, at=DRAWN, why="")
    draw = draw_numbers(intake, by=autumn.one, at=DRAWN, why="派位")
    with pytest.raises(Conflict, match="不能重新派位"):
        draw_numbers(autumn.fresh(), by=autumn.one, at=DRAWN, why="技术故障")
    assert last_refusal() == {"refused": "draw-once"}
    autumn.draw.refresh_from_db()
    assert autumn.draw.seed == draw.seed
    run = compute(autumn.fresh(), by=autumn.one, at=DRAWN, why="计算")
    assert run.faults == [], "with every contributor silent and the first value failed the recount agrees"


def test_two_who_read_differently_begin_again() -> None:
    autumn = Autumn()
    autumn.closed()
    row = PublicValue.objects.get(name="welfare-2024095")
    enter_value(row, "01 02", by=autumn.one, at=DRAWN, why="")
    assert not enter_value(row, "01 03", by=autumn.two, at=DRAWN, why="").stands
    assert enter_value(row, "01 03", by=autumn.one, at=DRAWN, why="").stands
    with pytest.raises(Refusal, match="只能用可见的英文字符"):
        enter_value(PublicValue.objects.get(name="sport-2024095"), "一|二", by=autumn.one, at=DRAWN, why="")


def test_reveals_come_in_time_and_are_what_was_promised() -> None:
    autumn = Autumn()
    autumn.prepared()
    row = Contributor.objects.get(name="notary")
    with pytest.raises(Refusal, match="名单还没有封存"):
        reveal(row, *SECRETS["notary"], by=autumn.one, at=DURING, why="x")
    close(autumn.fresh(), by=autumn.one, at=CLOSED, why="封存")
    close(autumn.fresh(), by=autumn.two, at=CLOSED, why="封存")
    with pytest.raises(Refusal, match="与事先公布的承诺值不符"):
        reveal(row, "n1", "another", by=autumn.one, at=CLOSED, why="x")
    with pytest.raises(Refusal, match="揭示已于"):
        reveal(row, *SECRETS["notary"], by=autumn.one, at=DAYS["draw_at"], why="x")
    reveal(row, *SECRETS["notary"], by=autumn.one, at=CLOSED, why="x")
    with pytest.raises(Conflict, match="已经揭示"):
        reveal(row, *SECRETS["notary"], by=autumn.one, at=CLOSED, why="x")
    autumn.value()
    draw_numbers(autumn.fresh(), by=autumn.one, at=DRAWN, why="派位")
    assert compute(autumn.fresh(), by=autumn.one, at=DRAWN, why="计算").faults == [], (
        "two silent ones, by their fallback"
    )


def test_a_crash_between_draw_and_release_comes_to_the_same() -> None:
    autumn = Autumn()
    run = autumn.computed()
    before = list(Placement.objects.order_by("listed").values_list("listed", "place"))
    again = compute(autumn.fresh(), by=autumn.two, at=DRAWN, why="重启后再算")
    assert again.pk == run.pk
    assert Run.objects.count() == 1
    Placement.objects.all().delete()
    Run.objects.all().delete()
    Intake.objects.update(state="drawn")
    fresh = compute(autumn.fresh(), by=autumn.two, at=DRAWN, why="重启后再算")
    assert fresh.root == run.root
    assert list(Placement.objects.order_by("listed").values_list("listed", "place")) == before


def test_a_release_too_early_or_by_one_is_none() -> None:
    autumn = Autumn()
    run = autumn.computed()
    with pytest.raises(Refusal, match="不能提前发布"):
        release(run, by=autumn.one, at=DRAWN, why="x")
    assert release(run, by=autumn.one, at=RELEASED, why="发布") is None
    with pytest.raises(NotAllowed):
        release(run, by=autumn.one, at=RELEASED, why="发布")
    assert release(run, by=autumn.two, at=RELEASED, why="发布") is not None
    with pytest.raises(Conflict, match="已经发布"):
        release(run, by=autumn.two, at=RELEASED, why="发布")
    with pytest.raises(Conflict, match="结果已经发布，不能重新计算"):
        compute(autumn.fresh(), by=autumn.one, at=RELEASED, why="x")


@pytest.mark.parametrize("what", ["record", "number", "place", "fault", "seed", "cut"])
def test_one_altered_row_keeps_a_result_from_being_released(what: str) -> None:
    autumn = Autumn()
    run = autumn.computed()
    row = Listed.objects.order_by("rank")[3]
    if what == "record":
        Listed.objects.filter(pk=row.pk).update(record=row.record.replace(":1:", ":0:").replace(":6:", ":0:"))
    elif what == "number":
        Listed.objects.filter(pk=row.pk).update(number="0" * 64)
    elif what == "place":
        Placement.objects.filter(listed=row).update(place="-")
    elif what == "seed":
        type(autumn.draw).objects.update(seed="1" * 64)
    elif what == "cut":
        run.cuts[0]["admitted"] += 1
        Run.objects.update(cuts=run.cuts)
    else:
        Run.objects.update(faults=["envy"])
    with pytest.raises(Conflict) as refused:
        release(Run.objects.get(), by=autumn.one, at=RELEASED, why="发布")
    assert refused.value.code in {"list-altered", "result-altered", "result-not-verified"}
    assert last_refusal() == {"refused": refused.value.code}


def test_a_source_that_is_known_before_the_reveals_is_refused() -> None:
    autumn = Autumn()
    for sources, words in (
        ([("early", "昨天的开奖", DAYS["draw_at"])], "已知的数值不能用来派位"),
        ([], "至少要有"),
        ([("一", "x", DRAWN)], "只能用英文字母"),
        ([("notary", "x", DRAWN)], "不能重名"),
    ):
        with pytest.raises(Refusal, match=words):
            prepare(
                autumn.intake,
                [("notary", "公证"), ("parents", "家长")],
                sources,
                "f",
                by=autumn.one,
                at=DURING,
                why="x",
            )
    autumn.prepared()
    with pytest.raises(Conflict, match="已有参与方提交承诺值"):
        prepare(
            autumn.intake,
            [("a", "a"), ("b", "b")],
            [("c", "c", DRAWN)],
            "f",
            by=autumn.one,
            at=DURING,
            why="x",
        )
    with pytest.raises(Conflict, match="不能更换"):
        commit(Contributor.objects.get(name="notary"), "b" * 64, by=autumn.one, at=DURING, why="x")


def test_the_next_autumn_has_its_own_pid_and_nobody_is_in_a_list_twice() -> None:
    autumn = Autumn()
    autumn.closed()
    assert Listed.objects.count() == Listed.objects.values("pid").distinct().count() == 12
    assert all(one.record.startswith(one.pid) for one in Listed.objects.all())


def test_an_empty_list_is_not_closed() -> None:
    autumn = Autumn(children=0)
    autumn.prepared()
    close(autumn.fresh(), by=autumn.one, at=CLOSED, why="封存")
    with pytest.raises(Refusal, match="名单中没有任何报名"):
        close(autumn.fresh(), by=autumn.two, at=CLOSED, why="封存")
    assert autumn.fresh().state == "published"
