"""How much may be sent in one request: looked at before a byte of it is read."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from junheng.platform.access.refusals import TooLarge, bad_request, refusal_response, too_large

TABLE = re.compile(r"/registers/[^/]+/import/")
"""Where whole tables are sent: only there may a file be larger."""
ENVELOPE = 64 * 1024
"""Bytes a multipart body may have beyond the file itself."""


def limit_of(path: str) -> int:
    """How many bytes of files may be sent to an address."""
    if TABLE.fullmatch(path):
        return int(settings.JUNHENG_IMPORT_BYTES)
    if any(re.fullmatch(one, path) for one in settings.JUNHENG_FILM_ADDRESSES):
        return int(settings.JUNHENG_FILM_BYTES)
    return int(settings.JUNHENG_UPLOAD_BYTES)


class BodySizeMiddleware:
    """Refuses, with a sentence, texts and files that are too large, and questions with a character that is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)  # no person types this character, and no server's database keeps it
        try:
            size = int(request.headers.get("Content-Length") or 0)
        except ValueError:
            size = 0
        if (request.content_type or "").startswith("multipart/"):
            limit = limit_of(request.path)
            if size > limit + ENVELOPE:
                return refusal_response(
                    request,
                    TooLarge(
                        "file-too-large",
                        "上传的内容合计超过 {limit} MB，没有存入。照片请裁小或截图后一张一张上传；"
                        "表格请拆分成几个文件，或删去不需要的列后再试。",
                        limit=limit >> 20,
                    ),
                )
        elif size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return refusal_response(request, too_large())
        return self.get_response(request)
