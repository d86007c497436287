"""Sealed fields: words in the row, ciphertext in the database, and nothing that moves opens."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from junheng.domains.areas.models import Area
from junheng.domains.people.models import Person
from junheng.domains.pupils.models import Household
from junheng.platform.audit.models import Entry
from junheng.platform.audit.save import save_row
from junheng.platform.sealing import Broken, Sealed, gone, is_sealed
from tests.platform.sealing.makers import AT, a_household, a_pupil, raw

pytestmark = pytest.mark.django_db


def test_words_in_the_row_ciphertext_in_the_database() -> None:
    home = a_household(phone="13900001111", address="花园路88号")
    stored = raw("pupils_household", "phone", home.pk)
    assert is_sealed(stored)
    assert "1390" not in stored
    again = Household.objects.get(pk=home.pk)
    assert (again.phone, again.address, again.guardian) == ("13900001111", "花园路88号", "某某")
    assert isinstance(again.__dict__["phone"], Sealed)


def test_a_list_that_does_not_show_a_value_does_not_open_it() -> None:
    a_household(phone="13900001111")
    row = Household.objects.get()
    str(row)
    assert "_opened_keys" not in row.__dict__
    assert str(row.__dict__["phone"]) == "••••"


def test_an_unchanged_value_stays_the_same_text() -> None:
    home = a_household(phone="13900001111")
    before = raw("pupils_household", "phone", home.pk)
    again = Household.objects.get(pk=home.pk)
    again.phone = "13900001111"
    assert save_row(again, by="tester", at=AT, why="没有改动") is None
    again.phone = "13900002222"
    entry = save_row(again, by="tester", at=AT, why="换号")
    assert entry is not None
    assert entry.before == {"phone": before}
    assert is_sealed(entry.after["phone"])
    assert "1390" not in str(entry.after)


def test_two_people_with_one_number_have_nothing_in_common() -> None:
    one, two = a_household(phone="13900001111"), a_household(phone="13900001111")
    assert raw("pupils_household", "phone", one.pk) != raw("pupils_household", "phone", two.pk)


def test_an_entry_holds_no_key_and_nothing_to_look_up_by() -> None:
    pupil = a_pupil(id_number="410802201708310017")
    words = Entry.objects.filter(table="pupils.pupil").get().after
    assert {"seal", "id_number_blind"}.isdisjoint(words)
    assert is_sealed(words["id_number"])
    assert pupil.id_number_blind not in str(words)


def test_a_text_carried_to_another_column_or_row_does_not_open() -> None:
    one, two = a_household(phone="13900001111"), a_household(phone="13900002222")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pupils_household SET address = phone WHERE id = %s", [one.pk])
        cursor.execute(
            "UPDATE pupils_household SET phone = %s WHERE id = %s",
            [raw("pupils_household", "phone", two.pk), one.pk],
        )
    moved = Household.objects.get(pk=one.pk)
    with pytest.raises(Broken, match="pupils_household.address"):
        str(moved.address)
    assert moved.phone == gone()


def test_a_changed_text_is_refused() -> None:
    home = a_household(phone="13900001111")
    text = raw("pupils_household", "phone", home.pk)
    other = text[:20] + ("A" if text[20] != "A" else "B") + text[21:]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pupils_household SET phone = %s WHERE id = %s", [other, home.pk])
    with pytest.raises(Broken):
        str(Household.objects.get(pk=home.pk).phone)


def test_a_number_is_found_whole_and_only_whole() -> None:
    from junheng.domains.pupils.models import Pupil

    pupil = a_pupil(id_number="41080220170831001X")
    assert Pupil.objects.get(id_number=" 41080220170831001x").pk == pupil.pk
    assert Pupil.objects.get(id_number__in=["41080220170831001X"]).pk == pupil.pk
    for question in ("id_number__startswith", "id_number__contains", "id_number__gt"):
        with pytest.raises(TypeError, match="whole value"):
            Pupil.objects.filter(**{question: "4108"}).count()
    with pytest.raises(TypeError, match="whole value"):
        Household.objects.filter(phone="13900001111").count()
    assert Household.objects.filter(phone="").count() == 1
    assert Household.objects.exclude(phone="").count() == 0


def test_a_bare_statement_does_not_write_words() -> None:
    home = a_household(phone="13900001111")
    with pytest.raises(TypeError, match="written through its row"):
        Household.objects.filter(pk=home.pk).update(phone="13900003333")


def test_nobody_seals_by_typing() -> None:
    home = a_household(phone="13900001111")
    home.address = raw("pupils_household", "phone", home.pk)
    with pytest.raises(ValidationError, match="加密后的内容"):
        home.full_clean()


def test_a_destroyed_key_leaves_words_that_say_so_and_a_form_changes_nothing() -> None:
    home = a_household(phone="13900001111", address="花园路88号")
    Household.objects.filter(pk=home.pk).update(seal="")
    again = Household.objects.get(pk=home.pk)
    assert again.phone == "已销毁"
    again.phone = "已销毁"
    assert save_row(again, by="tester", at=AT, why="没有改动") is None
    again.phone = "13900004444"
    save_row(again, by="tester", at=AT, why="新号码")
    newer = Household.objects.get(pk=home.pk)
    assert (newer.phone, newer.address) == ("13900004444", "已销毁")


def test_officials_are_sealed_too() -> None:
    area = Area.objects.create(code="4108", name="演示市", kind="city")
    person = Person.objects.create(
        code="P1", name="某人", area=area, post="局长", phone="13911112222", since=date(2023, 1, 1)
    )
    assert is_sealed(raw("people_person", "phone", person.pk))
    assert Person.objects.get(pk=person.pk).phone == "13911112222"
