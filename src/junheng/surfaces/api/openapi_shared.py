"""What all addresses of the description share: shapes, parameters, refusals, and the addresses that are no register."""

from typing import Any

from junheng.platform.registers.api.reading import LARGEST_SIZE, SIZE

Part = dict[str, Any]
TEXT: Part = {"type": "string"}
COUNT: Part = {"type": ["integer", "null"]}
ANY: Part = {}


def shape(**properties: Part) -> Part:
    """An object with these properties, all of them always there; others may be added."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def pointer(kind: str, name: str) -> Part:
    """A pointer to a shared part."""
    return {"$ref": f"#/components/{kind}/{name}"}


def parameter(name: str, schema: Part, told: str, *, where: str = "query", required: bool = False) -> Part:
    """One parameter."""
    return {"name": name, "in": where, "required": required, "schema": schema, "description": told}


def reads(name: str, told: str, schema: Part, *parameters: str) -> Part:
    """An address that is only read."""
    return {
        "get": {
            "operationId": name,
            "summary": told,
            "parameters": [pointer("parameters", one) for one in parameters],
            "responses": {
                "200": {"description": "成功", "content": {"application/json": {"schema": schema}}},
                "304": {"description": "没有变化"},
                **{code: pointer("responses", "Refusal") for code in ("400", "401", "404", "429")},
            },
        }
    }


def many(name: str, schema: Part) -> Part:
    """A list under a name."""
    return shape(**{name: {"type": "array", "items": schema}})


ERROR = shape(field=TEXT, code=TEXT, sentence=TEXT) | {"description": "line 只出现在批量写入中"}
DIFFERENCE = shape(field=TEXT, label=TEXT, before=TEXT, now=TEXT, entered=TEXT, clash={"type": "boolean"})
PROBLEM = shape(type=TEXT, title=TEXT, status={"type": "integer"}, detail=TEXT, code=TEXT, sentence=TEXT)
PROBLEM["properties"] |= {
    "errors": {"type": "array", "items": ERROR},
    "questions": {"type": "array", "items": ERROR},
    "version": {"type": "integer"},
    "differences": {"type": "array", "items": DIFFERENCE},
}
FIGURE = shape(
    id=TEXT, title=TEXT, chapter=TEXT, kind=TEXT, value=ANY, numerator=ANY, denominator=ANY, printed=TEXT,
    unit=TEXT, holds={"type": ["boolean", "null"]}, rows=COUNT, window={"type": ["string", "null"]},
    as_of={"type": "string", "format": "date"}, reading=TEXT, readings={"type": "array", "items": TEXT},
    snapshot=TEXT, definition_version={"type": "integer"}, definition=TEXT,
    address={"type": ["string", "null"]}, withheld={"type": "boolean"},
)  # fmt: skip
PROMISE = shape(
    id=TEXT, title=TEXT, kind=TEXT, chapter=TEXT, sentence=TEXT, wording=TEXT, rule=TEXT,
    holds={"type": "boolean"}, exceptions=COUNT, among=COUNT, owner=TEXT,
    as_of={"type": "string", "format": "date"}, figures={"type": "array", "items": TEXT},
    sealed={"type": "boolean"},
)  # fmt: skip
TRACE = shape(
    figure=pointer("schemas", "Figure"), why=TEXT, definition=TEXT, author=TEXT, checker=TEXT,
    rules={"type": "array", "items": {"type": "object"}}, sql=TEXT, snapshot=TEXT, rows=COUNT, register=TEXT,
    page={"type": "integer"}, pages={"type": "integer"},
    records={"type": "array", "items": {"type": "object"}},
)  # fmt: skip
COMPONENTS: Part = {
    "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": "在 /tokens/ 创建的接口令牌"}},
    "responses": {
        "Refusal": {
            "description": "没有办理；code 永不改变，sentence 说明原因和下一步",
            "content": {"application/problem+json": {"schema": pointer("schemas", "Problem")}},
        }
    },
    "parameters": {
        "pk": parameter("pk", TEXT, "记录的编号", where="path", required=True),
        "id": parameter("id", TEXT, "编号", where="path", required=True),
        "cursor": parameter("cursor", TEXT, "上一页的 next 中的 cursor"),
        "size": parameter(
            "size", {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": SIZE}, "每页条数"
        ),
        "fields": parameter("fields", TEXT, "只要这些字段，以逗号分隔"),
        "as_of": parameter(
            "as_of", TEXT, "时点，例如 2023-12-31；all 为不限时点。给出过去的时点时，各字段为当天的值（known=now 时为现值）"
        ),
        "known": parameter(
            "known", TEXT, "按这一天结束时掌握的情况：之后新增的不出现，之后改过的为原值；now 为现在"
        ),
        "q": parameter("q", TEXT, "搜索；身份证件号、学籍号请放在请求头 X-Look-Up 中，不要写进网址"),
        "look_up": parameter("X-Look-Up", TEXT, "按完整的号码查找：与 q 相同，但不写进网址", where="header"),
        "chapter": parameter("chapter", TEXT, "篇章"),
        "day": parameter("as_of", {"type": "string", "format": "date"}, "统计时点"),
        "first": parameter("first", {"type": "string", "format": "date"}, "统计区间起"),
        "last": parameter("last", {"type": "string", "format": "date"}, "统计区间止"),
        "reading": parameter("reading", TEXT, "口径"),
        "area": parameter("area", TEXT, "区划代码"),
        "page": parameter("page", {"type": "integer", "minimum": 1}, "第几页"),
        "if_match": parameter("If-Match", TEXT, "所依据的版本：读取时的 ETag", where="header"),
        "idempotency_key": parameter(
            "Idempotency-Key", {"type": "string", "maxLength": 80}, "同一键的重复请求只写一次", where="header"
        ),
    },
    "schemas": {
        "Problem": PROBLEM,
        "Reference": shape(id={"type": ["integer", "string"]}, key=TEXT, name=TEXT)
        | {"description": "另一个名录的一条记录；写入时只看 key"},
        "Why": {"type": "string", "minLength": 1, "maxLength": 300, "description": "事由，随修改留痕"},
        "Explanation": {
            "type": "string",
            "maxLength": 500,
            "description": "少见情形的书面说明，4 至 500 个字；没有说明时以 409 explanation-needed 拒绝，questions 逐条列出",
        },
        "End": shape(until={"type": "string", "format": "date"}, why=pointer("schemas", "Why"))
        | {"additionalProperties": False},
        "Uploaded": shape(
            new={"type": "integer"}, changed={"type": "integer"}, unchanged={"type": "integer"},
            rows={"type": "array", "items": {"type": ["integer", "string", "null"]}},
            proposals={"type": "array", "items": {"type": "integer"}},
        ),
        "Figure": FIGURE,
        "Promise": PROMISE,
        "Trace": TRACE,
    },
}  # fmt: skip
REGISTER = shape(
    name=TEXT, label=TEXT, address=TEXT, fields={"type": "array", "items": shape(name=TEXT, label=TEXT)}
)
MOMENT = ("day", "first", "last")
FIGURE_PAGE = {"allOf": [pointer("schemas", "Figure"), many("by_county", {"type": "object"})]}
PUBLIC_PATHS: Part = {
    "/api/registers/": reads("registers", "可读的名录及其字段", many("registers", REGISTER)),
    "/api/figures/": reads(
        "figures", "全部数据", many("figures", pointer("schemas", "Figure")), *MOMENT, "chapter"
    ),
    "/api/figures/{id}/": reads("figure", "一项数据及各区县", FIGURE_PAGE, "id", *MOMENT, "reading"),
    "/api/figures/{id}/trace/": reads(
        "trace", "一项数据的来历", pointer("schemas", "Trace"), "id", *MOMENT, "reading", "page", "area"
    ),
    "/api/promises/": reads(
        "promises", "各项承诺", many("promises", pointer("schemas", "Promise")), "day", "chapter"
    ),
    "/api/promises/{id}/": reads("promise", "一项承诺", pointer("schemas", "Promise"), "id", "day"),
}
