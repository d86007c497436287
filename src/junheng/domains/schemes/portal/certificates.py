"""Whether a certificate is one: by its code, typed or from the square code on it."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from junheng.domains.schemes.models import Certificate
from junheng.domains.schemes.queries.showing import verify
from junheng.kernel.errors import NotFound


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Valid, over, revoked, altered or unknown; of an altered one nothing else is said."""
    code = request.GET.get("code", "").strip()[:60]
    found = verify(code, on=timezone.localdate()) if code else None
    return render(request, "schemes/verify.html", {"code": code, "found": found})


@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The square code of a certificate: it leads to the page that verifies it."""
    if not Certificate.objects.filter(code=code).exists():
        raise NotFound("unknown-certificate", "没有这个编号的证书。请核对编号。")
    address = f"{request.build_absolute_uri(reverse('schemes:verify'))}?code={code}"
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, scale=4)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
