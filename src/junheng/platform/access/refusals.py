"""Refusals as people meet them: a page, or one sentence where only a part of a page was asked for."""

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.kernel.errors import NotAllowed, NotFound, Refusal

TITLES = {
    400: gettext_lazy("这样办不了"),
    401: gettext_lazy("没有登录"),
    403: gettext_lazy("没有权限"),
    404: gettext_lazy("没有找到"),
    409: gettext_lazy("现在办不了"),
    405: gettext_lazy("不支持这种请求"),
    413: gettext_lazy("内容太大"),
    415: gettext_lazy("内容格式不对"),
    422: gettext_lazy("填写有误"),
    428: gettext_lazy("缺少版本"),
    429: gettext_lazy("尝试次数过多"),
    503: gettext_lazy("暂时办不了"),
}

GIVEN_UP = "57014"
"""What a server calls a question that it ended by itself: query_canceled."""

logger = logging.getLogger(__name__)


class TooLarge(Refusal):
    """More was sent than the house takes in one piece."""

    status = 413


class TooManyTries(Refusal):
    """Somebody guessed a password too often."""

    status = 429


class RefusalMiddleware:
    """Turns a ``Refusal`` raised in any view into an answer, once for the whole house."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") and response.get("Location", "").startswith(settings.LOGIN_URL):
            # htmx would follow and put the login page into a corner of this one: send the whole window there.
            return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer refusals and bodies that are too big; everything else is a mistake of ours and stays one."""
        if isinstance(exception, RequestDataTooBig):
            return refusal_response(request, too_large())
        return refusal_response(request, exception) if isinstance(exception, Refusal) else None


def sentence_of(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language."""
    return _(refusal.sentence).format(**refusal.params)


def refusal_response(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer to a refused request: JSON for programs, the sentence for htmx (shown as a note), else a page."""
    sentence = sentence_of(refusal)
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = problem(refusal, sentence)
    elif request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        response = HttpResponse(sentence, content_type="text/plain; charset=utf-8")
    else:
        context = {
            "title": TITLES.get(refusal.status, TITLES[400]),
            "sentence": sentence,
            "code": refusal.code,
            "status": refusal.status,
            "back": came_from(request),
        }
        response = HttpResponse(render_to_string("ui/refusal.html", context, request))
    response.status_code = refusal.status
    response["X-Refusal"] = refusal.code
    return response


class Detailed(Refusal):
    """A refusal with facts for a program, beside the sentence: the errors field by field, or both versions."""

    def __init__(self, code: str, sentence: str, *, facts: Mapping[str, Any], **params: Any) -> None:
        super().__init__(code, sentence, **params)
        self.facts = facts


def problem(refusal: Refusal, sentence: str) -> HttpResponse:
    """A refusal for programs, as RFC 9457 wants it; ``code`` and ``sentence`` are the house's own."""
    facts = refusal.facts if isinstance(refusal, Detailed) else {}
    return JsonResponse(
        {
            "type": f"urn:junheng:refusal:{refusal.code}",
            "title": str(TITLES.get(refusal.status, TITLES[400])),
            "status": refusal.status,
            "detail": sentence,
            "code": refusal.code,
            "sentence": sentence,
            **facts,
        },
        content_type="application/problem+json; charset=utf-8",
        json_dumps_params={"ensure_ascii": False},
    )


def too_large() -> TooLarge:
    """The refusal of a form or text over 2 MB."""
    return TooLarge("too-large", "提交的内容超过 2 MB。请缩短文字，或改为上传文件后再试。")


def bad_request(request: HttpRequest, exception: Exception | None = None, **_kwargs: Any) -> HttpResponse:
    """What Django itself could not read: too big, too many parts, or broken."""
    if isinstance(exception, RequestDataTooBig):
        return refusal_response(request, too_large())
    if isinstance(exception, TooManyFilesSent):
        return refusal_response(request, TooLarge("too-many-files", "一次提交的文件太多。请分几次上传。"))
    return refusal_response(
        request, Refusal("bad-request", "无法读懂这次提交的内容。请返回上一页，刷新后重试。")
    )


def no_such_page(request: HttpRequest, exception: Exception | None = None, **_kwargs: Any) -> HttpResponse:
    """An address that leads nowhere, or to what lies outside the asker's scope: the same answer."""
    return refusal_response(request, nothing_here())


def nothing_here() -> NotFound:
    """What is not there, what is another's, and what is nobody's business get one answer: that of any wrong address."""
    return NotFound("not-found", "没有找到这个页面，或者它不在您的权限范围内。请检查网址，或从首页重新进入。")


def came_from(request: HttpRequest) -> str:
    """The page of this house that a refused form stood on, so that nobody has to look for it again; else nothing."""
    said = request.headers.get("Referer", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(said, {request.get_host()}):
        return ""
    parts = urlsplit(said)
    ours = parts.path.startswith("/") and not parts.path.startswith("//")
    return urlunsplit(("", "", parts.path, parts.query, "")) if ours else ""


def not_allowed(request: HttpRequest, exception: Exception | None = None, **_kwargs: Any) -> HttpResponse:
    """A page that exists and is not for this person."""
    return refusal_response(
        request, NotAllowed("not-allowed", "您没有办理这件事的权限。如确需办理，请联系本单位管理员。")
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose safety token is missing or old: usually a page left open over a login."""
    return refusal_response(
        request, NotAllowed("stale-form", "页面已过期，没有保存任何内容。请返回上一页，刷新后重新提交。")
    )


def database_away() -> HttpResponse:
    """The database does not answer: bare words, since every page asks it; who asks again soon is served again."""
    sentence = _(
        "数据库暂时连接不上，本次操作没有保存。系统恢复后即可继续，请稍后刷新页面；如持续出现，请告诉管理员。"
    )
    return HttpResponse(
        sentence, status=503, headers={"Retry-After": "10"}, content_type="text/plain; charset=utf-8"
    )


def took_too_long() -> HttpResponse:
    """The database gave up a question that took too long: it is well, and the same question would take as long again."""
    sentence = _(
        "查询用时太长，已经停止，本次操作没有保存。请缩小范围（时点、区划、筛选条件）后再试；如仍出现，请把时间和页面地址告诉管理员。"
    )
    return HttpResponse(sentence, status=503, content_type="text/plain; charset=utf-8")


def our_mistake(request: HttpRequest) -> HttpResponse:
    """Something broke in the house: say so on a page, or in bare words where the page may be what broke."""
    wrong = sys.exc_info()[1]
    if isinstance(wrong, OperationalError | InterfaceError):
        return took_too_long() if getattr(wrong.__cause__, "sqlstate", "") == GIVEN_UP else database_away()
    try:
        return HttpResponse(render_to_string("500.html", request=request), status=500)
    except Exception:
        logger.exception("The page that says that something broke is broken itself")
    sentence = _("系统出现错误，本次操作没有保存。请稍后重试；如仍出现，请把时间和页面地址告诉管理员。")
    return HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")
