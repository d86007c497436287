"""An import by somebody who does not decide: what is his is written, the rest waits, and doing it again adds nothing."""

from typing import Any

import pytest

from junheng.domains.schools.models import School
from junheng.domains.titles.models import Title
from junheng.platform.registers import every_register
from junheng.platform.registers.importing import carry_out, read_sheet, rehearse
from junheng.platform.stewardship.models import Proposal
from tests import cast
from tests.makers import make
from tests.makers.rows import HERE
from tests.platform.stewardship.people import county, decide, head_of, section

pytestmark = pytest.mark.django_db


def imported(user: Any, slug: str, text: str) -> Any:
    register = every_register()[slug]
    sheet = read_sheet(register, "x.csv", text.encode())
    return carry_out(register, sheet, cast.asker(user), why="年度核对")


def test_a_school_imports_its_own_line() -> None:
    school = make(School, name="甲校", address="旧路1号")
    user, text = head_of(school), f"学校标识码,校名,地址\n{school.code},乙校,新路2号\n"
    register = every_register()["schools"]
    rehearse(register, read_sheet(register, "x.csv", text.encode()), cast.asker(user))
    assert not Proposal.objects.exists()
    imported(user, "schools", text)
    imported(user, "schools", text)
    school.refresh_from_db()
    assert (school.name, school.address) == ("甲校", "新路2号")
    one = Proposal.objects.get()
    assert (one.source, one.after, one.why) == ("import", {"name": "乙校"}, "年度核对")
    decide(county(), one.pk)
    school.refresh_from_db()
    assert school.name == "乙校"


def test_a_new_line_that_waits_as_a_whole_is_not_written() -> None:
    sample = make(Title, school=make(School))
    register = every_register()["titles"]
    heads = [register.label_of(name) for name in ("name", "level", "batch", "area", "school", "awarded_on")]
    cells = [
        sample.get_name_display(),
        sample.get_level_display(),
        "4",
        HERE,
        sample.school.code,
        "2024-01-02",
    ]
    imported(county(), "titles", f"{','.join(heads)}\n{','.join(cells)}\n")
    assert Title.objects.count() == 1
    one = Proposal.objects.get()
    assert (one.kind, one.after["batch"]) == ("new", 4)
    decide(section(), one.pk)
    assert Title.objects.filter(batch=4).exists()
