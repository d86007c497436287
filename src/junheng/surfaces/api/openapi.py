"""The description of every address for programs, made from the declarations (OpenAPI 3.1).

Committed as ``docs/reference/openapi.json``; a test compares it, and writes it anew where JUNHENG_WRITE_DOCS is set.
"""

import json
from typing import Any

from django.utils import translation

from junheng.platform.registers.actions import can_retire
from junheng.platform.registers.api.reading import sortable
from junheng.platform.registers.api.schema import row_schema, values_schema
from junheng.platform.registers.declare import Register
from junheng.platform.registers.filters import Filter, filters_of
from junheng.platform.registers.flags import SEARCH
from junheng.platform.registers.forms import can_begin
from junheng.platform.registers.registry import every_register
from junheng.platform.registers.search import looked_up_by
from junheng.surfaces.api.openapi_shared import COMPONENTS, PUBLIC_PATHS
from junheng.surfaces.api.openapi_surveys import SURVEY_PATHS, SURVEY_SCHEMAS
from junheng.surfaces.api.openapi_surveys import TAG as SURVEYS

Part = dict[str, Any]
VERSION = "1.0.0"
"""Of the addresses and their meaning; fields come with the registers and do not change it."""
DAY = {"type": "string", "format": "date"}
WRITTEN = {"400", "401", "403", "404", "409", "413", "415", "422", "428", "429"}


def document() -> Part:
    """The whole description, in Chinese, the same on every installation."""
    with translation.override("zh-hans"):
        registers = list(every_register().values())
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "均衡 · 接口",
                "version": VERSION,
                "description": "名录的读写、数据与承诺的读取。金额以分为单位，字段名以 _fen 结尾；日期为 ISO 8601。",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/"}],
            "security": [{}, {"token": []}],
            "tags": [
                *({"name": one.slug, "description": one.label} for one in registers),
                {"name": SURVEYS, "description": "一次性调查"},
            ],
            "paths": PUBLIC_PATHS
            | SURVEY_PATHS
            | {path: item for one in registers for path, item in paths_of(one)},
            "components": COMPONENTS
            | {
                "schemas": COMPONENTS["schemas"]
                | SURVEY_SCHEMAS
                | dict(pair for one in registers for pair in schemas_of(one))
            },
        }


