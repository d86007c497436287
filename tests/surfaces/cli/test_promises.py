"""``junheng promises``: exit code 0 while all hold, 3 when one is broken, and then the records against it."""

from pathlib import Path

import pytest

from junheng.content.promises import PROMISES
from junheng.domains.care.models import CommitteeMember
from junheng.kernel.promises import Sentence
from junheng.platform.figures import queries
from tests.house.test_json import documented
from tests.surfaces.cli.conftest import Ask

ID = "class-has-member"


def test_each_stands_as_its_records_say_and_a_broken_one_is_exit_code_3(ask: Ask) -> None:
    said = ask("promises", "--json")
    assert said.err == ""
    assert {one["id"] for one in said.json} == set(PROMISES)
    assert said.code == (0 if all(one["holds"] for one in said.json) else 3)
    for one in said.json:
        assert list(one) == documented()["promises"]
        assert len(one["counterexamples"]) == min(one["exceptions"], 50)
        assert one["holds"] == (one["exceptions"] == 0) == (one["since"] is None)
        assert (one["wording"] == one["sentence"] == PROMISES[one["id"]].sentence) == one["holds"]
    lines = [line for line in ask("promises").out.splitlines() if not line.startswith("    ")]
    assert [line[0] for line in lines] == ["✓" if one["holds"] else "✗" for one in said.json]


def test_while_all_hold_the_exit_code_is_0(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tuple(one for one in queries.promises() if one.holds)
    monkeypatch.setattr(queries, "promises", lambda **asked: kept)
    said = ask("promises")
    assert (said.code, len(said.out.splitlines())) == (0, len(kept))


def test_a_broken_one_comes_first_with_each_record_against_it(ask_own: Ask, own_house: Path) -> None:
    broken(12)
    said = ask_own("promises", "--json")
    assert said.code == 3
    (first,) = [one for one in said.json if one["id"] == ID]
    assert (first["holds"], first["exceptions"]) == (False, 12)
    assert first["wording"] != first["sentence"]
    assert first["since"] == first["counterexamples"][0]["since"]
    for one in first["counterexamples"]:
        assert list(one) == documented()["record"]
        assert (one["register"], bool(one["note"]), bool(one["owner"])) == ("classes", True, True)
    lines = ask_own("promises").out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith(f"✗ {PROMISES[ID].title}："))
    assert all(line.startswith("    ") for line in lines[place + 1 : place + 12])
    assert lines[place + 11] == "    …… 共 12 条"


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
