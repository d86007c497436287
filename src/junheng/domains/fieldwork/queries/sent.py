"""One record as a phone sent it: read from JSON with every word looked at, or refused with a sentence that says which."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from junheng.content.rulebook import FIELDWORK
from junheng.domains.findings.terms import Severity
from junheng.kernel.errors import Refusal
from junheng.kernel.pictures import MEDIA
from junheng.platform.audit.chain import canonical
from junheng.platform.registers.actions import require_nameless

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DIGEST = re.compile(r"[0-9a-f]{64}")
CODE = re.compile(r"[a-z]{3,9}(:[0-9a-f]{12})?")
LARGEST = 2**31 - 1
LONGEST_HAZARD, LONGEST_ANSWER, LONGEST_SIGN, MOST_SIGNS = 200, 300, 60, 16
YEARS = range(2000, 2100)
FARTHEST = {"lon": 180_000_000, "lat": 90_000_000, "accuracy": 10_000_000}
CONTENT = ("id", "water", "checked_at", "place", "signs", "hazard", "severity", "photos")
"""What the digest of a record is over; answers and the version that was edited are not in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the phone was, in millionths of a degree, and to how many metres it knew that."""

    longitude: int
    latitude: int
    accuracy: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo as it was announced."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A record that says nothing impossible; whether it may be kept is another question."""

    id: str
    water: int
    told_at: str
    clock: datetime
    place: Place | None
    signs: dict[str, Any]
    hazard: str
    severity: str
    photos: tuple[Picture, ...]
    answers: dict[str, str]
    base: int | None
    digest: str


def read_record(raw: Any, *, on: date) -> Sent:
    """One record out of the list; ``on`` is the day whose limits hold."""
    if not isinstance(raw, dict):
        raise Refusal("bad-record", "这条记录的格式读不懂，没有存入。请更新手机上的应用后重新同步。")
    identity = raw.get("id")
    if not isinstance(identity, str) or not UUID.fullmatch(identity):
        raise Refusal("bad-id", "这条记录没有正确的编号，没有存入。请更新手机上的应用后重新同步。")
    hazard, severity = text(raw, "hazard", LONGEST_HAZARD), raw.get("severity", "")
    if hazard and severity not in Severity.values:
        raise Refusal(
            "severity-missing", "写了发现的问题，但没有选等级，没有存入。请选一般、较大或重大后再同步。"
        )
    if not hazard and severity:
        raise Refusal(
            "severity-without-hazard", "选了隐患等级，但没有写发现了什么，没有存入。请补写后再同步。"
        )
    require_nameless(hazard)
    told_at, clock = moment_of(raw.get("checked_at"))
    return Sent(
        id=identity,
        water=whole(raw.get("water"), 1, LARGEST, "water"),
        told_at=told_at,
        clock=clock,
        place=place_of(raw.get("place")),
        signs=signs_of(raw.get("signs", {})),
        hazard=hazard,
        severity=severity,
        photos=photos_of(raw.get("photos", []), on=on),
        answers=answers_of(raw.get("answers", {})),
        base=None if raw.get("base") is None else whole(raw["base"], 1, 9_999, "base"),
        digest=digest_of(raw),
    )


def digest_of(raw: dict[str, Any]) -> str:
    """The digest of the content as it was sent: anybody who has the record can make it again.

    >>> digest_of({"id": "a", "base": 1}) == digest_of({"id": "a", "base": 2})
    True
    """
    return hashlib.sha256(canonical({name: raw.get(name) for name in CONTENT}).encode()).hexdigest()


def text(raw: dict[str, Any], name: str, longest: int) -> str:
    """A text without signs that no person types; too long a one is refused, not cut."""
    found = raw.get(name, "")
    if not isinstance(found, str) or any(
        (ord(one) < 32 and one not in "\n\t") or 0xD800 <= ord(one) < 0xE000 for one in found
    ):
        raise bad(name)
    if len(found) > longest:
        raise Refusal(
            "text-too-long",
            "写的文字有 {length} 个字，超过 {longest} 个字，没有存入。请缩短后再同步。",
            length=len(found),
            longest=longest,
        )
    return found.strip()