def text() -> str:
    """The description as the file has it."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def schemas_of(register: Register[Any]) -> list[tuple[str, Part]]:
    """The shapes of one register."""
    found = [(f"{register.slug}.row", row_schema(register))]
    if (values := values_schema(register)) is not None:
        found.append((f"{register.slug}.values", values))
    return found


def paths_of(register: Register[Any]) -> list[tuple[str, Part]]:
    """The addresses of one register."""
    base = f"/api/registers/{register.slug}/"
    one: Part = {"parameters": [ref("parameters", "pk")], "get": get_row(register)}
    many: Part = {"get": get_rows(register)}
    found = [(base, many), (base + "{pk}/", one)]
    if values_schema(register) is None:
        return found
    one["patch"] = write(register, "patch", "修改一条", versioned=True)
    found.append((base + "upload/", {"post": upload(register)}))
    if can_begin(register):
        many["post"] = write(register, "post", "新增一条", status="201")
    if can_retire(register):
        ended = write(register, "end", "终止一条", body="End", versioned=True)
        found.append((base + "{pk}/end/", {"parameters": [ref("parameters", "pk")], "post": ended}))
    return found


def get_rows(register: Register[Any]) -> Part:
    """Reading a page."""
    return {
        "operationId": f"{register.slug}_list",
        "tags": [register.slug],
        "summary": f"{register.label}：按条件读取",
        "parameters": list_parameters(register),
        "responses": {
            "200": json_of(
                {
                    "type": "object",
                    "properties": {
                        "name": {"const": register.slug},
                        "label": {"type": "string"},
                        "as_of": {"type": ["string", "null"], "format": "date"},
                        "known": {"type": ["string", "null"], "format": "date"},
                        "count": {"type": "integer"},
                        "more": {"type": "boolean"},
                        "next": {"type": ["string", "null"]},
                        "rows": {"type": "array", "items": ref("schemas", f"{register.slug}.row")},
                    },
                    "required": ["name", "label", "as_of", "known", "count", "more", "next", "rows"],
                    "additionalProperties": False,
                }
            ),
            **refusals("400", "401", "404", "429"),
            "304": {"description": "没有变化"},
        },
    }


def list_parameters(register: Register[Any]) -> list[Part]:
    """What a page can be asked by."""
    found = [ref("parameters", name) for name in ("cursor", "size", "fields", "known")]
    if register.since or register.until:
        found.append(ref("parameters", "as_of"))
    if register.flagged(SEARCH):
        found.append(ref("parameters", "q"))
    if looked_up_by(register):
        found.append(ref("parameters", "look_up"))
    names = sortable(register)
    if names:
        orders = [sign + name for name in names for sign in ("", "-")]
        found.append(query("sort", {"type": "string", "enum": orders}))
    return found + [part for one in filters_of(register) for part in filter_parameters(one)]


def filter_parameters(one: Filter) -> list[Part]:
    """The parameters of one filter."""
    label = one.register.label_of(one.field)
    if one.is_days:
        return [query(name, DAY, label) for name in one.parameters]
    if one.column.choices:
        return [query(one.field.name, {"enum": [str(key) for key, _ in one.column.flatchoices]}, label)]
    if one.column.get_internal_type() == "BooleanField":
        return [query(one.field.name, {"enum": ["1", "0"]}, label)]
    if one.is_area:
        return [query(one.field.name, {"type": "string", "pattern": "^[0-9]+$"}, label)]
    return [query(one.field.name, {"type": "string"}, label)]


def query(name: str, schema: Part, label: str = "") -> Part:
    """One parameter of the query string."""
    told = {"description": label} if label else {}
    return {"name": name, "in": "query", "schema": schema} | told


def get_row(register: Register[Any]) -> Part:
    """Reading one row."""
    return {
        "operationId": f"{register.slug}_get",
        "tags": [register.slug],
        "summary": f"{register.label}：读取一条",
        "parameters": [ref("parameters", "fields"), ref("parameters", "known")],
        "responses": {
            "200": json_of(ref("schemas", f"{register.slug}.row"), etag=True),
            **refusals("400", "401", "404", "429"),
            "304": {"description": "没有变化"},
        },
    }


def write(
    register: Register[Any],
    name: str,
    what: str,
    *,
    status: str = "200",
    body: str = "",
    versioned: bool = False,
) -> Part:
    """A write of one row."""
    given = ref("schemas", body) if body else write_body(register)
    heads = ["idempotency_key", *(["if_match"] if versioned else [])]
    return {
        "operationId": f"{register.slug}_{name}",
        "tags": [register.slug],
        "summary": f"{register.label}：{what}",
        "security": [{"token": []}],
        "parameters": [ref("parameters", head) for head in heads],
        "requestBody": {"required": True, "content": {"application/json": {"schema": given}}},
        "responses": {
            status: json_of(ref("schemas", f"{register.slug}.row"), etag=True),
            **({"202": waiting(register)} if is_decided(register) else {}),
            **refusals(*sorted(WRITTEN)),
        },
    }


def is_decided(register: Register[Any]) -> bool:
    """Whether some change of a register waits until somebody approves it."""
    return bool(register.decided()) or register.new_rows is not None


def waiting(register: Register[Any]) -> Part:
    """An answer that says what waits for approval; the row stands as it was in what waits."""
    row = ref("schemas", f"{register.slug}.row")
    content = {
        "type": "object",
        "properties": {
            "proposals": {"type": "array", "items": {"type": "integer"}},
            "row": {"anyOf": [row, {"type": "null"}]},
        },
        "required": ["proposals", "row"],
        "additionalProperties": False,
    }
    return json_of(content, etag=True) | {"description": "须经批准的内容已提交，批准后生效"}


def write_body(register: Register[Any]) -> Part:
    """The body of a new row or a change."""
    return {
        "type": "object",
        "properties": {
            "values": ref("schemas", f"{register.slug}.values"),
            "why": ref("schemas", "Why"),
            "explanation": ref("schemas", "Explanation"),
        },
        "required": ["values", "why"],
        "additionalProperties": False,
    }


def upload(register: Register[Any]) -> Part:
    """Many rows at once."""
    return {
        "operationId": f"{register.slug}_upload",
        "tags": [register.slug],
        "summary": f"{register.label}：批量写入，每行一个 JSON 对象 {{id?, version?, values, explanation?}}，全部成功或全部不写",
        "security": [{"token": []}],
        "parameters": [
            ref("parameters", "idempotency_key"),
            query("why", {"type": "string", "minLength": 1}, "事由") | {"required": True},
        ],
        "requestBody": {"required": True, "content": {"application/jsonl": {"schema": {"type": "string"}}}},
        "responses": {
            "200": json_of(ref("schemas", "Uploaded")),
            **({"202": json_of(ref("schemas", "Uploaded"))} if is_decided(register) else {}),
            **refusals(*sorted(WRITTEN)),
        },
    }


def json_of(schema: Part, *, etag: bool = False) -> Part:
    """An answer in JSON."""
    heads = {"headers": {"ETag": {"schema": {"type": "string"}}}} if etag else {}
    return {"description": "成功", "content": {"application/json": {"schema": schema}}} | heads


def refusals(*codes: str) -> Part:
    """The refusals an address may answer."""
    return {code: ref("responses", "Refusal") for code in codes}


def ref(kind: str, name: str) -> Part:
    """A pointer to a shared part."""
    return {"$ref": f"#/components/{kind}/{name}"}
