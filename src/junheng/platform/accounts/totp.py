"""Codes of an authenticator app (RFC 6238): six digits, a new one every 30 seconds."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30
DIGITS = 6
DRIFT = 1
"""Steps that the clock of a phone may be early or late."""


def new_secret() -> str:
    """A new secret of 160 bits, as apps want it."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def code_at(secret: str, step: int) -> str:
    """The code of a time step.

    >>> code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1111111109 // STEP)
    '081804'
    """
    app = TOTP(base64.b32decode(secret), DIGITS, SHA1(), STEP, enforce_key_length=False)  # noqa: S303 (RFC 6238)
    return app.generate(step * STEP).decode("ascii")


def step_of(at: datetime) -> int:
    """The time step of a moment."""
    return int(at.timestamp()) // STEP


def step_of_code(secret: str, code: str, *, at: datetime, after: int) -> int | None:
    """The step whose code this is, if it is near the moment and later than the last one that was used."""
    digits = code.replace(" ", "")
    if len(digits) != DIGITS or not digits.isascii() or not digits.isdigit():
        return None
    now = step_of(at)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(code_at(secret, step), digits):
            return step
    return None


def address(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code says to an app.

    >>> address("ABC", account="li si", issuer="均衡")
    'otpauth://totp/%E5%9D%87%E8%A1%A1:li%20si?secret=ABC&issuer=%E5%9D%87%E8%A1%A1'
    """
    label = f"{quote(issuer)}:{quote(account)}"
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"
