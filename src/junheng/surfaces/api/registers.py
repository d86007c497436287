"""Registers for programs: what there is, rows of one, one row, and writing them."""

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from junheng.kernel.errors import NotAllowed, Refusal
from junheng.platform.audit.history import version_of
from junheng.platform.registers.api import bulk, offering, reading, writing
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.declare import Register
from junheng.platform.registers.known import as_known, read_known
from junheng.platform.registers.registry import every_register
from junheng.platform.registers.views.browse import default_day
from junheng.platform.tokens.asking import TokenLimit
from junheng.platform.tokens.repeats import Answer, digest_of_request, once
from junheng.surfaces.api.door import (
    body_of,
    door,
    json_reply,
    object_of,
    parameters,
    tag_of,
    tagged,
    text_of,
)

VERSION = re.compile(r'"?(\d{1,18})(?:-[0-9a-f]+)?"?')
LOOK_UP = "X-Look-Up"
LINES = ("application/jsonl", "application/x-ndjson", "application/x-jsonlines")


@door("GET", "HEAD")
def index(request: HttpRequest, asker: Asker) -> HttpResponse:
    """The registers an asker gets anything of, with their fields."""
    found = [one for one in every_register().values() if offering.offered(one, asker)]
    return tagged(
        request,
        {
            "registers": [
                {
                    "name": register.slug,
                    "label": register.label,
                    "address": reverse("api:register", args=[register.slug]),
                    "fields": [
                        {"name": one.name, "label": str(register.model_field(one).verbose_name)}
                        for one in offering.offered(register, asker)
                    ],
                }
                for register in found
            ]
        },
    )


@door("GET", "HEAD", "POST")
def rows(request: HttpRequest, asker: Asker, slug: str) -> HttpResponse:
    """A page of rows, or a new one."""
    register = offering.readable(slug, asker)
    if request.method == "POST":
        return new(request, register, asker)
    answer = reading.page(register, asker, asked_of(request), default_day=default_day(asker))
    following = request.GET.copy()
    following.clear()
    following.update(answer.following or {})
    return tagged(
        request,
        {
            "name": register.slug,
            "label": register.label,
            "as_of": answer.on.isoformat() if answer.on else None,
            "known": answer.known.isoformat() if answer.known else None,
            "count": answer.count,
            "more": answer.more,
            "next": f"{request.path}?{following.urlencode()}" if answer.following else None,
            "rows": [offering.as_json(register, answer.fields, row) for row in answer.rows],
        },
    )


def asked_of(request: HttpRequest) -> dict[str, str]:
    """The parameters of a page; a number that is looked up may come in a header, so that no address carries it."""
    asked = parameters(request)
    if number := request.headers.get(LOOK_UP, "").strip():
        if asked.get("q"):
            raise Refusal("look-up-twice", "q 和请求头 {name} 只能写一个。", name=LOOK_UP)
        asked["q"] = number
    return asked


def new(request: HttpRequest, register: Register[Any], asker: Asker) -> HttpResponse:
    """Write a new row."""
    require_may(register, asker)
    given = object_of(request, "values", "why", "explanation")

    def do() -> Answer:
        made = writing.create(
            register,
            given.get("values"),
            why=given.get("why"),
            asker=asker,
            explanation=given.get("explanation"),
        )
        if made.row is None:
            return waiting(made, None)
        address = reverse("api:row", args=[register.slug, made.row.pk])
        return answer_of(register, asker, made, status=201, headers={"Location": address})

    return written(request, asker, do)


@door("GET", "HEAD", "PATCH")
def row(request: HttpRequest, asker: Asker, slug: str, pk: str) -> HttpResponse:
    """One row, or a change of it."""
    register = offering.readable(slug, asker)
    if request.method == "PATCH":
        return change(request, register, asker, pk)
    asked = parameters(request)
    if unknown := sorted(set(asked) - {"fields", "known"}):
        raise Refusal("bad-filter", "这里不能按「{name}」查询。请去掉这个条件后重试。", name=unknown[0][:40])
    fields = offering.offered(register, asker)
    known = read_known(asked.get("known", ""))
    with as_known(register, known, asker=asker):
        found = offering.row_shown(register, asker, pk)
        content = offering.as_json(register, offering.chosen(asked.get("fields"), fields, fields), found)
    inside = asker.may("view", register) and known is None
    return tagged(request, content, version=version_of(found) if inside else None)


