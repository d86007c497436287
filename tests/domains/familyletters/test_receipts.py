"""Receipts: from the teacher's link to the family and back; paper, wrong names, wrong links, what came back, the end."""

from datetime import date, timedelta

import pytest

from junheng.domains.familyletters.actions import answering
from junheng.domains.familyletters.actions.forgetting import forget
from junheng.domains.familyletters.models import LetterReceipt, LetterSchool
from junheng.domains.familyletters.queries.codes import code_of, read_code
from junheng.domains.familyletters.terms import OPEN_AFTER
from junheng.kernel.errors import Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from junheng.platform.sealing import codes
from tests.domains import makers
from tests.domains.familyletters.made import (
    AT,
    DUE,
    HERE,
    ON,
    THERE,
    WHY,
    answer,
    city,
    head,
    link,
    pupil,
    room,
    sent,
    teacher,
)
from tests.domains.looking import as_, text
from tests.domains.registrations.walking import Clock


def test_a_code_says_which_class_and_nothing_else_opens() -> None:
    code = code_of(7, 123456)
    assert (read_code(code), read_code(code.lower())) == ((7, 123456), (7, 123456))
    assert (
        read_code(codes.checked(codes.in_letters(7, 4) + codes.in_letters(123456, 5) + "AAAAAA")) is None
    ), "not our mark"
    for place in range(len(code)):
        assert read_code(code[:place] + ("0" if code[place] != "0" else "1") + code[place + 1 :]) is None


def test_from_the_link_to_the_last_slip() -> None:
    here, other = room("甲", "乙", "丙"), room("丁")
    letter = sent()
    by = as_(teacher(here))
    place = f"/familyletters/{letter.pk}/classes/{here.pk}/"
    assert by.get(f"/familyletters/{letter.pk}/")["Location"] == place
    page = text(by.get(place))
    assert link(letter, here) in page
    assert "已交 0/3 户" in page
    assert text(by.get(f"{place}?all=1")).count(" checked") == 3
    assert by.get(f"/familyletters/{letter.pk}/classes/{other.pk}/").status_code == 404
    family = as_(None)
    page = text(family.get(link(letter, here)))
    assert "第二段" in page
    assert not any(name in page for name in ("甲", "乙", "丙")), "no list of children"
    assert family.post(link(letter, here), {"name": "甲", "signed_by": "家长"}).status_code == 422
    assert "已收到甲的回执" in text(family.post(link(letter, here), answer(" 甲 ")))
    assert "以前已经收到" in text(family.post(link(letter, here), answer("甲", signed_by="别人")))
    assert family.post(link(letter, here), answer("丁"))["X-Refusal"] == "no-such-child"
    entry = Entry.objects.get(table="familyletters.letterreceipt")
    assert (entry.who, entry.why) == (answering.FAMILY, answering.READ)
    assert "家长甲" not in str(entry.after), "sealed in the audit too"
    slips = {"deed": "paper", "pupil": [str(pupil(here, one).pk) for one in ("甲", "乙")]}
    assert "已登记 1 份" in text(by.post(place, slips, follow=True))
    batch = Entry.objects.filter(table="familyletters.letterreceipt", verb=Verb.BATCH).get()
    assert batch.after is not None
    assert batch.after["count"] == 1
    assert by.post(place, slips)["X-Refusal"] == "nothing-ticked"
    away = {"deed": "paper", "pupil": [str(pupil(other, "丁").pk)]}
    assert by.post(place, away)["X-Refusal"] == "roll-changed"
    page = text(by.get(place))
    assert "已交 2/3 户" in page
    assert "家长甲" not in page
    signed = text(by.post(place, {"deed": "signatures"}))
    assert "家长甲" in signed
    read = Entry.objects.get(verb=Verb.READ)
    assert read.after == {"letter": letter.pk, "school_class": here.pk, "fields": ["signed_by"]}
    row = LetterReceipt.objects.get(pupil__name="乙")
    assert by.post(place, {"deed": "back", "receipt": row.pk, "why": " "})["X-Refusal"] == "why-missing"
    by.post(place, {"deed": "back", "receipt": row.pk, "why": "勾错了"})
    assert "已交 1/3 户" in text(by.get(place))
    assert LetterSchool.objects.get(school=here.school).answered == 1
    assert "已登记 2 份" in text(
        by.post(place, slips | {"pupil": [pupil(here, "乙").pk, pupil(here, "丙").pk]}, follow=True)
    )
    assert "全部已交" in text(by.get(place))


