"""Writing and sending: what is fixed, whom it reaches, who may, and what a correction does."""

from datetime import date, timedelta

import pytest

from junheng.domains.familyletters.actions.writing import recount, send, write
from junheng.domains.familyletters.models import FamilyLetter, LetterSchool
from junheng.domains.familyletters.queries.digests import digest_of
from junheng.kernel.errors import Refusal
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from tests.domains import makers
from tests.domains.familyletters.made import (
    AT,
    CITY,
    DUE,
    HERE,
    ON,
    THERE,
    WHY,
    WORDS,
    answer,
    city,
    draft,
    head,
    link,
    room,
    sent,
)
from tests.domains.looking import as_, text


def refused(code: str) -> "pytest.RaisesExc[Refusal]":
    return pytest.raises(Refusal, check=lambda one: one.code == code)


def test_what_was_sent_is_fixed_and_reaches_the_schools_that_it_asks() -> None:
    primary, away = room("甲", "乙"), room("丙", area=THERE)
    senior = room("丁", stage="senior", grade=10)
    by = city()
    letter = draft(by=by, audience="compulsory")
    read = digest_of(letter)
    letter.text = "改过"
    write(letter, on=ON, by=by, at=AT, why=WHY)
    with refused("family-letter-changed"):
        send(letter, digest=read, on=ON, by=by, at=AT, why=WHY)
    assert send(letter, digest=digest_of(letter), on=ON, by=by, at=AT, why=WHY) == 2
    rows = LetterSchool.objects.order_by("pk").values_list("school", "asked", "answered")
    assert list(rows) == [(primary.school_id, 2, 0), (away.school_id, 1, 0)]
    assert senior.school_id not in {school for school, _asked, _answered in rows}
    batch = Entry.objects.get(table="familyletters.letterschool")
    assert batch.after is not None
    assert (batch.why, batch.after["count"]) == (WHY, 2)
    stored = FamilyLetter.objects.get()
    assert (stored.digest, stored.sent_by) == (digest_of(stored), by.username)
    for deed in (
        lambda: write(stored, on=ON, by=by, at=AT, why=WHY),
        lambda: send(stored, digest=stored.digest, on=ON, by=by, at=AT, why=WHY),
    ):
        with refused("family-letter-sent"):
            deed()


def test_an_answer_day_that_has_gone_by_and_an_unknown_school_are_refused() -> None:
    here, away = room("甲"), room("乙", area=THERE)
    county = makers.user(Role.COUNTY_OFFICER, area=HERE)
    mine = {"by": county, "area_id": HERE}
    with refused("due-before-sent"):
        draft(**mine, due_on=ON - timedelta(days=1))
    with refused("school-not-reached"):
        draft(**mine, only=f"{here.school.code} {away.school.code}")
    with refused("no-school-reached"):
        sent(**mine, audience="senior")
    sent(**mine, due_on=ON, only=here.school.code)
    assert LetterSchool.objects.get().school == here.school


def test_only_the_office_or_school_that_writes_it_may() -> None:
    here = room("甲")
    for by, place in (
        (makers.user(Role.COUNTY_OFFICER, area=HERE), {"area_id": CITY}),
        (makers.user(Role.COUNTY_OFFICER, area=HERE), {"area_id": HERE, "school": here.school}),
        (head(here), {"area_id": HERE}),
        (makers.user(Role.CITY_LEADER), {"area_id": CITY}),
    ):
        with refused("family-letter-not-yours"):
            draft(by=by, **place)
    assert not FamilyLetter.objects.exists()


def test_a_principal_writes_looks_sends_and_corrects_and_others_drafts_are_absent() -> None:
    here = room("甲")
    by = as_(head(here))
    words = {name: str(value) for name, value in WORDS.items()}
    assert "没有保存" in by.post("/familyletters/new/", words | {"due_on": "2023-06-18"}).content.decode()
    place = by.post("/familyletters/new/", words | {"text": "<script>1</script>\n\n第二段"})["Location"]
    page = text(by.get(place))
    assert "&lt;script&gt;1&lt;/script&gt;" in page
    assert "草稿" in text(by.get("/familyletters/"))
    for other in (city(), head(room("乙")), makers.user(Role.COUNTY_OFFICER, area=HERE)):
        assert as_(other).get(place).status_code == 404
    number = place.split("/")[2]
    assert by.post(f"{place}edit/", words | {"title": "改过的"})["Location"] == place
    letter = FamilyLetter.objects.get(pk=number)
    assert by.post(place, {"digest": "0" * 64})["X-Refusal"] == "family-letter-changed"
    by.post(place, {"digest": digest_of(letter)})
    assert "已交 0/1 户" in text(by.get(place))
    assert by.get(f"{place}edit/").status_code == 404
    county = as_(makers.user(Role.COUNTY_OFFICER, area=HERE))
    assert "应交 1 户" in text(county.get(place))
    assert county.get(f"/familyletters/new/?corrects={number}").status_code == 404
    again = by.post(f"/familyletters/new/?corrects={number}", words)["Location"]
    by.post(again, {"digest": digest_of(FamilyLetter.objects.get(corrects=number))})
    assert "已更正" in text(by.get("/familyletters/"))
    family = as_(None)
    page = text(family.get(link(letter, here)))
    later = FamilyLetter.objects.get(corrects=number)
    assert link(later, here) in page
    assert family.post(link(letter, here), answer("甲"))["X-Refusal"] == "family-letter-corrected"
    assert "已收到甲的回执" in text(family.post(link(later, here), answer("甲")))


def test_the_night_counts_anew_who_came_and_who_left() -> None:
    here = room("甲", "乙")
    letter = sent()
    makers.pupil(here, name="后来的", since=date(2023, 6, 25))
    makers.pupil(here, name="太晚的", since=DUE + timedelta(days=1))
    letters = FamilyLetter.objects.all()
    assert recount(letters, on=date(2023, 6, 25)) == 1
    assert recount(letters, on=date(2023, 6, 25)) == 0
    assert LetterSchool.objects.get(letter=letter).asked == 3
    assert recount(letters, on=DUE + timedelta(days=9)) == 0, "the roll of the answer day stays"
