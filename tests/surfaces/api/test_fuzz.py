"""Whatever a program sends, it gets an answer of the kind that the description promises, and never a mistake of ours."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from junheng.surfaces.api.openapi import document
from tests import cast
from tests.makers import make, make_many
from tests.surfaces.api.cases import Program, program_of

pytestmark = pytest.mark.django_db
DOCUMENT = document()
REGISTERS = ("schools", "kindergartens", "pupils", "recognitions", "areas", "projects")
quick = settings(
    max_examples=60, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
TEXT = st.text(max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
def program() -> Program:
    from junheng.platform.registers import register_called

    for slug in REGISTERS:
        make_many(register_called(slug).model, 2)
    return program_of(cast.somebody("county_officer"))


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value is as a schema of the description says: the parts of JSON Schema that it uses."""
    if "$ref" in schema:
        kind, name = schema["$ref"].split("/")[-2:]
        return fits(value, DOCUMENT["components"][kind][name])
    if not all(fits(value, one) for one in schema.get("allOf", [])):
        return False
    if "anyOf" in schema and not any(fits(value, one) for one in schema["anyOf"]):
        return False
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        return False
    kinds = schema.get("type", [])
    if kinds and not any(is_a(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        if set(schema.get("required", [])) - set(value):
            return False
        if schema.get("additionalProperties") is False and set(value) - set(properties):
            return False
        return all(fits(value[name], one) for name, one in properties.items() if name in value)
    if isinstance(value, list) and "items" in schema:
        return all(fits(one, schema["items"]) for one in value)
    return True


def is_a(value: Any, kind: str) -> bool:
    """Whether a value is of a kind of JSON."""
    kinds = {
        "object": dict,
        "array": list,
        "string": str,
        "boolean": bool,
        "null": type(None),
        "integer": int,
    }
    return isinstance(value, kinds[kind]) and not (kind == "integer" and isinstance(value, bool))


def check(answer: Any, operation: dict[str, Any]) -> None:
    """An answer is one of those promised, in its shape."""
    responses = operation["responses"]
    assert str(answer.status_code) in responses, (answer.status_code, answer.content)
    promised = responses[str(answer.status_code)]
    if "$ref" in promised:
        promised = DOCUMENT["components"]["responses"][promised["$ref"].rsplit("/", 1)[1]]
    ((kind, content),) = promised["content"].items()
    assert answer["Content-Type"].startswith(kind)
    assert fits(json.loads(answer.content), content["schema"]), answer.content.decode()


def names_of(operation: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The parameters of an operation that stand in the query string."""
    shared = DOCUMENT["components"]["parameters"]
    found = [
        shared[one["$ref"].rsplit("/", 1)[1]] if "$ref" in one else one for one in operation["parameters"]
    ]
    return [(one["name"], one["schema"]) for one in found if one["in"] == "query"]


@st.composite
def questions(draw: Any) -> tuple[str, str]:
    """An address with a query string that is sometimes sound."""
    slug = draw(st.sampled_from(REGISTERS))
    operation = DOCUMENT["paths"][f"/api/registers/{slug}/"]["get"]
    parts = []
    for name, schema in draw(st.lists(st.sampled_from(names_of(operation)), max_size=3)):
        sound = st.sampled_from([str(one) for one in schema["enum"]]) if "enum" in schema else st.nothing()
        value = draw(sound | TEXT | st.integers().map(str) | st.dates().map(str))
        parts.append(f"{name}={quote(value, errors='replace')}")
    if draw(st.booleans()) and draw(st.booleans()):
        parts.append(f"{quote(draw(TEXT), errors='replace')}=1")
    return slug, "&".join(parts)


@quick
@given(asked=questions(), public=st.booleans())
def test_any_question_is_answered_or_refused(program: Program, asked: tuple[str, str], public: bool) -> None:
    slug, text = asked
    who = Program() if public else program
    check(who.get(f"/api/registers/{slug}/?{text}"), DOCUMENT["paths"][f"/api/registers/{slug}/"]["get"])


@st.composite
def writes(draw: Any) -> tuple[str, Any]:
    """A new row whose fields are real and whose values are often not."""
    slug = draw(st.sampled_from(["schools", "kindergartens", "projects"]))
    names = list(DOCUMENT["components"]["schemas"][f"{slug}.values"]["properties"])
    values = draw(st.dictionaries(st.sampled_from(names) | TEXT, JSON | st.dates().map(str), max_size=8))
    body = {"values": values, "why": "试"}
    return slug, draw(st.just(body) | JSON | st.just({"values": draw(JSON), "why": draw(JSON)}))


@quick
@given(sent=writes(), key=st.text(max_size=5, alphabet="ab1-"))
def test_any_new_row_is_written_or_refused(program: Program, sent: tuple[str, Any], key: str) -> None:
    slug, body = sent
    with transaction.atomic():
        answer = program.post(f"/api/registers/{slug}/", body, Idempotency_Key=key)
        check(answer, DOCUMENT["paths"][f"/api/registers/{slug}/"]["post"])
        transaction.set_rollback(True)


@quick
@given(
    lines=st.lists(
        JSON.map(json.dumps) | TEXT | st.builds(lambda v: json.dumps({"values": v}), JSON), max_size=4
    ),
    why=TEXT,
)
def test_any_upload_is_written_or_refused(program: Program, lines: list[str], why: str) -> None:
    text = "\n".join(lines).encode("utf-8", errors="replace")
    with transaction.atomic():
        address = f"/api/registers/schools/upload/?why={quote(why, errors='replace')}"
        answer = program.post(address, text, kind="application/jsonl")
        check(answer, DOCUMENT["paths"]["/api/registers/schools/upload/"]["post"])
        transaction.set_rollback(True)


@quick
@given(
    values=JSON,
    version=TEXT | st.integers().map(str),
    pk=st.integers(0, 10) | TEXT.filter(lambda t: "/" not in t and t),
)
def test_any_change_is_written_or_refused(program: Program, values: Any, version: str, pk: Any) -> None:
    from junheng.domains.schools.models import School

    row = School.objects.order_by("pk").first() or make(School)
    number = row.pk if pk in range(6) else pk
    match = (
        version.encode("ascii", errors="ignore")
        .decode()
        .replace("\r", "")
        .replace("\n", "")
        .replace("\x00", "")
    )
    with transaction.atomic():
        address = f"/api/registers/schools/{quote(str(number), safe='', errors='replace')}/"
        answer = program.patch(address, {"values": values, "why": "试"}, If_Match=match)
        check(answer, DOCUMENT["paths"]["/api/registers/schools/{pk}/"]["patch"])
        transaction.set_rollback(True)
