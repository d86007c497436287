"""Sealed fields on the surfaces: masked, found whole, imported by number, and in plain words nowhere in the database."""

import io
import os
import sqlite3
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from junheng.domains.pupils.models import Household, Pupil
from junheng.kernel.errors import Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import PUBLIC, SENSITIVE, every_register
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.importing import carry_out, read_sheet
from junheng.platform.savedviews.actions import save_view
from tests.platform.sealing.makers import AT, a_household, a_pupil

pytestmark = pytest.mark.django_db
ID, PHONE, ADDRESS = "410802201708310017", "13955667788", "不存在路88号"

IN_PLAIN = {
    "name": "名册按姓名排列和查找，姓名遮盖显示；封存后名册无从查找",
    "born_on": "指标按出生日期计算年龄，快照和核对都要用",
    "pupil": "关系只存编号，学生本人的信息在学生名录中加密",
    "score": "录取按分数排序、核对，须由数据库比较；遮盖显示",
    **dict.fromkeys(
        ("first", "second", "third", "fourth", "fifth", "sixth"), "志愿学校是关系，录取按它计算；遮盖显示"
    ),
    "subjects": "同分时按科目次序比较，须由数据库比较；遮盖显示",
    "responsible": "教师履职姓名，不是服务对象的信息",
}
OFFICES = {("schools", "phone"), ("kindergartens", "phone")}
"""Telephones of offices, not of persons."""


def test_every_sensitive_field_is_sealed_or_says_why_not() -> None:
    for slug, register in every_register().items():
        for field in register.flagged(SENSITIVE):
            sealed = getattr(register.model_field(field), "is_sealed", False)
            known = field.name in IN_PLAIN or (slug, field.name) in OFFICES
            assert sealed != known, f"{slug}.{field.name}"


def test_no_sealed_field_is_public_or_in_a_contract() -> None:
    for register in every_register().values():
        sealed = {
            one.name for one in register.fields if getattr(register.model_field(one), "is_sealed", False)
        }
        assert not sealed & {one.name for one in register.flagged(PUBLIC)}
        assert not sealed & set(register.contract_paths().values())


def somebody(role: Role, **grant: Any) -> User:
    user = User.objects.create(username=f"{role}-{User.objects.count()}")
    Grant.objects.create(user=user, role=role, area="410802", since=date(2020, 1, 1), **grant)
    return user


def test_a_whole_number_is_found_by_those_who_may_unmask_and_by_nobody_else(client: Client) -> None:
    pupil = a_pupil(id_number=ID)
    page = reverse("registers:list", args=["pupils"])
    address = reverse("registers:detail", args=["pupils", pupil.pk])
    client.force_login(somebody(Role.COUNTY_OFFICER))
    for words, found in ((ID, True), (ID[:10], False), (ID[:-1], False), ("410802201708310025", False)):
        assert (
            address in client.get(page, {"q": words, "on": "all"}, follow=True).content.decode()
        ) is found, words
    auditor = User.objects.create(username="sj")
    Grant.objects.create(user=auditor, role=Role.AUDITOR, area="4108", since=date(2020, 1, 1))
    client.force_login(auditor)
    assert address in client.get(page, {"on": "all"}).content.decode()
    assert address not in client.get(page, {"q": ID, "on": "all"}, follow=True).content.decode()


def test_a_page_shows_masks_and_the_words_only_after_a_reason(client: Client) -> None:
    home = a_household(phone=PHONE, address=ADDRESS)
    a_pupil(household=home)
    client.force_login(somebody(Role.COUNTY_OFFICER))
    page = client.get(reverse("registers:detail", args=["households", home.pk])).content.decode()
    assert PHONE not in page
    assert "139****7788" in page
    story = client.get(reverse("registers:history", args=["households", home.pk])).content.decode()
    assert PHONE not in story
    assert ADDRESS not in story


def asker() -> Asker:
    return Asker(somebody(Role.COUNTY_OFFICER), AT)


def imported(text: str) -> Any:
    register, who = every_register()["pupils"], asker()
    return carry_out(register, read_sheet(register, "a.csv", text.encode()), who, why="导入")


