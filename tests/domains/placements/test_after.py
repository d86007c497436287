"""After the release: answers, appeals, further runs in which nobody loses, the first school day and the roll."""

from datetime import timedelta
from pathlib import Path

import pytest

from junheng.domains.admissions.models import Entrant
from junheng.domains.admissions.queries import admitted_away
from junheng.domains.placements.actions.again import again
from junheng.domains.placements.actions.entrants import hand_over
from junheng.domains.placements.actions.releasing import release
from junheng.domains.placements.actions.replies import FAMILY, appeal, reply
from junheng.domains.placements.models import Listed, Placement, Run
from junheng.domains.placements.queries.asking import Plan
from junheng.domains.placements.queries.proofs import files
from junheng.domains.placements.queries.results import result_of
from junheng.domains.placements.queries.roll import roll
from junheng.domains.registrations.actions.checking import decide_objection
from junheng.domains.registrations.models import Application, StatedCircumstance
from junheng.kernel.admission import verify_admission
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from tests.domains import makers
from tests.domains.checks.applicants import application
from tests.domains.intakes.fields import DAYS
from tests.domains.placements.autumn import AFTER, KIN, RELEASED, Autumn

pytestmark = pytest.mark.django_db
FIRST_DAY = DAYS["reply_by"] + timedelta(days=2)


def places(run: Run) -> dict[str, str]:
    return dict(Placement.objects.filter(run=run).values_list("listed__pid", "place"))


def crowded() -> tuple[Autumn, Run]:
    """Twice as many children as places, so that there are waiting lists, and no coordination."""
    autumn = Autumn(children=24, coordinate=False)
    return autumn, autumn.released()


def agreed(run: Run, autumn: Autumn) -> Run:
    release(run, by=autumn.one, at=AFTER, why="发布")
    done = release(run, by=autumn.two, at=AFTER, why="发布")
    assert done is not None
    return done


def test_every_choice_has_a_sentence_and_it_is_true() -> None:
    _autumn, run = crowded()
    for row in Listed.objects.select_related("application"):
        found = result_of(row.application, run)
        assert found is not None
        assert [one.school for one in found.choices[:2]] == [
            choice.school.name for choice in row.application.choices.order_by("rank")
        ]
        granted = [one for one in found.choices if one.granted]
        assert len(granted) == (found.placement.school is not None)
        for one in found.choices:
            assert one.sentence.startswith("录取") == one.granted
        if granted:
            after = found.choices[found.choices.index(granted[0]) + 1 :]
            assert all(one.sentence.startswith("不需要") for one in after)


def test_a_place_that_is_given_back_goes_to_the_next_by_the_same_order() -> None:
    autumn, run = crowded()
    before = places(run)
    placed = Placement.objects.filter(run=run, school=autumn.schools[0]).select_related(
        "listed__application"
    )[0]
    reply(placed.listed.application, accepted=False, by=FAMILY, at=AFTER, why="搬家")
    with pytest.raises(Refusal, match="请写明重算的原因"):
        again(autumn.intake, by=autumn.one, at=AFTER, why=" ")
    second = again(autumn.intake, by=autumn.one, at=AFTER, why="递补")
    assert (second.number, second.faults) == (2, [])
    now = places(second)
    assert now[placed.listed.pid] == "-"
    gained = [pid for pid, place in now.items() if before[pid] == "-" and place != "-"]
    assert len(gained) == 1, "one place, one child from the waiting list"
    plan = Plan(autumn.draw.version.document)  # type: ignore[union-attr]
    for pid, place in now.items():
        if before[pid] not in {"-", place} and pid != placed.listed.pid:
            order = [one.group for one in plan.bids_of(child(pid))]
            assert order.index(place) < order.index(before[pid]), "who moves moves up"
    assert sum(place != "-" for place in now.values()) == sum(place != "-" for place in before.values())
    agreed(second, autumn)
    with pytest.raises(Refusal, match="不用重算"):
        again(autumn.intake, by=autumn.one, at=AFTER, why="再算")
    found = result_of(placed.listed.application, Run.objects.get(number=2))
    assert found is not None
    assert {one.sentence for one in found.choices} == {"您已放弃学位，不再参加排序。"}


def test_every_run_is_recounted_from_the_folder_and_an_altered_one_is_not_released(tmp_path: Path) -> None:
    autumn, run = crowded()
    placed = Placement.objects.filter(run=run, school__isnull=False).select_related("listed__application")
    for number, row in enumerate(placed[:2]):
        reply(row.listed.application, accepted=False, by=FAMILY, at=AFTER, why="搬家")
        done = agreed(again(autumn.intake, by=autumn.one, at=AFTER, why="递补"), autumn)
        assert done.number == number + 2
    for sealed in (True, False):
        for name, content in files(done, sealed=sealed).items():
            path = tmp_path / str(sealed) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        assert verify_admission.main([str(tmp_path / str(sealed)), "--result-root", done.root]) == 0
    reply(placed[2].listed.application, accepted=False, by=FAMILY, at=AFTER, why="搬家")
    last = again(autumn.intake, by=autumn.one, at=AFTER, why="递补")
    # somebody is put back behind the house's back: the run of the appeal still fits itself, the folder does not
    second = Run.objects.get(number=2)
    second.changes[0]["inputs"]["out"] = []
    Run.objects.filter(pk=second.pk).update(changes=second.changes)
    assert release(last, by=autumn.one, at=AFTER, why="发布") is None
    with pytest.raises(Conflict, match="run-2/"):
        release(last, by=autumn.two, at=AFTER, why="发布")


