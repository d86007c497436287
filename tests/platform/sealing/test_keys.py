"""The key ring: made once, kept from others, changed without touching a value, and never replaced where it is missing."""

import stat
from pathlib import Path

import pytest
from django.db import connection

from junheng.domains.intakes.terms import Circumstance
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.registrations.models import Evidence
from junheng.kernel.errors import Refusal
from junheng.platform.audit import history
from junheng.platform.sealing import KeysAway, is_sealed, ring
from junheng.platform.sealing.bulk import blind_column, seal_columns
from junheng.platform.sealing.cipher import is_offered
from junheng.platform.sealing.erased import destroy, destroy_again, keys_of, list_path, written_down
from junheng.platform.sealing.migrating import seal_table
from junheng.platform.sealing.rotating import forget, look, rotate, rows_under
from tests.platform.sealing.makers import AT, a_household, a_pupil, raw

pytestmark = pytest.mark.django_db


def test_the_ring_is_made_at_first_use_for_its_owner_only(keys: Path) -> None:
    assert not keys.exists()
    a_household(phone="13900001111")
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.parent.stat().st_mode) == 0o700


def test_a_missing_ring_is_said_and_nothing_is_overwritten(keys: Path) -> None:
    home = a_household(phone="13900001111")
    kept = keys.read_bytes()
    keys.unlink()
    with pytest.raises(KeysAway, match="不见了") as refused:
        str(Household.objects.get().phone)
    assert (refused.value.code, refused.value.status) == ("keys-missing", 503)
    with pytest.raises(KeysAway):
        a_household(phone="13900002222")
    assert not keys.exists(), "no new ring where the old one is missing"
    keys.write_bytes(kept)
    assert Household.objects.get(pk=home.pk).phone == "13900001111"


def test_a_wrong_ring_opens_nothing(keys: Path, tmp_path: Path, settings: object) -> None:
    a_household(phone="13900001111")
    stored = raw("pupils_household", "phone", Household.objects.get().pk)
    keys.rename(tmp_path / "right.json")
    Household.objects.update(seal="")
    ring()
    Household.objects.update(seal="00000000.AAAAAAAA.AAAA")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pupils_household SET phone = %s", [f"~1AAAAAAAA{stored[10:]}"])
    with pytest.raises(KeysAway, match="00000000"):
        str(Household.objects.get().phone)


def test_a_damaged_ring_is_said(keys: Path) -> None:
    a_household(phone="13900001111")
    keys.write_text("{}")
    with pytest.raises(KeysAway, match="读不出来"):
        str(Household.objects.get().phone)


def test_after_a_rotation_everything_opens_and_no_value_was_touched(keys: Path) -> None:
    one, two = a_household(phone="13900001111"), a_pupil(id_number="410802201708310017")
    before = raw("pupils_household", "phone", one.pk), raw("pupils_pupil", "id_number", two.pk)
    old = ring().current
    made = rotate(at=AT)
    assert made.current != old
    assert (raw("pupils_household", "phone", one.pk), raw("pupils_pupil", "id_number", two.pk)) == before
    assert raw("pupils_household", "seal", one.pk).startswith(f"{made.current}.")
    assert (rows_under(old), rows_under(made.current)) == (0, 3)
    forget(old)
    assert Household.objects.get(pk=one.pk).phone == "13900001111"
    assert Pupil.objects.get(id_number="410802201708310017").id_number == "410802201708310017"
    assert look().is_well
    assert history.verify() is None


def test_a_key_in_use_is_not_forgotten() -> None:
    a_household(phone="13900001111")
    with pytest.raises(Refusal, match="还在使用") as refused:
        forget(ring().current)
    assert refused.value.code == "key-in-use"
    with pytest.raises(Refusal, match="没有密钥"):
        forget("nichts")


