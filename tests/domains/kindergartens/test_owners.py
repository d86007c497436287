"""A kindergarten's own account: it sees what is about itself, of every register, and writes what is its own."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from junheng.domains.kindergartens.actions.pricing import take_effect
from junheng.domains.kindergartens.models import Kindergarten, KindergartenFee
from junheng.domains.kindergartens.queries import coming_fees, fee_on
from junheng.domains.posts.models import DutyRecord
from junheng.domains.projects.models import Project
from junheng.domains.schemes.actions.beginning import begin
from junheng.domains.schemes.queries.standing import owns
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import role_may, within
from junheng.platform.accounts.granting import WantedGrant, check_place
from junheng.platform.accounts.places import find_kindergarten
from junheng.platform.lineage.actions import HISTORY, merge
from junheng.platform.registers import every_register, register_called
from junheng.platform.registers.reasons import why_can
from junheng.platform.savedviews.actions import save_view
from junheng.platform.savedviews.queries import visible as visible_views
from junheng.platform.stewardship.deciding import decidable, visible
from junheng.platform.stewardship.models import Proposal
from tests import cast
from tests.domains import makers
from tests.domains.schemes.made import AT, WHY, a_draft, a_kindergarten, for_kindergartens
from tests.makers import make

SEES = {
    "kindergartens", "natures", "recognitions", "censuses", "kindergartenfees", "kindergartenquestions",
    "kgsupports", "kindergartenmembers", "projects", "milestones", "projectacceptances", "projectpayments",
    "findings", "dutyrecords", "subsidies", "schemeapplications", "certificates", "attachments",
}  # fmt: skip
"""All that an account of a kindergarten reaches: no children, no families, nobody else's money."""
OF_A_PROJECT = {"milestones", "projectacceptances", "projectpayments"}
WRITES = {
    "kindergartens", "kindergartenfees", "kindergartenquestions", "dutyrecords", "milestones", "schemeapplications", "attachments",
}  # fmt: skip
TODAY = timezone.localdate()
TOMORROW = TODAY + timedelta(days=1)
HEAD = Role.KINDERGARTEN


def head_of(kindergarten: Kindergarten) -> User:
    return cast.somebody(HEAD, kindergarten=kindergarten.pk)


def row_of(slug: str, kindergarten: Kindergarten) -> Any:
    """A row of a register about a kindergarten."""
    register = register_called(slug)
    if register.kindergarten == "self":
        return kindergarten
    if slug == "natures":
        return kindergarten.nature_set.get()
    if slug in {"schemeapplications", "certificates", "attachments"}:
        application = a_draft(for_kindergartens(), kindergarten)
        return application if slug == "schemeapplications" else make(register.model, application=application)
    if slug in OF_A_PROJECT:
        return make(register.model, project=make(Project, kindergarten=kindergarten, school=None))
    return make(register.model, kindergarten=kindergarten)


def test_what_a_kindergarten_reaches_is_this_and_nothing_else() -> None:
    registers = every_register()
    assert {
        slug for slug, one in registers.items() if one.kindergarten and role_may(HEAD, one, "view")
    } == SEES
    assert {slug for slug, one in registers.items() if one.kindergarten is not None} == SEES
    assert {slug for slug in SEES if role_may(HEAD, registers[slug], "change")} == WRITES
    assert not any(role_may(HEAD, one, verb) for one in registers.values() for verb in ("export", "unmask"))


@pytest.mark.parametrize("slug", sorted(SEES))
def test_a_kindergarten_sees_its_own_rows_and_no_others(slug: str, client: Client) -> None:
    mine, other = makers.kindergarten(), makers.kindergarten()
    own, theirs = row_of(slug, mine), row_of(slug, other)
    head, register = head_of(mine), register_called(slug)
    found = within(register.model.objects.all(), register, head, "view", on=TODAY)  # type: ignore[attr-defined] # every register has rows
    assert set(found.values_list("pk", flat=True)) == {own.pk}
    assert str(mine) in why_can(cast.asker(head), register, own)
    client.force_login(head)
    listed = client.get(f"/registers/{slug}/", {"on": "all"})
    assert [row.pk for row in listed.context["page"].rows] == [own.pk]
    assert client.get(f"/registers/{slug}/{own.pk}/").status_code == 200
    assert client.get(f"/api/registers/{slug}/{own.pk}/").status_code == 200
    for where in ("", "history/", "edit/"):
        assert client.get(f"/registers/{slug}/{theirs.pk}/{where}").status_code == 404
    assert client.get(f"/api/registers/{slug}/{theirs.pk}/").status_code == 404


