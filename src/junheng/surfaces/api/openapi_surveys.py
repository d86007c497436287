"""The description of surveys for programs. What each one asks stands in the survey itself, as a schema."""

from junheng.platform.asks.terms import PUBLISHED, Kind, Origin, Progress, UnitKind
from junheng.surfaces.api.openapi_shared import TEXT, Part, many, parameter, pointer, shape

TAG = "surveys"
REFUSED = ("400", "401", "404", "429")
WRITTEN = ("400", "401", "403", "404", "409", "413", "415", "422", "428", "429")
INTEGER: Part = {"type": "integer"}
DAY: Part = {"type": "string", "format": "date"}
VALUE: Part = {"type": ["string", "integer", "boolean", "null"]}
BY_QUESTION = {"description": "问题名（如 q12）和答案；金额以分为单位"}

LINE = shape(
    id=INTEGER, title=TEXT, purpose=TEXT, basis=TEXT,
    unit_kind={"enum": list(UnitKind.values)}, term=TEXT, opens_on=DAY, closes_on=DAY,
    state={"enum": [str(one.value) for one in PUBLISHED]},
)  # fmt: skip
QUESTION = shape(
    name=TEXT, label=TEXT, purpose=TEXT, kind={"enum": list(Kind.values)}, unit=TEXT,
    choices={"type": "array", "items": TEXT}, required={"type": "boolean"},
    least={"type": ["integer", "null"]}, most={"type": ["integer", "null"]},
    register=TEXT | {"description": "取自这个名录的问题不用回答"}, field=TEXT,
)  # fmt: skip
ANSWER = shape(
    id=INTEGER, survey=INTEGER, unit=INTEGER, unit_name=TEXT, area=TEXT,
    state={"enum": list(Progress.values)}, due=DAY,
    sent_at={"type": ["string", "null"], "format": "date-time"},
    values={"type": "object", "additionalProperties": VALUE} | BY_QUESTION,
    origins={
        "type": "object", "additionalProperties": shape(origin={"enum": list(Origin.values)}, note=TEXT),
    },
    draft={"type": "object", "additionalProperties": TEXT, "description": "还没有提交的草稿，按填写的样子"},
    address=TEXT,
)  # fmt: skip
SURVEY_SCHEMAS: Part = {
    "SurveyLine": {"allOf": [LINE, shape(address=TEXT)]},
    "Survey": {
        "allOf": [
            LINE,
            shape(
                questions={"type": "array", "items": QUESTION},
                schema={"type": "object", "description": "values 的 JSON Schema"},
                answers=TEXT,
            ),
        ]
    },
    "SurveyAnswer": ANSWER,
    "SurveyValues": {
        "type": "object",
        "properties": {
            "values": {"type": "object", "additionalProperties": VALUE} | BY_QUESTION,
            "why": pointer("schemas", "Why"),
        },
        "required": ["values", "why"],
        "additionalProperties": False,
    },
}
FOLLOWING: Part = {"count": INTEGER, "next": {"type": ["string", "null"]}}


def reads(name: str, told: str, schema: Part, *parameters: Part) -> Part:
    """Reading one address."""
    return {
        "operationId": name,
        "tags": [TAG],
        "summary": f"一次性调查：{told}",
        "parameters": list(parameters),
        "responses": {
            "200": {"description": "成功", "content": {"application/json": {"schema": schema}}},
            "304": {"description": "没有变化"},
            **{code: pointer("responses", "Refusal") for code in REFUSED},
        },
    }


def page_of(name: str, schema: Part) -> Part:
    """A page under a name."""
    return {"allOf": [shape(**FOLLOWING), many(name, schema)]}


CURSOR, SIZE, NUMBER = (pointer("parameters", one) for one in ("cursor", "size", "pk"))
WRITING: Part = {
    "operationId": "survey_answer_patch",
    "tags": [TAG],
    "summary": "一次性调查：提交或更正一个单位的答案；没有写明的问题保持原样",
    "security": [{"token": []}],
    "parameters": [pointer("parameters", "idempotency_key"), pointer("parameters", "if_match")],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": pointer("schemas", "SurveyValues")}},
    },
    "responses": {
        "200": {
            "description": "成功",
            "content": {"application/json": {"schema": pointer("schemas", "SurveyAnswer")}},
            "headers": {"ETag": {"schema": {"type": "string"}}},
        },
        **{code: pointer("responses", "Refusal") for code in WRITTEN},
    },
}
SURVEY_PATHS: Part = {
    "/api/surveys/": {
        "get": reads(
            "surveys", "向本人权限范围内的单位发出的调查", page_of("surveys", pointer("schemas", "SurveyLine")),
            CURSOR, SIZE, parameter("term", TEXT, "学期，例如 2024S"),
            parameter("state", LINE["properties"]["state"], "状态"),
        )
    },
    "/api/surveys/{pk}/": {
        "parameters": [NUMBER],
        "get": reads("survey", "一项调查和它的问题", pointer("schemas", "Survey")),
    },
    "/api/surveys/{pk}/answers/": {
        "parameters": [NUMBER],
        "get": reads(
            "survey_answers", "各单位的答案", page_of("answers", pointer("schemas", "SurveyAnswer")),
            CURSOR, SIZE, parameter("state", ANSWER["properties"]["state"], "进度"),
            parameter("area", TEXT, "区划代码"), parameter("unit", TEXT, "单位编号"),
        ),
    },
    "/api/survey-answers/{pk}/": {
        "parameters": [NUMBER],
        "get": reads("survey_answer", "一个单位的答案", pointer("schemas", "SurveyAnswer")),
        "patch": WRITING,
    },
}  # fmt: skip
