"""The demonstration city has a renamed school and a merged one, found by their former names."""

from pathlib import Path

from junheng.domains.schools.models import School
from junheng.platform.audit.models import Entry
from junheng.platform.lineage.models import Succession
from junheng.platform.lineage.queries import family, heir_of
from junheng.platform.searching.models import SearchName
from tests.small_house import built, house  # noqa: F401


def test_lineage_of_the_demonstration(house: Path) -> None:  # noqa: F811
    renamed, merged = Succession.objects.order_by("id")
    school = School.objects.get(pk=int(renamed.successor))
    assert renamed.predecessor_name != school.name
    assert family(school)[0] == renamed
    heir = heir_of("schools", merged.predecessor)
    assert heir is not None
    assert School.objects.get(pk=int(merged.predecessor)).until == merged.on
    keys = SearchName.objects.get(register="schools", row=school.pk).keys
    assert f"\n{renamed.predecessor_name}" in keys
    assert Entry.objects.filter(table="lineage.succession", verb="create").count() == 2
