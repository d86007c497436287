"""Requests that come twice: the second gets the answer of the first, and nothing is written again."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from junheng.kernel.errors import Refusal
from junheng.platform.tokens.models import KeptAnswer, Token

KEPT = timedelta(days=7)
LONGEST_KEY = 80


class KeyReused(Refusal):
    """One key was sent with two different requests."""

    status = 422


@dataclass(frozen=True, slots=True)
class Answer:
    """What a write answers: status, JSON text, headers of its own. ``again`` says that it was given before."""

    status: int
    body: str
    headers: dict[str, str] = field(default_factory=dict)
    again: bool = False


def digest_of_request(parts: Sequence[bytes]) -> str:
    """What makes two requests the same: every part, told apart from its neighbours by its length.

    >>> digest_of_request([b"ab", b"c"]) == digest_of_request([b"a", b"bc"])
    False
    """
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def once(key: str, do: Callable[[], Answer], *, token: Token, request: str, at: datetime) -> Answer:
    """Do something once for a key and keep its answer with it, in one transaction.

    Two at once: the place of the key is taken first, so the later one waits for the earlier and then finds its
    answer. What was refused wrote nothing and is not kept, so it may be tried again under the same key.
    """
    if not key:
        with transaction.atomic():
            return do()
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise Refusal("bad-idempotency-key", "Idempotency-Key 应为不超过 80 个字符的英文、数字或符号。")
    try:
        with transaction.atomic():
            KeptAnswer.objects.filter(at__lt=at - KEPT).delete()
            place = take_place(key, token=token, request=request, at=at)
            answer = do()
            KeptAnswer.objects.filter(pk=place.pk).update(
                status=answer.status, body=answer.body, headers=answer.headers
            )
            return answer
    except KeyTaken:
        return kept(key, token=token, request=request)


class KeyTaken(Exception):
    """Somebody has used the key already."""


def take_place(key: str, *, token: Token, request: str, at: datetime) -> KeptAnswer:
    """Write the key down before the deed; the table allows it once."""
    if KeptAnswer.objects.filter(token=token, key=key).exists():
        raise KeyTaken
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(token=token, key=key, request=request, status=0, body="", at=at)
    except IntegrityError:
        raise KeyTaken from None


def kept(key: str, *, token: Token, request: str) -> Answer:
    """The answer that was given before, if the request is the same."""
    found = KeptAnswer.objects.get(token=token, key=key)
    if found.request != request:
        raise KeyReused(
            "idempotency-key-reused",
            "这个 Idempotency-Key 已用于另一个请求，没有写入任何内容。请为新的请求换一个键。",
        )
    return Answer(found.status, found.body, found.headers, again=True)
