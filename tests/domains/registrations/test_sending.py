"""Sending: once, in the window, one application a child, with its entry; and what is wrong said in a sentence."""

from datetime import timedelta
from typing import Any

import pytest

from junheng.domains.intakes.models import Intake, PlanVersion
from junheng.domains.intakes.terms import IntakeState, VersionState
from junheng.domains.registrations.actions.changing import change, withdraw
from junheng.domains.registrations.actions.sending import Sent, Stale, send_many
from junheng.domains.registrations.actions.writing import write
from junheng.domains.registrations.models import Application, Draft
from junheng.domains.registrations.portal.receipts import chosen, form_sent, record_sent
from junheng.domains.registrations.queries.faults import number_fault
from junheng.domains.registrations.queries.finding import application_with, twin_of
from junheng.domains.registrations.queries.records import digest_of
from junheng.domains.registrations.queries.rules import cleaned, wrong
from junheng.domains.registrations.queries.sheets import sheet_of
from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.kernel.values.identity import id_number_fault
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import columns_of
from tests.domains.registrations import season
from tests.domains.registrations.season import CLOSES, DURING, OPENS, form, sending


@pytest.fixture
def intake(places: Any) -> Intake:
    return season.intake()


def faults(intake: Intake, **given: str) -> list[str]:
    return [one.code for one in wrong(cleaned(form(**given)), sheet_of(intake.pk))]


def test_a_form_in_order_becomes_an_application_with_its_choices_and_its_entry(intake: Intake) -> None:
    sent = write(sending(intake, form()))
    row = Application.objects.get()
    assert (row.pk, row.code, row.state, row.channel) == (sent.application, sent.codes.code, "sent", "phone")
    assert [one.school.name for one in row.choices.order_by("rank")] == ["甲小学", "丁学校"]
    assert [one.kind for one in row.circumstances.all()] == ["household"]
    assert row.catchment_school is not None
    assert row.catchment_school.name == "甲小学"
    assert form_sent(row)["name"] == "张小明"
    entry = Entry.objects.get(table="registrations.application")
    assert (entry.who, entry.verb, entry.row) == ("家长自助", "create", row.pk)
    assert entry.after == columns_of(row)
    assert "张小明" not in str(entry.after)
    assert verify() is None
    assert Draft.objects.get().application == row


def test_the_receipt_can_be_recomputed_from_what_stands_on_it(intake: Intake) -> None:
    sent = write(sending(intake, form()))
    row = application_with(sent.codes.code, sent.codes.secret, at=DURING, asked_from="")
    record = record_sent(row, form_sent(row), chosen(row))
    assert digest_of(record, "sha256") == row.receipt
    assert row.salt in record
    assert season.id_number(1) not in record


def test_the_same_sending_twice_is_one_and_has_one_receipt(intake: Intake) -> None:
    one = sending(intake, form())
    first, second = send_many([one, one])
    third = write(one)
    assert isinstance(first, Sent)
    assert isinstance(second, Sent)
    assert first.codes == second.codes == third.codes
    assert (first.again, second.again, third.again) == (False, True, True)
    assert first.application == second.application == third.application
    assert Application.objects.count() == Entry.objects.filter(table="registrations.application").count() == 1


def test_a_second_parent_is_told_what_to_do_and_not_who_did_it(intake: Intake) -> None:
    write(sending(intake, form(guardian="张大明")))
    with pytest.raises(Refusal) as told:
        write(sending(intake, form(guardian="李小红", phone="13900000002", relation="mother")))
    assert told.value.code == "already-registered"
    assert "张大明" not in str(told.value)
    assert "报名号" in str(told.value)
    assert Application.objects.count() == 1


def test_a_child_is_seen_in_another_county_too(intake: Intake) -> None:
    other = season.intake(area="410811")
    write(sending(intake, form()))
    with pytest.raises(Refusal) as told:
        write(sending(other, form(choice1=season.code(0, "410811"), choice2="")))
    assert told.value.code == "already-registered"


