"""Programs: a client with a token, and the tokens themselves."""

import json
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from junheng.platform.access.models import User
from junheng.platform.tokens.actions import make_token
from junheng.platform.tokens.models import Token


def token_of(
    user: User, *, scope: str = "write", registers: tuple[str, ...] = (), until: date | None = None
) -> tuple[Token, str]:
    """A token of a person and its text."""
    now = timezone.now()
    end = until or timezone.localdate(now) + timedelta(days=30)
    token, secret = make_token(name="考务系统", scope=scope, registers=registers, until=end, by=user, at=now)
    return token, str(secret)


class Program:
    """A program that calls the house with a token."""

    def __init__(self, text: str = "") -> None:
        self.client = Client(raise_request_exception=True)
        self.heads = {"Authorization": f"Bearer {text}"} if text else {}

    def get(self, path: str, parameters: Any = None, **heads: str) -> Any:
        return self.client.get(path, parameters, headers=self.heads | heads)

    def send(
        self, method: str, path: str, content: Any, *, kind: str = "application/json", **heads: str
    ) -> Any:
        body = content if isinstance(content, str | bytes) else json.dumps(content, ensure_ascii=False)
        named = {name.replace("_", "-"): value for name, value in heads.items()}
        return self.client.generic(method, path, body, content_type=kind, headers=self.heads | named)

    def post(self, path: str, content: Any, **more: Any) -> Any:
        return self.send("POST", path, content, **more)

    def patch(self, path: str, content: Any, **more: Any) -> Any:
        return self.send("PATCH", path, content, **more)


def program_of(user: User, **given: Any) -> Program:
    """A program with a new token of a person."""
    return Program(token_of(user, **given)[1])


def told(answer: Any) -> Any:
    """What an answer says."""
    return json.loads(answer.content)
