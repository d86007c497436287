"""Accounts from a workbook: every wrong cell named, all or nothing, two people where it matters, no password kept."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from junheng.domains.kindergartens.models import Kindergarten
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import RULES, Role
from junheng.platform.accounts.bulk.writing import make_accounts
from junheng.platform.accounts.invitations import SIGNS, as_issued, digest_of
from junheng.platform.accounts.models import Identity, Invitation, Proposal, Verdict
from junheng.platform.accounts.rights import GIVEN_BY_CITY
from junheng.platform.accounts.views.bulk import sheet_of
from junheng.platform.audit.chain import canonical
from junheng.platform.audit.models import Entry
from junheng.platform.registers.uploads import folder
from tests import cast
from tests.makers import make
from tests.makers.rows import CITY, HERE, THERE
from tests.platform.accounts.cases import PASSWORD, admin, member, sign_in

pytestmark = pytest.mark.django_db
HEADINGS = ("用户名", "姓名", "角色", "区划", "学校", "班级", "起始日", "终止日", "统一身份标识", "幼儿园")
ISSUER = {"issuer": "https://id.example", "client": "j", "secret": "s", "claim": "sub", "name": "统一认证"}


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Any) -> None:
    settings.JUNHENG_HOME = tmp_path


def book(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(headings)
    for row in rows:
        made.active.append([*row, *[""] * (len(headings) - len(row))])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def send(browser: Client, content: bytes, name: str = "教师.xlsx") -> Any:
    return browser.post(reverse("accounts:bulk"), {"file": SimpleUploadedFile(name, content)})


def apply(browser: Client, preview: Any, **given: Any) -> Any:
    assert preview.status_code == 200, problems(preview)
    facts = {"token": preview.context["token"], "why": "2024 年秋季任职文件", "days": "14"} | given
    return browser.post(reverse("accounts:bulk-apply"), facts)


def problems(preview: Any) -> list[tuple[str, str]]:
    return [(one.cell, one.cause) for one in preview.context["plan"].listed_problems]


def counts() -> tuple[int, ...]:
    return tuple(one.objects.count() for one in (User, Grant, Proposal, Invitation, Identity, Entry))


@pytest.fixture
def school(db: None) -> School:
    return make(School, where=HERE, name="示例第一小学")


def test_hundreds_are_made_at_once_with_letters_and_without_any_password(school: School) -> None:
    room = make(SchoolClass, school=school)
    browser = sign_in(admin(HERE))
    rows = [(f"js{n:04}", f"示例教师{n}", "乡镇级水域责任人", "解放区") for n in range(150)]
    rows += [(f"bz{n:04}", f"示例班主任{n}", "班主任", HERE, school.name, str(room.pk)) for n in range(3)]
    preview = send(browser, book(*rows))
    plan = preview.context["plan"]
    assert (plan.new, plan.changed, plan.waiting, plan.wrong) == (153, 150, 3, 0)
    before = counts()
    with CaptureQueriesContext(connection) as queries:
        letters = apply(browser, preview)
    assert letters.status_code == 200
    assert letters["Cache-Control"].count("no-store") == 1
    assert len(queries) < 80, "not by the line"
    assert counts()[:4] == (before[0] + 153, before[1] + 150, before[2] + 3, before[3] + 153)
    teacher = User.objects.get(username="js0007")
    assert (teacher.display_name, teacher.area, teacher.has_usable_password()) == ("示例教师7", HERE, False)
    assert Entry.objects.get(table="access.user", row=teacher.pk).why == "2024 年秋季任职文件（教师.xlsx）"
    assert Entry.objects.filter(table="access.grant", who=preview.wsgi_request.user.username).count() == 150

    sheets = letters.context["sheets"]
    assert len({one.one_time for one in sheets}) == 153
    assert all(set(one.one_time) <= {*SIGNS, "-"} and len(one.one_time) == 19 for one in sheets)
    text = letters.content.decode()
    paper = next(one for one in sheets if one.user.username == "bz0001")
    assert paper.one_time in text
    assert paper.roles == [f"班主任 · {room}"]
    kept = (
        "\n".join(
            canonical(entry) or "" for pair in Entry.objects.values_list("before", "after") for entry in pair
        )
        + str(list(Invitation.objects.values_list("digest")))
        + str(list(User.objects.values_list("password")))
    )
    assert not any(one.one_time in kept for one in sheets), "only digests are kept"
    again = apply_again(browser, preview)
    assert (again.status_code, again["X-Refusal"]) == (400, "upload-gone"), "the letters are shown once"
    assert not list(folder().iterdir())


def apply_again(browser: Client, preview: Any) -> Any:
    return browser.post(
        reverse("accounts:bulk-apply"), {"token": preview.context["token"], "why": "再来", "days": "14"}
    )


def test_a_letter_opens_the_account_once(school: School) -> None:
    browser = sign_in(admin(HERE))
    letters = apply(browser, send(browser, book(("wang1", "示例甲", "县级水域责任人", HERE))), days="7")
    paper = letters.context["sheets"][0]
    assert timedelta(days=6.9) < paper.until - timezone.now() < timedelta(days=7.1)
    stranger = Client()
    assert "首次登录：我有一次性口令" in stranger.get("/login/").content.decode()
    page = stranger.get(reverse("accounts:first"))
    assert page.status_code == 200
    typed = paper.one_time.replace("-", " ").lower()
    there = stranger.post(reverse("accounts:first"), {"one_time": typed})
    assert there["Location"] == reverse("accounts:invitation", args=[paper.one_time])
    words = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert stranger.post(there["Location"], words).status_code == 302
    assert sign_in(User.objects.get(username="wang1")).get("/").status_code == 200
    over = Client().post(reverse("accounts:first"), {"one_time": paper.one_time})
    assert (over.status_code, over["X-Refusal"]) == (404, "invitation-over")


def test_one_time_passwords_are_not_guessed() -> None:
    stranger, wrong = Client(), {"one_time": "2222-2222-2222-2222"}
    answers = [stranger.post(reverse("accounts:first"), wrong).status_code for _ in range(21)]
    assert answers == [404] * 20 + [429]
    assert digest_of(as_issued("abcd2345EFGH6789")) == digest_of("ABCD-2345-EFGH-6789")
    assert as_issued("AbCd-_notours") == "AbCd-_notours"


def test_roles_that_unmask_wait_and_are_approved_together(school: School) -> None:
    first, second = sign_in(admin(HERE)), sign_in(admin(CITY))
    rows = [(f"xz{n}", f"示例校长{n}", "校长", HERE, school.name) for n in range(4)]
    apply(first, send(first, book(*rows)))
    assert Grant.objects.filter(role=Role.PRINCIPAL).count() == 0
    numbers = [str(pk) for pk in Proposal.objects.order_by("id").values_list("pk", flat=True)]
    assert len(numbers) == 4
    chosen = reverse("accounts:judge-chosen")
    own = first.post(chosen, {"proposal": numbers})
    assert (own.status_code, own["X-Refusal"]) == (403, "own-proposal")
    assert 'form="chosen"' not in first.get("/accounts/proposals/").content.decode()
    assert second.get("/accounts/proposals/").content.decode().count('form="chosen"') == 4
    mixed = second.post(chosen, {"proposal": [*numbers, "999999"]})
    assert mixed.status_code == 404
    assert Grant.objects.filter(role=Role.PRINCIPAL).count() == 0, "all or none"
    assert second.post(chosen, {"proposal": numbers[:3]}).status_code == 302
    assert Grant.objects.filter(role=Role.PRINCIPAL).count() == 3
    assert Proposal.objects.filter(verdict=Verdict.OPEN).count() == 1
    assert second.post(chosen, {}).status_code == 400


def test_every_wrong_cell_is_named_and_nothing_is_done(school: School) -> None:
    far = make(School, where=THERE, name="远处小学")
    member(Role.TOWNSHIP_WARDEN, area=THERE).save()
    closed = cast.somebody(Role.TOWNSHIP_WARDEN)
    closed.area, closed.display_name, closed.is_active = HERE, "示例停用", False
    closed.save()
    elsewhere = User.objects.filter(area=THERE).first()
    assert elsewhere is not None
    browser = sign_in(admin(HERE))
    before = counts()
    preview = send(
        browser,
        book(
            ("A B", "示例一", "校长", HERE, school.name),
            ("ok-2", "", "校长", HERE, school.name),
            ("ok-3", "示例三", "皇帝", HERE),
            ("ok-4", "示例四", "校长", THERE, far.name),
            ("ok-5", "示例五", "校长", HERE, far.name),
            ("ok-6", "示例六", "班主任", HERE, school.name),
            ("ok-7", "示例七", "班主任", HERE, school.name, "没有的班"),
            ("ok-8", "示例八", "市局科室", HERE),
            ("ok-9", "示例九", "校长", HERE, school.name, "", "2020-01-01"),
            ("ok-10", "示例十", "校长", HERE, school.name, "", "", "明天"),
            ("ok-11", "示例十一", "", HERE, school.name),
            ("ok-12", "示例十二", "县级水域责任人", HERE, school.name),
            (elsewhere.username, "示例十三", "校长", HERE, school.name),
            (closed.username, "示例停用", "校长", HERE, school.name),
            ("ok-15", "示例十五", "校长", HERE, school.name, "", "", "", "sub-1"),
            ("ok-16", "示例十六", "县级水域责任人", HERE),
            ("ok-16", "示例另一人", "乡镇级水域责任人", HERE),
            ("ok-17", "示例十七", "账号管理员", HERE),
        ),
    )
    assert preview.status_code == 422
    assert problems(preview) == [
        ("A2", "rule"), ("B3", "missing"), ("C4", "choice"), ("D5", "scope"), ("E6", "rule"), ("F7", "rule"),
        ("F8", "rule"), ("C9", "scope"), ("G10", "rule"), ("H11", "date"), ("C12", "missing"), ("E13", "rule"),
        ("A14", "twice"), ("A15", "rule"), ("I16", "rule"), ("B18", "rule"), ("C19", "scope"),
    ]  # fmt: skip
    assert counts() == before
    back = browser.post(reverse("accounts:bulk-marked"), {"token": preview.context["token"]})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(back.streaming_content))).active
    assert sheet["A2"].comment is not None
    assert sheet["K1"].value == "错误说明"
    refused = browser.post(
        reverse("accounts:bulk-apply"), {"token": preview.context["token"], "why": "试", "days": "7"}
    )
    assert (refused.status_code, refused["X-Refusal"]) == (409, "import-has-problems")
    assert counts() == before


def test_the_same_file_twice_changes_nothing_and_can_print_again(school: School) -> None:
    browser = sign_in(admin(HERE))
    content = book(
        ("wang1", "示例甲", "县级水域责任人", HERE), ("wang2", "示例乙", "校长", HERE, school.name)
    )
    first = apply(browser, send(browser, content)).context["sheets"]
    preview = send(browser, content)
    plan = preview.context["plan"]
    assert (plan.new, plan.changed, plan.waiting, plan.unchanged, plan.does_nothing) == (0, 0, 0, 2, True)
    before = counts()
    assert apply(browser, preview)["Location"] == reverse("accounts:people")
    assert counts() == before
    again = apply(browser, send(browser, content), again="1").context["sheets"]
    assert [one.user.username for one in again] == ["wang1", "wang2"]
    old = Client().post(reverse("accounts:first"), {"one_time": first[0].one_time})
    assert old.status_code == 404, "the earlier letter no longer opens anything"
    user = User.objects.get(username="wang1")
    user.set_password(PASSWORD)
    user.save()
    assert len(apply(browser, send(browser, content), again="1").context["sheets"]) == 1


def test_one_person_has_several_roles_and_duties_stay_apart(school: School) -> None:
    browser = sign_in(admin(CITY))
    good = book(
        ("wang1", "示例甲", "县级水域责任人", HERE), ("WANG1", "示例甲", "乡镇级水域责任人", HERE),
        ("li1", "示例乙", "市局领导", CITY),
    )  # fmt: skip
    apply(browser, send(browser, good))
    user = User.objects.get(username="wang1")
    assert sorted(user.grants.values_list("role", flat=True)) == ["county_warden", "township_warden"]
    assert User.objects.get(username="li1").area == CITY
    bad = book(("wang1", "示例甲", "账号管理员", HERE), ("zh1", "示例丙", "校长", HERE, school.name), ("zh1", "示例丙", "校长", HERE, school.name))  # fmt: skip
    assert problems(send(browser, bad)) == [("C2", "rule"), ("C4", "twice")]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_is_understood_by_its_label_and_its_code(school: School, role: Role) -> None:
    room = make(SchoolClass, school=school)
    level = RULES[role].level
    area = CITY if role in GIVEN_BY_CITY else HERE
    places: tuple[str, ...] = (
        school.name if level in {"school", "class"} else "",
        str(room.pk) if level == "class" else "",
    )
    if level == "kindergarten":
        places += ("", "", "", make(Kindergarten).name)
    browser = sign_in(admin(CITY))
    rows = [
        (f"ａ{n}-{role}".replace("_", "."), f"示例{n}", one, area, *places)
        for n, one in enumerate((role.label, str(role)))
    ]
    preview = send(browser, book(*rows))
    assert problems(preview) == []
    assert [one.grant.role for one in preview.context["plan"].wanted] == [role, role]


def test_an_identity_is_bound_and_no_letter_printed(school: School, settings: Any) -> None:
    settings.JUNHENG_OIDC = ISSUER
    browser = sign_in(admin(HERE))
    content = book(
        ("wang1", "示例甲", "县级水域责任人", HERE, "", "", "", "", "sub-1"),
        ("wang2", "示例乙", "县级水域责任人", HERE),
    )
    letters = apply(browser, send(browser, content))
    assert [one.user.username for one in letters.context["sheets"]] == ["wang2"]
    identity = Identity.objects.get()
    assert (identity.user.username, identity.issuer, identity.subject) == ("wang1", ISSUER["issuer"], "sub-1")
    assert Entry.objects.filter(table="accounts.identity", row=identity.pk).count() == 1
    assert send(browser, content).context["waiting_letters"] == 1, (
        "who signs in by the service needs no letter"
    )
    taken = book(
        ("wang3", "示例丙", "县级水域责任人", HERE, "", "", "", "", "sub-1"),
        ("wang1", "示例甲", "县级水域责任人", HERE, "", "", "", "", "sub-9"),
        ("wang4", "示例丁", "县级水域责任人", HERE, "", "", "", "", "sub-4"),
        ("wang5", "示例戊", "县级水域责任人", HERE, "", "", "", "", "sub-4"),
    )
    assert problems(send(browser, taken)) == [("I2", "twice"), ("I3", "rule"), ("I5", "twice")]


def test_the_template_offers_what_one_may_give_and_comes_back_clean(school: School) -> None:
    for area, roles in ((HERE, len(set(Role) - GIVEN_BY_CITY)), (CITY, len(Role))):
        browser = sign_in(admin(area))
        answer = browser.get(reverse("accounts:bulk-template"))
        made = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))
        sheet = made.worksheets[0]
        assert tuple(cell.value for cell in sheet[1]) == HEADINGS
        lists = [one.formula1 for one in sheet.data_validations.dataValidation]
        first, last = map(int, re.findall(r"\$A\$(\d+)", lists[0]))
        offered = [made.worksheets[1].cell(row, 1).value for row in range(first, last + 1)]
        assert len(offered) == roles
        assert ("市局领导" in offered) is (area == CITY)
        sheet.append(["mb1" + area, "示例甲", offered[0] if area == CITY else "县级水域责任人", area])
        file = BytesIO()
        made.save(file)
        assert send(browser, file.getvalue()).context["plan"].new == 1
    empty = browser.post(
        reverse("accounts:bulk"), {"file": SimpleUploadedFile("a.csv", "姓名\n甲\n".encode())}
    )
    assert (empty.status_code, empty["X-Refusal"]) == (400, "column-missing")


def test_nobody_else_comes_near(school: School) -> None:
    browser = sign_in(member(Role.COUNTY_OFFICER))
    for name in ("bulk", "bulk-template"):
        assert browser.get(reverse(f"accounts:{name}")).status_code == 403
    assert send(browser, book(("a-1", "示例", "", HERE))).status_code == 403
    for name in ("bulk-apply", "bulk-marked"):
        assert browser.post(reverse(f"accounts:{name}"), {"token": "x"}).status_code == 403
    one, other = sign_in(admin(HERE)), sign_in(admin(CITY))
    preview = send(one, book(("a-1", "示例", "", HERE)))
    assert (
        other.post(
            reverse("accounts:bulk-apply"), {"token": preview.context["token"], "why": "试"}
        ).status_code
        == 400
    )
    assert (
        one.post(reverse("accounts:bulk-apply"), {"token": preview.context["token"], "why": " "}).status_code
        == 400
    )
    assert not User.objects.filter(username="a-1").exists()


def test_a_failure_half_way_leaves_nothing(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    by = admin(HERE)
    sheet = sheet_of("a.xlsx", book(("wang1", "示例甲", "县级水域责任人", HERE)))
    before = counts()

    def broken(*_given: Any, **_more: Any) -> Any:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("junheng.platform.accounts.bulk.writing.write_letters", broken)
    with pytest.raises(RuntimeError):
        make_accounts(sheet, admin=by, at=timezone.now(), why="试", days=7)
    assert counts() == before
