"""Photos on sheets: sealed, hidden from the checked school until they may be read, taken back, told to findings, forgotten."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from junheng.domains.checklists.models import ChecklistItem
from junheng.domains.findings.models import Finding
from junheng.domains.safety import actions
from junheng.domains.safety.models import Sheet, SheetPhoto
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotAllowed, NotFound, Refusal
from junheng.platform.access.models import User
from junheng.platform.audit.models import Entry
from junheng.platform.sealing.beside import place_of
from junheng.platform.sealing.erased import on_the_list
from tests.domains import makers
from tests.domains.safety.round import AT, DAY, HERE, WHY, fill, officer, opened, principal, section, sheet_of

FACTS = {"at": AT, "why": WHY}


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> None:
    settings.JUNHENG_HOME = tmp_path


@pytest.fixture
def school() -> School:
    return makers.school(area_id=HERE)


@pytest.fixture
def county_sheet(school: School) -> Sheet:
    return sheet_of(opened(section(), self=(DAY, None), county=(DAY, None)), school, "county")


def picture(seed: int = 1) -> bytes:
    """A photo with something of its phone in it."""
    image = Image.effect_noise((96, 64), 40 + seed).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "SECRETPHONE"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def item_of(sheet: Sheet, number: str = "1.1") -> ChecklistItem:
    return ChecklistItem.objects.get(checklist=sheet.round.plan.checklist, number=number)


def kept(sheet: Sheet, data: bytes | None = None, number: str = "1.1", by: User | None = None) -> SheetPhoto:
    return actions.add_photo(
        sheet, item_of(sheet, number), content=data or picture(), by=by or officer(), **FACTS
    )


def test_it_is_kept_sealed_and_shown_without_what_the_phone_wrote(county_sheet: Sheet) -> None:
    data = picture()
    one = kept(county_sheet, data)
    lying = place_of(one.stored).read_bytes()
    assert b"SECRETPHONE" in data
    assert (b"SECRETPHONE" in lying, data[:64] in lying) == (False, False)
    assert one.digest == hashlib.sha256(data).hexdigest()
    shown = actions.picture_of(one)
    assert (shown.media, b"SECRETPHONE" in shown.data) == ("image/jpeg", False)
    place_of(one.stored).write_bytes(lying[:-1] + bytes([lying[-1] ^ 1]))
    with pytest.raises(Conflict) as refused:
        actions.picture_of(one)
    assert refused.value.code == "sheet-photo-altered"


def test_who_may_not_fill_in_the_sheet_adds_none_and_nothing_lies_there(
    county_sheet: Sheet, school: School, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        kept(county_sheet, by=principal(school))
    with pytest.raises(Refusal):
        kept(county_sheet, b"GIF89a no photo")
    with pytest.raises(Refusal) as elsewhere:
        kept(county_sheet, number="3.1")
    assert elsewhere.value.code == "item-not-in-version"
    assert not list(tmp_path.glob("photos/*/*"))


def test_one_item_has_room_for_some_and_none_twice(county_sheet: Sheet) -> None:
    data = picture()
    for seed in range(6):
        kept(county_sheet, data if not seed else picture(seed + 1))
    with pytest.raises(Refusal) as full:
        kept(county_sheet, picture(9))
    assert full.value.code == "sheet-photos-enough"
    with pytest.raises(Conflict, match="已经附在"):
        kept(county_sheet, data, "1.2")


def test_the_checked_school_sees_none_until_the_sheet_is_sent_and_looking_is_written_down(
    county_sheet: Sheet, school: School
) -> None:
    client, theirs = Client(), Client()
    client.force_login(officer())
    theirs.force_login(principal(school))
    item = item_of(county_sheet)
    page = f"/safety/sheets/{county_sheet.pk}/items/{item.pk}/photos/"
    sent = client.post(page, {"photos": SimpleUploadedFile("a.jpg", picture())})
    assert sent.status_code == 302
    none = client.post(page, {})
    assert (none.status_code, none["X-Refusal"]) == (400, "sheet-photo-missing")
    one = SheetPhoto.objects.get()
    look = f"/safety/sheets/{county_sheet.pk}/photos/{one.pk}/"
    assert 'capture="environment"' in client.get(page).content.decode()
    assert client.post(look)["Content-Type"] == "image/jpeg"
    assert not Entry.objects.filter(verb="read").exists()
    assert (theirs.get(page).status_code, theirs.post(look).status_code) == (404, 404)
    assert theirs.post(f"{look}drop/").status_code == 404
    fill(county_sheet, officer(), n1_1="fail")
    assert "data:image/jpeg;base64," in theirs.get(page).content.decode()
    listed = Entry.objects.get(verb="read")
    assert (listed.row, listed.after["photos"]) == (county_sheet.pk, [one.pk])
    shown = theirs.post(look)
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert Entry.objects.filter(verb="read", row=one.pk, table="safety.sheetphoto").exists()
    assert client.post(f"{look}drop/").status_code == 409
    assert client.post(page, {"photos": SimpleUploadedFile("b.jpg", picture(2))}).status_code == 409
    hazard = Finding.objects.get()
    assert hazard.photos == one.digest
    assert page in theirs.get(f"/registers/findings/{hazard.pk}/").content.decode()


def test_what_was_added_by_mistake_is_taken_back_with_its_file(
    county_sheet: Sheet, django_capture_on_commit_callbacks: object
) -> None:
    one = kept(county_sheet)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.drop_photo(one, by=officer(), **FACTS)
    assert (SheetPhoto.objects.exists(), place_of(one.stored).exists()) == (False, False)
    assert Entry.objects.get(table="safety.sheetphoto", verb="retire").before["digest"] == one.digest


def test_after_its_years_the_key_and_the_file_are_gone_and_the_sheet_stays(
    county_sheet: Sheet, django_capture_on_commit_callbacks: object
) -> None:
    one = kept(county_sheet)
    day = DAY.replace(year=DAY.year + 5)
    assert actions.forget_photos(on=day, at=AT) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert actions.forget_photos(on=day + timedelta(days=1), at=AT) == 1
    assert not place_of(one.stored).exists()
    one.refresh_from_db()
    assert (one.seal, bool(one.digest)) == ("", True)
    with pytest.raises(NotFound, match="按期销毁"):
        actions.picture_of(one)
    assert ("safety_sheetphoto", one.pk) in {(each.table, each.row) for each in on_the_list()}