def test_two_of_one_child_in_one_batch_are_one(intake: Intake) -> None:
    answers = send_many(
        [sending(intake, form()), sending(intake, form(guardian="李小红")), sending(intake, form(2))]
    )
    assert [type(one) for one in answers] == [Sent, type(answers[1]), Sent]
    assert isinstance(answers[1], Refusal)
    assert answers[1].code == "already-registered"
    assert Application.objects.count() == 2


def test_the_window_opens_and_closes_to_the_second(intake: Intake) -> None:
    last = CLOSES - timedelta(microseconds=1)
    write(sending(intake, form(1), at=OPENS))
    write(sending(intake, form(2), at=last))
    for at, code in ((OPENS - timedelta(seconds=1), "window-not-open"), (CLOSES, "window-closed"), (CLOSES + timedelta(seconds=1), "window-closed")):  # fmt: skip
        kept = season.draft(intake, form(3))
        with pytest.raises(Refusal) as told:
            sending(intake, form(3), at=at, draft=kept)
        assert told.value.code == code
        assert "2024-08" in str(told.value)
        assert Draft.objects.filter(pk=kept.pk, application=None).exists()


def test_closing_between_judging_and_writing_is_seen(intake: Intake) -> None:
    late = sending(intake, form())
    Intake.objects.filter(pk=intake.pk).update(state=IntakeState.CLOSED)
    with pytest.raises(Stale):
        write(late)
    with pytest.raises(Refusal) as told:
        sending(intake, form(2))
    assert told.value.code == "window-closed"
    assert not Application.objects.exists()


def test_a_plan_revised_between_judging_and_writing_is_seen(intake: Intake) -> None:
    before = sending(intake, form())
    old = PlanVersion.objects.get()
    PlanVersion.objects.filter(pk=old.pk).update(state=VersionState.SUPERSEDED)
    PlanVersion.objects.create(intake=intake, area_id=intake.area_id, number=2, state=VersionState.PUBLISHED, digest="e" * 64)  # fmt: skip
    with pytest.raises(Stale):
        write(before)


def test_a_plan_that_has_the_number_of_another_is_read_anew(intake: Intake) -> None:
    """A restored backup gives the numbers of rows to others, and so does every test that is taken back."""
    assert sheet_of(intake.pk).schools[season.code(0)].name == "甲小学"
    School.objects.filter(code=season.code(0)).update(name="另一所小学")
    PlanVersion.objects.update(digest="f" * 64)
    assert sheet_of(intake.pk).schools[season.code(0)].name == "另一所小学"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"choice1": "2141999999"}, "unknown-school"),
        ({"choice2": season.code(0)}, "school-twice"),
        ({"choice1": season.code(5)}, "no-places"),
        ({"choice1": season.code(3), "choice2": season.code(4)}, "too-many-private"),
        ({"choice3": season.code(1), "choice4": season.code(2)}, "too-many"),
        ({"choice1": "", "choice2": ""}, "no-choice"),
        ({"id_number": season.id_number(1, born="20180901")}, "too-young"),
        ({"id_number": season.id_number(1)[:17] + ("0" if season.id_number(1)[17] != "0" else "1")}, "id-number"),
        ({"id_number": "41080219600101001X"}, "id-number"),
        ({"name": "张"}, "child-name"),
        ({"name": "张|明"}, "child-name"),
        ({"phone": "12345"}, "phone"),
        ({"relation": "teacher"}, "relation"),
        ({"home_area": "河南"}, "home-area"),
        ({"street": "", "number": ""}, "no-address"),
        ({"street": "文|昌路"}, "address-signs"),
        ({"number": "十一"}, "house-number"),
        ({"number": ""}, "no-house-number"),
        ({"has": "permit"}, "two-papers"),
        ({"has": "no_transfer"}, "no-transfer"),
        ({"has": "sibling", "sibling_name": "张大"}, "which-school"),
        ({"has": "sibling", "sibling": season.code(0)}, "sibling-name"),
        ({"has": "twins", "twin_number": "1"}, "id-number"),
        ({"has": "twins", "twin_number": season.id_number(1)}, "twin-same"),
        ({"has": "twins", "twin_number": season.id_number(2, born="20180601")}, "twin-born"),
        ({"truthful": ""}, "truthful"),
    ],
)  # fmt: skip
def test_what_is_wrong_has_its_sentence(intake: Intake, given: dict[str, str], code: str) -> None:
    assert faults(intake, **given) == [code]