def change(request: HttpRequest, register: Register[Any], asker: Asker, pk: str) -> HttpResponse:
    """Change a row, if it still is as the program read it."""
    require_may(register, asker)
    given, version = object_of(request, "values", "why", "explanation"), version_in(request)

    def do() -> Answer:
        made = writing.change(
            register,
            pk,
            given.get("values"),
            version=version,
            why=given.get("why"),
            asker=asker,
            explanation=given.get("explanation"),
        )
        return answer_of(register, asker, made)

    return written(request, asker, do)


@door("POST")
def end(request: HttpRequest, asker: Asker, slug: str, pk: str) -> HttpResponse:
    """End a row: it stays, and no longer holds from a day on."""
    register = offering.readable(slug, asker)
    require_may(register, asker)
    given, version = object_of(request, "until", "why"), version_in(request)

    def do() -> Answer:
        made = writing.end(
            register, pk, given.get("until"), version=version, why=given.get("why"), asker=asker
        )
        return answer_of(register, asker, made)

    return written(request, asker, do)


@door("POST")
def upload(request: HttpRequest, asker: Asker, slug: str) -> HttpResponse:
    """Many rows, one JSON object a line."""
    register = offering.readable(slug, asker)
    require_may(register, asker)
    text, why = body_of(request, *LINES), parameters(request).get("why", "")

    def do() -> Answer:
        made = bulk.upload(register, text, why=why, asker=asker)
        counts = {"new": made.new, "changed": made.changed, "unchanged": made.unchanged}
        return Answer(
            202 if made.proposals else 200,
            text_of(counts | {"rows": made.rows, "proposals": made.proposals}),
        )

    return written(request, asker, do)


def require_may(register: Register[Any], asker: Asker) -> None:
    """Refuse whoever may write nothing here, before the body is looked at."""
    if not asker.may("change", register):
        raise NotAllowed(
            "may-not-write",
            "您没有修改「{label}」的权限，或令牌不含这个名录的写入权限。",
            label=register.label,
        )


def version_in(request: HttpRequest) -> int | None:
    """The version a change began from, as If-Match says it; ``None`` if it says none."""
    text = request.headers.get("If-Match", "").strip()
    if not text:
        return None
    found = VERSION.fullmatch(text)
    if found is None:
        raise Refusal("bad-version", "If-Match 应为读取这条记录时响应头 ETag 的值。")
    return int(found[1])


def answer_of(
    register: Register[Any],
    asker: Asker,
    made: writing.Written,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> Answer:
    """A written row as it is now, with its new version; what somebody must approve first is told by number."""
    content = offering.as_json(register, offering.offered(register, asker), made.row)
    if made.proposals:
        return waiting(made, content)
    text = text_of(content)
    return Answer(status, text, {"ETag": tag_of(text, version_of(made.row)), **(headers or {})})


def waiting(made: writing.Written, row: dict[str, Any] | None) -> Answer:
    """Something waits for approval: the numbers of the proposals, and the row as it is meanwhile."""
    text = text_of({"proposals": list(made.proposals), "row": row})
    return Answer(202, text, {} if made.row is None else {"ETag": tag_of(text, version_of(made.row))})


def written(request: HttpRequest, asker: Asker, do: Callable[[], Answer]) -> HttpResponse:
    """Do a write in one transaction, once for its Idempotency-Key."""
    assert isinstance(asker.limit, TokenLimit)
    parts = [request.method or "", request.get_full_path(), request.headers.get("If-Match", "")]
    answer = once(
        request.headers.get("Idempotency-Key", ""),
        do,
        token=asker.limit.token,
        request=digest_of_request([*(part.encode() for part in parts), request.body]),
        at=asker.at,
    )
    response = json_reply(answer.body, status=answer.status)
    for name, value in answer.headers.items():
        response[name] = value
    if answer.again:
        response["Idempotency-Replayed"] = "true"
    return response
