"""Saving what is unusual: the form says so and asks why; with an answer it is saved, and the answer waits above."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from junheng.domains.pupils.models import Pupil
from junheng.platform.access.roles import Role
from junheng.platform.audit.models import Entry
from junheng.platform.quality.computing import compute
from junheng.platform.quality.models import Explanation, Finding
from junheng.platform.registers import register_called
from junheng.platform.registers.forms import form_class
from tests import cast
from tests.makers.rows import HERE
from tests.platform.quality.cases import DAY, pupil

WHY = "日常更新"


@pytest.fixture
def row() -> Pupil:
    return pupil()


def officer() -> Client:
    client = Client()
    client.force_login(cast.somebody(Role.COUNTY_OFFICER, area=HERE))
    return client


def sent(client: Client, row: Pupil, **changes: Any) -> Any:
    """The form of a pupil as it was shown, with some values changed."""
    address = f"/registers/pupils/{row.pk}/edit/"
    page = client.get(address)
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in shown.items() if value is not None and value is not False}
    return client.post(address, posted | {"version": page.context["version"], "why": WHY} | changes)


def test_a_form_asks_and_nothing_is_saved_before_it_is_answered(row: Pupil) -> None:
    client, entries = officer(), Entry.objects.count()
    answer = sent(client, row, born_on="2010-03-01")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "比同年级适龄学生大 3 年以上" in page
    assert 'name="explanation"' in page
    assert "2010-03-01" in page
    assert Pupil.objects.get().born_on == date(2015, 3, 1)
    assert (Entry.objects.count(), Finding.objects.count()) == (entries, 0)
    answer = sent(client, row, born_on="2010-03-01", explanation="因病休学五年后复学，附医院证明。")
    assert answer.status_code == 302
    assert Pupil.objects.get().born_on == date(2010, 3, 1)
    said = Explanation.objects.select_related("finding").get()
    assert (said.finding.code, said.finding.row, said.state) == ("pupil-too-old", row.pk, "proposed")
    # the next computation finds the same problem, not another
    compute(on=DAY, at=cast.NOW)
    assert Finding.objects.filter(code="pupil-too-old").count() == 1


def test_an_answer_too_short_is_asked_again(row: Pupil) -> None:
    answer = sent(officer(), row, born_on="2010-03-01", explanation="是")
    assert answer.status_code == 422
    assert ">是</textarea>" in answer.content.decode()
    assert Pupil.objects.get().born_on == date(2015, 3, 1)
    assert not Finding.objects.exists()


def test_what_was_unusual_before_is_not_asked_again(row: Pupil) -> None:
    Pupil.objects.filter(pk=row.pk).update(born_on=date(2010, 3, 1))
    assert sent(officer(), row, boarder="1").status_code == 302
    assert sent(officer(), row, sex="2", code="G990802201503010013").status_code == 422


def test_a_usual_row_is_saved_without_a_word(row: Pupil) -> None:
    assert sent(officer(), row, born_on="2015-04-01").status_code == 302
    assert not Finding.objects.exists()


def test_a_sealed_number_is_looked_at_when_it_is_saved(row: Pupil) -> None:
    answer = sent(officer(), row, id_number="410802201503010018")
    assert answer.status_code == 422
    assert "校验位不对" in answer.content.decode()


def test_the_form_of_a_register_has_no_doubts_of_its_own() -> None:
    register = register_called("pupils")
    assert form_class(register).doubts == ()
