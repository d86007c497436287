"""A list is frozen, shown for working days, objected to until the last minute, answered, and only then decided."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from junheng.domains.kindergartens.models import Recognition
from junheng.domains.kindergartens.queries import recognition_on, stream
from junheng.domains.pupils.actions import record_consent, withdraw_consent
from junheng.domains.pupils.terms import How, Purpose, Relation
from junheng.domains.schemes.actions import certifying, publishing
from junheng.domains.schemes.models import (
    Certificate,
    Publicity,
    PublicityLine,
    SchemeApplication,
    SchemeObjection,
)
from junheng.domains.schemes.queries.showing import shown as shown_lines
from junheng.domains.schemes.queries.showing import verify
from junheng.domains.schemes.terms import Stage
from junheng.domains.titles.models import Title
from junheng.kernel.errors import Conflict, NotAllowed, Refusal
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from tests.domains import makers
from tests.domains.schemes.made import (
    AFTER,
    AT,
    HERE,
    LAST,
    SHANGHAI,
    WHY,
    a_category,
    a_criterion,
    a_draft,
    a_kindergarten,
    a_scheme,
    county,
    decided,
    for_kindergartens,
    for_schools,
    objected,
    opened,
    passed,
    section,
    shown,
)

MINUTE = timedelta(minutes=1)
MIDNIGHT = datetime(2023, 11, 9, 0, 0, tzinfo=SHANGHAI)


def test_a_list_is_shown_for_working_days_of_the_calendar() -> None:
    publicity = shown(a_draft(for_schools()))
    assert (publicity.opened_on, publicity.until, publicity.certain) == (AT.date(), LAST, True)
    with pytest.raises(Refusal) as again:
        publishing.publish(publicity.scheme, by=section(), at=AT, why=WHY)
    assert again.value.code == "nothing-to-show"
    # over the holiday of 2023 the same five days last from 28 September to 10 October
    draft = a_draft(for_schools(applies_from=date(2023, 9, 1)))
    passed(draft)
    holiday = datetime(2023, 9, 28, 9, tzinfo=SHANGHAI)
    assert publishing.publish(draft.scheme, by=section(), at=holiday, why=WHY).until == date(2023, 10, 11)


def test_objections_until_the_last_minute_and_not_after() -> None:
    publicity = shown(a_draft(for_schools()))
    assert objected(publicity, at=MIDNIGHT - MINUTE).raised_at.date() <= LAST
    with pytest.raises(Conflict) as refused:
        objected(publicity, at=MIDNIGHT)
    assert str(refused.value) == (
        "公示已于 2023-11-08 24 时截止，不再收取异议。仍有问题的，可以向举办单位或通过“举报”反映。"
    )
    assert SchemeObjection.objects.count() == 1


def test_no_decision_before_the_end_nor_while_somebody_waits_nor_dated_back() -> None:
    publicity = shown(a_draft(for_schools()))
    objection = objected(publicity)
    facts = {"number": "示教〔2023〕9号", "by": section(), "why": WHY}
    with pytest.raises(Refusal) as early:
        publishing.decide(publicity, on=LAST, at=MIDNIGHT - MINUTE, **facts)
    assert str(early.value) == "公示到 2023-11-08 24 时截止，决定日 2023-11-08 须在其后。没有改动。"
    with pytest.raises(Conflict) as waiting:
        publishing.decide(publicity, on=AFTER.date(), at=AFTER, **facts)
    assert str(waiting.value) == "还有 1 条异议没有核查，不能作出决定。没有改动。"
    publishing.answer(objection, upheld=False, words="收费与公示一致", by=section(), at=AFTER, why=WHY)
    with pytest.raises(Refusal) as back:
        publishing.decide(publicity, on=AFTER.date(), at=AFTER + timedelta(days=3), **facts)
    assert back.value.code == "decision-backdated"
    with pytest.raises(Refusal) as ahead:
        publishing.decide(publicity, on=AFTER.date() + timedelta(days=1), at=AFTER, **facts)
    assert ahead.value.code == "day-to-come"
    assert not Certificate.objects.exists()
    publishing.decide(publicity, on=AFTER.date(), at=AFTER, **facts)
    assert Certificate.objects.get().awarded_on == AFTER.date()
    with pytest.raises(Conflict) as twice:
        publishing.decide(publicity, on=AFTER.date(), at=AFTER, **facts)
    assert twice.value.code == "publicity-decided"


def test_an_objection_that_is_right_ends_it_and_is_answered_by_somebody_else() -> None:
    good, bad = a_draft(category := for_schools()), a_draft(category)
    publicity = shown(bad, good)
    first = SchemeApplication.objects.get(
        pk=PublicityLine.objects.get(publicity=publicity, place=1).application_id
    )
    objection = objected(publicity)
    reviewer = User.objects.get(username=first.schemereview_set.get(level="city").login)
    facts = {"upheld": True, "words": "属实", "at": AT, "why": WHY}
    with pytest.raises(NotAllowed) as refused:
        publishing.answer(objection, by=reviewer, **facts)
    assert refused.value.code == "reviewer-answers"
    submitter = User.objects.get(username=first.submitted_by)
    with pytest.raises(NotAllowed) as own:
        publishing.answer(objection, by=submitter, **facts)
    assert own.value.code == "own-matter-submitted"
    publishing.answer(objection, by=county(first.area_id), **facts)
    with pytest.raises(Conflict):
        publishing.answer(objection, by=county(first.area_id), **facts)
    publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)
    first.refresh_from_db()
    assert first.stage == Stage.REJECTED
    assert Certificate.objects.get().application_id != first.pk


def test_a_list_that_was_altered_is_not_decided() -> None:
    publicity = shown(a_draft(for_schools()))
    PublicityLine.objects.update(unit="另一所学校")
    with pytest.raises(Conflict) as refused:
        publishing.decide(publicity, on=AFTER.date(), number="1号", by=section(), at=AFTER, why=WHY)
    assert refused.value.code == "list-altered"
    assert Publicity.objects.get().decided_on is None


def test_anybody_objects_on_the_page_and_follows_the_receipt(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publicity = shown(a_draft(for_schools()))
    line = PublicityLine.objects.get()
    monkeypatch.setattr("django.utils.timezone.now", lambda: MIDNIGHT - MINUTE)
    address = f"/schemes/lists/{publicity.code}/"
    assert "提出异议" in client.get(address).content.decode()
    assert client.post(address, {"line": line.pk, "words": ""}).status_code == 422
    sent = client.post(address, {"line": line.pk, "words": "多收伙食费"})
    objection = SchemeObjection.objects.get()
    assert objection.receipt in sent.content.decode()
    followed = client.post("/schemes/objections/", {"receipt": objection.receipt.lower()}).content.decode()
    assert "多收伙食费" in followed
    assert client.post("/schemes/objections/", {"receipt": "NOSUCH"}).status_code == 404
    for _ in range(5):
        client.post(address, {"line": line.pk, "words": "再说一次"})
    flood = client.post(address, {"line": line.pk, "words": "再说一次"})
    assert (flood.status_code, SchemeObjection.objects.count()) == (400, 6)
    monkeypatch.setattr("django.utils.timezone.now", lambda: MIDNIGHT)
    assert "提出异议" not in client.get(address).content.decode()
    late = client.post(address, {"line": line.pk, "words": "晚了"}, REMOTE_ADDR="10.0.0.9")
    assert (late.status_code, "公示已于 2023-11-08 24 时截止" in late.content.decode()) == (409, True)


def test_a_kindergarten_is_recognised_once_renewed_revoked_and_the_statement_adds_up() -> None:
    kindergarten = a_kindergarten()
    decided(a_draft(for_kindergartens(), kindergarten))
    first = recognition_on(kindergarten, on=AFTER.date())
    assert first is not None
    assert (first.kind, first.number, first.since) == ("first", "示教〔2023〕9号", AFTER.date())
    certificate = Certificate.objects.get()
    assert certificate.valid_until == date(2026, 11, 9)
    before, end = date(2023, 10, 31), date(2023, 12, 31)
    told = stream(before, end)
    assert (told.before, told.recognised, told.after, told.adds_up) == (0, 1, 1, True)
    # a year later the same one applies again: a renewal, and still one in the stock
    again = Recognition(kindergarten=kindergarten, area_id=HERE, kind="renewal", applied_on=end)
    again.decision, again.since, again.decided_on = "recognised", date(2023, 12, 1), date(2023, 12, 1)
    first.until, first.ended_by = again.since, "renewed"
    first.save()
    again.save()
    told = stream(before, end)
    assert (told.recognised, told.renewed, told.after, told.adds_up) == (1, 1, 1, True)
    assert verify(certificate.code, on=end).state == "ended"
    Recognition.objects.filter(pk=again.pk).update(kind="first")
    assert not stream(before, end).adds_up, "a renewal that was counted as new"


def test_revoking_ends_the_recognition_that_day() -> None:
    kindergarten = a_kindergarten()
    decided(a_draft(for_kindergartens(), kindergarten))
    certificate = Certificate.objects.get()
    assert verify(certificate.code, on=AFTER.date()).state == "valid"
    year_on = AFTER.replace(year=2024)
    checked = certifying.check_yearly(certificate, on=year_on.date(), by=section(), at=year_on, why=WHY)
    assert checked.checked_on == year_on.date()
    with pytest.raises(Conflict) as twice:
        certifying.check_yearly(certificate, on=year_on.date(), by=section(), at=year_on, why=WHY)
    assert twice.value.code == "checked-this-year"
    day = date(2024, 12, 2)
    at = datetime(2024, 12, 2, 9, tzinfo=SHANGHAI)
    certifying.revoke(certificate, on=day, reason="涨价超过最高标准", by=section(), at=at, why=WHY)
    assert recognition_on(kindergarten, on=day) is None
    assert recognition_on(kindergarten, on=day - timedelta(days=1)) is not None
    told = stream(AT.date(), day)
    assert (told.recognised, told.withdrawn, told.after, told.adds_up) == (1, 1, 0, True)
    with pytest.raises(Conflict):
        certifying.revoke(certificate, on=day, reason="再撤", by=section(), at=at, why=WHY)


def test_codes_verify_and_altered_ones_do_not(client: Client) -> None:
    decided(a_draft(for_schools()))
    one = Certificate.objects.get()
    day = AFTER.date()
    assert verify(one.code, on=day).state == verify(f" {one.code.lower()} ", on=day).state == "valid"
    other = "0" if one.code[-1] != "0" else "1"
    altered = verify(one.code[:-1] + other, on=day)
    assert (altered.state, altered.certificate) == ("altered", None)
    assert verify("S9-000009-ABCDEF0123", on=day).state == "unknown"
    page = client.get("/schemes/certificates/", {"code": one.code[:-1] + other}).content.decode()
    assert ("编号不符" in page, one.holder in page) == (True, False)
    assert one.holder in client.get("/schemes/certificates/", {"code": one.code}).content.decode()
    square = client.get(f"/schemes/certificates/{one.code}.svg")
    assert square["Content-Type"] == "image/svg+xml"
    assert b'xmlns="http://www.w3.org/2000/svg"' in square.content
    assert client.get("/schemes/certificates/X.svg").status_code == 404
    Certificate.objects.update(holder="另一所学校")
    assert verify(one.code, on=day).state == "altered", "what stands in the table is held against the code"
    Certificate.objects.update(holder=one.holder)
    at = AFTER + timedelta(days=30)
    certifying.revoke(one, on=at.date(), reason="材料不实", by=section(), at=at, why=WHY)
    page = client.get("/schemes/certificates/", {"code": one.code}).content.decode()
    assert "已撤销" in page
    assert "材料不实" in page


def test_a_title_is_entered_and_ends_with_its_certificate() -> None:
    category = for_schools(effect="title", awards="文明校园")
    school = makers.school()
    decided(a_draft(category, school))
    title = Title.objects.get()
    assert (title.name, title.level, title.school, title.awarded_on) == (
        "civilised_campus",
        "city",
        school,
        AFTER.date(),
    )
    again = a_draft(for_schools(effect="title", awards="文明校园"), school)
    passed(again)
    with pytest.raises(Conflict) as held:
        publishing.publish(again.scheme, by=section(), at=AFTER, why=WHY)
    assert held.value.code == "title-held-already"
    at = AFTER + timedelta(days=30)
    certifying.revoke(
        Certificate.objects.get(), on=at.date(), reason="材料不实", by=section(), at=at, why=WHY
    )
    title.refresh_from_db()
    assert title.revoked_on == at.date()


def test_no_childs_name_without_a_standing_consent(client: Client) -> None:
    scheme = a_scheme(subject="pupil", awards="三好学生")
    a_criterion(scheme, words="学籍", asked="check", check_slug="pupil-on-roll", limit=1)
    category = a_category(scheme)
    opened(scheme)
    room = makers.school_class(makers.school())
    agreed, silent = makers.pupil(room, name="甲示例"), makers.pupil(room, name="乙示例")
    by = makers.user(Role.PRINCIPAL, area=HERE, school=room.school)
    day = date(2023, 10, 10)
    consent = record_consent(
        agreed, purpose=Purpose.PHOTO, agreed=True, given_by="家长", relation=Relation.MOTHER, how=How.PAPER,
        since=day, until=None, by=by, at=AT, why=WHY,
    )  # fmt: skip
    publicity = decided(a_draft(category, agreed), a_draft(category, silent))
    page = client.get(f"/schemes/lists/{publicity.code}/").content.decode()
    assert ("甲示例" in page, "乙示例" in page, "姓名未公开" in page) == (True, False, True)
    assert not PublicityLine.objects.exclude(person="").exists(), "no name is frozen into a list"
    codes = dict(Certificate.objects.values_list("application__pupil", "code"))
    assert verify(codes[agreed.pk], on=AFTER.date()).name == "甲示例"
    assert verify(codes[silent.pk], on=AFTER.date()).name == "姓名未公开"
    withdraw_consent(consent, on=AT.date(), by=by, at=AT, why=WHY)
    lines = list(PublicityLine.objects.select_related("application__pupil"))
    assert [one.withheld for one in shown_lines(lines, on=AFTER.date())] == [True, True]


def test_the_statement_of_inclusive_kindergartens_is_public(client: Client) -> None:
    decided(a_draft(for_kindergartens(), a_kindergarten(name="示例普惠幼儿园")))
    page = client.get("/kindergartens/", {"q": "普惠", "area": HERE}).content.decode()
    assert ("示例普惠幼儿园" in page, "500" in page) == (True, True)
    told = client.get(
        "/kindergartens/statement/", {"first": "2023-10-31", "last": "2023-12-31"}
    ).content.decode()
    assert "勾稽相符" in told
    assert (
        client.get("/kindergartens/statement/", {"first": "nonsense", "last": "2023-13-45"}).status_code
        == 200
    )