def test_only_who_looks_after_a_class_that_is_asked_enters_its_slips() -> None:
    here = room("甲")
    senior = makers.school_class(here.school, stage="senior", grade=10)
    makers.pupil(senior, name="大")
    letter, by, other = sent(audience="primary"), head(here), teacher(senior)
    for of, who, code in (
        (senior, by, "no-such-row"), (here, other, "class-not-yours"),
        (here, makers.user(Role.COUNTY_OFFICER, area=HERE), "class-not-yours"),
    ):  # fmt: skip
        chosen = [one.pk for one in of.pupil_set.all()]
        with pytest.raises(Refusal, check=lambda one, code=code: one.code == code):
            answering.tick_paper(letter, of, pupils=chosen, on=ON, by=who, at=AT, why=WHY)
    assert (
        answering.tick_paper(letter, here, pupils=[pupil(here, "甲").pk], on=ON, by=by, at=AT, why=WHY) == 1
    )
    row = LetterReceipt.objects.get()
    with pytest.raises(Refusal, check=lambda one: one.code == "class-not-yours"):
        answering.take_back(letter, here, receipt=row.pk, on=ON, by=other, at=AT, why=WHY)
    assert LetterSchool.objects.get().answered == 1


def test_two_of_one_name_are_told_by_the_birthday() -> None:
    here = room("甲")
    makers.pupil(here, name="甲", born_on=date(2014, 5, 6))
    letter, family = sent(), as_(None)
    answered = family.post(link(letter, here), answer("甲"))
    assert answered["X-Refusal"] == "same-name"
    assert "born_on" in answered.content.decode()
    assert family.post(link(letter, here), answer("甲", born_on="2014-01-01"))["X-Refusal"] == "no-such-child"
    text(family.post(link(letter, here), answer("甲", born_on="2014-05-06")))
    assert LetterReceipt.objects.get().pupil.born_on == date(2014, 5, 6)


def test_wrong_names_and_wrong_links_come_to_an_end() -> None:
    here, next_door = room("甲"), room("乙")
    letter, family = sent(), as_(None)
    for _time in range(8):
        assert family.post(link(letter, here), answer("不在"))["X-Refusal"] == "no-such-child"
    assert family.post(link(letter, here), answer("甲"))["X-Refusal"] == "too-many-tries"
    assert "已收到" in text(family.post(link(letter, next_door), answer("乙"))), "another class is open"
    for _time in range(8):
        assert family.get("/familyletters/read/AAAA-BBBB-CCCC-DDDD/").status_code == 404
    assert family.get(link(letter, here))["X-Refusal"] == "too-many-tries"
    assert not LetterReceipt.objects.filter(pupil__school_class=here).exists()


def test_on_the_last_day_a_receipt_is_taken_and_the_day_after_none(clock: Clock) -> None:
    here = room("甲", "乙")
    letter, family = sent(), as_(None)
    clock.at = AT + (DUE - ON) + OPEN_AFTER
    assert "已收到" in text(family.post(link(letter, here), answer("甲")))
    clock.at += timedelta(days=1)
    assert "回执已经截止" in text(family.get(link(letter, here)))
    assert family.post(link(letter, here), answer("乙"))["X-Refusal"] == "family-letter-closed"
    with pytest.raises(Refusal, check=lambda one: one.code == "family-letter-closed"):
        answering.tick_paper(
            letter,
            here,
            pupils=[pupil(here, "乙").pk],
            on=clock.at.date(),
            by=teacher(here),
            at=clock.at,
            why=WHY,
        )


