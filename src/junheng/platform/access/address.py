"""Where a request came from: for counting tries and floods, never for knowing anybody. Nobody else reads it."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address that asked. Behind a proxy of the house it is the last one that the proxy names.

    What stands before it in the header was sent by whoever asked, who may write there what they like. Where the proxy
    names none that is an address, the proxy's own counts for all who come through it.
    """
    near = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.SECURE_PROXY_SSL_HEADER:
        return near
    said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return said if is_address(said) else near


def is_address(text: str) -> bool:
    """Whether something is the address of a machine; one that is told together with a port or a device is not."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "%" not in text
