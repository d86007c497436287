"""A better copy is asked for and given, after the closing too, until the checks end; and nothing is half taken."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from junheng.domains.intakes.actions.publish import publish
from junheng.domains.intakes.models import Intake
from junheng.domains.registrations.actions.checking import decide
from junheng.domains.registrations.actions.supplementing import supplement
from junheng.domains.registrations.models import Evidence, StatedCircumstance
from junheng.domains.registrations.queries.faults import Misfilled
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, NotFound
from junheng.platform.audit.models import Entry
from tests.domains.checks.applicants import SENT, application
from tests.domains.intakes.fields import BEFORE, officer, ready

pytestmark = pytest.mark.django_db
PICTURE = b"\xff\xd8\xff\xe0" + b"photo" * 20


def picture(data: bytes = PICTURE) -> SimpleUploadedFile:
    return SimpleUploadedFile("户口簿.jpg", data, "image/jpeg")


@pytest.fixture
def asked(settings: Any, tmp_path: Path) -> StatedCircumstance:
    settings.JUNHENG_HOME = tmp_path
    by = officer()
    intake = publish(ready(by), by=by, at=BEFORE, why="公布").intake
    row = application(intake, School.objects.order_by("id")[0], claimed=("household", "property"))
    first = row.circumstances.order_by("id")[0]
    return decide(first, "asked", reason="户主页看不清", by=by, at=SENT)


def test_a_copy_given_after_the_closing_goes_back_to_the_clerk(asked: StatedCircumstance) -> None:
    intake = asked.application.intake
    at = intake.closes_at + timedelta(minutes=1)
    assert at < intake.checked_by
    done = supplement(asked.application, asked.pk, [picture(), picture(PICTURE + b"2")], at=at)
    assert (done.state, Evidence.objects.filter(application=asked.application).count()) == ("claimed", 2)
    entry = Entry.objects.filter(table="registrations.statedcircumstance").order_by("-id")[0]
    assert (entry.who, entry.why) == ("家长自助", "家长补交材料")
    with pytest.raises(Conflict, match="现在不用补交：待审核"):
        supplement(asked.application, asked.pk, [picture()], at=at)


def test_what_is_wrong_is_said_and_nothing_is_half_taken(asked: StatedCircumstance) -> None:
    intake: Intake = asked.application.intake
    with pytest.raises(Misfilled, match="还没有选照片"):
        supplement(asked.application, asked.pk, [], at=SENT)
    with pytest.raises(Misfilled, match="不是照片"):
        supplement(asked.application, asked.pk, [picture(), picture(b"MZ of no picture")], at=SENT)
    with pytest.raises(Misfilled, match="已有 4 张照片"):
        supplement(asked.application, asked.pk, [picture() for _ in range(5)], at=SENT)
    with pytest.raises(Conflict, match="补交已于 .* 截止，没有收下"):
        supplement(asked.application, asked.pk, [picture()], at=intake.checked_by + timedelta(seconds=1))
    other = application(intake, School.objects.order_by("id")[0], claimed=("household",))
    with pytest.raises(NotFound, match="没有这一项情况"):
        supplement(other, asked.pk, [picture()], at=SENT)
    asked.refresh_from_db()
    assert (asked.state, Evidence.objects.count()) == ("asked", 0)
    supplement(asked.application, asked.pk, [picture()], at=intake.checked_by)


def test_a_decision_without_a_reason_is_said_at_its_box(asked: StatedCircumstance, client: Client) -> None:
    client.force_login(officer())
    page = f"/registrations/checks/{asked.application.intake.code}/application/{asked.application.code}/"
    answer = client.post(f"{page}{asked.pk}/", {"to": "rejected", "reason": ""})
    assert answer.status_code == 422
    assert f'id="about_reason_{asked.pk}"' in answer.content.decode()
    assert "请写明理由" in answer.content.decode()