def test_a_head_enters_a_drill_and_finds_it_on_the_page_of_safety(client: Client) -> None:
    mine, other = makers.kindergarten(), makers.kindergarten()
    client.force_login(head_of(mine))
    given = {
        "area": mine.area_id,
        "kind": "drill",
        "on": "2023-10-11",
        "amount": 1,
        "note": "疏散演练",
        "why": "演练",
    }
    assert client.post("/registers/dutyrecords/new/", given | {"kindergarten": other.code}).status_code != 302
    assert client.post("/registers/dutyrecords/new/", given | {"kindergarten": mine.code}).status_code == 302
    assert DutyRecord.objects.get().kindergarten == mine
    assert client.get(f"/kindergartens/{mine.pk}/safety/").status_code == 200
    assert client.get(f"/kindergartens/{other.pk}/safety/").status_code == 404


def test_an_account_without_a_kindergarten_or_of_a_closed_register_reaches_nothing() -> None:
    makers.kindergarten()
    nobody = cast.somebody(HEAD)
    for slug in SEES:
        register = register_called(slug)
        assert not within(register.model.objects.all(), register, nobody, "view", on=TODAY).exists()  # type: ignore[attr-defined] # the same


@pytest.mark.parametrize(
    ("role", "school", "kindergarten", "code"),
    [
        (HEAD, None, None, "grant-kindergarten"),
        (HEAD, 1, 1, "grant-too-narrow"),
        (Role.PRINCIPAL, None, 1, "grant-kindergarten"),
        (Role.COUNTY_OFFICER, None, 1, "grant-kindergarten"),
        (HEAD, None, 1, ""),
    ],
)
def test_a_grant_names_a_kindergarten_where_its_role_asks_for_one(
    role: Role, school: int | None, kindergarten: int | None, code: str
) -> None:
    wanted = WantedGrant(role, "410802", school, None, TODAY, None, kindergarten)
    if not code:
        check_place(wanted)
        return
    with pytest.raises(Refusal) as refused:
        check_place(wanted)
    assert refused.value.code == code


def test_an_administrator_finds_the_kindergarten_by_code_or_name() -> None:
    one = makers.kindergarten()
    assert find_kindergarten(one.code, area="410802") == find_kindergarten(one.name, area="4108") == one
    for text, area in ((one.code, "410811"), ("没有这所园", "4108")):
        with pytest.raises(Refusal, match="没有找到幼儿园"):
            find_kindergarten(text, area=area)


def sent(client: Client, path: str, **given: Any) -> Any:
    """Send a form with what its page has, and these values."""
    page = client.get(path)
    form = page.context["form"]
    facts = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    return client.post(
        path, facts | {"version": page.context.get("version", "")} | given | {"why": "园所填报"}
    )


