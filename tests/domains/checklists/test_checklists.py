"""A list from draft to the next version, its workbook, and its sheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.checklists import actions
from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.checklists.queries import STAGES, applies, items_of, sections_of
from junheng.domains.schools.terms import SchoolKind
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.audit.history import verify
from junheng.platform.registers import register_called
from junheng.platform.registers.actions import write
from junheng.platform.registers.asker import Asker
from tests.domains.safety.round import AT, WHY, a_list, officer, section

BY = {"at": AT, "why": WHY}


def code(caught) -> str:
    return caught.value.code


def test_an_issued_version_stays_as_it_is() -> None:
    by = section()
    one = a_list(by)
    assert len(one.digest) == 64
    for slug, row, field in (("checklists", one, "title"), ("checklistitems", items_of(one)[0], "clause")):
        setattr(row, field, "改了")
        with pytest.raises(Conflict) as caught:
            write(register_called(slug), row, asker=Asker(by, AT), why=WHY, source="hand")
        assert code(caught) == "checklist-issued"
    with pytest.raises(Conflict) as caught:
        actions.issue(one, by=by, **BY)
    assert code(caught) == "checklist-issued-already"


def test_no_item_moves_into_or_out_of_an_issued_version() -> None:
    by = section()
    issued, draft = a_list(by), a_list(by, issued=False)
    for row, to in ((items_of(draft)[0], issued), (items_of(issued)[0], draft)):
        row.checklist, row.number = to, "9.9"
        with pytest.raises(Conflict) as caught:
            write(register_called("checklistitems"), row, asker=Asker(by, AT), why=WHY, source="hand")
        assert code(caught) == "checklist-issued"


def test_a_change_is_a_new_version_with_its_reason() -> None:
    by = section()
    one = a_list(by)
    with pytest.raises(Refusal) as caught:
        actions.revise(one, reason=" ", by=by, **BY)
    assert code(caught) == "revision-without-reason"
    second = actions.revise(one, reason="条例修正", by=by, **BY)
    assert (second.code, second.number, second.previous, second.state) == (f"{one.code}-v2", 2, one, "draft")
    assert [item.number for item in items_of(second)] == [item.number for item in items_of(one)]
    with pytest.raises(Conflict) as caught:
        actions.revise(one, reason="又改", by=by, **BY)
    assert code(caught) == "checklist-revised"
    with pytest.raises(Conflict) as caught:
        actions.revise(second, reason="又改", by=by, **BY)
    assert code(caught) == "checklist-is-draft-still"
    item = items_of(second)[0]
    item.clause = "改过的要求"
    write(register_called("checklistitems"), item, asker=Asker(by, AT), why=WHY, source="hand")
    second = actions.issue(second, by=by, **BY)
    assert second.digest != one.digest
    assert actions.revise(second, reason="再改", by=by, **BY).code == f"{one.code}-v3"
    assert verify() is None


def test_an_empty_list_is_not_issued_and_not_by_a_county() -> None:
    one = Checklist.objects.create(code="k", title="空", area_id="4108", basis="示例")
    with pytest.raises(Refusal) as caught:
        actions.issue(one, by=section(), **BY)
    assert code(caught) == "checklist-empty"
    with pytest.raises(NotAllowed) as caught:
        actions.issue(a_list(section(), issued=False), by=officer(), **BY)
    assert code(caught) == "deed-not-yours"


def test_every_kind_of_school_has_its_stages() -> None:
    assert set(STAGES) == set(SchoolKind.values)


@pytest.mark.parametrize(
    ("facts", "kind", "boarding", "asked"),
    [
        ({}, "primary", False, True),
        ({"stage": "junior"}, "primary", False, False),
        ({"stage": "junior"}, "nine_year", False, True),
        ({"kind": "vocational"}, "senior", False, False),
        ({"kind": "vocational"}, "vocational", False, True),
        ({"boarding_only": True}, "senior", False, False),
        ({"boarding_only": True}, "senior", True, True),
        ({"stage": "primary", "boarding_only": True}, "senior", True, False),
    ],
)
def test_whom_an_item_concerns(facts, kind, boarding, asked) -> None:
    assert applies(ChecklistItem(**facts), kind=kind, boarding=boarding) is asked


def test_sections_keep_their_order() -> None:
    names = [name for name, _rows in sections_of(items_of(a_list(section())))]
    assert names == ["门卫", "消防", "宿舍", "食堂"]


def test_items_come_by_the_workbook(client: Client) -> None:
    one = Checklist.objects.create(code="aq-import", title="清单", area_id="4108", basis="示例")
    client.force_login(section())
    content = (
        "清单编号,印发区划,部分,条目号,次序,检查内容,条款,怎么看,不符合时的等级,适用学段,只查寄宿制学校\n"
        "aq-import,4108,门卫,1.1,1,门卫在岗,示例第一条,看现场,一般,,否\n"
        "aq-import,4108,宿舍,2.1,2,夜间有人值守,示例第二条,看记录,重大,初中,是\n"
    )
    page = client.post(
        "/registers/checklistitems/import/",
        {"file": SimpleUploadedFile("条目.csv", content.encode("utf-8-sig"))},
    )
    assert page.status_code == 200, [problem.reason for problem in page.context["plan"].problems]
    assert page.context["plan"].new == 2
    assert one.checklistitem_set.count() == 0, "a plan is not the deed"


def test_the_sheet_of_an_issued_version_is_for_everybody_here(client: Client) -> None:
    by = section()
    issued, draft = a_list(by), a_list(by, issued=False)
    client.force_login(officer())
    page = client.get(f"/checklists/{issued.code}/").content.decode()
    assert "门卫要求1.1" in page
    assert issued.digest in page
    assert client.get(f"/checklists/{draft.code}/").status_code == 404
    client.force_login(by)
    assert client.get(f"/checklists/{draft.code}/").status_code == 200
