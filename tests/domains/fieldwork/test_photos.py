"""Photos come in stretches, go on where they broke off, lie sealed, and are given out without what they say of themselves."""

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from junheng.domains.fieldwork.actions import uploading
from junheng.domains.fieldwork.actions.forgetting import forget_photos, forget_unfinished
from junheng.domains.fieldwork.actions.pieces import bytes_of, path_of
from junheng.domains.fieldwork.models import FieldPhoto
from junheng.domains.waters.models import Water
from junheng.platform.access.roles import Role
from junheng.platform.audit.history import verify
from junheng.platform.audit.models import Entry
from junheng.platform.jobs.models import Job
from tests.domains import makers
from tests.domains.fieldwork.bank import Phone, river, told, warden
from tests.makers.pictures import drawn, exif, photo, picture, said, scene

WORDS = exif(taken="2024:06:12 09:55:00", turned=6, lon=113_241_000, lat=35_215_000)
DATA = photo(scene(1, 240, 160), 240, 160, words=WORDS)
DIGEST = hashlib.sha256(DATA).hexdigest()


def test_a_photo_goes_on_where_the_network_broke_off(phone: Phone) -> None:
    assert phone.offset(DIGEST) == 0
    assert phone.patch(DIGEST, DATA[:700], offset=0, length=len(DATA)).status_code == 204
    wrong = phone.patch(DIGEST, DATA[:700], offset=0)
    assert (wrong.status_code, wrong["Upload-Offset"], wrong.json()["offset"]) == (409, "700", 700)
    assert phone.patch(DIGEST, DATA[900:], offset=900).json()["code"] == "wrong-offset"
    assert phone.offset(DIGEST) == 700
    last = phone.patch(DIGEST, DATA[700:], offset=700)
    assert (last.status_code, last["Upload-Complete"], last["Upload-Offset"]) == (204, "?1", str(len(DATA)))
    row = FieldPhoto.objects.get()
    assert bytes_of(row) == DATA
    assert (row.width, row.height, row.turned, row.taken) == (240, 160, 6, "2024-06-12T09:55:00")
    assert Entry.objects.filter(table="fieldwork.fieldphoto").count() == 1
    assert Job.objects.filter(kind="fieldwork-look").count() == 1, "and somebody will look at it"
    assert phone.patch(DIGEST, b"", offset=len(DATA)).status_code == 204
    assert phone.patch(DIGEST, DATA[:5], offset=0).json()["offset"] == len(DATA)


def test_what_lies_on_the_disk_shows_nothing(phone: Phone) -> None:
    phone.upload(DATA)
    phone.patch(told(picture(2))["digest"], picture(2)[:900], offset=0, length=len(picture(2)))
    files = [
        one
        for one in Path(os.fspath(path_of(FieldPhoto.objects.first()).parents[1])).rglob("*")
        if one.is_file()
    ]
    assert len(files) == 2
    for one in files:
        held = one.read_bytes()
        assert one.stat().st_mode & 0o077 == 0
        assert DATA[:40] not in held
        assert b"Exif" not in held
        assert b"\xff\xd8\xff" not in held


def test_what_a_crash_left_behind_the_last_stretch_is_cut_off(phone: Phone) -> None:
    phone.patch(DIGEST, DATA[:1000], offset=0, length=len(DATA))
    row = FieldPhoto.objects.get()
    with path_of(row).open("ab") as file:
        file.write(os.urandom(5000))  # written, but never noted in the row
    assert phone.upload(DATA).status_code == 204
    assert bytes_of(FieldPhoto.objects.get()) == DATA


