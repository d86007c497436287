"""What the declarations of all rooms say together: every contract is fulfilled, and nobody sees what is not theirs."""

import pytest
from django.core import checks

from junheng.content import datasets
from junheng.kernel.datasets import every_table
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import role_may
from junheng.platform.registers import PUBLIC, SENSITIVE, every_register, register_called

REGISTERS = every_register()
OPEN_TO_ALL = {
    "acceptances",
    "lineage",
    "areas",
    "schools",
    "kindergartens",
    "recognitions",
    "projects",
    "groups",
    "institutions",
    "documents",
    "issuers",
    "annexes",
    "titles",
    "sitevisits",
    "quotarounds",
    "quotaseniors",
    "quotajuniors",
    "quotatable",
    "safetyplaces",
    "feeitems",
    "feenotices",
    "funduses",
    "awarduses",
    "schemes",
    "schemecategories",
}
MASKED_EVERYWHERE = {"id_number", "guardian", "borrower", "responsible", "given_by"}
EVERYONE = set(Role) - {Role.ACCOUNT_ADMIN, Role.TIP_OFFICER}
"""Everybody who sees registers at all: who looks after accounts, or takes in tips, sees none of these."""


def test_every_contract_has_its_register() -> None:
    assert datasets.__all__
    contracts = {
        name: table
        for name, table in every_table().items()
        if table.__module__.startswith("junheng.content.")
    }
    assert {slug: one.fulfils for slug, one in REGISTERS.items() if one.fulfils} == contracts


def test_the_declarations_are_sound() -> None:
    assert [str(one) for one in checks.run_checks(tags=["registers"])] == []


@pytest.mark.parametrize("slug", REGISTERS)
def test_a_model_is_shown_whole(slug: str) -> None:
    register = REGISTERS[slug]
    shown = {field.name for field in register.fields}
    columns = register.model._meta.concrete_fields
    # keys of sealed values, and what these are looked up by, are never shown; lineage shows units by code and name;
    # whose account an official uses is linked by a deed; whom a sealed case is about stands on a page of its team alone;
    # the ticks of a visit are several in one text, which the page of the class says in words
    unshown = {
        "carecases": {"number"},
        "lineage": {"register", "predecessor", "successor"},
        "people": {"user"},
        "visits": {"topics", "companions"},
    }
    inside = {"id"} | unshown.get(slug, set())
    assert {field.name for field in columns if getattr(field, "audited", True)} - shown <= inside


@pytest.mark.parametrize("slug", [slug for slug, one in REGISTERS.items() if one.fulfils])
def test_a_column_is_called_what_its_contract_calls_it(slug: str) -> None:
    register = REGISTERS[slug]
    assert register.fulfils is not None
    called = {
        name: str(register.model_field(name).verbose_name)
        for name in register.fulfils.columns
        if name not in {"id", "term"}
    }
    assert called == {name: register.fulfils.columns[name].label for name in called}


def test_the_public_sees_what_is_about_places_and_nothing_about_people() -> None:
    assert {slug for slug, one in REGISTERS.items() if one.flagged(PUBLIC)} == OPEN_TO_ALL


def test_what_could_name_or_find_a_child_is_masked() -> None:
    seen = {
        f"{slug}.{field.name}"
        for slug, one in REGISTERS.items()
        for field in one.fields
        if field.name in MASKED_EVERYWHERE | {"phone", "address"} and SENSITIVE not in field.flags
    }
    assert seen == {"schools.address"}
    for slug in ("pupils", "children", "entrants"):
        assert register_called(slug).f("name") in register_called(slug).flagged(SENSITIVE)


@pytest.mark.parametrize(
    ("slug", "roles"),
    [
        ("carecases", {Role.SEALED_OFFICER, Role.PSYCHOLOGIST}),
        ("careplans", {Role.SEALED_OFFICER, Role.PSYCHOLOGIST}),
        ("weakschools", {Role.CITY_SECTION, Role.COUNTY_OFFICER}),
        ("weakprogress", {Role.CITY_SECTION, Role.COUNTY_OFFICER}),
        ("eligibilities", {Role.AID_OFFICER}),
        ("waivers", {Role.AID_OFFICER}),
        ("payments", {Role.AID_OFFICER}),
        ("loans", {Role.AID_OFFICER}),
        ("aidrequests", {Role.AID_OFFICER, Role.PRINCIPAL}),
        ("schoolchecks", {Role.AID_OFFICER, Role.PRINCIPAL}),
        ("households", {Role.CITY_SECTION, Role.COUNTY_OFFICER, Role.PRINCIPAL, Role.CLASS_TEACHER}),
        (
            "sessions",
            EVERYONE
            - {
                Role.CLASS_TEACHER,
                Role.KINDERGARTEN,
                Role.TOWNSHIP_WARDEN,
                Role.COUNTY_WARDEN,
                Role.INSPECTOR,
                Role.AID_OFFICER,
                Role.SEALED_OFFICER,
            },
        ),
        (
            "committee",
            EVERYONE
            - {
                Role.KINDERGARTEN,
                Role.TOWNSHIP_WARDEN,
                Role.COUNTY_WARDEN,
                Role.INSPECTOR,
                Role.AID_OFFICER,
                Role.SEALED_OFFICER,
            },
        ),
    ],
)
def test_who_sees_a_closed_register(slug: str, roles: set[Role]) -> None:
    assert {role for role in Role if role_may(role, register_called(slug), "view")} == roles


@pytest.mark.parametrize("slug", ["carecases", "careplans"])
def test_nobody_exports_what_is_sealed(slug: str) -> None:
    assert {role for role in Role if role_may(role, register_called(slug), "export")} == set()


@pytest.mark.parametrize("slug", ["renderings", "signoffs"])
def test_nobody_writes_by_hand_what_a_release_writes(slug: str) -> None:
    assert {role for role in Role if role_may(role, register_called(slug), "change")} == set()