def whole(found: Any, least: int, most: int, name: str) -> int:
    """A whole number within its bounds."""
    if type(found) is not int or not least <= found <= most:
        raise bad(name)
    return found


def bad(name: str) -> Refusal:
    """The refusal of a field that cannot be read."""
    return Refusal(
        "bad-field",
        "这条记录的「{name}」读不懂，没有存入。请打开这条记录核对；仍不行就更新手机上的应用后重新同步。",
        name=name,
    )


def moment_of(found: Any, name: str = "checked_at") -> tuple[str, datetime]:
    """When the phone says it was, as it said it and as a moment."""
    if not isinstance(found, str) or len(found) > 40 or not found.isascii():
        raise bad(name)
    try:
        moment = datetime.fromisoformat(found)
        if moment.tzinfo is None or moment.year not in YEARS:
            raise bad(name)
        return found, moment.astimezone(timezone.get_default_timezone())
    except (ValueError, OverflowError):
        raise bad(name) from None


def place_of(found: Any) -> Place | None:
    """Where the phone was; nothing where it did not know."""
    if found is None:
        return None
    if not isinstance(found, dict):
        raise bad("place")
    lon, lat = (whole(found.get(name), -FARTHEST[name], FARTHEST[name], "place") for name in ("lon", "lat"))
    return Place(lon, lat, whole(found.get("accuracy"), 0, FARTHEST["accuracy"], "place"))


def signs_of(found: Any) -> dict[str, Any]:
    """What the phone says of itself besides; what we do not know is kept all the same."""
    if not isinstance(found, dict) or len(found) > MOST_SIGNS:
        raise bad("signs")
    for name, value in found.items():
        text({"signs": name}, "signs", LONGEST_SIGN)
        if isinstance(value, str):
            text({"signs": value}, "signs", LONGEST_SIGN)
        elif value is not None and type(value) is not bool:
            whole(value, -LARGEST, LARGEST, "signs")
    return found


def photos_of(found: Any, *, on: date) -> tuple[Picture, ...]:
    """The photos that belong to it, each once."""
    if not isinstance(found, list):
        raise bad("photos")
    most, largest = FIELDWORK.record_photos.on(on).value, FIELDWORK.photo_bytes.on(on).value
    if len(found) > most:
        raise Refusal(
            "too-many-photos", "一条记录最多附 {most} 张照片，没有存入。请删去几张后再同步。", most=most
        )
    pictures = []
    for one in found:
        if (
            not isinstance(one, dict)
            or not isinstance(one.get("digest"), str)
            or not DIGEST.fullmatch(one["digest"])
        ):
            raise bad("photos")
        if one.get("type") not in MEDIA:
            raise Refusal(
                "photo-kind",
                "照片须是 JPG、PNG 或 WebP 格式，没有存入。请用手机拍照，或把图片另存为 JPG 后再同步。",
            )
        size = whole(one.get("size"), 1, LARGEST, "photos")
        if size > largest:
            raise too_large(size, largest)
        pictures.append(Picture(one["digest"], size))
    if len({one.digest for one in pictures}) != len(pictures):
        raise Refusal("photo-twice", "同一张照片在一条记录里附了两次，没有存入。请删去重复的一张后再同步。")
    return tuple(pictures)


def too_large(size: int, largest: int) -> Refusal:
    """The refusal of a photo with too many bytes."""
    return Refusal(
        "photo-too-large",
        "照片有 {size} MB，超过 {largest} MB，没有存入。请把相机的像素调小后重拍，再同步。",
        size=-(-size // 1024**2),
        largest=largest // 1024**2,
    )


def answers_of(found: Any) -> dict[str, str]:
    """The person's answers by the code of the question."""
    if not isinstance(found, dict) or len(found) > 50:
        raise bad("answers")
    told = {}
    for code in found:
        if not CODE.fullmatch(code):
            raise bad("answers")
        if words := text(found, code, LONGEST_ANSWER):
            require_nameless(words)
            told[code] = words
    return told