def test_an_appeal_decided_after_the_hand_over_is_carried_into_the_list_of_entrants() -> None:
    autumn, run = crowded()
    loser = Placement.objects.filter(
        run=run, school=None, listed__application__catchment_school=autumn.schools[1]
    )
    application = loser.select_related("listed__application").order_by("listed")[0].listed.application
    facts = StatedCircumstance.objects.create(
        application=application, kind="preferred", state="rejected", reason="证明不清", area_id="410802"
    )
    opened = appeal(application, "证明已补盖章", about=facts.pk, by=FAMILY, at=AFTER, why="申诉")
    count = hand_over(autumn.intake, by=autumn.one, at=FIRST_DAY, why="开学")
    assert not Entrant.objects.filter(code=application.code).exists()
    decide_objection(opened, upheld=True, answer="核对证明后支持", by=autumn.others(), at=FIRST_DAY)
    second = again(autumn.intake, by=autumn.one, at=FIRST_DAY, why="申诉支持")
    release(second, by=autumn.one, at=FIRST_DAY, why="发布")
    release(second, by=autumn.two, at=FIRST_DAY, why="发布")
    school = Placement.objects.get(run=second, listed__application=application).school
    assert Entrant.objects.get(code=application.code).school == school
    assert Entrant.objects.count() == count + 1
    moved = {one["pid"]: one["after"].partition("-")[0] for one in second.changes[1:]}
    held = Listed.objects.filter(pid__in=moved).values_list("pid", "application__code")
    assert {Entrant.objects.get(code=code).school.code for _pid, code in held} <= set(moved.values())


def test_the_sentences_of_a_shared_catchment_tell_of_every_school_that_was_asked() -> None:
    autumn = Autumn(children=0, coordinate=False, zone="东片")
    first, second, private = autumn.schools
    for _number in range(8):
        application(autumn.intake, first, approved=KIN, catchment_school=second)
    application(autumn.intake, private, second, approved=KIN, catchment_school=second)
    run = autumn.released()
    assert run.placed == 9, "whoever chose one of them has a right to one of them"
    rows = Placement.objects.filter(run=run, school=second).select_related("listed__application")
    found = result_of(rows[0].listed.application, run)
    assert found is not None
    told = [(one.school, one.granted, one.shared) for one in found.choices]
    assert told == [(first.name, False, False), (second.name, True, True)]


def child(pid: str):  # type: ignore[no-untyped-def]
    from junheng.domains.placements.queries.children import child_of

    return child_of(Listed.objects.get(pid=pid))


def test_an_upheld_appeal_helps_its_child_and_harms_nobody() -> None:
    autumn, run = crowded()
    before = places(run)
    loser = (
        Placement.objects.filter(
            run=run, school=None, listed__application__catchment_school=autumn.schools[1]
        )
        .select_related("listed__application")
        .order_by("listed")[0]
    )
    application = loser.listed.application
    facts = StatedCircumstance.objects.create(
        application=application, kind="preferred", state="rejected", reason="证明不清", area_id="410802"
    )
    opened = appeal(application, "证明已补盖章", about=facts.pk, by=FAMILY, at=AFTER, why="申诉")
    for involved in (autumn.one, autumn.two):
        with pytest.raises(NotAllowed, match="经手过"):
            decide_objection(opened, upheld=True, answer="好", by=involved, at=AFTER)
    decide_objection(opened, upheld=True, answer="核对证明后支持", by=autumn.others(), at=AFTER)
    second = again(autumn.intake, by=autumn.one, at=AFTER, why="申诉支持")
    now = places(second)
    assert second.faults == []
    assert now[loser.listed.pid] != "-", "the best category at every public school"
    assert {pid for pid, place in now.items() if place == "-" and before[pid] != "-"} == set(), "nobody lost"
    assert sum(second.added.values()) == 1, "where it would have pushed somebody out there is a place more"
    agreed(second, autumn)
    found = result_of(application, Run.objects.get(number=2))
    assert found is not None
    assert [each.number for each, _placement in found.history] == [1, 2]


