"""Erasure: due by a dated rule, proposed by one, carried out by another, proved, and never undone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from junheng.domains.pupils.models import Child, Household, Pupil
from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit import history
from junheng.platform.audit.models import Entry
from junheng.platform.quality.models import Merge
from junheng.platform.quality.undoing import undo
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.registry import register_called
from junheng.platform.registers.stories import story_of
from junheng.platform.retention.actions import carry_out, propose, request, take_back
from junheng.platform.retention.models import Erasure, State
from junheng.platform.retention.queries import all_due, due_rows, proof_of
from junheng.platform.retention.rules import every_companion, every_forgotten, every_rule, rule_for
from junheng.platform.retention.waiting import erasures
from junheng.platform.sealing import keyed_models
from junheng.platform.sealing.erased import Destroyed, list_path, written_down
from tests.domains import makers
from tests.platform.sealing.makers import a_household, a_pupil, raw

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ID = "410802201708310017"


def asker(name: str = "xian", role: Role = Role.COUNTY_OFFICER, area: str = "410802") -> Asker:
    user, made = User.objects.get_or_create(username=name)
    if made:
        Grant.objects.create(user=user, role=role, area=area, since=date(2020, 1, 1))
    return Asker(User.objects.get(pk=user.pk), NOW)


def a_child(**given: object) -> Child:
    a_household()
    facts: dict[str, object] = {
        "name": "某幼儿", "sex": 1, "born_on": date(2017, 8, 31), "household": a_household(phone="13900001111"),
        "kindergarten": makers.kindergarten(), "area_id": "410802", "grade": "big", "since": date(2020, 9, 1),
        "until": date(2023, 7, 1), "id_number": ID,
    }  # fmt: skip
    return Child.objects.create(**(facts | given))


def test_every_sealed_table_has_a_rule() -> None:
    """What a merged row was is kept to undo the merge; it is destroyed with the row that stayed."""
    registered = {one.register.model for one in every_rule()}
    by_rooms = set(every_forgotten())
    assert registered | {one.model for one in every_companion()} | by_rooms == set(keyed_models())
    assert not registered & by_rooms


def test_what_is_due_is_due_on_the_day_and_not_the_day_before() -> None:
    child = a_child(until=date(2023, 11, 28))
    rule = rule_for("children")
    assert rule.cutoff(asker().today) == date(2023, 11, 28)
    assert list(due_rows(rule, asker())) == [child]
    Child.objects.filter(pk=child.pk).update(until=date(2023, 11, 29))
    assert not due_rows(rule, asker()).exists()


def test_a_household_is_due_when_its_last_child_is_long_gone() -> None:
    child = a_child()
    rule = rule_for("households")
    assert list(due_rows(rule, asker())) == [child.household]
    pupil = a_pupil(household=child.household)
    assert not due_rows(rule, asker()).exists()
    Pupil.objects.filter(pk=pupil.pk).update(until=date(2023, 7, 1))
    assert due_rows(rule, asker()).count() == 1


def test_two_people_destroy_it_and_nothing_reads_it_again() -> None:
    child = a_child()
    other = a_child(until=None)
    sealed, wrapped = raw("pupils_child", "id_number", child.pk), raw("pupils_child", "seal", child.pk)
    made = propose("children", area="410802", asker=asker(), why="保存期满")
    assert Child.objects.get(pk=child.pk).id_number == ID, "a proposal destroys nothing"
    with pytest.raises(NotAllowed, match="另一人") as refused:
        carry_out(made, asker=asker(), why="保存期满")
    assert refused.value.code == "erasure-two-persons"
    done = carry_out(made, asker=asker("tongshi"), why="核对无误")
    gone = Child.objects.get(pk=child.pk)
    assert (gone.id_number, gone.id_number_blind, gone.seal) == ("已销毁", "", "")
    assert not Child.objects.filter(id_number=ID).exclude(pk=other.pk).exists()
    assert Child.objects.get(pk=other.pk).id_number == ID
    assert raw("pupils_child", "id_number", child.pk) == sealed, "the sealed text stays, and is of no use"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pupils_child WHERE seal = %s", [wrapped])
        assert cursor.fetchone()[0] == 0
    entry = Entry.objects.get(pk=done.entry)
    assert (entry.who, entry.after["count"], entry.after["digest"]) == ("tongshi", 1, made.digest)
    assert history.verify() is None
    with written_down(
        [Destroyed("pupils_child", 1, "another")], because=f"erasure {done.pk} of an older house"
    ):
        proof = proof_of(done)
    assert proof is not None
    assert (proof.link_holds, proof.list_holds, proof.keys_left) == (True, True, 0)
    with pytest.raises(Conflict, match="已经办理过了"):
        carry_out(done, asker=asker("tongshi"), why="再来")


def test_the_old_entries_of_the_audit_cannot_be_read_either() -> None:
    home = a_household(phone="13900001111")
    a_child(household=home)
    before = story_of(register_called("households"), home)
    assert [step.after for step in before[0].steps if step.label == "联系电话"] == ["139****1111"]
    carry_out(
        propose("households", area="410802", asker=asker(), why="期满"), asker=asker("tongshi"), why="核对"
    )
    entry = Entry.objects.filter(table="pupils.household", row=home.pk).earliest("id")
    told = story_of(register_called("households"), Household.objects.get(pk=home.pk))
    steps = {step.label: step.after for event in told if event.number == entry.pk for step in event.steps}
    assert steps["联系电话"] == "已销毁"


def test_what_was_kept_to_undo_a_merge_goes_with_the_row() -> None:
    child = a_child()
    merge = Merge.objects.create(
        register="children", kept=child.pk, dropped=child.pk + 1, lost=ID, before={}, after={}, moved=[], why="重复",
        by="x", at=NOW, area="410802",
    )  # fmt: skip
    made = propose("children", area="410802", asker=asker(), why="期满")
    assert made.count == 1
    done = carry_out(made, asker=asker("tongshi"), why="核对")
    merge.refresh_from_db()
    assert merge.lost == "已销毁"
    with pytest.raises(Conflict, match="被并入的记录已按保存期限销毁"):
        undo(merge, why="弄错了", asker=asker())
    proof = proof_of(done)
    assert proof is not None
    assert (proof.list_holds, proof.keys_left) == (True, 0)


def test_what_changed_meanwhile_is_not_destroyed() -> None:
    a_child()
    made = propose("children", area="410802", asker=asker(), why="期满")
    a_child()
    with pytest.raises(Conflict, match="与提出时的清单不一致") as refused:
        carry_out(made, asker=asker("tongshi"), why="核对")
    assert refused.value.code == "erasure-changed"
    assert not list_path().exists() or list_path().read_text() == ""
    assert take_back(made, asker=asker("tongshi"), why="重新提出").state == State.WITHDRAWN
    assert propose("children", area="410802", asker=asker(), why="期满").count == 2


def test_once_proposed_is_enough_and_nothing_due_is_refused() -> None:
    with pytest.raises(Refusal, match="没有到期"):
        propose("children", area="410802", asker=asker(), why="期满")
    a_child()
    propose("children", area="410802", asker=asker(), why="期满")
    with pytest.raises(Conflict, match="已有人提出"):
        propose("children", area="410802", asker=asker("tongshi"), why="期满")


def test_another_county_neither_sees_nor_decides() -> None:
    a_child()
    made = propose("children", area="410802", asker=asker(), why="期满")
    stranger = asker("bie", area="410811")
    with pytest.raises(NotFound):
        carry_out(made, asker=stranger, why="核对")
    assert [one.count for one in all_due(stranger)] == [0] * len(all_due(stranger))


def test_a_request_is_refused_where_a_duty_says_keep_and_the_answer_is_kept() -> None:
    pupil = a_pupil(id_number=ID)
    made = request("pupils", pupil, asker=asker(), why="家长来信要求删除")
    assert made.state == State.REFUSED
    assert "学籍档案须自离校日起保存 10 年" in made.reason
    assert "待确认" in made.reason
    assert Pupil.objects.get(pk=pupil.pk).id_number == ID
    assert Entry.objects.filter(table="retention.erasure", row=made.pk).get().after["state"] == "refused"


def test_a_request_that_may_be_granted_needs_a_second_person() -> None:
    child = a_child()
    made = request("children", child, asker=asker(), why="家长来信要求删除")
    assert made.state == State.PROPOSED
    carry_out(made, asker=asker("tongshi"), why="核对")
    assert Child.objects.get(pk=child.pk).id_number == "已销毁"
    with pytest.raises(Refusal, match="已经销毁"):
        request("children", child, asker=asker(), why="再来")


def test_the_pages_from_what_is_due_to_the_proof(client: Client) -> None:
    child = a_child()
    first, second = asker(), asker("tongshi")
    client.force_login(first.user)
    preview = reverse("retention:preview", args=["children", "410802"])
    assert preview in client.get(reverse("retention:overview")).content.decode()
    assert "身份证件号" in client.get(preview).content.decode()
    assert client.post(preview, {"why": " "}).status_code == 422
    done = client.post(preview, {"why": "保存期满"})
    one = Erasure.objects.get()
    assert done["Location"] == one.get_absolute_url()
    assert client.post(reverse("retention:carry", args=[one.pk]), {"why": "自己办"}).status_code == 403
    client.force_login(second.user)
    assert [(one.label, one.count) for one in erasures(second)] == [("项销毁等待第二人办理", 1)]
    assert [one.count for one in erasures(first)] == [0]
    assert client.post(reverse("retention:carry", args=[one.pk]), {"why": "核对无误"}).status_code == 302
    page = client.get(one.get_absolute_url() + "?chain=1").content.decode()
    for words in ("校验值相符", "完整", "相符", "已销毁"):
        assert words in page
    assert ID not in page
    assert Child.objects.get(pk=child.pk).id_number == "已销毁"


def test_who_keeps_nothing_has_no_page(client: Client) -> None:
    teacher = asker("banzhuren", Role.TOWNSHIP_WARDEN)
    client.force_login(teacher.user)
    assert client.get(reverse("retention:overview")).status_code == 404
    assert client.get(reverse("retention:preview", args=["children", "410802"])).status_code == 404
    assert client.get(reverse("retention:preview", args=["schools", "410802"])).status_code == 404


def test_the_request_is_a_deed_on_the_page_of_the_row(client: Client) -> None:
    pupil = a_pupil(id_number=ID)
    client.force_login(asker().user)
    address = reverse("deeds:do", args=["pupils", pupil.pk, "erase"])
    assert address in client.get(reverse("registers:detail", args=["pupils", pupil.pk])).content.decode()
    done = client.post(address, {"why": "家长来信"})
    assert done["Location"] == Erasure.objects.get().get_absolute_url()
    assert "不能删除" in client.get(done["Location"]).content.decode()


def test_questions_do_not_grow_with_rows(client: Client, django_assert_max_num_queries: object) -> None:
    for _ in range(4):
        a_child()
    client.force_login(asker().user)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.get(reverse("retention:overview"))
