"""The pupils' number is the key of a register and an identity number: sealed, found whole, masked, and nowhere plain."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.domains.afterclass.models import Enrolment
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.quality import pupil_code_birthday, pupil_code_sex
from junheng.kernel.errors import Refusal
from junheng.kernel.values.identity import check_digit
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.append import record
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.finding import FEW
from junheng.platform.registers.forms import form_class
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from junheng.platform.registers.previews import kept_preview
from junheng.platform.sealing import blind, is_sealed, stored_text
from junheng.platform.sealing.erased import destroy, keys_of
from junheng.platform.upkeep.plain_entries import plain_entries
from tests import cast
from tests.platform.sealing.makers import AT, a_pupil, raw
from tests.surfaces.api.cases import program_of, told

pytestmark = pytest.mark.django_db
NUMBER = "410802201708310017"
CODE, MASK = f"G{NUMBER}", "G41****0017"
PUPILS = every_register()["pupils"]
LIST = reverse("registers:list", args=["pupils"])


def code_of(place: int, *, letter: str = "G") -> str:
    """A number in order for the pupil at a place of a row of pupils."""
    seventeen = f"41080220140301{place:03}"
    return f"{letter}{seventeen}{check_digit(seventeen)}"


def somebody(role: Role = Role.COUNTY_OFFICER, area: str = "410802") -> User:
    user = User.objects.create(username=f"{role}-{User.objects.count()}")
    Grant.objects.create(user=user, role=role, area=area, since=date(2020, 1, 1))
    return user


def asker() -> Asker:
    return Asker(somebody(), AT)


def imported(text: str, slug: str = "pupils", do: Any = carry_out) -> Any:
    register = every_register()[slug]
    more = {"why": "导入"} if do is carry_out else {}
    return do(register, read_sheet(register, "a.csv", text.encode()), asker(), **more)


def test_the_table_and_the_entries_hold_it_sealed() -> None:
    pupil = a_pupil(code=CODE)
    assert is_sealed(raw("pupils_pupil", "code", pupil.pk))
    assert raw("pupils_pupil", "code_blind", pupil.pk) == blind(CODE)
    assert raw("pupils_pupil", "code_tells", pupil.pk) == "201708311"
    there = Pupil.objects.get(code=CODE)
    assert (there.pk, there.code) == (pupil.pk, CODE)
    entry = Entry.objects.get(table="pupils.pupil")
    assert is_sealed(entry.after["code"])
    assert not {"code_blind", "code_tells"} & set(entry.after)
    assert verify() is None


def test_no_two_rows_of_one_number_begin_on_one_day() -> None:
    first = a_pupil(code=CODE, since=date(2020, 9, 1))
    a_pupil(code=CODE, since=date(2021, 9, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        a_pupil(code=CODE, since=date(2020, 9, 1))
    other = a_pupil(code=code_of(1), since=date(2020, 9, 1))
    texts = {
        name: str(value)
        for name, value in form_class(PUPILS)(asker=asker(), instance=other, clear=True).initial.items()
    }
    form = form_class(PUPILS)(texts | {"code": CODE.lower()}, asker=asker(), instance=other, clear=True)
    assert not form.is_valid()
    assert "这个学籍号在同一天已有一条在校记录。" in str(form.errors)
    gone = [first, other]
    assert destroy(Pupil, keys_of(Pupil, [one.pk for one in gone])) == 2
    assert set(
        Pupil.objects.filter(pk__in=[one.pk for one in gone]).values_list("code_blind", "code_tells")
    ) == {(None, "")}
    assert {one.code for one in Pupil.objects.filter(pk__in=[one.pk for one in gone])} == {"已销毁"}
    assert not Pupil.objects.filter(code=CODE, since=date(2020, 9, 1)).exists()


def test_a_list_masks_it_and_no_order_or_part_tells_it(client: Client) -> None:
    pupil = a_pupil(code=CODE)
    client.force_login(somebody())
    page = client.get(LIST, {"on": "all"}).content.decode()
    assert MASK in page
    assert NUMBER not in page
    assert client.get(LIST, {"on": "all", "sort": "code"})["X-Refusal"] == "bad-order"
    address = reverse("registers:detail", args=["pupils", pupil.pk])
    for words, found in (
        (CODE, True),
        (CODE.lower(), True),
        (CODE[:-1], False),
        (NUMBER, False),
        (MASK, False),
    ):
        answer = client.post(LIST, {"q": words, "on": "all"}, follow=True)
        assert (address in answer.content.decode()) is found, words
    client.force_login(somebody(Role.AUDITOR, "4108"))
    assert address not in client.post(LIST, {"q": CODE, "on": "all"}, follow=True).content.decode()
    assert address in client.post(LIST, {"on": "all"}, follow=True).content.decode()


def test_no_address_carries_it(client: Client) -> None:
    pupil = a_pupil(code=CODE)
    client.force_login(somebody())
    page = client.get(LIST).content.decode()
    assert 'method="post"' in page.split('class="bar filters"')[1][:60]
    for answer in (client.post(LIST, {"q": CODE, "on": "all"}), client.get(LIST, {"q": CODE, "on": "all"})):
        assert answer.status_code == 302
        assert NUMBER not in answer["Location"]
    hidden = parse_qs(urlsplit(answer["Location"]).query)["q"][0]
    assert hidden == f"~{blind(CODE)}"
    found = client.get(answer["Location"]).content.decode()
    assert f"/registers/pupils/{pupil.pk}/" in found
    assert NUMBER not in found
    again = client.post(LIST, {"q": "", "number": hidden, "on": "all", "stage": "primary"})
    assert parse_qs(urlsplit(again["Location"]).query) == {"q": [hidden], "on": ["all"], "stage": ["primary"]}
    part = client.post(LIST, {"q": CODE, "on": "all"}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert f"/registers/pupils/{pupil.pk}/" in part.content.decode()
    assert NUMBER not in part["HX-Push-Url"] + part.content.decode()
    home = client.get(reverse("desk:search"), {"q": CODE})
    assert (home.status_code, NUMBER in home["Location"]) == (302, False)


def test_a_hidden_number_finds_only_what_one_may_open(client: Client) -> None:
    pupil = a_pupil(code=CODE)
    client.force_login(somebody(Role.AUDITOR, "4108"))
    answer = client.get(LIST, {"q": f"~{blind(CODE)}", "on": "all"})
    assert f"/registers/pupils/{pupil.pk}/" not in answer.content.decode()


def test_an_import_finds_rows_by_it_however_many_by_as_many_statements() -> None:
    first = a_pupil(code=code_of(0))
    pupils = [first, *(copied(first, code_of(place)) for place in range(1, FEW + 20))]

    def statements(rows: list[Pupil]) -> int:
        text = "\n".join(f"{code_of(place).lower()},{one.since},{one.name}" for place, one in enumerate(rows))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            plan = imported(f"学籍号,入学日,姓名\n{text}\n")
        assert (plan.new, plan.changed, plan.unchanged) == (0, 0, len(rows))
        return len(asked)

    assert statements(pupils[:40]) == statements(pupils)
    renamed = "\n".join(f"{code_of(place)},{one.since},又改名" for place, one in enumerate(pupils))
    assert imported(f"学籍号,入学日,姓名\n{renamed}\n").changed == len(pupils)
    assert set(Pupil.objects.values_list("name", flat=True)) == {"又改名"}
    assert {one.code for one in Pupil.objects.all()} == {code_of(place) for place in range(len(pupils))}


def copied(pupil: Pupil, code: str) -> Pupil:
    """The same pupil's row again under another number."""
    facts = {one.attname: getattr(pupil, one.attname) for one in Pupil._meta.concrete_fields}
    for name in ("id", "seal", "code_blind", "code_tells", "id_number_blind"):
        facts.pop(name)
    return Pupil.objects.create(**facts | {"code": code})


