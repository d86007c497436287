"""Pages of the phone app: its one page, its worker, its picture, how to install it, and sending an exported file."""

import segno
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from junheng.surfaces.field import assets
from junheng.surfaces.field.icons import SIDES, icon_png
from junheng.surfaces.field.words import spoken

ASK_FIRST = "no-cache"
"""Kept, yet asked for each time: a new edition is seen at once."""


@require_safe
def app(request: HttpRequest) -> HttpResponse:
    """The app. Whoever is not signed in gets it too: it holds nothing about anybody, what it shows it asks for."""
    return HttpResponse(assets.shell(), headers={"Cache-Control": ASK_FIRST})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of the app's folder."""
    return HttpResponse(
        assets.worker(),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": ASK_FIRST, "Service-Worker-Allowed": reverse("field:app")},
    )


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone wants to know before it puts the app on its screen."""
    home = reverse("field:app")
    return JsonResponse(
        {
            "id": home,
            "name": _("均衡 · 水域暗访"),
            "short_name": _("水域暗访"),
            "description": _("水域责任人在现场用的应用：没有网络也能记录，有网络时自动送达。"),
            "lang": request.LANGUAGE_CODE,
            "start_url": home,
            "scope": "/",  # signing in lies outside the app's folder, and must not lead out of its window
            "display": "standalone",
            "orientation": "portrait",
            "background_color": "#f5f4ef",
            "theme_color": "#10353c",
            "icons": [
                {
                    "src": reverse("field:icon", args=[side]),
                    "sizes": f"{side}x{side}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for side in SIDES
                for purpose in ("any", "maskable")
            ],
        },
        content_type="application/manifest+json",
        headers={"Cache-Control": ASK_FIRST},
    )


@require_safe
def icon(request: HttpRequest, side: int) -> HttpResponse:
    """The app's picture, in the sizes that phones ask for."""
    if side not in SIDES:
        raise Http404
    return HttpResponse(
        icon_png(side), content_type="image/png", headers={"Cache-Control": "public, max-age=86400"}
    )


@require_safe
@login_required
def install(request: HttpRequest) -> HttpResponse:
    """How the app gets onto a phone: a picture to scan, and the steps for each kind of phone."""
    address = request.build_absolute_uri(reverse("field:app"))
    svg = segno.make(address, error="m").svg_inline(border=1, omitsize=True, svgclass=None, lineclass=None)
    picture = mark_safe(svg)  # noqa: S308 — segno draws squares only
    return render(
        request,
        "field/install.html",
        {"address": address, "picture": picture, "secure": request.is_secure()},
    )


@require_safe
@login_required
def file(request: HttpRequest) -> HttpResponse:
    """The last resort: a file that a phone exported is read here and sent, record by record, as the phone would."""
    return render(request, "field/file.html", {"words": spoken(), "icons": assets.ICONS})
