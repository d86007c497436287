"""Photos and exhibits beside the database: in the backup as they lie, back all or nothing, and missed by the doctor."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from junheng.domains.fieldwork.actions import pieces
from junheng.domains.fieldwork.models import FieldPhoto
from junheng.domains.people.models import Person
from junheng.domains.registrations.actions.photos import TABLE, open_photo
from junheng.domains.registrations.models import Evidence
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.sealing import beside, ring
from junheng.platform.sealing.erased import destroy, keys_of, written_down
from junheng.platform.upkeep import archive, lying
from junheng.platform.upkeep.doctor import CHECKS
from junheng.platform.upkeep.doctor.check import Patient
from tests.makers.rows import AT
from tests.platform.upkeep.test_backup import backed_up, listing, restored
from tests.small_house import built, copy_of, house, junheng, opened, own_house  # noqa: F401

PAPER = b"\xff\xd8\xff\xe0" + b"paper " * 300_000
"""Longer than a piece of the archive."""


def evidence(data: bytes = PAPER) -> Evidence:
    """A photo that a family gave."""
    seal, digest = beside.keep_bytes(TABLE, data)
    return Evidence.objects.create(
        circumstance="residence", digest=digest, size=len(data), media="image/jpeg", seal=seal, given_at=AT
    )


def field_photo(*data: bytes) -> FieldPhoto:
    """A photo of which a phone has sent some pieces."""
    photo = FieldPhoto.objects.create(
        person=Person.objects.order_by("pk")[0], digest="ab" * 32, size=99, place="5f" * 16, given_at=AT,
        seal=ring().new_seal(pieces.TABLE),
    )  # fmt: skip
    for piece in data:
        send(photo, piece)
    return photo


def send(photo: FieldPhoto, piece: bytes) -> None:
    with pieces.held(photo) as file:
        photo.written = pieces.append(photo, file, piece)
    photo.received += len(piece)
    photo.save()


@pytest.fixture
def kept(own_house: Path) -> Evidence:  # noqa: F811
    """A house with one photo."""
    return evidence()


def lain(home: Path) -> set[str]:
    """What lies sealed in a house, the demonstration's with it."""
    return {path.relative_to(home).as_posix() for path in (home / "photos").glob("??/*")}


