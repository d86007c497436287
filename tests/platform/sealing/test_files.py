"""Files that people send and fetch: sealed in the home folder, whole or not there, opened by whom they are for."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from junheng.domains.schools.models import School
from junheng.kernel.errors import Refusal
from junheng.platform.access.roles import Role
from junheng.platform.jobs.loop import Worker
from junheng.platform.jobs.models import Job
from junheng.platform.registers import uploads
from junheng.platform.registers.uploads import keep_upload, kept_upload, sweep
from junheng.platform.registers.views import files
from junheng.platform.sealing.files import (
    MARK,
    PIECE,
    UNFINISHED,
    Reader,
    files_under,
    folder_of,
    read_sealed,
    seal_bytes,
    sealing,
)
from junheng.platform.sealing.keeping import ring
from junheng.platform.sealing.rotating import forget, rotate
from tests import cast
from tests.makers import areas, make_many

pytestmark = pytest.mark.django_db
WORDS = "示例小学甲乙丙".encode()
AT = timezone.now()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    settings.JUNHENG_HOME = tmp_path
    return tmp_path


@pytest.fixture
def place(home: Path) -> Path:
    return folder_of("uploads") / "one"


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_what_is_read_is_what_was_written(place: Path, size: int, cipher: str, settings: Any) -> None:
    settings.JUNHENG_CIPHER = cipher
    content = (WORDS * (size // len(WORDS) + 1))[:size]
    seal_bytes(place, content)
    assert read_sealed(place) == content
    sealed = place.read_bytes()
    assert sealed.startswith(MARK)
    assert size < len(WORDS) or WORDS not in sealed
    with Reader(place).checked() as file:
        assert file.size == size
        assert b"".join(iter(lambda: file.read(1_000), b"")) == content
    assert place.stat().st_mode & 0o777 == 0o600


def test_nobody_changes_moves_or_cuts_it(place: Path) -> None:
    seal_bytes(place, WORDS * PIECE)
    whole = place.read_bytes()
    piece = PIECE + 16
    begins = whole.index(b"\n", len(MARK)) + 1
    harms = {
        "changed": whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        "cut within a piece": whole[:-5],
        "cut after a piece": whole[: begins + 2 * piece],
        "a piece left out": whole[: begins + piece] + whole[begins + 2 * piece :],
        "exchanged": whole[:begins] + whole[begins + piece : begins + 2 * piece] + whole[begins : begins + piece]
        + whole[begins + 2 * piece :],
        "nothing of it": whole[:begins],
        "no file of ours": WORDS,
        "half a head": whole[:30],
    }  # fmt: skip
    for what, data in harms.items():
        place.write_bytes(data)
        with pytest.raises(Refusal) as refused:
            Reader(place).checked()
        assert refused.value.code in {"sealed-file-broken", "seal-broken"}, what
    moved = place.with_name("two")
    moved.write_bytes(whole)
    with pytest.raises(Refusal):
        read_sealed(moved)
    place.write_bytes(whole)
    assert read_sealed(place) == WORDS * PIECE


def test_what_a_crash_leaves_is_no_file_and_not_readable(place: Path) -> None:
    half = place.with_name(f"{place.name}{UNFINISHED}")
    seen = []

    def crash() -> None:
        with sealing(place) as out:
            out.write(WORDS * PIECE)
            out.out.flush()
            seen.append(half.read_bytes())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    left = seen[0]
    assert len(left) > PIECE
    assert WORDS not in left
    assert list(place.parent.iterdir()) == []
    half.write_bytes(left)  # the process was killed: nobody cleaned up
    assert not place.exists()
    os.utime(half, (0, 0))
    sweep()
    assert list(place.parent.iterdir()) == []


def test_memory_is_one_piece_however_long_the_file(place: Path) -> None:
    import tracemalloc

    tracemalloc.start()
    with sealing(place) as out:
        for _ in range(400):
            out.write(bytes(1 << 16))
    with Reader(place).checked() as file:
        assert file.size == 400 << 16
        while file.read(4096):
            pass
    assert tracemalloc.get_traced_memory()[1] < 8 * PIECE
    tracemalloc.stop()


def test_an_upload_lies_sealed_and_its_sender_gets_it_back(home: Path) -> None:
    user = cast.somebody(Role.COUNTY_OFFICER)
    token = keep_upload("schools", "学校.csv", WORDS * 9, by=user)
    (path,) = (home / "uploads").iterdir()
    assert WORDS not in path.read_bytes()
    assert kept_upload("schools", token, by=user) == ("学校.csv", WORDS * 9)


def test_without_the_right_keys_a_page_says_so(home: Path, keys: Path, client: Client) -> None:
    areas()
    user = cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(user)
    token = keep_upload("schools", "学校.csv", WORDS, by=user)
    away = keys.read_bytes()
    keys.unlink()
    answer = client.post("/registers/schools/import/", {"token": token, "why": "核对"})
    assert (answer.status_code, answer["X-Refusal"]) == (503, "key-missing")
    assert "找回原来的密钥文件" in answer.content.decode()
    keys.write_bytes(away)
    assert kept_upload("schools", token, by=user)[1] == WORDS


def send(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("学校.csv", text.encode())
    return client.post("/registers/schools/import/", {"file": file})


def plain_in(home: Path, *words: str) -> list[str]:
    """The files of the home folder that hold one of these words."""
    there = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in there if any(word.encode() in path.read_bytes() for word in words)]


def test_a_marked_file_and_an_export_lie_sealed_and_are_fetched_whole(
    home: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    areas()
    client.force_login(cast.somebody(Role.COUNTY_OFFICER))
    monkeypatch.setattr(uploads, "SMALL_LINES", 1)
    monkeypatch.setattr(files, "LONG", 2)
    lines = "\n".join(f"21410000{n:02},示例第{n}小学,甲" for n in range(9))
    send(client, f"学校标识码,学校名称,办学类型\n{lines}\n")
    make_many(School, 5)
    client.get("/registers/schools/export/", {"format": "csv"})
    Worker(clock=timezone.now, once=True).run()
    kept = {one.kind: one for one in Job.objects.all() if (one.result or {}).get("file")}
    assert set(kept) == {"import-preview", "export"}
    assert len(list((home / "jobs").glob("*.result"))) == 2
    assert plain_in(home, "示例第3小学", "PK\x03\x04") == []
    for one in kept.values():
        answer = client.get(f"/jobs/{one.pk}/file/")
        whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert whole == read_sealed(home / "jobs" / one.result["file"]["path"])
        assert int(answer["Content-Length"]) == len(whole)
        assert "小学".encode() in whole or whole.startswith(b"PK")
    path = home / "jobs" / kept["export"].result["file"]["path"]
    path.write_bytes(path.read_bytes()[:-3])
    broken = client.get(f"/jobs/{kept['export'].pk}/file/")
    assert (broken.status_code, broken["X-Refusal"]) == (409, "sealed-file-broken")


def test_a_master_key_is_not_forgotten_while_a_file_needs_it(place: Path) -> None:
    old = ring().current
    seal_bytes(place, WORDS)
    rotate(at=AT)
    assert (files_under(old), files_under(ring().current)) == (1, 0)
    assert read_sealed(place) == WORDS
    with pytest.raises(Refusal) as refused:
        forget(old)
    assert refused.value.code == "key-in-use-by-files"
    place.unlink()
    forget(old)