def test_who_left_stays_with_the_class_of_the_answer_day(clock: Clock) -> None:
    here = room("甲", "乙")
    letter = sent()
    text(as_(None).post(link(letter, here), answer("甲")))
    gone = pupil(here, "甲")
    gone.until = DUE + timedelta(days=1)
    gone.save()
    clock.at = AT + timedelta(days=20)
    place = f"/familyletters/{letter.pk}/classes/{here.pk}/"
    by = as_(teacher(here))
    assert "已交 1/2 户" in text(by.get(place))
    gone.until = DUE
    gone.save()
    assert "已交 0/1 户" in text(by.get(place)), "who left before the day is not asked"


def test_what_waits_for_whom(clock: Clock) -> None:
    here = room("甲", "乙")
    senior = makers.school_class(here.school, stage="senior", grade=10)
    makers.pupil(senior, name="大")
    people = {
        "teacher": teacher(here), "senior": teacher(senior), "head": head(here),
        "county": makers.user(Role.COUNTY_OFFICER, area=HERE),
    }  # fmt: skip
    letter = sent(audience="primary")

    def waiting() -> dict[str, list[tuple[str, int, bool]]]:
        at = clock.at
        return {
            name: [
                (one.label, one.count, one.late) for one in todo_of(Asker(who, at)) if "告家长书" in one.label
            ]
            for name, who in people.items()
        }

    assert "暑假防溺水" not in text(as_(people["senior"]).get("/familyletters/")), "another stage"
    nothing: dict[str, list[tuple[str, int, bool]]] = {name: [] for name in people}
    assert waiting() == nothing | {"teacher": [("封告家长书请转给家长", 1, False)]}
    text(as_(None).post(link(letter, here), answer("甲")))
    assert waiting() == nothing, "it is under way"
    clock.at = AT + (DUE - ON) - timedelta(days=2)
    assert waiting() == nothing | {"teacher": [("封告家长书还有家长没交回执", 1, False)]}
    clock.at = AT + (DUE - ON) + timedelta(days=1)
    assert waiting() == nothing | {
        "teacher": [("封告家长书过了截止日还没收齐", 1, True)],
        "head": [("封告家长书到期没收齐，请看是哪些班", 1, True)],
        "county": [("所学校的告家长书到期没收齐", 1, True)],
    }
    text(as_(None).post(link(letter, here), answer("乙")))
    assert waiting() == nothing


def test_from_above_there_are_numbers_and_few_are_not_told() -> None:
    full, few, many = room("甲"), room("王小明", "李小红"), room(*(f"学生{one}" for one in range(9)))
    letter = sent()
    text(as_(None).post(link(letter, full), answer("甲")))
    text(as_(None).post(link(letter, few), answer("王小明")))
    county = as_(makers.user(Role.COUNTY_OFFICER, area=HERE))
    page = text(county.get(f"/familyletters/{letter.pk}/"))
    assert "已交 2/12 户" in page
    assert page.count("未收齐，户数不显示") == 2, "one alone would be the total less the others"
    assert page.index(many.school.name) < page.index(full.school.name), "who is not complete stands first"
    assert not any(name in page for name in ("王小明", "李小红", "学生0"))
    assert county.get(f"/familyletters/{letter.pk}/classes/{few.pk}/").status_code == 404
    away = room("远", area=THERE)
    far = sent(only=f"{away.school.code} {full.school.code}")
    page = text(as_(city()).get(f"/familyletters/{far.pk}/?area={THERE}"))
    assert "少数几户未交" in page
    assert page.count("未收齐，户数不显示") == 3, "two counties, and the school of the one that is open"
    by = as_(head(few))
    page = text(by.get(f"/familyletters/{letter.pk}/"))
    assert "已交 1/2 户" in page
    assert few.school.name not in page.partition("<table")[2].partition("</table>")[0]
    assert as_(makers.user(Role.TOWNSHIP_WARDEN, area=HERE)).get("/familyletters/").status_code == 404


def test_a_signature_is_forgotten_after_its_years() -> None:
    here = room("甲")
    letter = sent()
    text(as_(None).post(link(letter, here), answer("甲")))
    assert forget(on=date(2026, 6, 27), at=AT) == 0
    assert forget(on=date(2026, 6, 28), at=AT) == 1
    row = LetterReceipt.objects.get(letter=letter)
    assert "家长甲" not in str(row.signed_by)
    assert forget(on=date(2026, 6, 28), at=AT) == 0