def test_a_stretch_that_was_written_and_not_noted_is_sent_again(phone: Phone, monkeypatch: Any) -> None:
    def dies(*_args: Any, **_kwargs: Any) -> None:
        raise KeyboardInterrupt

    phone.patch(DIGEST, DATA[:1000], offset=0, length=len(DATA))
    with monkeypatch.context() as patch:
        patch.setattr(FieldPhoto, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            phone.patch(DIGEST, DATA[1000:1500], offset=1000)
    assert phone.offset(DIGEST) == 1000
    with monkeypatch.context() as patch:
        patch.setattr(uploading, "finish", dies)
        with pytest.raises(KeyboardInterrupt):
            phone.upload(DATA)
    assert phone.offset(DIGEST) < len(DATA), "not here before it is noted"
    assert phone.upload(DATA).status_code == 204
    assert bytes_of(FieldPhoto.objects.get()) == DATA


def test_other_bytes_than_announced_are_begun_anew(phone: Phone) -> None:
    other = picture(2)
    answer = phone.patch(DIGEST, other[:500], offset=0, length=len(DATA))
    assert answer.status_code == 204
    answer = phone.patch(DIGEST, DATA[500:], offset=500)
    assert (answer.status_code, answer.json()["code"], answer["Upload-Offset"]) == (422, "photo-digest", "0")
    assert phone.offset(DIGEST) == 0
    assert phone.upload(DATA).status_code == 204


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo-kind"),
        (b"GIF89a" + bytes(50), "photo-kind"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "not-a-photo"),
        (b"\xff\xd8\xff\xe0" + bytes(3000), "not-a-photo"),
        (picture(1)[:-2], "not-a-photo"),
        (DATA.replace(b"\x00\xa0\x00\xf0", b"\xff\xff\xff\xff", 1), "photo-too-wide"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(phone: Phone, data: bytes, code: str) -> None:
    answer = phone.upload(data)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert "没有存入" in answer.json()["message"]
    assert not FieldPhoto.objects.filter(state="whole").exists()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_of_photos_are_taken_as_well(phone: Phone, water: Water, kind: str) -> None:
    file = io.BytesIO()
    words = said(taken="2024:06:12 09:55:00", turned=6, lon=113_241_000, lat=35_215_000)
    drawn(scene(1)).save(file, kind, exif=words)
    data, media = file.getvalue(), f"image/{kind.lower()}"
    record = phone.record(water, photos=[told(data) | {"type": media}])
    assert phone.sync(record)[0]["state"] == "kept"
    assert phone.upload(data).status_code == 204
    row = FieldPhoto.objects.get()
    assert (row.turned, row.taken, len(row.shape)) == (6, "2024-06-12T09:55:00", 16)
    shown = phone.client.get(f"/fieldwork/photos/{row.digest}/")
    assert shown["Content-Type"] == media
    assert b"2024:06:12" in data
    assert b"2024:06:12" not in shown.content
    wrong = phone.record(water, photos=[told(data) | {"type": ["image/png"]}])
    assert phone.sync(wrong)[0]["code"] == "photo-kind"


def test_sizes_are_kept_to(phone: Phone) -> None:
    assert phone.patch(DIGEST, DATA[:10], offset=0).json()["code"] == "length-missing"
    assert phone.patch(DIGEST, DATA[:10], offset=0, length=21 * 1024**2).json()["code"] == "photo-too-large"
    assert phone.patch(DIGEST, DATA[:10], offset=0, length=len(DATA)).status_code == 204
    assert (
        phone.patch(DIGEST, DATA[10:20], offset=10, length=len(DATA) + 1).json()["code"]
        == "photo-size-differs"
    )
    assert phone.patch(DIGEST, DATA[10:] + b"more", offset=10).json()["code"] == "photo-longer"
    assert phone.offset(DIGEST) == 0
    headers = {"Upload-Offset": "-1"}
    answer = phone.client.patch(
        f"/fieldwork/photos/{DIGEST}/", DATA, content_type="image/jpeg", headers=headers
    )
    assert answer.json()["code"] == "bad-offset"
    assert phone.patch(DIGEST, bytes(2 * 1024**2 + 1), offset=0).status_code == 413
    assert phone.client.head("/fieldwork/photos/nothing/").status_code == 404


def test_a_photo_belongs_to_who_took_it(phone: Phone, clock: Any) -> None:
    phone.upload(DATA)
    other = warden(name="别人")
    assert other.user is not None
    theirs = Phone(other.user, clock)
    assert theirs.offset(DIGEST) == 0
    assert theirs.client.get(f"/fieldwork/photos/{DIGEST}/").status_code == 404
    mine = phone.client.get(f"/fieldwork/photos/{DIGEST}/")
    assert mine.content.startswith(b"\xff\xd8")
    assert b"2024:06:12" not in mine.content


def look(client: Client, phone: Phone, uuid: str) -> Any:
    return client.post(f"/fieldwork/records/{uuid}/photos/{FieldPhoto.objects.get().pk}/")


def test_a_photo_is_shown_within_the_scope_and_each_look_leaves_an_entry(
    phone: Phone, water: Water, clock: Any
) -> None:
    record = phone.record(water, photos=[told(DATA)])
    phone.sync(record)
    phone.upload(DATA)
    reads = Entry.objects.filter(verb="read")
    assert look(phone.client, phone, record["id"]).status_code == 200
    assert not reads.exists(), "one's own photo"
    county = Client()
    county.force_login(makers.user(Role.COUNTY_OFFICER, area="410802"))
    shown = look(county, phone, record["id"])
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200,
        "image/jpeg",
        "no-store",
    )
    assert b"2024:06:12" not in shown.content, "what it says of itself is not given out"
    assert [(one.who, one.table) for one in reads] == [
        (
            county.session["_auth_user_id"] and Entry.objects.filter(verb="read").get().who,
            "fieldwork.fieldphoto",
        )
    ]
    elsewhere = Client()
    elsewhere.force_login(makers.user(Role.COUNTY_OFFICER, area="410811"))
    assert look(elsewhere, phone, record["id"]).status_code == 404
    teacher = Client()
    teacher.force_login(makers.user(Role.CLASS_TEACHER, area="410802"))
    assert look(teacher, phone, record["id"]).status_code == 403
    assert reads.count() == 1


def test_a_county_person_sees_what_townships_brought_of_his_waters_only(phone: Phone, water: Water) -> None:
    record = phone.record(water)
    phone.sync(record)
    county_warden = warden(area="410802", role=Role.COUNTY_WARDEN, name="县级责任人")
    assert county_warden.user is not None
    client = Client()
    client.force_login(county_warden.user)
    assert client.get(f"/fieldwork/records/{record['id']}/").status_code == 404
    assert water.name not in client.get("/fieldwork/").content.decode()
    makers.assignment(water, county_warden, level="county")
    assert client.get(f"/fieldwork/records/{record['id']}/").status_code == 200
    assert water.name in client.get("/fieldwork/").content.decode()
    colleague = warden(name="同事")
    assert colleague.user is not None
    client.force_login(colleague.user)
    assert client.get(f"/fieldwork/records/{record['id']}/").status_code == 404, (
        "another of the township has no part in it"
    )


def test_after_its_years_the_key_of_a_photo_is_destroyed(phone: Phone, water: Water) -> None:
    from datetime import timedelta

    phone.sync(phone.record(water, photos=[told(DATA)]))
    phone.upload(DATA)
    phone.patch(told(picture(2))["digest"], picture(2)[:500], offset=0, length=len(picture(2)))
    row = FieldPhoto.objects.get(digest=DIGEST)
    assert forget_photos(at=phone.now + timedelta(days=3 * 365)) == 0
    assert forget_unfinished(at=phone.now + timedelta(days=59)) == 0
    assert forget_unfinished(at=phone.now + timedelta(days=61)) == 1
    assert forget_photos(at=phone.now + timedelta(days=3 * 366)) == 1
    row.refresh_from_db()
    assert row.seal == ""
    assert phone.client.get(f"/fieldwork/photos/{DIGEST}/").status_code == 404
    assert verify() is None


def test_nobody_else_writes_into_a_photo_of_a_water(phone: Phone, water: Water, clock: Any) -> None:
    """Two people may have the same photo; each sends his own, under his own key."""
    other = warden(name="同事")
    river(other)
    assert other.user is not None
    phone.upload(DATA)
    Phone(other.user, clock).upload(DATA)
    seals = list(FieldPhoto.objects.values_list("seal", flat=True))
    assert len(set(seals)) == 2