def said_in(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as zip_:
        return dict(json.loads(zip_.read(archive.MANIFEST)))


def test_photos_open_again_on_a_new_machine(own_house: Path, kept: Evidence, tmp_path: Path) -> None:  # noqa: F811
    sent = field_photo(b"first ", b"second")
    made = backed_up(own_house, tmp_path / "backup.zip")
    said = said_in(tmp_path / "backup.zip")
    for place in (beside.place_of(kept.digest), pieces.path_of(sent)):
        name = place.relative_to(own_house).as_posix()
        assert said["files"][name] == place.stat().st_size
        assert said["members"][name] == hashlib.sha256(place.read_bytes()).hexdigest()
    assert made.files == len(said["files"]) == len(lain(own_house))
    new = tmp_path / "new"
    shutil.copytree(own_house / "keys", new / "keys")
    with opened(new):
        assert restored(new, tmp_path / "backup.zip").files == made.files
        assert open_photo(Evidence.objects.get(pk=kept.pk)) == PAPER
        again = FieldPhoto.objects.get(pk=sent.pk)
        assert pieces.bytes_of(again) == b"first second"
        send(again, b" third")
        assert pieces.bytes_of(again) == b"first second third"
    assert {path.stat().st_mode & 0o777 for path in (new / "photos").rglob("*") if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (new / "photos").iterdir()} == {0o700}
    assert lain(new) == lain(own_house)


def changed(file: Path, deed: Callable[[str, bytes], bytes | None]) -> None:
    """The archive again, each photo as a deed leaves it; none where it answers None."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in members.items():
            left = deed(name, data) if name.startswith("photos/") else data
            if left is not None:
                new.writestr(name, left)


def say(file: Path, deed: Callable[[dict[str, Any]], Any]) -> None:
    """The archive with another manifest, under a seal that fits."""
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    said = json.loads(members[archive.MANIFEST])
    deed(said)
    words = json.dumps(said).encode()
    members |= {archive.MANIFEST: words, archive.SEAL: hashlib.sha256(words).hexdigest().encode()}
    with zipfile.ZipFile(file, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)


def renamed(said: dict[str, Any]) -> None:
    """A file that would lie outside its folder."""
    for part in ("files", "members"):
        name = min(one for one in said[part] if one.startswith("photos/"))
        said[part]["photos/../secret"] = said[part][name]
    said["members"]["photos/../secret"] = hashlib.sha256(b"mine").hexdigest()
    said["files"]["photos/../secret"] = 4


def outside(file: Path) -> None:
    say(file, renamed)
    with zipfile.ZipFile(file, "a") as more:
        more.writestr("photos/../secret", b"mine")


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "a byte": lambda file: changed(file, lambda name, data: data[:-1] + bytes([data[-1] ^ 1])),
    "cut short": lambda file: changed(file, lambda name, data: data[:-7]),
    "gone": lambda file: changed(file, lambda name, data: None),
    "another size": lambda file: say(
        file, lambda said: said["files"].update(dict.fromkeys(said["files"], 7))
    ),
    "said and not there": lambda file: say(file, lambda said: said["files"].update({"photos/ab/abcd": 7})),
    "outside": outside,
}


@pytest.mark.once
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_photo_is_refused_with_nothing_written(
    own_house: Path, kept: Evidence, tmp_path: Path, damage: Callable[[Path], Any]  # noqa: F811
) -> None:  # fmt: skip
    backed_up(own_house, tmp_path / "backup.zip")
    damage(tmp_path / "backup.zip")
    beside.place_of(kept.digest).unlink()
    connection.close()
    before = listing(own_house)
    with pytest.raises(Refusal, match="photos/") as refused:
        restored(own_house, tmp_path / "backup.zip", replace=True)
    assert refused.value.code == "backup-damaged"
    connection.close()
    assert listing(own_house) == before


@pytest.mark.once
def test_a_backup_from_before_files_is_restored(own_house: Path, kept: Evidence, tmp_path: Path) -> None:  # noqa: F811
    """Its rows come back; what lies in the folder already stays and opens."""
    place = beside.place_of(kept.digest)
    away = tmp_path / "away"
    place.replace(away)
    backed_up(own_house, tmp_path / "backup.zip")

    def older(said: dict[str, Any]) -> None:
        said["members"] = {
            name: digest for name, digest in said["members"].items() if name not in said["files"]
        }
        del said["files"]
        said["format"] = 1

    changed(tmp_path / "backup.zip", lambda name, data: None)
    say(tmp_path / "backup.zip", older)
    away.replace(place)
    assert restored(own_house, tmp_path / "backup.zip", replace=True).files == 0
    assert open_photo(Evidence.objects.get(pk=kept.pk)) == PAPER


def test_what_fails_at_the_end_leaves_the_files_as_they_were(
    own_house: Path, kept: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    other = evidence(b"\xff\xd8\xff\xe0 another")
    files = len(lain(own_house))
    backed_up(own_house, tmp_path / "backup.zip")
    beside.place_of(kept.digest).unlink()
    beside.place_of(other.digest).write_bytes(b"rotten")
    (own_house / "photos" / f"{lying.STAGING}7" / "photos").mkdir(parents=True)
    connection.close()
    before = listing(own_house)
    settle, seen = lying.BroughtBack.settle, []

    def fail(files: lying.BroughtBack) -> None:
        settle(files)
        seen.extend(one.read_bytes() for one in (own_house / "photos").glob("??/*"))
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(lying.BroughtBack, "settle", fail)
        with pytest.raises(OSError, match="No space"):
            restored(own_house, tmp_path / "backup.zip", replace=True)
    assert len(seen) == files
    assert b"rotten" not in seen, "they were in their places when it failed"
    connection.close()
    assert listing(own_house) == before
    assert list((own_house / "photos").glob(".*")) == [], "nor is anything left of a restore that was killed"
    restored(own_house, tmp_path / "backup.zip", replace=True)
    assert open_photo(Evidence.objects.get(pk=other.pk)) == b"\xff\xd8\xff\xe0 another"


@pytest.mark.once
def test_files_come_and_go_while_a_backup_runs(
    own_house: Path, kept: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    before, new = lain(own_house), []
    gone = evidence(b"\xff\xd8\xff gone")
    lies = lying.lying

    def busy(home: Path) -> Any:
        """One more comes when the list of files is begun, and one goes when it is done."""
        new.append(evidence(b"\xff\xd8\xff new"))
        found = list(lies(home))
        beside.place_of(gone.digest).unlink()
        (home / "photos" / new[0].digest[:2] / ".half.1").write_bytes(b"half written")
        return iter(found)

    with monkeypatch.context() as patched:
        patched.setattr(lying, "lying", busy)
        made = backed_up(own_house, tmp_path / "backup.zip")
    came = beside.place_of(new[0].digest).relative_to(own_house).as_posix()
    assert set(said_in(tmp_path / "backup.zip")["files"]) == before | {came}
    assert made.files == len(before) + 1
    restored(own_house, tmp_path / "backup.zip", replace=True)
    with pytest.raises(NotFound):
        open_photo(Evidence.objects.get(pk=gone.pk))


@pytest.mark.once
def test_a_photo_that_grew_since_stays_as_it_is(own_house: Path, tmp_path: Path) -> None:  # noqa: F811
    """More of it than its restored row knows does not hurt; had the file been put back, a restore that fails would."""
    photo = field_photo(b"first ")
    backed_up(own_house, tmp_path / "backup.zip")
    send(photo, b"second")
    longer = pieces.path_of(photo).stat().st_size
    restored(own_house, tmp_path / "backup.zip", replace=True)
    assert pieces.path_of(photo).stat().st_size == longer
    again = FieldPhoto.objects.get(pk=photo.pk)
    assert pieces.bytes_of(again) == b"first "


@pytest.mark.once
def test_a_photo_destroyed_since_does_not_come_back(own_house: Path, kept: Evidence, tmp_path: Path) -> None:  # noqa: F811
    other = evidence(b"\xff\xd8\xff other")
    backed_up(own_house, tmp_path / "backup.zip")
    keys = keys_of(Evidence, [kept.pk])
    with written_down(keys, because="test"), transaction.atomic():
        destroy(Evidence, keys)
    for one in (kept, other):
        beside.place_of(one.digest).unlink()
    restored(own_house, tmp_path / "backup.zip", replace=True)
    assert not beside.place_of(kept.digest).exists()
    assert beside.place_of(other.digest).exists()


@pytest.mark.once
def test_the_doctor_misses_a_file_that_a_row_expects(own_house: Path, kept: Evidence) -> None:  # noqa: F811
    ask = CHECKS["sealed-files-are-there"].ask
    patient = Patient(own_house, timezone.now())
    assert ask(patient) is None
    beside.place_of(kept.digest).unlink()
    assert f"有 1 个加密的照片或证据文件不在数据目录中（如 photos/{kept.digest[:2]}/{kept.digest}）" in str(
        ask(patient)
    )
    keys = keys_of(Evidence, [kept.pk])
    destroy(Evidence, keys)
    assert ask(patient) is None, "what was destroyed is missed by nobody"


def test_nothing_is_sealed_for_a_table_that_does_not_say_where() -> None:
    with pytest.raises(LookupError, match="lies_beside"):
        beside.keep_bytes("schools_school", b"x")
    assert set(beside.KEEPERS) == {
        "fieldwork_fieldphoto", "governance_exhibit", "registrations_evidence", "safety_sheetphoto", "tips_tipphoto",
        "works_attachment",
    }  # fmt: skip
