"""Kernel and content live without Django, and what they show in their docstrings is so."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import junheng.content
import junheng.kernel

PURE = [
    name
    for package in (junheng.kernel, junheng.content)
    for _finder, name, _is_package in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
WITHOUT_DJANGO = (
    "import sys, importlib; sys.modules['django'] = None; [importlib.import_module(m) for m in sys.argv[1:]]"
)


def test_kernel_and_content_are_imported_where_there_is_no_django() -> None:
    assert len(PURE) > 50
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *PURE], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", PURE)
def test_the_examples_of_a_docstring_are_so(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
