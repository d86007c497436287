"""Whatever speaks to a database is tried on both, or stands in a list with its reason."""

import re

import pytest

from tests.house.tree import ROOT
from tools.check import BOTH, FILES_ONLY, NO_DATABASE, ON_A_SERVER, SLOW_ON_A_SERVER

SPEAKS = re.compile(
    r"django_db|django\.test|small_house|a_database|a_server\b|transactional_db|own_house", re.MULTILINE
)
BY_NATURE = re.compile(r"sqlite|a_server\b|a_database|a_stoppable_server")
KNOWS_NO_ROWS = ("tests/browser/", "tests/house/", "tests/test_bootstrap.py")
"""Speaks of the house from outside: a browser at a served house, the files of the repository, a fresh clone."""


def test_every_test_that_speaks_to_a_database_runs_on_a_server() -> None:
    missed = [
        name
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if not (name := path.relative_to(ROOT).as_posix()).startswith((*BOTH, *KNOWS_NO_ROWS))
        if SPEAKS.search(path.read_text(encoding="utf-8"))
    ]
    assert missed == [], "put them into one of the folders of tools.check.BOTH"


@pytest.mark.parametrize("path", sorted(FILES_ONLY))
def test_an_exception_is_by_nature_about_one_database(path: str) -> None:
    assert (ROOT / path).is_file(), "the list names a file that is gone"
    assert BY_NATURE.search((ROOT / path).read_text(encoding="utf-8")), "nothing in it keeps it from a server"
    assert len(FILES_ONLY[path]) > 20
    assert f"--ignore={path}" in ON_A_SERVER


@pytest.mark.parametrize("path", NO_DATABASE)
def test_what_is_run_once_knows_no_database(path: str) -> None:
    assert (ROOT / path).is_file(), "the list names a file that is gone"
    assert not SPEAKS.search((ROOT / path).read_text(encoding="utf-8"))
    assert f"--ignore={path}" in ON_A_SERVER


def test_what_is_asked_once_is_asked_on_a_server_before_a_release() -> None:
    marked = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"mark\.once\b", path.read_text(encoding="utf-8"))
        and path.name != "test_both_databases.py"
    }
    assert marked
    assert marked <= set(SLOW_ON_A_SERVER)
