"""The button on the login page."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from junheng.platform.access.entering import Way


def ways(request: HttpRequest) -> Iterator[Way]:
    """The sign-in service, where one is configured."""
    if settings.JUNHENG_OIDC["issuer"]:
        yield Way(settings.JUNHENG_OIDC["name"], reverse("accounts:oidc"))
