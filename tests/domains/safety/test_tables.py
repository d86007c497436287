"""What the tables of sheets themselves refuse, whoever writes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, models, transaction

from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.domains.safety.models import Answer, ResultNotice, RoundPlan, Sheet
from tests.domains import makers
from tests.domains.safety.round import AT, DAY, HERE, a_list, a_round, opened, section


def item() -> ChecklistItem:
    found = ChecklistItem.objects.first()
    assert found is not None
    return found


def refused(row: models.Model) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.fixture
def sheet() -> Sheet:
    makers.school(area_id=HERE)
    return Sheet.objects.get(round=opened(section()), level="self")


def test_a_school_has_one_sheet_a_level_and_an_item_one_answer(sheet: Sheet) -> None:
    again = Sheet.objects.get(pk=sheet.pk)
    again.pk = None
    refused(again)
    Answer.objects.create(sheet=sheet, item=item(), result="pass")
    refused(Answer(sheet=sheet, item=item(), result="fail"))


def test_what_was_sent_says_when(sheet: Sheet) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.filter(pk=sheet.pk).update(state="sent")


@pytest.mark.parametrize("level", ["self", "county", "cross", "city"])
def test_a_window_does_not_end_before_it_begins(level: str) -> None:
    days = {f"{level}_from": DAY, f"{level}_until": DAY - timedelta(days=1)}
    refused(RoundPlan(round=a_round(), checklist=a_list(section()), kinds="primary", **days))


def test_a_round_has_one_plan_and_a_county_one_notice(sheet: Sheet) -> None:
    refused(RoundPlan(round=sheet.round, checklist=a_list(section()), kinds="primary"))
    facts = {"area_id": HERE, "sent_at": AT, "sent_by": "x", "reply_until": DAY, "numbers": {}, "digest": "0"}
    ResultNotice.objects.create(round=sheet.round, **facts)
    refused(ResultNotice(round=sheet.round, **facts))
    refused(ResultNotice(round=a_round(), **facts, reply="没有署名的答复"))


def test_an_issued_list_has_its_digest_and_one_revision(sheet: Sheet) -> None:
    one = a_list(section())
    facts = {"title": "清单", "area_id": HERE, "basis": "示例"}
    refused(Checklist(code="x", state="issued", **facts))
    Checklist.objects.create(code="y", previous=one, **facts)
    refused(Checklist(code="z", previous=one, **facts))
    refused(
        ChecklistItem(
            checklist=one, area_id=HERE, section="s", number="1.1", position=9, clause="c", citation="c"
        )
    )
