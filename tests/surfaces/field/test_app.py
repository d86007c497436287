"""The phone app as the house serves it: one page for everybody, a worker that knows its edition, a picture, an install page."""

import json
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from junheng.surfaces.field import assets
from junheng.surfaces.field.icons import SIDES, icon_png
from junheng.surfaces.field.words import WORDS, spoken
from tests.cast import somebody

pytestmark = pytest.mark.django_db
SCRIPTS = Path(assets.HERE) / "static" / "field"
SAID = re.compile(r'say\("([\w-]+)"')
PARTS = ("edition", "shell", "worker", "parts", "modules")


@pytest.fixture
def afresh() -> Iterator[None]:
    """Nothing is remembered of the edition before and after."""
    for name in PARTS:
        getattr(assets, name).cache_clear()
    yield
    for name in PARTS:
        getattr(assets, name).cache_clear()


def test_the_page_is_the_same_for_everybody_and_names_nobody(client: Client) -> None:
    stranger = client.get("/field/")
    warden = Client()
    warden.force_login(somebody("township_warden", area="410802"))
    known = warden.get("/field/")
    assert stranger.status_code == 200
    assert stranger.content == known.content
    assert "csrf" not in stranger.content.decode().lower()
    assert stranger["Cache-Control"] == "no-cache"


def test_the_page_speaks_both_languages_whichever_was_chosen(client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get("/field/").content.decode()
    words = json.loads(re.search(r'<script id="words" type="application/json">(.*?)</script>', page).group(1))  # type: ignore[union-attr]
    assert set(words) == {"zh-hans", "en"}
    assert words["zh-hans"]["my-waters"] == "我的水域"
    assert words["en"]["my-waters"] == "My waters"


def test_the_worker_knows_its_edition_and_every_part_exists(client: Client) -> None:
    answer = client.get("/field/sw.js")
    source = answer.content.decode()
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Service-Worker-Allowed"] == "/field/"
    assert answer["Cache-Control"] == "no-cache"
    assert f'const EDITION = "{assets.edition()}"' in source
    assert assets.edition() in client.get("/field/").content.decode()
    parts = json.loads(re.search(r"const PARTS = (\[.*?\]);", source).group(1))  # type: ignore[union-attr]
    kept = {re.sub(r"^/static/", "", one) for one in parts if one.startswith("/static/")}
    assert {f"field/{one.name}" for one in SCRIPTS.glob("*.js")} < kept
    imported = {
        name
        for script in SCRIPTS.glob("*.js")
        for name in re.findall(r'from "\./(\w+\.js)"', script.read_text("utf-8"))
    }
    assert {f"field/{name}" for name in imported} <= kept
    for sheet in re.findall(
        r'<link rel="stylesheet" href="/static/([^"]+)"', client.get("/field/").content.decode()
    ):
        assert sheet in kept


def test_a_changed_script_is_another_edition(
    afresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = assets.edition()
    found = assets.finders.find
    copy = tmp_path / "sync.js"
    copy.write_bytes((SCRIPTS / "sync.js").read_bytes() + b"\n// another line\n")
    monkeypatch.setattr(
        assets.finders, "find", lambda name: str(copy) if name == "field/sync.js" else found(name)
    )
    assets.edition.cache_clear()
    assert assets.edition() != before


def test_every_sentence_that_a_script_says_is_there_and_every_one_that_is_there_is_said() -> None:
    scripts = "\n".join(one.read_text("utf-8") for one in SCRIPTS.glob("*.js"))
    page = (assets.HERE / "templates" / "field" / "app.html").read_text("utf-8")
    said = set(SAID.findall(scripts)) | set(re.findall(r'data-say(?:-label)?="([\w-]+)"', page))
    said.discard("kept-n")  # an example in a comment
    assert said <= set(WORDS)
    stems = {found + "-" for found in re.findall(r"say\(`([\w-]+)-\$\{", scripts)}
    quoted = set(re.findall(r'"([\w-]+)"', scripts))
    unsaid = {
        key for key in WORDS if key not in said | quoted and not any(key.startswith(one) for one in stems)
    }
    assert unsaid == set()


def test_places_in_a_sentence_are_the_same_in_both_languages() -> None:
    words = spoken()
    for key in WORDS:
        assert sorted(re.findall(r"\{\w+\}", words["zh-hans"][key])) == sorted(
            re.findall(r"\{\w+\}", words["en"][key])
        ), key


def test_a_phone_learns_how_to_put_the_app_on_its_screen(client: Client) -> None:
    told = client.get("/field/manifest.webmanifest").json()
    assert (told["start_url"], told["display"]) == ("/field/", "standalone")
    assert {one["sizes"] for one in told["icons"]} == {f"{side}x{side}" for side in SIDES}
    for one in told["icons"]:
        assert client.get(one["src"])["Content-Type"] == "image/png"
    assert client.get("/field/icon-77.png").status_code == 404
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        assert client.get("/field/manifest.webmanifest").json()["short_name"] == "Water patrol"


def test_the_picture_is_a_png_with_a_ring_in_its_middle() -> None:
    data = icon_png(192)
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, parts = 8, {}
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        parts[name] = body
        at += 12 + length
    assert struct.unpack(">II", parts[b"IHDR"][:8]) == (192, 192)
    lines = zlib.decompress(parts[b"IDAT"])
    assert len(lines) == 192 * (1 + 3 * 192)

    def pixel(x: int, y: int) -> tuple[int, ...]:
        begin = y * (1 + 3 * 192) + 1 + 3 * x
        return tuple(lines[begin : begin + 3])

    assert pixel(0, 0) == pixel(96, 84) == (0x0E, 0x56, 0x60), "ground at the corner and in the ring"
    assert pixel(96 + 36, 84 - 2) != (0x0E, 0x56, 0x60), "the ring"


@pytest.mark.parametrize("path", ["/field/install/", "/field/file/"])
def test_the_pages_beside_it_ask_who_one_is(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/login/")
    client.force_login(somebody("township_warden", area="410802"))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/field/", "/field/sw.js", "/field/manifest.webmanifest", "/field/icon-192.png"]
)
def test_nothing_is_sent_here(client: Client, path: str) -> None:
    assert client.post(path).status_code in {403, 405}


def test_the_install_page_shows_the_address_as_a_picture(client: Client) -> None:
    client.force_login(somebody("township_warden", area="410802"))
    page = client.get("/field/install/").content.decode()
    assert "http://testserver/field/" in page
    assert "<svg" in page.partition('class="qr"')[2].partition("</div>")[0]
    assert "https" in page


def test_a_warden_is_led_to_the_app_and_a_county_to_the_file() -> None:
    warden, county = Client(), Client()
    warden.force_login(somebody("township_warden", area="410802"))
    county.force_login(somebody("county_officer", area="410802"))
    assert 'href="/field/"' in warden.get("/accounts/").content.decode()
    assert 'href="/field/file/"' not in warden.get("/accounts/").content.decode()
    assert 'href="/field/"' not in county.get("/accounts/").content.decode()
    assert 'href="/field/file/"' in county.get("/accounts/").content.decode()
