"""A change that somebody else decides: kept, shown, decided once, by another, and written with both names."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from junheng.domains.areas.models import Area
from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School, SchoolClass
from junheng.domains.titles.models import Title
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import stored_columns
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.gates import Intent, divert
from junheng.platform.registers.todo import todo_of
from junheng.platform.stewardship.models import Proposal, State
from tests import cast
from tests.makers import areas, make
from tests.makers.rows import CITY, HERE
from tests.platform.stewardship.people import at_desk, county, decide, edit, head_of, section

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> Any:
    return make(School, name="甲校", address="旧路1号", nature="public")


def test_a_principal_proposes_and_the_county_approves(school: School) -> None:
    head, officer = head_of(school), county()
    answer = edit(head, school, name="乙校", address="新路2号")
    assert answer.status_code == 302
    school.refresh_from_db()
    assert (school.name, school.address) == ("甲校", "新路2号")
    one = Proposal.objects.get()
    assert (one.before, one.after, one.why) == ({"name": "甲校"}, {"name": "乙校"}, "批复更名")
    page = at_desk(head).get(f"/registers/schools/{school.pk}/").content.decode()
    assert "待批准" in page
    assert "<del>甲校</del>" in page
    assert "<ins>乙校</ins>" in page
    assert "由县（市、区）教育局决定" in page
    assert decide(officer, one.pk).status_code == 302
    school.refresh_from_db()
    one.refresh_from_db()
    assert (school.name, one.state, one.decided_by) == ("乙校", State.APPROVED, officer)
    entry = Entry.objects.filter(table="schools.school").latest("id")
    assert (entry.who, entry.verb, entry.after) == (officer.username, "change", {"name": "乙校"})
    assert str(head) in entry.why
    assert str(officer) in entry.why
    assert f"第{one.pk}号申请" in entry.why
    assert verify() is None


def test_who_stands_high_enough_writes_at_once(school: School) -> None:
    assert edit(county(), school, name="乙校").status_code == 302
    school.refresh_from_db()
    assert (school.name, Proposal.objects.count()) == ("乙校", 0)


def test_one_form_can_wait_for_two_deciders(school: School) -> None:
    edit(head_of(school), school, name="乙校", nature="private")
    assert sorted(Proposal.objects.values_list("decider", flat=True)) == [3, 4]
    officer = county()
    by_level = {one.decider: one.pk for one in Proposal.objects.all()}
    refused = decide(officer, by_level[3], by_level[4])
    assert (refused.status_code, refused["X-Refusal"]) == (403, "not-yours-to-decide")
    assert "须由市局决定" in refused.content.decode()
    school.refresh_from_db()
    assert school.name == "甲校"
    assert decide(section(), by_level[4]).status_code == 302
    school.refresh_from_db()
    assert school.nature == "private"


def test_a_schools_own_fact_goes_back_to_the_school(school: School) -> None:
    room = make(SchoolClass, school=school, number=1)
    for above in (county(), section()):
        edit(above, room, "classes", number=2)
        room.refresh_from_db()
        assert room.number == 1
    first, second = Proposal.objects.order_by("pk")
    assert (first.only, first.decider) == (True, 2)
    assert decide(section(), first.pk)["X-Refusal"] == "not-yours-to-decide"
    assert decide(head_of(school), first.pk).status_code == 302
    room.refresh_from_db()
    assert room.number == 2
    assert decide(head_of(school), second.pk)["X-Refusal"] == "proposal-stale"


def test_nobody_decides_his_own(school: School) -> None:
    user = head_of(school)
    edit(user, school, name="乙校")
    cast.grant(user, Role.COUNTY_OFFICER, area=HERE)
    number = Proposal.objects.get().pk
    for choice in ("approve", "reject"):
        refused = decide(user, number, choice=choice, why="同意")
        assert (refused.status_code, refused["X-Refusal"]) == (403, "own-proposal")
        assert "不能批准或退回自己提交的申请" in refused.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(state="approved", decided_by=user, decided_at=timezone.now())


def test_sent_back_with_a_reason_and_nothing_changes(school: School) -> None:
    edit(head_of(school), school, name="乙校")
    number = Proposal.objects.get().pk
    assert decide(county(), number, choice="reject")["X-Refusal"] == "why-missing"
    assert decide(county(), number, choice="reject", why="批复文号不符").status_code == 302
    school.refresh_from_db()
    one = Proposal.objects.get()
    assert (school.name, one.state, one.decision) == ("甲校", State.REJECTED, "批复文号不符")
    again = decide(county(), number)
    assert (again.status_code, again["X-Refusal"]) == (409, "proposal-decided")


def test_ones_own_is_taken_back_and_anothers_is_absent(school: School) -> None:
    user = head_of(school)
    edit(user, school, name="乙校")
    number = Proposal.objects.get().pk
    other = at_desk(county()).post(f"/stewardship/{number}/withdraw/")
    assert (other.status_code, other["X-Refusal"]) == (404, "no-such-proposal")
    assert at_desk(user).post(f"/stewardship/{number}/withdraw/").status_code == 302
    assert Proposal.objects.get().state == State.WITHDRAWN
    assert at_desk(user).post(f"/stewardship/{number}/withdraw/")["X-Refusal"] == "proposal-decided"


def test_a_row_that_changed_since_must_be_looked_at_anew(school: School) -> None:
    edit(head_of(school), school, name="乙校")
    edit(county(), school, name="丙校")
    officer, number = county(), Proposal.objects.get().pk
    page = at_desk(officer).get("/stewardship/")
    shown = page.context["groups"][0].shown[0]
    assert [(one.before, one.now, one.after) for one in shown.fields] == [("甲校", "丙校", "乙校")]
    assert (shown.stale, shown.mine) == (True, False)
    assert "原值已变" in page.content.decode()
    refused = decide(officer, number)
    assert (refused.status_code, refused["X-Refusal"]) == (409, "proposal-stale")
    assert at_desk(officer).post(f"/stewardship/{number}/again/").status_code == 302
    assert Proposal.objects.get().before == {"name": "丙校"}
    assert decide(officer, number).status_code == 302
    school.refresh_from_db()
    assert school.name == "乙校"


def test_several_at_once_are_all_done_or_none(school: School) -> None:
    other = make(School, name="丁校")
    edit(head_of(school), school, name="乙校")
    edit(head_of(other), other, name="戊校")
    edit(county(), other, name="己校")
    numbers = list(Proposal.objects.values_list("pk", flat=True))
    assert decide(county(), *numbers)["X-Refusal"] == "proposal-stale"
    school.refresh_from_db()
    assert (school.name, set(Proposal.objects.values_list("state", flat=True))) == ("甲校", {"pending"})
    assert decide(county())["X-Refusal"] == "choose-proposals"
    assert decide(county(), *numbers, choice="maybe")["X-Refusal"] == "no-choice"


def test_the_same_wish_twice_is_one_and_a_new_wish_replaces_the_old(school: School) -> None:
    user = head_of(school)
    edit(user, school, name="乙校")
    edit(user, school, name="乙校")
    assert Proposal.objects.count() == 1
    edit(user, school, name="丙校")
    assert list(Proposal.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "pending"]
    assert verify() is None


def test_an_end_is_proposed_and_written_as_an_end(school: School) -> None:
    user = head_of(school)
    answer = at_desk(user).post(
        f"/registers/schools/{school.pk}/end/", {"until": "2024-09-01", "why": "并入乙校"}
    )
    assert answer.status_code == 302
    school.refresh_from_db()
    one = Proposal.objects.get()
    assert (school.until, one.kind, one.after) == (None, "end", {"until": "2024-09-01"})
    decide(county(), one.pk)
    school.refresh_from_db()
    assert school.until == date(2024, 9, 1)
    assert Entry.objects.filter(table="schools.school").latest("id").verb == "retire"


def test_a_new_row_waits_as_a_whole(school: School) -> None:
    areas()
    sample = make(Title, school=school)
    client = at_desk(county())
    form = {
        bound.name: bound.value() if bound.value() is not None else ""
        for bound in client.get(f"/registers/titles/{sample.pk}/edit/").context["form"]
    }
    page = client.get("/registers/titles/new/").content.decode()
    assert "修改须经市局批准" in page
    answer = client.post(
        "/registers/titles/new/", form | {"batch": "2", "awarded_on": "2024-01-02", "why": "上报"}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Title.objects.count() == 1
    one = Proposal.objects.get()
    assert (one.kind, one.row, one.area) == ("new", None, HERE)
    assert decide(section(), one.pk).status_code == 302
    made = Title.objects.exclude(pk=sample.pk).get()
    one.refresh_from_db()
    assert (made.batch, one.row) == (2, made.pk)


def test_a_caller_that_cannot_leave_rows_out_is_refused() -> None:
    from junheng.kernel.errors import NotAllowed

    areas()
    sample = make(Title)
    row = Title(
        **{
            one.attname: getattr(sample, one.attname)
            for one in Title._meta.concrete_fields
            if one.name != "id"
        }
    )
    with pytest.raises(NotAllowed) as refused:
        divert(every_register()["titles"], [Intent(row, None)], asker=cast.asker(county()), why="导入")
    assert refused.value.code == "new-row-needs-approval"


def test_a_value_that_no_longer_fits_is_told_and_not_written(school: School) -> None:
    edit(section(), school, code="5141080299")
    taken, officer = make(School), section()
    edit(county(), taken, code="5141080277")
    one = Proposal.objects.get()
    school.refresh_from_db()
    school.code = "5141080277"
    school.save()
    refused = decide(officer, one.pk)
    assert (refused.status_code, refused["X-Refusal"]) == (409, "proposal-no-longer-fits")
    assert Proposal.objects.get().state == State.PENDING


def test_sealed_values_wait_sealed_and_are_shown_masked(school: School) -> None:
    pupil = make(Pupil, school=school, id_number="11010120120101001X", name="王小明")
    user, officer = head_of(school), county()
    edit(user, pupil, "pupils", id_number="110101201201010028", name="王晓明")
    pupil = Pupil.objects.get(pk=pupil.pk)
    assert (pupil.id_number, pupil.name) == ("11010120120101001X", "王小明")
    one = Proposal.objects.get()
    assert one.after["id_number"].startswith("~")
    client = at_desk(officer)
    page = client.get("/stewardship/").content.decode()
    hidden = ("11010120120101001X", "110101201201010028", "王小明", "王晓明")
    assert not [value for value in hidden if value in page]
    detail = client.get(f"/registers/pupils/{pupil.pk}/").content.decode()
    assert not [value for value in hidden if value in detail]
    before = Entry.objects.filter(verb="read").count()
    assert client.post(f"/stewardship/{one.pk}/clear/", {"why": ""}).status_code == 400
    clear = client.post(f"/stewardship/{one.pk}/clear/", {"why": "核对证件"})
    assert all(value in clear.content.decode() for value in hidden)
    assert Entry.objects.filter(verb="read").count() == before + 1
    assert decide(officer, one.pk).status_code == 302
    pupil = Pupil.objects.get(pk=pupil.pk)
    assert (pupil.id_number, pupil.name) == ("110101201201010028", "王晓明")
    assert Pupil.objects.filter(id_number="110101201201010028").exists()


def test_a_sealed_value_of_a_row_without_a_key_can_still_be_opened(school: School) -> None:
    pupil = make(Pupil, school=school, id_number="")
    Pupil.objects.update(seal="")
    edit(head_of(school), pupil, "pupils", id_number="110101201201010028")
    decide(county(), Proposal.objects.get().pk)
    assert Pupil.objects.get().id_number == "110101201201010028"


def test_the_form_says_beforehand_what_will_wait(school: School) -> None:
    page = at_desk(head_of(school)).get(f"/registers/schools/{school.pk}/edit/")
    notes = {name: getattr(field, "note", "") for name, field in page.context["form"].fields.items()}
    assert notes["name"] == "修改须经县（市、区）教育局批准"
    assert notes["nature"] == "修改须经市局批准"
    assert notes["address"] == ""
    own = at_desk(section()).get(f"/registers/schools/{school.pk}/edit/")
    assert not any(getattr(field, "note", "") for field in own.context["form"].fields.values())


def test_somebody_of_two_schools_counts_by_the_row(school: School) -> None:
    user = head_of(school)
    other = make(School, name="丁校", where="410811")
    cast.grant(user, Role.COUNTY_OFFICER, area="410811")
    edit(user, school, name="乙校")
    edit(user, other, name="戊校")
    school.refresh_from_db()
    other.refresh_from_db()
    assert (school.name, other.name) == ("甲校", "戊校")


def test_late_ones_are_red_for_the_approver_and_his_superior(school: School) -> None:
    edit(head_of(school), school, name="乙校", nature="private")
    officer, above, office = county(), section(), cast.somebody(Role.CITY_OFFICE, area=CITY)
    now = timezone.now()

    def told(user: Any) -> dict[str, tuple[int, bool]]:
        return {one.label: (one.count, one.late) for one in todo_of(Asker(user, now)) if "修改" in one.label}

    assert told(officer) == {"待我批准的修改": (1, False)}
    assert told(above) == {"待我批准的修改": (1, False)}
    Proposal.objects.update(at=now - timedelta(days=12))
    assert told(officer) == {"待我批准的修改": (1, True)}
    assert told(above) == {"待我批准的修改": (1, True), "下级逾期未办的修改": (1, True)}
    assert told(office) == {"下级逾期未办的修改": (2, True)}
    assert "已逾期" in at_desk(officer).get("/stewardship/").content.decode()
    late = at_desk(above).get("/stewardship/?show=below")
    assert [one.proposal.decider for group in late.context["groups"] for one in group.shown] == [3]


def test_many_rows_cost_no_more_questions_than_few(school: School) -> None:
    user = county()
    register = every_register()["schools"]
    schools = [make(School) for _ in range(12)]

    def price(some: list[Any]) -> int:
        intents = []
        for one in some:
            before = stored_columns(one)
            one.kind = "junior"
            intents.append(Intent(one, before))
        with CaptureQueriesContext(connection) as queries:
            kept = divert(register, intents, asker=cast.asker(user), why="导入")
        assert all(names == {"kind"} for names in kept.values())
        assert len(kept) == len(some)
        assert all(one.kind == "primary" for one in some)
        return len(queries)

    price(schools[:1])
    assert price(schools[1:3]) == price(schools[3:])


def test_the_page_costs_the_same_for_one_and_for_many(school: School) -> None:
    edit(head_of(school), school, name="乙校")
    client = at_desk(county())

    def price() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/stewardship/").status_code == 200
        return len(queries)

    price()
    one = price()
    for _ in range(6):
        other = make(School)
        edit(head_of(other), other, name="新名", area=HERE)
    assert price() == one


def test_a_list_that_is_none_is_refused() -> None:
    assert at_desk(county()).get("/stewardship/?show=all")["X-Refusal"] == "bad-filter"
    assert at_desk(county()).post("/stewardship/decide/", {"number": "x"})["X-Refusal"] == "bad-number"
    assert Area.objects.count() == 0


def test_a_class_teacher_keeps_families_and_asks_the_school_about_pupils(school: School) -> None:
    room, other = (make(SchoolClass, school=school, number=number) for number in (1, 2))
    mine, theirs = (make(Pupil, school=school, school_class=one, boarder=False) for one in (room, other))
    teacher = cast.somebody(Role.CLASS_TEACHER, area=HERE, school=school, school_class=room)
    assert edit(teacher, mine.household, "households", phone="13900001111").status_code == 302
    mine.household.refresh_from_db()
    assert mine.household.phone == "13900001111", "whose word it is writes it"
    assert edit(teacher, mine, "pupils", boarder="是").status_code == 302
    mine.refresh_from_db()
    assert not mine.boarder
    one = Proposal.objects.get()
    assert (one.decider, one.only) == (2, False)
    assert decide(head_of(school), one.pk).status_code == 302
    mine.refresh_from_db()
    assert mine.boarder
    for row, slug in ((theirs, "pupils"), (theirs.household, "households")):
        assert at_desk(teacher).get(f"/registers/{slug}/{row.pk}/edit/").status_code == 404
