"""Secrets of factors at rest: sealed under a key made from the installation's own, which is not in the database."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from junheng.kernel.errors import Refusal

NONCE = 12


def key() -> bytes:
    """The key of the factors, derived from the installation's signing key."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"junheng second factors")
    return made.derive(settings.SECRET_KEY.encode())


def seal(text: str) -> str:
    """Text that only this installation reads again."""
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + AESGCM(key()).encrypt(nonce, text.encode(), None)).decode("ascii")


def unseal(sealed: str) -> str:
    """The text again; refused where the installation's key is another one than that which sealed it."""
    raw = base64.b64decode(sealed)
    try:
        return AESGCM(key()).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
    except InvalidTag:
        raise Refusal(
            "factor-key-changed",
            "系统密钥已更换，原来的动态口令无法再核对。请联系账号管理员重置第二因素。",
        ) from None