def test_a_file_names_pupils_by_their_number() -> None:
    pupil = a_pupil(id_number=ID)
    plan = imported(f"身份证件号,姓名\n{ID},改名了\n")
    assert (plan.changed, plan.new) == (1, 0)
    assert Pupil.objects.get(pk=pupil.pk).name == "改名了"
    again = imported(f"身份证件号,姓名\n{ID},改名了\n")
    assert (again.changed, again.unchanged) == (0, 1)


def test_a_number_that_two_rows_have_names_neither() -> None:
    a_pupil(id_number=ID), a_pupil(id_number=ID)
    with pytest.raises(Refusal, match="有 2 条记录是这个身份证件号"):
        imported(f"身份证件号,姓名\n{ID},改名了\n")


def test_an_import_seals_what_it_changes_and_finds_it_again() -> None:
    pupil = a_pupil(id_number=ID)
    newer = "410823201809010023"
    imported(f"编号,身份证件号\n{pupil.pk},{newer}\n")
    changed = Pupil.objects.get(id_number=newer)
    assert (changed.pk, changed.id_number) == (pupil.pk, newer)
    assert not Pupil.objects.filter(id_number=ID).exists()
    assert ID not in str(list(Entry.objects.values_list("before", "after")))


def test_a_saved_view_and_an_export_keep_no_number(client: Client) -> None:
    pupil = a_pupil(id_number=ID)
    with pytest.raises(Refusal, match="不能存为视图"):
        save_view(every_register()["pupils"], name="x", query=f"q={ID}", shared=False, asker=asker())
    client.force_login(somebody(Role.COUNTY_OFFICER))
    made = client.get(reverse("registers:export", args=["pupils"]), {"q": ID, "on": "all", "format": "csv"})
    assert made.status_code == 200
    assert ID not in b"".join(made.streaming_content).decode()  # type: ignore[attr-defined]
    facts = Entry.objects.get(verb="export").after
    assert ID not in str(facts)
    assert facts["only"] == [pupil.pk]


def test_no_planted_word_is_anywhere_in_the_database(client: Client, tmp_path: Path, settings: Any) -> None:
    """Rows, entries, searched names, saved views, sessions: the whole database, dumped as its bytes are."""
    settings.JUNHENG_HOME = tmp_path
    home = a_household(phone=PHONE, address=ADDRESS, guardian="欧阳不存在")
    pupil = a_pupil(id_number=ID, household=home)
    client.force_login(somebody(Role.COUNTY_OFFICER))
    client.post(reverse("registers:unmask", args=["households", home.pk]), {"why": "核对"})
    client.get(reverse("registers:list", args=["pupils"]), {"q": ID})
    file = SimpleUploadedFile("a.csv", f"编号,身份证件号\n{pupil.pk},{ID}\n".encode())
    client.post(reverse("registers:import", args=["pupils"]), {"file": file})
    row = Household.objects.get(pk=home.pk)
    row.phone = "13944445555"
    row.save()
    whole = dumped()
    assert "示例学生" in whole, "the dump is one"
    for word in (ID, PHONE, ADDRESS, "欧阳不存在", "13944445555"):
        assert word not in whole


def dumped() -> str:
    """Every value of every table, as the database itself writes it."""
    found = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found.write(" ".join(map(str, row)) + "\n")
    return found.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_file_itself_holds_none(tmp_path: Path) -> None:
    a_pupil(id_number=ID, household=a_household(phone=PHONE, address=ADDRESS))
    if connection.vendor == "sqlite":
        with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
            connection.connection.backup(copy)
        whole = (tmp_path / "copy.sqlite3").read_bytes()
    else:
        said = connection.settings_dict
        command = ["pg_dump", "-h", said["HOST"], "-U", said["USER"], said["NAME"]]
        whole = subprocess.run(command, check=True, capture_output=True, env={**os.environ}).stdout
    assert "示例学生".encode() in whole
    for word in (ID, PHONE, ADDRESS):
        assert word.encode() not in whole
