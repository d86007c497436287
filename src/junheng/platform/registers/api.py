"""Rows for programs: JSON under one address a register, from the same declaration and scope as the pages."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.registers import listing
from junheng.platform.registers.asker import Asker, absent, as_pk, asker_of
from junheng.platform.registers.declare import F, Register
from junheng.platform.registers.flags import LIST, PUBLIC, SEARCH
from junheng.platform.registers.registry import every_register, register_called
from junheng.platform.registers.values import data
from junheng.platform.registers.views.browse import default_day

SIZE = 100


def shown(register: Register[Any], asker: Asker) -> tuple[F, ...]:
    """The fields a program gets: what the list shows to people with a role, else what is public. Often nothing."""
    if asker.may("view", register):
        return register.flagged(LIST)
    return register.flagged(PUBLIC) if register.readers is None else ()


def readable(slug: str, asker: Asker) -> Register[Any]:
    """The register at an address, if this asker gets anything of it."""
    register = register_called(slug)
    if not shown(register, asker):
        raise NotFound("unknown-register", "没有名为「{slug}」的名录。请从目录中选择。", slug=slug)
    return register


def rows_shown(register: Register[Any], asker: Asker) -> Any:
    """The rows an asker gets: those in the scope, or all of a public register."""
    if asker.may("view", register):
        return asker.within(register.rows(), register, "view")
    return register.public_rows(register.rows())


def as_json(register: Register[Any], fields: tuple[F, ...], row: Any) -> dict[str, Any]:
    """One row as plain values, with its number."""
    return {"id": row.pk} | {field.name: data(register, field, row) for field in fields}


def reply(content: dict[str, Any]) -> JsonResponse:
    """JSON with Chinese as it is."""
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """The registers an asker gets anything of, with their fields."""
    asker = asker_of(request)
    return reply(
        {
            "registers": [
                {
                    "name": register.slug,
                    "label": register.label,
                    "address": reverse("api:register", args=[register.slug]),
                    "fields": [
                        {"name": one.name, "label": register.label_of(one)} for one in shown(register, asker)
                    ],
                }
                for register in every_register().values()
                if shown(register, asker)
            ]
        }
    )


@require_safe
def rows(request: HttpRequest, slug: str) -> JsonResponse:
    """A page of rows. Parameters are those of the list: ``on``, ``q``, ``sort``, ``page`` and the filters."""
    asker = asker_of(request)
    register = readable(slug, asker)
    fields = shown(register, asker)
    query = listing.read_query(
        register, allowed(request.GET.dict(), register, fields), default_day=default_day(asker)
    )
    page = listing.page_of(
        listing.narrowed(register, rows_shown(register, asker), query), query.page, size=SIZE
    )
    following = None
    if page.number < page.last:
        parameters = request.GET.copy()
        parameters["page"] = str(page.number + 1)
        following = f"{request.path}?{parameters.urlencode()}"
    return reply(
        {
            "name": register.slug,
            "label": register.label,
            "on": query.on.isoformat() if query.on else None,
            "count": page.count,
            "more": page.more,
            "next": following,
            "rows": [as_json(register, fields, row) for row in page.rows],
        }
    )


def allowed(parameters: dict[str, str], register: Register[Any], fields: tuple[F, ...]) -> dict[str, str]:
    """The parameters that speak of nothing but shown fields: what one may not read one may not ask about either."""
    if fields != register.flagged(PUBLIC):
        return parameters
    known = {"on", "page"} | {
        name + end for name in (one.name for one in fields) for end in ("", "_from", "_to")
    }
    if parameters.get("sort", "").removeprefix("-") in known:
        known.add("sort")
    if all(one in fields for one in register.flagged(SEARCH)):
        known.add("q")
    if refused := sorted(set(parameters) - known):
        raise Refusal(
            "bad-filter", "公开数据不能按「{name}」查询。请去掉这个条件后重试。", name=refused[0][:40]
        )
    return parameters


@require_safe
def row(request: HttpRequest, slug: str, pk: str) -> JsonResponse:
    """One row."""
    asker = asker_of(request)
    register = readable(slug, asker)
    found = rows_shown(register, asker).filter(pk=as_pk(register, pk)).first()
    if found is None:
        raise absent()
    return reply(as_json(register, shown(register, asker), found))
