"""What else a case file holds: money, exhibits and their chain, places met again, last days that passed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from junheng.domains.governance import actions
from junheng.domains.governance.models import Case, CaseDeadline, Custody, Exhibit, Refund
from junheng.domains.governance.queries.chain import chains_of
from junheng.domains.governance.queries.overview import counted_window, dealt_with, late_counts
from junheng.domains.governance.queries.sites import suggestions
from junheng.domains.governance.terms import CaseState
from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.todo import todo_of
from junheng.platform.sealing.beside import place_of
from tests.domains import makers
from tests.domains.governance.casework import S, Walk, a_case, facts, officer
from tests.domains.governance.test_procedure import refused

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(200))


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Any) -> None:
    settings.JUNHENG_HOME = tmp_path


def test_closing_waits_for_the_last_refund() -> None:
    walk = Walk().to(S.REVISIT)
    with refused(Conflict, "case-refunds-unknown"):
        walk.step(S.CLOSE)
    first, second = walk.refund(2000), walk.refund(1500)
    walk.prove(first, 200_000)
    with pytest.raises(Conflict) as said:
        walk.step(S.CLOSE)
    assert said.value.code == "case-refunds-unproven"
    assert "1 户" in str(said.value)
    assert "1500" in str(said.value)
    walk.prove(second, 100_000)
    with refused(Conflict, "case-refunds-unproven"):  # a part is not all
        walk.step(S.CLOSE)
    walk.prove(second, 150_000)
    assert walk.step(S.CLOSE).case.state == CaseState.CLOSED


def test_a_case_on_paper_is_not_closed_either() -> None:
    case = Case.objects.create(
        code="A-1", site="S", title="某班", area_id="410802", kind="fees", opened_on=date(2023, 3, 1),
        state="decided", decided_on=date(2023, 3, 2),
    )  # fmt: skip
    Refund.objects.create(case=case, area_id="410802", family=1, owed_fen=100)
    with refused(Conflict, "case-refunds-unproven"):
        actions.take_step(case, CaseState.CLOSED, on=date(2023, 4, 1), **facts())


def test_money_is_repaid_by_a_receipt_and_never_too_much() -> None:
    walk = Walk().to(S.FILE)
    with refused(Refusal, "refund-nothing"):
        walk.refund(0)
    row = walk.refund(10)
    with refused(Refusal, "refund-amount"):
        walk.prove(row, 1_001)
    with refused(Refusal, "refund-without-proof"):
        walk.prove(row, 1_000, proof=" ")
    with refused(Refusal, "refund-before-case"):
        walk.prove(row, 1_000, on=date(2023, 2, 1))
    walk.prove(row, 600)
    with refused(Refusal, "refund-less"):
        walk.prove(row, 500)
    assert walk.prove(row, 1_000).repaid_fen == 1_000
    with refused(Conflict, "refunds-there"):
        actions.explain_nothing_owed(walk.case, reason="尚未收费", **facts(walk.by))
    with refused(Refusal, "nothing-owed-without-reason"):
        actions.explain_nothing_owed(Walk().case, reason=" ", **facts(walk.by))


def test_an_exhibit_is_sealed_and_comes_back_as_it_was() -> None:
    walk = Walk().to(S.FILE)
    row = walk.exhibit(content=JPEG)
    assert (row.media, row.size, row.holder) == ("image/jpeg", len(JPEG), walk.one.name)
    assert JPEG not in place_of(row.stored).read_bytes()
    assert actions.open_exhibit(Exhibit.objects.get(pk=row.pk)) == JPEG
    with refused(Conflict, "exhibit-there"):
        walk.exhibit(content=JPEG)
    with refused(Refusal, "exhibit-kind"):
        walk.exhibit(content=b"MZ something")
    with refused(Refusal, "case-two-officers"):
        walk.exhibit(content=JPEG + b"1", second=None)
    with refused(NotFound, "exhibit-gone"):
        actions.open_exhibit(walk.exhibit())
    Exhibit.objects.filter(pk=row.pk).update(digest="0" * 64)
    with refused(Conflict, "exhibit-altered"):
        actions.open_exhibit(Exhibit.objects.get(pk=row.pk))


def test_a_file_that_was_changed_on_the_disk_does_not_open() -> None:
    row = Walk().to(S.FILE).exhibit(content=JPEG)
    place = place_of(row.stored)
    data = bytearray(place.read_bytes())
    data[-1] ^= 1
    place.write_bytes(bytes(data))
    with refused(Conflict, "exhibit-altered"):
        actions.open_exhibit(row)


def test_a_missing_link_is_shown() -> None:
    walk = Walk().to(S.FILE)
    row = walk.exhibit()

    def pass_on(giver: str, receiver: str, days: int) -> Custody:
        given = {
            "giver": giver,
            "receiver": receiver,
            "purpose": "入库",
            "on": walk.day + timedelta(days=days),
        }
        return actions.pass_on(row, **given, **facts(walk.by))

    pass_on(walk.two.name, "保管员甲", 1)
    (chain,) = chains_of(walk.case)
    assert chain.whole
    pass_on("保管员乙", "鉴定机构", 2)
    pass_on("鉴定机构", "保管员甲", 1)
    (chain,) = chains_of(walk.case)
    assert [(link.expected, link.backwards) for link in chain.links] == [
        ("", False),
        ("保管员甲", False),
        ("", True),
    ]
    assert not chain.whole
    with refused(Refusal, "custody-to-oneself"):
        pass_on("保管员甲", "保管员甲", 3)


def test_one_place_under_two_names_is_counted_once_when_somebody_says_so() -> None:
    by = officer()
    first = a_case(by, place="示例路12号3楼", operator="示例甲", title="博学托管班")
    second = a_case(by, place="示例路12号3楼", operator="示例甲 ", title="启航培优班", kind="overtime")
    assert second.site == first.site  # the blank is no difference
    third = a_case(by, place="示例路１２号３楼", operator="示例甲", title="启航培优班")
    assert third.site != first.site
    likely = suggestions(third, third.file)
    assert {one.case.pk for one in likely} == {first.pk, second.pk}
    assert likely[0].place == 1
    given = {"other": first, "verdict": "same", "reason": "门牌和租房合同一致", "on": date(2023, 3, 2)}
    actions.judge_sites(third, **given, **facts(by))
    assert set(Case.objects.values_list("site", flat=True)) == {first.site}
    with refused(Conflict, "site-judged"):
        actions.judge_sites(third, **given, **facts(by))
    with refused(Refusal, "site-with-itself"):
        actions.judge_sites(first, **given, **facts(by))


def test_what_is_said_to_be_different_is_not_suggested_again() -> None:
    by = officer()
    first = a_case(by, place="示例路12号", operator="示例甲", title="博学班")
    second = a_case(by, place="示例路１２号", operator="示例甲", title="博学班")
    given = {"other": first, "verdict": "different", "reason": "两层楼两家", "on": date(2023, 3, 2)}
    actions.judge_sites(second, **given, **facts(by))
    second.refresh_from_db()
    assert second.site != first.site
    assert suggestions(second, second.file) == []


def test_the_institutions_that_were_dealt_with_are_counted_once() -> None:
    walk = Walk()
    walk.refund(30)
    walk.to(S.REVISIT)
    again = Walk(place=walk.case.file.place)
    again.to(S.DECIDE)
    assert again.case.site == walk.case.site
    Walk().to(S.FILE)
    window = counted_window(date(2023, 12, 31))
    assert (window.first, window.last) == (date(2022, 1, 1), date(2023, 12, 31))
    (row,) = dealt_with(Case.objects.all(), window)
    assert (row.pk, row.times, row.owed, row.repaid) == (walk.case.pk, 2, 3_000, 0)
    assert row.revisited_on == walk.day
    assert row.decision == "示教罚〔2023〕1号"
    assert list(dealt_with(Case.objects.all(), counted_window(date(2026, 12, 31)))) == []


def test_what_is_late_stays_late_and_is_brought_before_the_city(settings: Any) -> None:
    settings.JUNHENG_AS_OF = None
    walk = Walk().to(S.FILE)  # to be decided by 2023-05-31, and it is January 2024
    rows = CaseDeadline.objects.all()
    counts = late_counts(rows, date(2023, 5, 31))
    assert (counts["overdue"], counts["missed"]) == (0, 0)
    counts = late_counts(rows, date(2023, 6, 1))
    assert (counts["overdue"], counts["overdue_by_law"], counts["escalated"]) == (1, 1, 0)
    given = {"by": "junheng", "at": makers.AT, "why": "每晚检查"}
    assert actions.escalate(on=date(2023, 6, 5), **given) == 0
    assert actions.escalate(on=date(2023, 6, 6), **given) == 1
    assert actions.escalate(on=date(2023, 6, 7), **given) == 0
    city = Asker(makers.user(Role.CITY_SECTION), makers.AT)
    county = Asker(walk.by, makers.AT)
    other = Asker(makers.user(Role.COUNTY_OFFICER, area="410811"), makers.AT)
    told = [
        [(one.label, one.count, one.late) for one in todo_of(who) if "案件事项" in one.label]
        for who in (city, county, other)
    ]
    assert told == [[("县里逾期未办、已报市局的案件事项", 1, True)], [("逾期未办的案件事项", 1, True)], []]
    walk.step(S.DISMISS, on=date(2023, 6, 8), words="查无实据")
    counts = late_counts(rows, date(2023, 6, 8))
    assert (counts["overdue"], counts["missed"], counts["missed_by_law"]) == (0, 1, 1)


def test_the_pages_show_one_s_own_county_and_no_other(client: Client) -> None:
    walk = Walk()
    row = walk.to(S.FILE).exhibit(content=JPEG)
    pages = (
        "/governance/",
        f"/governance/cases/{walk.case.pk}/",
        f"/governance/cases/{walk.case.pk}/exhibit/",
    )
    client.force_login(walk.by)
    for page in pages:
        assert client.get(page).status_code == 200
    shown = client.get(f"/governance/exhibits/{row.pk}/")
    assert (shown.content, shown["Content-Type"]) == (JPEG, "image/jpeg")
    assert Entry.objects.filter(verb="read", table="governance.exhibit").count() == 1
    client.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    for page in (*pages[1:], f"/governance/exhibits/{row.pk}/"):
        assert client.get(page).status_code == 404
    assert walk.case.title not in client.get("/governance/").content.decode()
    client.force_login(makers.user(Role.CITY_LEADER))
    assert client.get(pages[1]).status_code == 200
    assert client.get(pages[2]).status_code == 403
    client.force_login(makers.user(Role.PRINCIPAL, area="410802", school=makers.school()))
    assert client.get("/governance/").status_code == 403


def test_an_exhibit_comes_by_the_form(client: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    walk = Walk().to(S.INVESTIGATE)
    client.force_login(walk.by)
    asked = {
        "kind": "picture", "title": "招生横幅", "taken_on": "2023-03-03", "place": "一楼", "first": walk.one.code,
        "second": walk.two.code, "why": "现场检查",
    }  # fmt: skip
    page = f"/governance/cases/{walk.case.pk}/exhibit/"
    bad = client.post(page, asked | {"file": SimpleUploadedFile("a.jpg", b"no picture")})
    assert (bad.status_code, bad["X-Refusal"]) == (400, "exhibit-kind")
    assert client.post(page, asked | {"title": ""}).status_code == 422
    assert client.post(page, asked | {"file": SimpleUploadedFile("a.jpg", JPEG)}).status_code == 302
    assert Exhibit.objects.get().title == "招生横幅"


def test_the_list_is_exported_with_an_entry(client: Client, settings: Any) -> None:
    settings.JUNHENG_AS_OF = date(2023, 12, 31)
    walk = Walk().to(S.DECIDE)
    client.force_login(walk.by)
    answer = client.get("/governance/cases.csv")
    assert walk.case.code in answer.content.decode("utf-8-sig")
    assert Entry.objects.filter(verb="export", table="governance.case").count() == 1


def test_others_cannot_be_made_partners_twice() -> None:
    walk = Walk()
    given = {"office": "市场监管局", "on": walk.day, "part": "查无照经营"}
    actions.add_partner(walk.case, **given, **facts(walk.by))
    with refused(Conflict, "partner-there"):
        actions.add_partner(walk.case, **given, **facts(walk.by))
    with pytest.raises(NotAllowed):
        actions.add_partner(walk.case, **given, **facts(makers.user(Role.CITY_LEADER)))
