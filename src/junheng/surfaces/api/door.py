"""What every address for programs has in common: who asks, in which method, and how the answer is kept."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from junheng.kernel.errors import Refusal
from junheng.platform.access.address import address_of
from junheng.platform.access.refusals import refusal_response
from junheng.platform.registers.api.giving import read_json
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.tokens.asking import NotKnown, asker_behind

SAFE = frozenset({"GET", "HEAD"})
View = Callable[..., HttpResponse]


class WrongMethod(Refusal):
    """An address that is not asked in this way."""

    status = 405


class WrongKind(Refusal):
    """A body that says it is something else than the address takes."""

    status = 415


def door(*methods: str) -> Callable[[View], Any]:
    """An address for programs that hears these methods; the view gets request and asker.

    No CSRF token is asked for because no cookie opens a write: writes come with a Bearer token, which no other site
    can make a browser send.
    """

    def wrap(view: View) -> Any:
        @csrf_exempt
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise wrong_method(methods)
                response = view(request, asker_for(request), *args, **kwargs)
            except Refusal as refusal:
                response = refusal_response(request, refusal)
                if refusal.status == 401:
                    response["WWW-Authenticate"] = 'Bearer realm="junheng"'
                if refusal.status == 405:
                    response["Allow"] = ", ".join(methods)
                if refusal.status == 429:
                    response["Retry-After"] = "900"
            patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language", "X-Look-Up"])
            response.setdefault("Cache-Control", "private, no-cache")
            return response

        return inner

    return wrap


def wrong_method(methods: tuple[str, ...]) -> WrongMethod:
    """The refusal of a method."""
    return WrongMethod("wrong-method", "这个地址只接受 {methods}。", methods=", ".join(methods))


def asker_for(request: HttpRequest) -> Asker:
    """Who asks: the owner of a token; for reading also who is logged in, or nobody."""
    if header := request.headers.get("Authorization"):
        return asker_behind(header, address=address_of(request), at=timezone.now())
    if request.method in SAFE:
        return asker_of(request)
    raise NotKnown(
        "token-needed", "写入须使用接口令牌（Authorization: Bearer …）。请登录后在「接口令牌」页面创建。"
    )


def parameters(request: HttpRequest) -> dict[str, str]:
    """The query string; a parameter written twice is refused, because one of them would be ignored."""
    for name, values in request.GET.lists():
        if len(values) > 1:
            raise Refusal("parameter-twice", "参数「{name}」写了两次，请只写一次。", name=name[:40])
    return {name: values[0] for name, values in request.GET.lists()}


def text_of(content: Any) -> str:
    """JSON with Chinese as it is."""
    return json.dumps(content, ensure_ascii=False)


def json_reply(text: str, *, status: int = 200) -> HttpResponse:
    """JSON that is written already."""
    return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)


def tagged(request: HttpRequest, content: Any, *, version: int | None = None) -> HttpResponse:
    """An answer with an ETag: 304 where the asker has it already. ``version`` stands first in a row's tag."""
    text = text_of(content)
    response = json_reply(text)
    response["ETag"] = tag_of(text, version)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def tag_of(text: str, version: int | None) -> str:
    """The ETag of a text, with the version of its row if it has one."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:20]
    return f'"{digest}"' if version is None else f'"{version}-{digest}"'


def body_of(request: HttpRequest, *kinds: str) -> str:
    """The body as text, if it says that it is of these kinds."""
    if request.content_type not in kinds:
        raise WrongKind("wrong-kind", "请求内容应为 {kinds}。", kinds=kinds[0])
    try:
        return request.body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("bad-json", "请求内容不是有效的 JSON：{reason}", reason="UTF-8") from None


def object_of(request: HttpRequest, *names: str) -> dict[str, Any]:
    """The body as an object with these names."""
    try:
        given = read_json(body_of(request, "application/json"))
    except ValueError as unread:
        raise Refusal("bad-json", "请求内容不是有效的 JSON：{reason}", reason=str(unread)) from None
    if not isinstance(given, dict):
        raise Refusal("bad-body", "请求内容应为对象，包含：{names}。", names="、".join(names))
    if unknown := sorted(set(given) - set(names)):
        raise Refusal(
            "unknown-name", "请求中没有「{name}」这一项。可用：{names}。",
            name=unknown[0][:40], names="、".join(names),
        )  # fmt: skip
    return given
