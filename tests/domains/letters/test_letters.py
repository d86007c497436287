"""Letters: numbered, frozen, signed for and answered by the addressee alone; withdrawn with a reason."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.content.bulletins.letters import LETTERS
from junheng.domains.governance.models import Case
from junheng.domains.letters import actions
from junheng.domains.letters.models import Delivery, Letter
from junheng.domains.letters.queries import copies_of
from junheng.domains.letters.queries.filling import bare_number, slots_in, words_of
from junheng.domains.letters.queries.reaching import of_county, of_school, units
from junheng.domains.letters.terms import LetterKind
from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from tests.domains import makers
from tests.domains.letters.office import (
    TODAY,
    copy,
    draft,
    facts,
    issued,
    officer,
    principal,
    received,
    series,
)
from tests.domains.makers import AT


def refused(kind: type[Refusal], code: str) -> Any:
    return pytest.raises(kind, check=lambda one: one.code == code)


def text_of(letter: Letter) -> str:
    return "\n".join("".join(piece.text for piece in line) for line in words_of(letter))


def a_case(**given: Any) -> Case:
    known = {
        "code": "AJ-7",
        "site": "S",
        "title": "示例班",
        "area_id": "410802",
        "kind": "fees",
        "opened_on": date(2023, 3, 1),
    }
    return Case.objects.create(**known | given)


def test_every_kind_has_a_template_in_which_every_number_is_a_slot() -> None:
    assert set(LETTERS) == set(LetterKind)
    for one in LETTERS.values():
        assert (bare_number(one.title), bare_number(one.body)) == ("", "")
        assert slots_in(one.body) == ["答复期限"]


def test_a_letter_is_numbered_filled_and_frozen() -> None:
    by = officer()
    row = a_case()
    letter = draft(
        by,
        body="你单位（{案件编号}）于{立案日}被立案。\n请于{答复期限}前答复。",
        source="cases",
        source_row=row.pk,
    )
    assert (letter.number, letter.state) == ("", "draft")
    letter = actions.issue(letter, to=[of_school(makers.school())], on=TODAY, **facts(by))
    assert letter.number == "示教告〔2024〕1号"
    assert letter.reply_by == date(2024, 1, 24)  # ten working days after 10 January
    said = "你单位（AJ-7）于2023年3月1日被立案。\n请于2024年1月24日前答复。"
    assert text_of(letter) == said
    Case.objects.update(code="AJ-8", opened_on=date(2023, 3, 9))
    kept = Letter.objects.get(pk=letter.pk)
    assert text_of(kept) == said
    assert (len(kept.digest), [fact[2:4] for fact in kept.facts][:2]) == (64, [["cases", row.pk]] * 2)
    assert issued(by=by).number == "示教告〔2024〕2号"


def test_an_issued_letter_is_neither_issued_again_nor_changed() -> None:
    letter = issued()
    to = [of_school(makers.school())]
    with refused(Conflict, "letter-not-there"):
        actions.issue(letter, to=to, on=TODAY, **facts())
    with refused(Conflict, "letter-not-there"):
        actions.edit_letter(letter, title="改", body="改", wants_reply=False, **facts())
    assert Letter.objects.get(pk=letter.pk).digest == letter.digest


def test_numbers_are_references_and_slots_are_known() -> None:
    for words in ("请退还 500 元。", "请退还５００元。"):
        with refused(Refusal, "letter-bare-number"):
            draft(body=words)
    with refused(Refusal, "letter-bare-number"):
        draft(title="第2次告诫")
    with refused(Refusal, "letter-unknown-slot"):
        draft(body="共{家庭数}户")
    with refused(Refusal, "letter-empty"):
        draft(body=" ")
    assert draft(body="依据《关于3个方案的通知》。").pk
    empty = draft(source="cases", source_row=a_case(note="").pk, body="记录：{办理记录}。")
    with refused(Refusal, "letter-slot-empty"):
        actions.issue(empty, to=[of_school(makers.school())], on=TODAY, **facts())
    assert Letter.objects.get(pk=empty.pk).state == "draft"


def test_nobody_writes_about_what_he_does_not_see() -> None:
    elsewhere = a_case(area_id="410811")
    with pytest.raises(NotFound):
        draft(source="cases", source_row=elsewhere.pk)
    with refused(Refusal, "letter-source"):
        draft(source="nothing", source_row=1)
    with pytest.raises(NotAllowed):
        draft(officer("410811"))
    with pytest.raises(NotAllowed):
        draft(makers.user(Role.CITY_LEADER))


def test_it_is_issued_today_and_to_somebody() -> None:
    with refused(Refusal, "letter-day"):
        actions.issue(draft(), to=[of_school(makers.school())], on=TODAY - timedelta(days=1), **facts())
    with refused(Refusal, "letter-to-nobody"):
        actions.issue(draft(), to=[], on=TODAY, **facts())


def test_the_addressee_signs_and_replies_and_nobody_else() -> None:
    one = copy()
    with refused(NotAllowed, "letter-not-yours"):
        actions.receive(one, signed="代签", **facts())
    with pytest.raises(NotAllowed):
        actions.receive(one, signed="别校", **facts(principal(makers.school())))
    own = principal(one.school)
    with refused(Conflict, "delivery-not-there"):
        actions.reply(one, words="还没签收", **facts(own))
    with refused(Refusal, "receipt-without-name"):
        actions.receive(one, signed=" ", **facts(own))
    one = actions.receive(one, signed="示例校长", **facts(own))
    assert (one.received_at, one.state) == (AT, "received")
    with refused(Conflict, "delivery-not-there"):
        actions.receive(one, signed="示例校长", **facts(own))
    with refused(Refusal, "reply-empty"):
        actions.reply(one, words=" ", **facts(own))
    one = actions.reply(one, words="已退清", **facts(own))
    with refused(Conflict, "delivery-not-there"):
        actions.reply(one, words="再答", **facts(own))
    assert copies_of([one.letter_id], on=TODAY)[one.letter_id].replied == 1


def test_a_county_signs_for_itself() -> None:
    city = makers.user(Role.CITY_SECTION)
    own = series(code="SJ", area_id="4108", word="示市教告")
    letter = actions.draft_letter(own, title="告诫函", body="请于{答复期限}前答复。", **facts(city))
    county = makers.Area.objects.get(pk="410802")
    actions.issue(letter, to=[of_county(county)], on=TODAY, **facts(city))
    one = Delivery.objects.get()
    with refused(NotAllowed, "letter-not-yours"):
        actions.receive(one, signed="代签", **facts(city))
    assert actions.receive(one, signed="示例股长", **facts(officer())).state == "received"


def test_after_withdrawal_nobody_replies() -> None:
    one = received()
    letter = one.letter
    with refused(Refusal, "withdrawn-without-reason"):
        actions.withdraw(letter, on=TODAY, reason=" ", **facts())
    with refused(Refusal, "withdrawn-day"):
        actions.withdraw(letter, on=TODAY - timedelta(days=1), reason="误", **facts())
    actions.withdraw(letter, on=TODAY, reason="对象有误", **facts())
    with refused(Conflict, "letter-withdrawn"):
        actions.reply(one, words="已退清", **facts(principal(one.school)))
    with refused(Conflict, "letter-not-there"):
        actions.withdraw(letter, on=TODAY, reason="再撤", **facts())
    assert issued().number.endswith("2号")  # the number stays used


def test_a_reply_that_was_given_stays_after_withdrawal() -> None:
    one = received()
    actions.reply(one, words="已退清", **facts(principal(one.school)))
    actions.withdraw(one.letter, on=TODAY, reason="更正", **facts())
    assert Delivery.objects.get(pk=one.pk).reply == "已退清"


def test_all_schools_of_the_office_get_it_once() -> None:
    here = [makers.school() for _ in range(3)]
    makers.school(area_id="410811")
    makers.school(until=date(2023, 1, 1))
    reached = units("schools", within="410802", on=TODAY)
    assert {one.school for one in reached} == {one.pk for one in here}
    assert units("school", within="410802", on=TODAY, school=makers.school(area_id="410811")) == []
    letter = issued(to=reached[:2])
    actions.send_also(letter, to=reached, **facts())
    assert Delivery.objects.filter(letter=letter).count() == 3
    with refused(Refusal, "letter-to-nobody"):
        actions.send_also(letter, to=reached, **facts())
    assert Entry.objects.filter(table="letters.delivery", verb="deed").count() == 3


def test_what_is_late_is_brought_before_the_office(settings: Any) -> None:
    settings.JUNHENG_AS_OF = None
    one = copy()
    night = {"by": "junheng", "at": AT, "why": "每晚检查"}
    assert actions.escalate(on=one.receive_by, **night) == 0
    assert actions.escalate(on=one.receive_by + timedelta(days=1), **night) == 1
    assert actions.escalate(on=one.receive_by + timedelta(days=2), **night) == 0
    later = AT + timedelta(days=30)
    told = {
        who: {
            (line.label, line.count, line.late)
            for line in todo_of(Asker(user, later))
            if "函件" in line.label
        }
        for who, user in (("city", makers.user(Role.CITY_SECTION)), ("school", principal(one.school)))
    }
    assert told == {
        "city": {("逾期未签收或未答复的函件", 1, True)},
        "school": {("待签收的函件", 1, True)},
    }


def test_pages_show_a_copy_to_its_addressee_and_no_draft_to_anybody_else(client: Client) -> None:
    one = copy()
    other = draft()
    school = principal(one.school)
    client.force_login(school)
    page = client.get(f"/letters/copies/{one.pk}/").content.decode()
    assert "示教告〔2024〕1号" in page
    assert one.school.name in page
    assert "签收函件" in page
    assert client.get(f"/letters/{one.letter_id}/").status_code == 404
    assert client.get("/letters/new/").status_code == 403
    assert one.letter.title in client.get("/letters/").content.decode()
    client.force_login(principal(makers.school()))
    assert client.get(f"/letters/copies/{one.pk}/").status_code == 404
    client.force_login(officer("410811"))
    assert client.get(f"/letters/{other.pk}/").status_code == 404
    client.force_login(officer())
    for place in (
        "/letters/",
        f"/letters/{one.letter_id}/",
        f"/letters/{other.pk}/",
        f"/letters/{other.pk}/edit/",
    ):
        assert client.get(place).status_code == 200


def test_a_letter_is_drafted_from_a_record_by_the_form(client: Client) -> None:
    own, row = series(), a_case()
    client.force_login(officer())
    place = f"/letters/new/?kind=order&source=cases&row={row.pk}"
    page = client.get(place).content.decode()
    assert "整改通知书" in page
    assert "案件编号" in page
    asked = {
        "series": own.pk,
        "title": "整改通知书",
        "body": "案件{案件编号}。",
        "wants_reply": "on",
        "why": "检查",
    }
    bad = client.post(place, asked | {"body": "退 5 元"})
    assert (bad.status_code, bad["X-Refusal"]) == (400, "letter-bare-number")
    assert client.post(place, asked | {"why": ""}).status_code == 422
    assert client.post(place, asked).status_code == 302
    letter = Letter.objects.get()
    assert (letter.source, letter.source_row) == ("cases", row.pk)
    place = f"/letters/{letter.pk}/edit/"
    assert client.post(place, asked | {"body": "请改。"}).status_code == 302
    assert Letter.objects.get().body == "请改。"
    assert client.get("/letters/new/?source=cases&row=999999").status_code == 404


def test_the_page_of_a_record_leads_to_its_letters(client: Client) -> None:
    row = a_case()
    letter = draft(source="cases", source_row=row.pk)
    client.force_login(officer())
    page = client.get(f"/registers/cases/{row.pk}/").content.decode()
    assert f"/letters/new/?kind=reminder&amp;source=cases&amp;row={row.pk}" in page
    assert f"/letters/{letter.pk}/" in page
    client.force_login(makers.user(Role.AUDITOR))
    assert "/letters/new/" not in client.get(f"/registers/cases/{row.pk}/").content.decode()
