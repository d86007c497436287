"""Every role, every register, every surface: what lies outside the scope is on none of them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School, SchoolClass
from junheng.platform.access.roles import RULES, Role
from junheng.platform.access.scope import role_may
from junheng.platform.registers import PUBLIC, Register, every_register
from junheng.platform.registers.flags import SEARCH, SENSITIVE
from junheng.platform.registers.values import words
from tests import cast
from tests.makers import make
from tests.makers.rows import HERE, THERE
from tests.surfaces.api.cases import program_of, told

pytestmark = pytest.mark.django_db
REGISTERS = list(every_register().values())
IN_A_WORD = {"HX-Request": "true"}
"""A refusal in one sentence: the page around it is always the same, and is asked for once a row."""


def person(role: Role, register: Register[Any], inside: Any) -> Any:
    """Somebody of this role whose scope holds the inside row's school and class, or its county."""
    level = RULES[role].level
    if level == "area":
        return cast.somebody(role, area=HERE)
    school = inside if isinstance(inside, School) else getattr(inside, "school", None)
    own = inside if isinstance(inside, SchoolClass) else getattr(inside, "school_class", None)
    if own is not None and not isinstance(school, School):
        school = own.school
    if not isinstance(school, School):
        school = make(School)
    if level == "class":
        own = own or make(SchoolClass, school=school)
        return cast.somebody(role, area=HERE, school=own.school, school_class=own)
    return cast.somebody(role, area=HERE, school=school)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
def test_nothing_outside_the_scope_on_any_surface(register: Register[Any], subtests: pytest.Subtests) -> None:
    """Asked as every role that sees something of the register, and as one that sees nothing of it."""
    seeing = [role for role in Role if role_may(role, register, "view")]
    asked_by(seeing + [role for role in Role if role not in seeing][:1], register, subtests)


@pytest.mark.slow
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
def test_nothing_for_any_role_that_sees_nothing(register: Register[Any], subtests: pytest.Subtests) -> None:
    asked_by([role for role in Role if not role_may(role, register, "view")], register, subtests)


def asked_by(roles: list[Role], register: Register[Any], subtests: pytest.Subtests) -> None:
    """Both rows are made once a register."""
    inside, outside = make(register.model), make(register.model, where=THERE)
    for role in roles:
        with subtests.test(role.value):
            stays_within(role, register, inside, outside)


def stays_within(role: Role, register: Register[Any], inside: Any, outside: Any) -> None:
    """Ask every surface as somebody of this role, whose scope holds the one row and not the other."""
    user = person(role, register, inside)
    asker = cast.asker(user)
    browser, program = Client(), program_of(user)
    browser.force_login(user)
    base, slug = f"/api/registers/{register.slug}/", register.slug
    sees, changes = asker.may("view", register), asker.may("change", register)
    assert not sees or role_may(role, register, "view")

    listed = browser.get(reverse("registers:list", args=[slug]), {"on": "all"})
    assert listed.status_code == (200 if sees else 404)
    if sees:
        assert outside.pk not in {row.pk for row in listed.context["page"].rows}
        word = search_word(register, outside)
        if word:
            found = browser.get(reverse("registers:list", args=[slug]), {"on": "all", "q": word})
            assert outside.pk not in {row.pk for row in found.context["page"].rows}
    assert browser.get(reverse("registers:detail", args=[slug, outside.pk])).status_code == 404
    for view in ("history", "edit", "end"):
        there = reverse(f"registers:{view}", args=[slug, outside.pk])
        assert browser.get(there, headers=IN_A_WORD).status_code == 404
    if not role_may(role, register, "unmask"):
        there = reverse("registers:unmask", args=[slug, outside.pk])
        sent = browser.post(there, {"why": "试"}, headers=IN_A_WORD)
        assert sent.status_code in {403, 404}

    wanted = {"format": "csv", "on": "all"}
    exported = browser.get(reverse("registers:export", args=[slug]), wanted, headers=IN_A_WORD)
    assert exported.status_code == (200 if asker.may("export", register) else 403 if sees else 404)
    if exported.status_code == 200:
        content = b"".join(exported.streaming_content).decode("utf-8-sig")
        expected = asker.within(register.rows(), register, "export").count()
        assert int(exported["X-Rows"]) == expected, content
    if not asker.may("import", register):
        file = SimpleUploadedFile("x.csv", "编号\n1\n".encode())
        sent = browser.post(reverse("registers:import", args=[slug]), {"file": file}, headers=IN_A_WORD)
        assert sent.status_code in {403, 404}

    public = register.readers is None and bool(register.flagged(PUBLIC))
    answer = program.get(base, {"as_of": "all"})
    assert answer.status_code == (200 if sees or public else 404)
    if sees:
        assert outside.pk not in {row["id"] for row in told(answer)["rows"]}
        assert program.get(f"{base}{outside.pk}/").status_code == 404
    elif public:
        names = {name for row in told(answer)["rows"] for name in row}
        assert names <= {"id"} | {one.name for one in register.flagged(PUBLIC)}

    before = state(register)
    refused = {404} if not (sees or public) else {403} if not changes else {404}
    change = {"values": {}, "why": "试"}
    assert program.patch(f"{base}{outside.pk}/", change, If_Match="0").status_code in refused
    ended = program.post(f"{base}{outside.pk}/end/", {"until": "2030-01-01", "why": "试"})
    assert ended.status_code in refused
    line = f'{{"id": {outside.pk}, "values": {{}}}}'
    uploaded = program.post(f"{base}upload/?why=x", line, kind="application/jsonl")
    assert uploaded.status_code in ({422, 403} if changes else refused)
    assert state(register) == before


def search_word(register: Register[Any], row: Any) -> str:
    """A word by which the row would be found, if it could be."""
    one = next((one for one in register.flagged(SEARCH) if SENSITIVE not in one.flags), None)
    return words(register, one, row) if one else ""


def state(register: Register[Any]) -> list[Any]:
    """All rows as the table has them."""
    return list(register.model._default_manager.order_by("pk").values())


def test_the_matrix_has_both_sides() -> None:
    assert {role_may(role, one, "view") for role in Role for one in REGISTERS} == {True, False}
    assert Area in {one.model for one in REGISTERS}