def test_answers_come_in_time_and_giving_back_is_for_good() -> None:
    autumn, run = crowded()
    placed = Placement.objects.filter(run=run, school=autumn.schools[0]).select_related(
        "listed__application"
    )[0]
    application = placed.listed.application
    assert reply(application, accepted=True, by=FAMILY, at=AFTER, why="来").accepted
    assert not reply(application, accepted=False, by=FAMILY, at=AFTER, why="不来").accepted
    with pytest.raises(Conflict, match="不能再恢复"):
        reply(application, accepted=True, by=FAMILY, at=AFTER, why="来")
    other = Placement.objects.filter(run=run, school=None).select_related("listed__application")[0]
    with pytest.raises(Refusal, match="没有录取到学校"):
        reply(other.listed.application, accepted=True, by=FAMILY, at=AFTER, why="来")
    with pytest.raises(Conflict, match="确认已经截止"):
        reply(application, accepted=True, by=FAMILY, at=DAYS["reply_by"], why="来")
    with pytest.raises(Conflict, match="申诉已经截止"):
        appeal(application, "不服", by=FAMILY, at=DAYS["appeal_by"], why="申诉")
    with pytest.raises(Refusal, match="请写明对什么有异议"):
        appeal(application, " ", by=FAMILY, at=AFTER, why="申诉")
    appeal(application, "不服", by=FAMILY, at=AFTER, why="申诉")
    with pytest.raises(Conflict, match="已有一件申诉"):
        appeal(application, "还是不服", by=FAMILY, at=AFTER, why="申诉")


def test_before_the_release_nobody_answers_and_nothing_is_computed_again() -> None:
    autumn = Autumn()
    autumn.computed()
    application = Application.objects.first()
    assert application is not None
    with pytest.raises(Refusal, match="结果还没有发布"):
        reply(application, accepted=True, by=FAMILY, at=RELEASED, why="来")
    with pytest.raises(Refusal, match="结果还没有发布"):
        again(autumn.fresh(), by=autumn.one, at=RELEASED, why="x")
    with pytest.raises(Refusal, match="结果还没有发布"):
        hand_over(autumn.fresh(), by=autumn.one, at=FIRST_DAY, why="x")


def test_the_roll_is_admission_less_who_did_not_come_and_who_came_beside() -> None:
    autumn = Autumn()
    run = autumn.released()
    gone = Placement.objects.filter(run=run, school=autumn.schools[0]).select_related("listed__application")[
        0
    ]
    reply(gone.listed.application, accepted=False, by=FAMILY, at=AFTER, why="不来")
    with pytest.raises(Refusal, match="确认还没有截止"):
        hand_over(autumn.intake, by=autumn.one, at=AFTER, why="x")
    assert hand_over(autumn.intake, by=autumn.one, at=FIRST_DAY, why="开学") == 11
    with pytest.raises(Conflict, match="不能重复转入"):
        hand_over(autumn.intake, by=autumn.one, at=FIRST_DAY, why="开学")
    assert not Entrant.objects.filter(code=gone.listed.application.code).exists()
    Entrant.objects.update(arrived=True)
    absent = Entrant.objects.filter(school=autumn.schools[1])[0]
    Entrant.objects.filter(pk=absent.pk).update(arrived=False)
    moved = Entrant.objects.get(pk=absent.pk)
    moved.pk, moved.code, moved.kind, moved.arrived = None, "T1", "transfer", True
    moved.school = autumn.schools[0]
    moved.save()
    lines = {one.school.pk: one for one in roll(autumn.intake)}
    first, second = lines[autumn.schools[0].pk], lines[autumn.schools[1].pk]
    assert (first.admitted, first.absent, first.arrived) == (3, 0, 1)
    assert (second.admitted, second.absent, second.arrived) == (4, 1, 0)
    assert [first.roll, second.roll] == [4, 3]
    assert not first.differs, "no roll was set up yet"
    room = makers.school_class(autumn.schools[0], grade=1, number=1)
    for _ in range(3):
        makers.pupil(room, since=autumn.intake.starts_on, grade=1)
    assert {one.school.pk: one.differs for one in roll(autumn.intake)}[autumn.schools[0].pk], (
        "three pupils, four expected"
    )
    makers.pupil(room, since=autumn.intake.starts_on, grade=1)
    assert not {one.school.pk: one.differs for one in roll(autumn.intake)}[autumn.schools[0].pk]


def test_a_child_of_another_county_has_the_reason_that_was_found_true() -> None:
    autumn = Autumn(children=1)
    expected = {}
    for approved, claimed, migrant, exception in (
        (("permit", "work"), (), True, "migrant"), (("property",), (), False, "moved"),
        ((), ("permit", "work"), False, None), (("permit",), ("work",), False, None), (("kin",), (), False, None),
    ):  # fmt: skip
        given = {"approved": approved, "claimed": claimed, "home_area_id": "410811", "migrant": True}
        far = application(autumn.intake, *autumn.schools, **given)
        expected[far.code] = (migrant, exception)
    ticked = StatedCircumstance.objects.filter(state="claimed")
    ticked.update(state="rejected", reason="查无记录")
    autumn.released()
    hand_over(autumn.intake, by=autumn.one, at=FIRST_DAY, why="开学")
    rows = Entrant.objects.filter(code__in=expected)
    assert {one.code: (one.migrant, one.exception) for one in rows} == expected
    assert admitted_away().count() == 3
