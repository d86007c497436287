"""How tests of registrations walk: the moment, the steps, the sending, a photo."""

import re
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 2000
NAMES = {
    1: ("name", "id_number", "guardian", "relation", "phone"),
    2: ("home_area", "street", "number", "community", "room"),
    3: ("has", "twin_number"),
    4: ("choice1", "choice2"),
}


class Clock:
    """The moment at which the pages are asked."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def fill(client: Client, filled: dict[str, str], *steps: int, go: str = "next") -> Any:
    """Send the steps one after the other; answers with the last answer."""
    for number in steps:
        sent = {name: filled.get(name, "") for name in NAMES[number]} | {"go": go}
        sent["has"] = filled.get("has", "").split(",") if number == 3 else ""
        answer = client.post(f"/registrations/step/{number}/", sent)
    return answer


def send(client: Client, **more: str) -> Any:
    """Send what the last page holds, as a browser would."""
    page = client.get("/registrations/step/5/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    return client.post("/registrations/send/", hidden | {"truthful": "1"} | more)


def photo(client: Client, data: bytes, kind: str = "property") -> Any:
    file = SimpleUploadedFile("p.jpg", data, content_type="image/jpeg")
    has = ["household", kind]
    return client.post("/registrations/step/3/", {"has": has, f"photo_{kind}": file, "go": "stay"})
