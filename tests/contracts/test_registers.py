"""Questions that every register answers alike: what is seen, by whom, and what remains of it."""

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.registers import Register, every_register
from junheng.platform.registers.flags import KEY, LIST, PUBLIC, SENSITIVE
from junheng.platform.registers.forms import can_begin, editable
from tests import cast
from tests.makers import make, make_many
from tests.makers.rows import HERE, THERE

REGISTERS = list(every_register().values())
pytestmark = pytest.mark.django_db
every = pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.slug)
SEALED = [register for register in REGISTERS if register.readers is not None]
every_sealed = pytest.mark.parametrize("register", SEALED, ids=lambda register: register.slug)
MASKING = [register for register in REGISTERS if any(field.flags & SENSITIVE for field in register.fields)]
HOLDING_BACK = {
    "acceptances",
    "recognitions",
    "schemes",
    "schemecategories",
    "sitevisits",
    "quotarounds",
    "quotaseniors",
    "quotajuniors",
    "quotatable",
}
"""Public registers that tell the public only some of their rows."""
BOUND = {("feenotices", "name"), ("titles", "called")}
"""Words that must fit another field or a list: what happens to others is told in the tests of the room."""
every_masking = pytest.mark.parametrize("register", MASKING, ids=lambda register: register.slug)


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=True)


def address(view: str, register: Register[Any], *pk: Any) -> str:
    return reverse(f"registers:{view}", args=[register.slug, *pk])


def enter(browser: Client, register: Register[Any], verb: str, *, area: str = HERE) -> Any:
    """Log somebody in who may do this to the register within an area; skip where nobody may."""
    user = cast.who_may(register, verb, area=area)
    if user is None:
        pytest.skip(f"nobody over an area may {verb} {register.slug}: a school, or only an action, does")
    browser.force_login(user)
    return user


def listed(browser: Client, register: Register[Any]) -> set[Any]:
    """The numbers of all rows on the list."""
    page = browser.get(address("list", register), {"on": "all"})
    assert page.status_code == 200
    return {row.pk for row in page.context["page"].rows}


def cells(content: bytes) -> list[str]:
    """The lines of an exported .csv without its note."""
    return content.decode("utf-8-sig").splitlines()[1:]


def test_the_contract_is_asked_of_something() -> None:
    assert len(REGISTERS) >= 40


def test_declarations_are_in_order() -> None:
    call_command("check", "--tag", "registers", stdout=io.StringIO())


@every
def test_list_shows_the_inside_and_not_the_outside(register: Register[Any], browser: Client) -> None:
    inside, outside = make_many(register.model, 2), make_many(register.model, 2, where=THERE)
    enter(browser, register, "view")
    seen = listed(browser, register)
    assert {row.pk for row in inside} <= seen
    assert not {row.pk for row in outside} & seen


@pytest.mark.once
@every
def test_outside_looks_absent(register: Register[Any], browser: Client) -> None:
    inside, outside = make(register.model), make(register.model, where=THERE)
    enter(browser, register, "view")
    never = "999999999"
    for view in ("detail", "history", "edit", "end"):
        there = browser.get(address(view, register, outside.pk))
        nowhere = browser.get(address(view, register, never))
        assert there.status_code == nowhere.status_code == 404
        assert without_token(there) == without_token(nowhere)
    assert browser.get(address("detail", register, inside.pk)).status_code == 200


@pytest.mark.once
@every
def test_nobody_gets_nothing(register: Register[Any], browser: Client) -> None:
    row = make(register.model)
    pages = [
        *(address(view, register) for view in ("list", "export", "import", "new")),
        *(address(view, register, row.pk) for view in ("detail", "edit", "history", "end")),
    ]
    for page in pages:
        assert browser.get(page).status_code == 302
    browser.force_login(cast.stranger())
    for page in pages:
        assert browser.get(page).status_code == 404


@every
def test_export_holds_the_inside_only_and_coming_back_changes_nothing(
    register: Register[Any], browser: Client
) -> None:
    make_many(register.model, 2)
    before = state(register)
    make(register.model, where=THERE)
    enter(browser, register, "export")
    shown = listed(browser, register)
    answer = browser.get(address("export", register), {"format": "csv", "on": "all"})
    content = b"".join(answer.streaming_content)
    assert answer["X-Rows"] == str(len(shown)) == str(len(cells(content)) - 1)
    assert register.model.objects.count() > len(shown)
    enter(browser, register, "import")
    page = send(browser, register, "back.csv", content)
    assert page.status_code == 200, [problem.reason for problem in page.context["plan"].problems]
    plan = page.context["plan"]
    assert (plan.new, plan.changed, plan.unchanged) == (0, 0, len(shown))
    assert before.items() <= state(register).items()


@every
def test_workbook_comes_back_unchanged(register: Register[Any], browser: Client) -> None:
    make_many(register.model, 2)
    enter(browser, register, "export")
    answer = browser.get(address("export", register), {"format": "xlsx", "on": "all"})
    content = b"".join(answer.streaming_content)
    enter(browser, register, "import")
    page = send(browser, register, "back.xlsx", content)
    assert page.status_code == 200, [problem.reason for problem in page.context["plan"].problems]
    assert page.context["plan"].does_nothing


@every
def test_import_refuses_rows_outside(register: Register[Any], browser: Client) -> None:
    make(register.model, where=THERE)
    enter(browser, register, "export", area=THERE)
    content = b"".join(
        browser.get(address("export", register), {"format": "csv", "on": "all"}).streaming_content
    )
    before = state(register)
    enter(browser, register, "import")
    page = send(browser, register, "theirs.csv", content)
    assert page.status_code == 422
    assert page.context["plan"].problems
    assert state(register) == before


