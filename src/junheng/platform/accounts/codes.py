"""Recovery codes: for the day on which the phone is lost. Each is good once."""

import hashlib
import hmac
import secrets

from django.conf import settings

HOW_MANY = 10
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without the signs that people read wrongly: 0 and O, 1 and I."""


def new_codes() -> list[str]:
    """A new set: each has fifty random bits, written in two groups."""
    return [f"{group()}-{group()}" for _ in range(HOW_MANY)]


def group() -> str:
    """Five signs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(5))


def digest_of(code: str) -> str:
    """What is kept of a code: keyed, so that a copy of the database alone guesses nothing."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), b"recovery " + plain.encode(), hashlib.sha256).hexdigest()


def without(digests: list[str], code: str) -> list[str] | None:
    """The digests that are left when a code is used; ``None`` if it is none of them."""
    wanted = digest_of(code)
    left = [one for one in digests if not hmac.compare_digest(one, wanted)]
    return left if len(left) < len(digests) else None
