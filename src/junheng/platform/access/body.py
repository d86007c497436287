"""How much may be sent in one request: looked at before a byte of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from junheng.platform.access.refusals import TooLarge, bad_request, refusal_response, too_large

ENVELOPE = 64 * 1024
"""Bytes a multipart body may have beyond the file itself."""


class BodySizeMiddleware:
    """Refuses, with a sentence, texts over 2 MB, files over 20 MB, and questions with a character that is none."""

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
            if size > settings.JUNHENG_UPLOAD_BYTES + ENVELOPE:
                return refusal_response(
                    request,
                    TooLarge(
                        "file-too-large",
                        "上传的内容合计超过 20 MB，没有存入。照片请裁小或截图后一张一张上传；"
                        "表格请拆分成几个文件，或删去不需要的列后再试。",
                    ),
                )
        elif size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return refusal_response(request, too_large())
        return self.get_response(request)