@pytest.mark.once
@every
def test_list_costs_the_same_for_one_row_and_for_many(register: Register[Any], browser: Client) -> None:
    make(register.model)
    enter(browser, register, "view")
    listed(browser, register)
    one = queries(browser, register)
    make_many(register.model, 11)
    assert queries(browser, register) == one


@every
def test_without_a_login_only_the_public_leaves(register: Register[Any], browser: Client) -> None:
    row = make(register.model)
    answer = browser.get(reverse("api:register", args=[register.slug]), {"on": "all"})
    public = {field.name for field in register.flagged(PUBLIC)} if register.readers is None else set()
    if not public:
        assert answer.status_code == 404
        assert browser.get(reverse("api:row", args=[register.slug, row.pk])).status_code == 404
        return
    rows = json.loads(answer.content)["rows"]
    told = {one.pk for one in register.public_rows(register.rows())}
    assert {one["id"] for one in rows} == told
    assert row.pk in told or register.slug in HOLDING_BACK
    assert {name for one in rows for name in one} == ({"id"} | public if told else set())


@every
def test_with_a_role_a_program_gets_what_the_list_shows(register: Register[Any], browser: Client) -> None:
    inside, outside = make(register.model), make(register.model, where=THERE)
    enter(browser, register, "view")
    rows = json.loads(browser.get(reverse("api:register", args=[register.slug]), {"on": "all"}).content)[
        "rows"
    ]
    assert {name for one in rows for name in one} == {"id"} | {field.name for field in register.flagged(LIST)}
    assert inside.pk in {one["id"] for one in rows}
    assert outside.pk not in {one["id"] for one in rows}
    assert browser.get(reverse("api:row", args=[register.slug, outside.pk])).status_code == 404


@every_masking
def test_sensitive_values_stand_masked_until_somebody_says_why(
    register: Register[Any], browser: Client
) -> None:
    hidden = [one for one in register.flagged(SENSITIVE) if isinstance(register.model_field(one), CharField)]
    row = make(register.model, **{field.name: secret(register, field) for field in hidden})
    enter(browser, register, "unmask")
    for page in (address("detail", register, row.pk), address("list", register) + "?on=all"):
        assert not {
            field.name for field in hidden if getattr(row, field.name) in browser.get(page).content.decode()
        }
    assert browser.post(address("unmask", register, row.pk), {"why": ""}).status_code == 400
    clear = browser.post(address("unmask", register, row.pk), {"why": "核对信息"}).content.decode()
    assert all(getattr(row, field.name) in clear for field in hidden)
    assert Entry.objects.filter(verb="read", why="核对信息").count() == 1


@every
def test_an_edit_leaves_an_entry(register: Register[Any], browser: Client) -> None:
    row = make(register.model)
    user = enter(browser, register, "change")
    field = next(
        (
            one
            for one in editable(register)
            if register.model_field(one).get_internal_type() == "CharField"
            and not register.model_field(one).choices
            and KEY not in one.flags
            and one.name != "term"
            and (register.slug, one.name) not in BOUND
        ),
        None,
    )
    if field is None:
        pytest.skip("no word to change")
    opened = browser.get(address("edit", register, row.pk))
    form = {
        bound.name: bound.value() if bound.value() is not None else "" for bound in opened.context["form"]
    }
    sent = browser.post(
        address("edit", register, row.pk),
        form | {field.name: "改后", "version": opened.context["version"], "why": "更正"},
    )
    assert sent.status_code == 302, sent.context["form"].errors
    row.refresh_from_db()
    assert getattr(row, field.name) == "改后"
    entry = Entry.objects.get(verb="change")
    assert (entry.who, entry.why, entry.after) == (user.username, "更正", {field.name: "改后"})


@pytest.mark.once
@every_sealed
def test_sealed_registers_refuse_every_other_role(register: Register[Any], browser: Client) -> None:
    row = make(register.model)
    for role in set(Role) - set(register.readers):
        browser.force_login(cast.somebody(role, area="4108"))
        assert browser.get(address("list", register)).status_code == 404
        assert browser.get(address("detail", register, row.pk)).status_code == 404
        assert browser.get(reverse("api:register", args=[register.slug])).status_code == 404


@pytest.mark.once
@every
def test_new_page_opens_where_rows_begin_by_hand(register: Register[Any], browser: Client) -> None:
    enter(browser, register, "change")
    assert browser.get(address("new", register)).status_code == (200 if can_begin(register) else 403)


def is_free_word(register: Register[Any], field: Any) -> bool:
    """Whether a field takes any word."""
    column = register.model_field(field)
    free = column.get_internal_type() == "CharField" and not column.choices and not column.unique
    return free and KEY not in field.flags and field.name != "term"


def without_token(page: Any) -> str:
    """A page without the token that is new each time and without the address that was asked for."""
    return re.sub(r"[A-Za-z0-9]{64}", "", page.content.decode()).replace(page.request["PATH_INFO"], "")


def secret(register: Register[Any], field: Any) -> str:
    """A value that cannot stand on a page by chance."""
    return "密语甲乙丙丁戊己"[: register.model_field(field).max_length]


def state(register: Register[Any]) -> dict[Any, dict[str, Any]]:
    """All rows as the table has them."""
    return {
        row["pk"]: row
        for row in register.model.objects.values(
            "pk", *(one.attname for one in register.model._meta.concrete_fields)
        )
    }


def send(browser: Client, register: Register[Any], name: str, content: bytes) -> Any:
    """Ask for the preview of an import."""
    return browser.post(address("import", register), {"file": SimpleUploadedFile(name, content)})


def queries(browser: Client, register: Register[Any]) -> int:
    """How many questions one list asks of the database."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        listed(browser, register)
    return len(asked)
