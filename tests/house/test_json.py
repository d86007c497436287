"""What ``--json`` prints stands field by field in the reference."""

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import fields
from typing import Any

from junheng.kernel.admission import verify_admission
from junheng.kernel.inspections import verify_sample
from junheng.platform.figures.answers import PromiseState, Record, RuleUsed
from junheng.surfaces.cli.commands import check_text, figures, report, trace
from tests.house.tree import ROOT


def documented() -> dict[str, list[str]]:
    """The fields of each section, in their order."""
    text = (ROOT / "docs" / "reference" / "json.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {
        section.split("\n", 1)[0]: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for section in sections
    }


def keys(function: Callable[..., Any]) -> list[list[str]]:
    """The keys of every object a function writes down, outer ones first."""
    tree = ast.parse(inspect.getsource(function))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and node.keys:
            names = [key.value for key in node.keys if isinstance(key, ast.Constant)]
            found.append([str(name) for name in names])
    return found


def test_figures() -> None:
    outer, money = keys(figures.figure_json)
    assert sorted(documented()["figures"]) == sorted(outer + money)


def test_trace() -> None:
    assert documented()["trace"] == keys(trace.run)[0]


def test_report() -> None:
    assert documented()["report"] == keys(report.run)[0]


def test_claims_and_their_readings() -> None:
    verdict, reading = keys(check_text.verdict_json)
    assert documented()["check-text"] == verdict
    assert documented()["reading"] == reading


def test_promises_rules_and_records() -> None:
    names = documented()
    assert names["promises"] == [field.name for field in fields(PromiseState)] + ["counterexamples"]
    assert names["rule"] == [field.name for field in fields(RuleUsed)]
    assert names["record"] == [field.name for field in fields(Record)]


def test_verify_admission_and_proof() -> None:
    names = documented()
    assert names["verify-admission"] == max(keys(verify_admission.main), key=len)
    assert names["proof"] == keys(verify_admission.proof)[0]
    assert names["verify-sample"] == max(keys(verify_sample.main), key=len)
