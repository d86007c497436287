"""``junheng promises``: exit code 0 while all hold, 3 when one is broken, and then the records against it."""

from pathlib import Path

from junheng.content.promises import PROMISES
from junheng.domains.care.models import CommitteeMember
from junheng.kernel.promises import Sentence
from tests.house.test_json import documented
from tests.surfaces.cli.conftest import Ask

ID = "class-has-member"


def test_all_hold_in_the_demonstration(ask: Ask) -> None:
    said = ask("promises", "--json")
    assert (said.code, said.err) == (0, "")
    assert {one["id"] for one in said.json} == set(PROMISES)
    for one in said.json:
        assert list(one) == documented()["promises"]
        assert (one["holds"], one["exceptions"], one["since"], one["counterexamples"]) == (True, 0, None, [])
        assert one["wording"] == one["sentence"] == PROMISES[one["id"]].sentence
    lines = ask("promises").out.splitlines()
    assert len(lines) == len(PROMISES)
    assert all(line.startswith("✓ ") for line in lines)


def test_a_broken_one_comes_first_with_each_record_against_it(ask_own: Ask, own_house: Path) -> None:
    broken(12)
    said = ask_own("promises", "--json")
    assert said.code == 3
    first = said.json[0]
    assert (first["id"], first["holds"], first["exceptions"]) == (ID, False, 12)
    assert first["wording"] != first["sentence"]
    assert first["since"] == first["counterexamples"][0]["since"]
    for one in first["counterexamples"]:
        assert list(one) == documented()["record"]
        assert (one["register"], bool(one["note"]), bool(one["owner"])) == ("classes", True, True)
    people = ask_own("promises")
    lines = people.out.splitlines()
    assert people.code == 3
    assert lines[0].startswith(f"✗ {PROMISES[ID].title}：")
    assert len([line for line in lines if line.startswith("    ")]) == 11
    assert lines[11] == "    …… 共 12 条"


def test_before_a_rule_was_made_nobody_promised_to_raise_it(ask: Ask) -> None:
    said = ask("promises", "--as-of", "2010-01-01", "--json")
    assert said.code in {0, 3}
    asked = {one["id"] for one in said.json}
    assert asked < set(PROMISES)
    assert not {key for key in asked if PROMISES[key].kind is Sentence.RAISED}


def broken(classes: int) -> None:
    """Take the committee members of some classes away, and freeze that."""
    from django.conf import settings
    from django.utils import timezone

    from junheng.platform.snapshots.freeze import freeze

    held = CommitteeMember.objects.filter(until=None).order_by("school_class_id")
    rooms = list(held.values_list("school_class_id", flat=True).distinct()[:classes])
    CommitteeMember.objects.filter(school_class_id__in=rooms).delete()
    freeze(by="test", at=timezone.now(), home=settings.JUNHENG_HOME)