def test_a_masked_export_comes_back_by_its_row_numbers_and_changes_nothing(client: Client) -> None:
    pupil = a_pupil(code=CODE, id_number=NUMBER)
    client.force_login(somebody())
    made = client.get(reverse("registers:export", args=["pupils"]), {"on": "all", "format": "csv"})
    text = b"".join(made.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert text.splitlines()[1].startswith("编号,学籍号,")
    assert f"{pupil.pk},{MASK}," in text
    assert NUMBER not in text
    plan = imported(text, do=rehearse)
    assert (plan.new, plan.changed, plan.unchanged, plan.wrong) == (0, 0, 1, 0)
    with pytest.raises(Refusal, match="这个学籍号是遮盖的"):
        imported(f"学籍号,入学日,姓名\n{MASK},2020-09-01,改名\n")


def test_another_register_names_a_pupil_by_it_for_whoever_may_see_it() -> None:
    pupil = a_pupil(code=CODE)
    register = every_register()["enrolments"]
    field = next(name for name in ("pupil",) if register.f(name))
    officer, auditor = asker(), Asker(somebody(Role.AUDITOR, "4108"), AT)
    assert Enrolment._meta.get_field(field).related_model is Pupil
    for who, found in ((officer, [pupil]), (auditor, [])):
        look = form_class(register)(asker=who).fields[field].look_up
        assert look(CODE) == found
        assert look(f"{CODE} 示例学生") == found
        assert look(CODE[:-1]) == []


def test_what_a_preview_keeps_holds_no_number_in_whatever_column() -> None:
    a_pupil(code=CODE)
    text = (
        f"学籍号,入学日,姓名,出生日期,性别\n{CODE}9,2020-09-01,甲,{NUMBER},{NUMBER}\n{CODE},{NUMBER},乙,,\n"
    )
    plan = imported(text, do=rehearse)
    assert plan.wrong >= 2
    assert any(NUMBER in str(one) for one in plan.problems), "there is something to keep back"
    assert NUMBER not in str(kept_preview(plan))


def test_programs_get_the_mask_and_addresses_without_it() -> None:
    for place in range(3):
        a_pupil(code=CODE, since=date(2018 + place, 9, 1))
    program = program_of(cast.somebody(Role.COUNTY_OFFICER, area="410802"), scope="read")
    answer = program.get(f"/api/registers/pupils/?as_of=all&size=1&q={CODE}")
    page = told(answer)
    assert (page["count"], page["rows"][0]["code"]) == (3, MASK)
    assert NUMBER not in answer.content.decode()
    seen = [page["rows"][0]["id"]]
    while page["next"]:
        page = told(program.get(page["next"]))
        seen += [one["id"] for one in page["rows"]]
    assert seen == list(Pupil.objects.order_by("pk").values_list("pk", flat=True))


def test_a_program_looks_a_number_up_without_writing_it_into_the_address() -> None:
    for place in range(3):
        a_pupil(code=CODE, since=date(2018 + place, 9, 1))
    address = "/api/registers/pupils/?as_of=all&size=1"

    def asked(role: Role, area: str, number: str, more: str = "") -> Any:
        program = program_of(cast.somebody(role, area=area), scope="read")
        return program.get(address + more, **({"X-Look-Up": number} if number else {}))

    page = told(asked(Role.COUNTY_OFFICER, "410802", CODE))
    assert (page["count"], page["rows"][0]["code"], NUMBER in page["next"]) == (3, MASK, False)
    assert told(asked(Role.COUNTY_OFFICER, "410802", code_of(9)))["count"] == 0
    assert asked(Role.COUNTY_OFFICER, "410802", CODE, "&q=x")["X-Refusal"] == "look-up-twice"
    assert told(asked(Role.COUNTY_OFFICER, "410811", CODE))["count"] == 0
    assert told(asked(Role.AUDITOR, "4108", CODE))["count"] == 0
    assert told(asked(Role.AUDITOR, "4108", ""))["count"] == 3


def test_what_it_tells_is_compared_with_the_row() -> None:
    on = date(2023, 12, 31)
    facts = {"code": CODE, "born_on": date(2017, 8, 31), "sex": 1}
    right = a_pupil(**facts)
    day = a_pupil(**facts | {"born_on": date(2017, 8, 30), "since": date(2021, 9, 1)})
    sex = a_pupil(**facts | {"sex": 2, "since": date(2022, 9, 1)})
    temporary = a_pupil(code="L410802201708300000", born_on=date(2016, 1, 1), sex=2)
    rows = Pupil.objects.filter(pk__in=[right.pk, day.pk, sex.pk, temporary.pk])
    assert [one.pk for one in pupil_code_birthday(rows, on)] == [day.pk]
    assert [one.pk for one in pupil_code_sex(rows, on)] == [sex.pk]
    day.code = f"J{NUMBER}"
    day.save()
    assert [one.pk for one in pupil_code_birthday(rows, on)] == [day.pk]
    assert [one.pk for one in pupil_code_sex(rows, on)] == [sex.pk]


def test_a_sealed_text_put_back_from_elsewhere_is_found_again() -> None:
    """A proposal that is approved and an older state that is put back set sealed texts, not words."""
    pupil = a_pupil(code=CODE)
    kept = stored_text(Pupil._meta.get_field("code"), pupil)
    pupil.code = code_of(7)
    pupil.save()
    assert not Pupil.objects.filter(code=CODE).exists()
    later = Pupil.objects.get(pk=pupil.pk)
    later.code = Pupil._meta.get_field("code").to_python(kept)
    later.save()
    assert Pupil.objects.get(code=CODE).pk == pupil.pk
    assert raw("pupils_pupil", "code_tells", pupil.pk) == "201708311"


def test_entries_older_than_sealing_are_counted_and_the_chain_stands() -> None:
    """They were hashed in plain words: whoever rewrote them would break what proves that nobody rewrites."""
    pupil = a_pupil(code=CODE, id_number=NUMBER)
    assert plain_entries() == 0
    for before, after in (({"code": CODE}, {"code": code_of(3)}), (None, {"code": CODE, "name": "甲"})):
        record(pupil, "change", by="x", at=AT, why="加密之前", before=before, after=after)
    record(pupil, "change", by="x", at=AT, why="加密之前", before={"name": "甲"}, after={"name": "乙"})
    record(pupil, "change", by="x", at=AT, why="空的", before={"id_number": ""}, after={"code": None})
    assert plain_entries() == 2
    assert verify() is None


def test_words_that_are_kept_for_good_hold_no_number(client: Client) -> None:
    """A reason outlives every key: a page refuses it there, and what reaches the chain another way is masked."""
    pupil = a_pupil(code=CODE)
    client.force_login(somebody())
    page = reverse("registers:unmask", args=["pupils", pupil.pk])
    refused = client.post(page, {"why": f"核对{CODE}的学籍"})
    assert (refused.status_code, refused["X-Refusal"]) == (400, "number-in-words")
    assert client.post(page, {"why": "核对2023年第410802201708310018号文"}).status_code == 200
    record(pupil, "change", by="x", at=AT, why=f"办理{CODE}转学", before={"name": "甲"}, after={"name": "乙"})
    assert Entry.objects.latest("id").why == "办理G410****0017转学"
    assert verify() is None
