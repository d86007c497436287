"""Where a request came from: for counting tries and floods, never for knowing anybody."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address that asked. Behind a proxy of the house it is the last one that the proxy names.

    What stands before it in the header was sent by whoever asked, who may write there what they like.
    """
    near = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.SECURE_PROXY_SSL_HEADER:
        return near
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or near
