"""Accounts of kindergartens of which the demonstration shows a step that waits for them."""

from datetime import date

from junheng.domains.kindergartens.models import Kindergarten
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role

SINCE = date(2020, 1, 1)


def an_owner(username: str, kindergarten: Kindergarten, *, like: User) -> User:
    """Who runs a kindergarten, with the password that all demonstration logins share."""
    made = User.objects.create(
        username=username,
        display_name=f"{kindergarten}园长（演示）",
        area=kindergarten.area_id,
        password=like.password,
    )
    Grant.objects.create(
        user=made,
        role=Role.KINDERGARTEN,
        area=kindergarten.area_id,
        kindergarten=kindergarten.pk,
        since=SINCE,
    )
    return made