def test_a_fee_is_proposed_approved_and_holds_from_its_day(client: Client) -> None:
    one, other = a_kindergarten(), makers.kindergarten()
    head, officer = head_of(one), cast.somebody(Role.COUNTY_OFFICER)
    client.force_login(head)
    new = "/registers/kindergartenfees/new/"
    facts = {
        "kindergarten": one.code,
        "area": one.area_id,
        "fee_fen": "580",
        "since": str(TOMORROW),
        "basis": "备案 1 号",
    }
    assert (
        sent(client, new, **facts | {"kindergarten": other.code}).headers["X-Refusal"]
        == "not-your-kindergarten"
    )
    assert sent(client, new, **facts | {"since": str(TODAY)}).headers["X-Refusal"] == "fee-from-tomorrow"
    page = reverse("deeds:do", args=["kindergartens", one.pk, "fee"])
    client.post(page, {"fee_fen": "580", "since": str(TOMORROW), "basis": "备案 1 号", "why": "园所申报"})
    proposal = Proposal.objects.get()
    assert not KindergartenFee.objects.exists()
    assert client.get(f"/kindergartens/{one.pk}/").context["announced"] == [(58_000, str(TOMORROW))]
    assert list(visible(cast.asker(head))) == list(decidable(cast.asker(officer))) == [proposal]
    assert not visible(cast.asker(head_of(other))).exists()
    KindergartenFee.objects.create(
        kindergarten=one, area_id=one.area_id, fee_fen=58_000, since=TOMORROW, basis="备案 1 号"
    )
    assert (fee_on(one, on=TODAY), fee_on(one, on=TOMORROW)) == (50_000, 58_000)
    assert coming_fees([one, other], on=TODAY)[one.pk].fee_fen == 58_000
    assert take_effect(on=TODAY, by="junheng", at=timezone.now(), why="到期") == []
    assert take_effect(on=TOMORROW, by="junheng", at=timezone.now(), why="到期") == [one]
    one.refresh_from_db()
    assert one.fee_fen == 58_000
    client.force_login(officer)
    edit = f"/registers/kindergartens/{one.pk}/edit/"
    assert sent(client, edit, fee_fen="1").headers["X-Refusal"] == "fee-has-a-first-day"


def test_its_own_telephone_is_written_and_its_name_proposed(client: Client) -> None:
    one = makers.kindergarten()
    client.force_login(head_of(one))
    edit = f"/registers/kindergartens/{one.pk}/edit/"
    sent(client, edit, phone="0391-5550000", name="新名幼儿园", capacity="999")
    one.refresh_from_db()
    assert (one.phone, one.name == "新名幼儿园", one.capacity) == ("0391-5550000", False, 270)
    assert set(Proposal.objects.get().after) == {"name", "capacity"}
    assert sent(client, edit, fee_fen="1").headers["X-Refusal"] == "fee-has-a-first-day"
    offered = client.get(f"/registers/kindergartens/{one.pk}/").content.decode()
    assert not any(f"/{word}/" in offered for word in ("rename", "merge", "close", "ask", "incident"))


def test_a_closed_kindergarten_reads_its_history_for_a_year_and_writes_nothing(client: Client) -> None:
    gone, heir = makers.kindergarten(), makers.kindergarten()
    head = head_of(gone)
    merge(
        [gone], heir, on=TODAY, number="示例〔2024〕1号", by=cast.somebody(Role.COUNTY_OFFICER),
        at=timezone.now(), why="合并",
    )  # fmt: skip
    assert Grant.objects.get(user=head).until == TODAY + HISTORY
    client.force_login(head)
    assert client.get(f"/registers/kindergartens/{gone.pk}/").status_code == 200
    assert client.get(f"/registers/kindergartens/{heir.pk}/").status_code == 404
    refused = sent(client, f"/registers/kindergartens/{gone.pk}/edit/", phone="0391-5550000")
    assert refused.headers["X-Refusal"] == "kindergarten-closed"
    category = for_kindergartens(applies_until=date(2099, 12, 31))
    with pytest.raises(Conflict, match="停办"):
        begin(category, Kindergarten.objects.get(pk=gone.pk), by=head, at=timezone.now(), why=WHY)


def test_an_owner_begins_with_what_is_known_and_reviews_nothing_of_it() -> None:
    one, category = a_kindergarten(), for_kindergartens()
    head = head_of(one)
    earlier = a_draft(category, one)
    earlier.stage, earlier.number, earlier.submitted_on = "withdrawn", "旧-1", date(2023, 10, 10)
    earlier.save()
    made = begin(category, one, by=head, at=AT, why=WHY)
    assert (made.area_id, made.statement, made.kindergarten) == (one.area_id, earlier.statement, one)
    assert begin(category, one, by=head, at=AT, why=WHY) == made
    assert owns(made, head, on=AT.date()) == "kindergarten"
    assert owns(made, head_of(makers.kindergarten()), on=AT.date()) == ""


def test_a_view_that_a_kindergarten_saves_is_its_own() -> None:
    one, other = (cast.asker(head_of(makers.kindergarten())) for _ in range(2))
    made = save_view(register_called("natures"), name="本园", query="", shared=True, asker=one)
    assert (list(visible_views(one)), list(visible_views(other))) == ([made], [])