@pytest.mark.parametrize("number", ["1", "410882201802290032", "410802201803010010"])
def test_every_fault_of_a_number_is_a_refusal_of_its_own(number: str) -> None:
    said, found = id_number_fault(number), number_fault(number, "id_number")
    assert found is not None
    assert found.sentence == said != ""


def test_the_age_limit_is_the_last_day_of_august(intake: Intake) -> None:
    assert faults(intake, id_number=season.id_number(1, born="20180831")) == []
    assert faults(intake, id_number=season.id_number(1, born="20180901")) == ["too-young"]


def test_twins_are_bound_when_both_sides_say_so(intake: Intake) -> None:
    first = write(sending(intake, form(1, has="household,twins", twin_number=season.id_number(2))))
    one = Application.objects.get(pk=first.application)
    assert (twin_of(one).asked, twin_of(one).both) == (True, False)
    write(sending(intake, form(2, has="household,twins", twin_number=season.id_number(1))))
    assert twin_of(one).both


def test_a_photo_is_wanted_where_no_department_answers(intake: Intake) -> None:
    with pytest.raises(AssertionError, match="no-photo|没有上传"):
        sending(intake, form(has="household,property"))
    sending(intake, form(has="household,property"), shown=frozenset({"property"}))
    sending(intake, form(has="household,property"), channel="desk", entered_by="chuangkou")


def test_a_change_keeps_the_code_and_withdrawing_frees_the_child(intake: Intake) -> None:
    sent = write(sending(intake, form(has="household,property"), shown=frozenset({"property"})))
    row = Application.objects.get()
    row.circumstances.filter(kind="household").update(state="approved")
    before = row.receipt
    change(sending(intake, form(has="household", choice1=season.code(1), choice2="")), row.pk)
    row.refresh_from_db()
    assert (row.code, row.state) == (sent.codes.code, "sent")
    assert row.receipt != before
    assert [one.school.name for one in row.choices.all()] == ["乙小学"]
    assert [(one.kind, one.state) for one in row.circumstances.all()] == [("household", "approved")]
    change(sending(intake, form(has="household", number="13", choice1=season.code(1), choice2="")), row.pk)
    assert [(one.kind, one.state) for one in row.circumstances.all()] == [("household", "claimed")]
    with pytest.raises(Refusal) as told:
        change(sending(intake, form(7)), row.pk)
    assert told.value.code == "another-child"
    with pytest.raises(Refusal) as told:
        withdraw(row, at=CLOSES)
    assert told.value.code == "window-closed"
    withdraw(row, at=DURING)
    with pytest.raises(Refusal) as told:
        change(sending(intake, form(1)), row.pk)
    assert told.value.code == "withdrawn"
    write(sending(intake, form(1)))
    assert Application.objects.filter(state="sent").count() == 1
    assert verify() is None


def test_code_and_secret_belong_together_and_guessing_ends(intake: Intake) -> None:
    sent = write(sending(intake, form()))
    spoken = sent.codes.secret.lower()
    assert (
        application_with(f" {sent.codes.code.lower()} ", spoken, at=DURING, asked_from="a").pk
        == sent.application
    )
    for _ in range(8):
        with pytest.raises(Refusal) as told:
            application_with(sent.codes.code, "AAAAAAAA", at=DURING, asked_from="b")
        assert told.value.code == "no-application"
    with pytest.raises(Refusal) as told:
        application_with(sent.codes.code, sent.codes.secret, at=DURING, asked_from="c")
    assert told.value.code == "too-many-tries"
