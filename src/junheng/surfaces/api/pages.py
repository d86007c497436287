"""Pages and files beside the addresses: the description, its page, and the open data."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from junheng.platform.registers.asker import Asker
from junheng.surfaces.api import open_data
from junheng.surfaces.api.door import door, tagged
from junheng.surfaces.api.openapi import document


@door("GET", "HEAD")
def description(request: HttpRequest, _asker: Asker) -> HttpResponse:
    """The description for programs."""
    return tagged(request, document())


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The description for people: every address, by register."""
    found = document()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in found["paths"].items():
        for method in ("get", "post", "patch"):
            if method in item:
                one = item[method]
                tag = one.get("tags", [""])[0]
                groups.setdefault(tag, []).append(
                    {
                        "method": method.upper(),
                        "path": path,
                        "summary": one["summary"].split("：", 1)[-1],
                        "names": [name_of(part, found) for part in one["parameters"]],
                    }
                )
    labels = {tag["name"]: tag["description"] for tag in found["tags"]}
    return render(
        request,
        "api/about.html",
        {
            "version": found["info"]["version"],
            "groups": [(tag, labels.get(tag, ""), lines) for tag, lines in groups.items()],
        },
    )


def name_of(part: dict[str, Any], found: dict[str, Any]) -> str:
    """The name of a parameter, shared or not."""
    if "$ref" in part:
        part = found["components"]["parameters"][part["$ref"].rsplit("/", 1)[1]]
    return str(part["name"])


@require_safe
def open_files(request: HttpRequest) -> HttpResponse:
    """The files everybody may download, with version and digest."""
    files = [open_data.newest(one) for one in open_data.open_registers()]
    return render(request, "api/open_data.html", {"files": files})


@door("GET", "HEAD")
def open_catalogue(request: HttpRequest, _asker: Asker) -> HttpResponse:
    """The same for programs."""
    files = [open_data.newest(one) for one in open_data.open_registers()]
    return tagged(
        request,
        {
            "files": [
                {
                    "register": one.register.slug,
                    "label": one.register.label,
                    "address": f"/open-data/{one.register.slug}-{one.version}.csv",
                    "version": one.version,
                    "as_of": one.as_of.isoformat(),
                    "sha256": one.digest,
                    "rows": one.rows,
                    "bytes": one.size,
                }
                for one in files
            ]
        },
    )


@require_safe
def open_file(request: HttpRequest, name: str) -> HttpResponse:
    """The newest file of a register, or a version of it: ``schools`` or ``schools-20231231-0123456789ab``."""
    slug, _dash, version = name.partition("-")
    register = open_data.open_register(slug)
    path = open_data.older(register, version) if version else open_data.newest(register).path
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    response["ETag"] = f'"{digest}"'
    response["X-Version"] = path.stem.partition("-")[2]
    response["X-Digest"] = f"sha256={digest}"
    response["Cache-Control"] = "public, max-age=31536000, immutable" if version else "public, no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
