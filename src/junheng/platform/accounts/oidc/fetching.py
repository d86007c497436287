"""Asking the sign-in service over HTTPS: short, bounded, and never led elsewhere."""

import json
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from junheng.kernel.errors import Refusal

SECONDS = 10
MOST = 1_000_000
"""Bytes of an answer: keys and tokens are a few thousand."""
HERE = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that may be asked without https: a service on the same machine."""


class Unreachable(Refusal):
    """The sign-in service does not answer as it should."""

    status = 503


class NoRedirect(HTTPRedirectHandler):
    """An answer that leads elsewhere is a wrong answer: what is sent here are secrets."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def opener() -> OpenerDirector:
    """What asks: it follows no redirect."""
    return build_opener(NoRedirect)


def fetch(
    address: str, *, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """The JSON object at an address; with a form it is posted."""
    require_safe(address)
    asked = Request(  # noqa: S310 — require_safe has looked at the scheme
        address,
        data=urlencode(form).encode() if form is not None else None,
        headers={"Accept": "application/json", **(headers or {})},
    )
    try:
        with opener().open(asked, timeout=SECONDS) as answer:
            told = json.loads(answer.read(MOST + 1)[: MOST + 1])
    except HTTPError as error:
        error.close()
        raise away(f"HTTP {error.code}") from None
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise away(type(error).__name__) from None
    if not isinstance(told, dict):
        raise away("JSON")
    return told


def require_safe(address: str) -> None:
    """Only https, or a service on this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and parts.hostname in HERE:
        return
    raise away("https")


def origin_of(address: str) -> str:
    """Scheme, host and port of an address.

    >>> origin_of("https://id.example/realms/edu")
    'https://id.example'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def away(why: str) -> Unreachable:
    """The refusal when the service cannot be used."""
    return Unreachable(
        "sign-in-service-away",
        "统一身份认证暂时不可用（{why}）。请稍后重试，或用本系统的用户名和密码登录。",
        why=why,
    )
