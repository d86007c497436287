"""The files of exhibits go some years after their case has ended: two people, one entry, key and file gone for good."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from junheng.domains.governance.actions.exhibits import open_exhibit
from junheng.domains.governance.models import Exhibit
from junheng.domains.governance.terms import LegalStep
from junheng.kernel.errors import NotFound
from junheng.platform.access.models import Grant, User
from junheng.platform.access.roles import Role
from junheng.platform.registers.asker import Asker
from junheng.platform.retention.actions import carry_out, propose
from junheng.platform.retention.queries import due_rows, proof_of
from junheng.platform.retention.rules import rule_for
from junheng.platform.sealing.beside import place_of
from tests.domains.governance.casework import Walk


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> None:
    settings.JUNHENG_HOME = tmp_path


def asker(name: str, day: date) -> Asker:
    user, made = User.objects.get_or_create(username=name)
    if made:
        Grant.objects.create(user=user, role=Role.COUNTY_OFFICER, area="410802", since=date(2020, 1, 1))
    return Asker(user, datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai")))


def test_the_file_of_an_exhibit_goes_some_years_after_its_case_has_ended(
    django_capture_on_commit_callbacks: object,
) -> None:
    walk = Walk().to(LegalStep.DECIDE)
    one: Exhibit = walk.exhibit(content=b"%PDF-1.7 receipt")
    rule = rule_for("exhibits")
    assert not due_rows(rule, asker("xian", date(2090, 1, 1))).exists(), "the case is open"
    walk.step(LegalStep.SERVE, after=1)
    walk.step(LegalStep.REVISIT, after=1)
    walk.prove(walk.refund(), 200_000)
    last = walk.step(LegalStep.CLOSE, after=1).on
    early, due = last.replace(year=last.year + 10, day=last.day - 1), last.replace(year=last.year + 10)
    assert not due_rows(rule, asker("xian", early)).exists()
    made = propose("exhibits", area="410802", asker=asker("xian", due), why="保存期满")
    assert open_exhibit(one) == b"%PDF-1.7 receipt"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        done = carry_out(made, asker=asker("tongshi", due), why="核对无误")
    assert not place_of(one.stored).exists()
    one.refresh_from_db()
    assert (one.seal, len(one.digest)) == ("", 64)
    with pytest.raises(NotFound):
        open_exhibit(one)
    proof = proof_of(done)
    assert proof is not None
    assert (proof.link_holds, proof.list_holds, proof.keys_left, proof.files, proof.files_left) == (
        True,
        True,
        0,
        1,
        0,
    )
