"""Somebody at a river bank with a phone, and the phone's way of speaking to the house."""

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client

from junheng.domains.areas.models import Area
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.platform.access.models import User
from junheng.platform.access.roles import Role
from junheng.platform.audit.chain import canonical
from tests.domains import makers

NOW = datetime(2024, 6, 12, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday in the season."""
LON, LAT = 113_241_000, 35_215_000
SYNC = "/fieldwork/sync/"


def warden(*, area: str = "410802001", role: Role = Role.TOWNSHIP_WARDEN, **given: Any) -> Person:
    """An official with an account."""
    user = makers.user(role, area=area)
    return makers.person(area_id=area, user=user, **given)


def river(
    to: Person | None = None,
    *,
    level: str = "township",
    since: Any = makers.BEGUN,
    until: Any = None,
    **given: Any,
) -> Water:
    """A water with a place, in somebody's charge."""
    made = makers.water(**{"longitude": LON, "latitude": LAT, "owner": "河道管理所"} | given)
    if to is not None:
        makers.assignment(made, to, level=level, since=since, until=until)
    return made


@dataclass
class Phone:
    """A phone that is signed in. ``fast`` is by how much its clock is wrong."""

    user: User
    clock: Any
    fast: timedelta = timedelta(0)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client()
        self.client.force_login(self.user)

    @property
    def now(self) -> datetime:
        """What the phone takes for the time."""
        now: datetime = self.clock.at + self.fast
        return now

    def record(self, water: Any, *, ago: timedelta = timedelta(minutes=3), **given: Any) -> dict[str, Any]:
        """A check as the phone writes it down."""
        facts: dict[str, Any] = {
            "id": str(uuid.uuid4()), "water": water.pk if hasattr(water, "pk") else water,
            "checked_at": (self.now - ago).isoformat(timespec="seconds"),
            "place": {"lon": LON + 200, "lat": LAT, "accuracy": 12}, "signs": {"mock": False, "fix_age": None}, "hazard": "",
            "severity": "", "photos": [], "answers": {}, "base": None,
        }  # fmt: skip
        return facts | given

    def sync(self, *records: Any, **given: Any) -> list[dict[str, Any]]:
        """Bring records; answers with the receipts."""
        answer = self.send(
            {"device": "演示手机", "sent_at": self.now.isoformat(), "records": list(records)} | given
        )
        assert answer.status_code == 200, answer.content.decode()
        receipts: list[dict[str, Any]] = answer.json()["receipts"]
        return receipts

    def send(self, told: Any) -> Any:
        """Send a body as it is."""
        body = told if isinstance(told, str | bytes) else json.dumps(told)
        return self.client.post(SYNC, body, content_type="application/json")

    def mine(self, **headers: str) -> Any:
        """What the phone holds."""
        return self.client.get("/fieldwork/mine.json", headers=headers)

    def offset(self, digest: str) -> int:
        """How much of a photo is there."""
        return int(self.client.head(f"/fieldwork/photos/{digest}/")["Upload-Offset"])

    def patch(self, digest: str, data: bytes, *, offset: int, length: int | None = None) -> Any:
        """Send one stretch."""
        headers = {"Upload-Offset": str(offset)} | (
            {"Upload-Length": str(length)} if length is not None else {}
        )
        return self.client.patch(
            f"/fieldwork/photos/{digest}/",
            data,
            content_type="application/offset+octet-stream",
            headers=headers,
        )

    def upload(self, data: bytes, *, piece: int = 1000) -> Any:
        """Send a photo from wherever it stands."""
        digest = hashlib.sha256(data).hexdigest()
        offset = self.offset(digest)
        answer = None
        while offset < len(data):
            answer = self.patch(digest, data[offset : offset + piece], offset=offset, length=len(data))
            if answer.status_code != 204:
                return answer
            offset = int(answer["Upload-Offset"])
        return answer


def told(data: bytes) -> dict[str, Any]:
    """A photo as a record announces it."""
    return {"digest": hashlib.sha256(data).hexdigest(), "size": len(data), "type": "image/jpeg"}


def digest_of(record: dict[str, Any]) -> str:
    """The digest that the phone makes of a record by itself."""
    kept = {
        name: record[name]
        for name in ("checked_at", "hazard", "id", "photos", "place", "severity", "signs", "water")
    }
    return hashlib.sha256(canonical(kept).encode()).hexdigest()


__all__ = ["LAT", "LON", "NOW", "Area", "Phone", "digest_of", "river", "told", "warden"]
