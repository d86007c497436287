"""Somebody at a page, and what the page says."""

from typing import Any

from django.test import Client

from junheng.platform.access.models import User


def as_(user: User | None) -> Client:
    """A browser in which somebody is logged in; nobody where none is named."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def text(answer: Any) -> str:
    """The words of a page that was found."""
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())