def test_plain_words_and_broken_ones_are_found_by_the_walk() -> None:
    home = a_household(phone="13900001111")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pupils_household SET address = '花园路88号' WHERE id = %s", [home.pk])
    seen = look()
    assert (seen.plain, seen.unopened, seen.is_well) == (1, 0, False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pupils_household SET address = phone WHERE id = %s", [home.pk])
    assert (look().plain, look().unopened) == (0, 1)


def test_whole_columns_are_sealed_as_rows_are() -> None:
    keys = ring()
    seals, sealed = seal_columns(
        keys, "pupils_household", {"phone": ["13900001111", None], "address": ["", "花园路"]}
    )
    rows = [Household(code=f"HB{number}", area_id=a_household().area_id) for number in range(2)]
    for row in rows:
        row.save()
    for number, row in enumerate(rows):
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pupils_household SET seal = %s, phone = %s, address = %s WHERE id = %s",
                [seals[number], sealed["phone"][number], sealed["address"][number], row.pk],
            )
    found = [Household.objects.get(pk=row.pk) for row in rows]
    assert [(one.phone, one.address) for one in found] == [("13900001111", ""), ("", "花园路")]
    assert blind_column(keys, ["41080220170831001x", None]) == [keys.blind("41080220170831001X"), ""]


def test_what_older_versions_kept_in_words_is_sealed() -> None:
    home = a_household()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pupils_household SET seal = '', phone = '13900001111', guardian = '' WHERE id = %s",
            [home.pk],
        )
    columns = ["guardian", "address", "phone"]
    assert seal_table(connection, "pupils_household", columns, key="seal", blinds={}) == 1
    assert seal_table(connection, "pupils_household", columns, key="seal", blinds={}) == 0
    assert is_sealed(raw("pupils_household", "phone", home.pk))
    again = Household.objects.get(pk=home.pk)
    assert (again.phone, again.address) == ("13900001111", "")


def test_destroyed_keys_are_on_a_list_and_stay_destroyed(keys: Path) -> None:
    one, two = a_household(phone="13900001111"), a_household(phone="13900002222")
    old = raw("pupils_household", "seal", one.pk)
    gone = keys_of(Household, [one.pk])
    with written_down(gone, because="test"):
        assert destroy(Household, gone) == 1
    assert Household.objects.get(pk=one.pk).phone == "已销毁"
    assert stat.S_IMODE(list_path().stat().st_mode) == 0o600
    Household.objects.filter(pk=one.pk).update(seal=old)  # as an older backup would bring it back
    assert Household.objects.get(pk=one.pk).phone == "13900001111"
    assert destroy_again() == 1
    assert Household.objects.get(pk=one.pk).phone == "已销毁"
    assert Household.objects.get(pk=two.pk).phone == "13900002222"
    assert destroy_again() == 0


def test_a_row_that_only_has_the_same_number_is_left_alone() -> None:
    one = a_household(phone="13900001111")
    gone = keys_of(Household, [one.pk])
    with written_down(gone, because="test"):
        destroy(Household, gone)
    Household.objects.filter(pk=one.pk).update(seal=ring().new_seal("pupils_household"))
    assert destroy_again() == 0


def test_a_failed_destruction_is_taken_off_the_list() -> None:
    one = a_household(phone="13900001111")
    with pytest.raises(RuntimeError), written_down(keys_of(Household, [one.pk]), because="test"):
        raise RuntimeError
    assert list_path().read_text() == ""


@pytest.mark.skipif(not is_offered("sm4"), reason="this OpenSSL has no SM4")
def test_sm4_beside_aes(settings: object) -> None:
    old = a_household(phone="13900001111")
    settings.JUNHENG_CIPHER = "sm4"  # type: ignore[attr-defined]
    new = a_household(phone="13900002222")
    assert raw("pupils_household", "phone", new.pk).startswith("~2")
    made = rotate(at=AT)
    assert made.master.cipher == "sm4"
    assert [Household.objects.get(pk=one.pk).phone for one in (old, new)] == ["13900001111", "13900002222"]


def test_an_unknown_cipher_is_refused(settings: object) -> None:
    settings.JUNHENG_CIPHER = "rot13"  # type: ignore[attr-defined]
    with pytest.raises(KeysAway, match="rot13"):
        a_household(phone="13900001111")


def test_keys_of_files_that_lie_beside_are_wrapped_anew_as_well() -> None:
    """A table without a sealed column may hold keys too: of photos that lie in the home folder."""
    old = ring()
    paper = Evidence.objects.create(
        circumstance=Circumstance.values[0], digest="0" * 64, size=1, media="image/png", given_at=AT,
        seal=old.new_seal(Evidence._meta.db_table),
    )  # fmt: skip
    key = old.key_in(Evidence._meta.db_table, paper.seal)
    assert rows_under(old.current) == 1
    new = rotate(at=AT)
    paper.refresh_from_db()
    assert new.key_in(Evidence._meta.db_table, paper.seal) == key
    assert (rows_under(old.current), rows_under(new.current)) == (0, 1)
