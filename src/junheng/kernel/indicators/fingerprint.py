"""What a formula does, in words that layout and comments do not move: the part of a definition that is code."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

CONSTANTS = (str, int, date, tuple, frozenset)
"""Kinds of values that a formula may take from outside itself; classes and modules are names only."""


@cache
def fingerprint(formula: Callable[..., Any]) -> tuple[str, ...]:
    """What a function does, apart from its own name, docstring, comments and layout.

    The functions it calls and the constants it names belong to it, as far as they are of the same house: a formula
    whose helper counts differently is another definition, although not one letter of it changed.
    """
    said: dict[str, tuple[str, ...]] = {}
    _read(formula, formula.__module__.partition(".")[0], said)
    return tuple(line for name in sorted(said, key=lambda name: (name != "", name)) for line in said[name])


def _read(function: Callable[..., Any], house: str, said: dict[str, tuple[str, ...]]) -> None:
    name = f"{function.__module__}.{function.__qualname__}" if said else ""
    if name in said:
        return
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(tree, ast.FunctionDef)
    body = [node for node in tree.body if not _is_docstring(node)]
    said[name] = tuple(ast.dump(node) for node in body)
    for word, meant in _named(body, function):
        if isinstance(meant, FunctionType) and meant.__module__.partition(".")[0] == house:
            _read(meant, house, said)
        elif isinstance(meant, CONSTANTS):
            said[word] = (f"{word} = {_written(meant)}",)


def _named(body: list[ast.stmt], function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """What the body names of its surroundings: ``BUILDING``, ``public_ids``, ``preschool.public_ids``."""
    around = inspect.unwrap(function).__globals__
    for node in (node for statement in body for node in ast.walk(statement)):
        if isinstance(node, ast.Name) and node.id in around:
            yield node.id, around[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = around.get(node.value.id)
            if isinstance(module, ModuleType):
                yield f"{node.value.id}.{node.attr}", getattr(module, node.attr, None)


def _written(value: Any) -> str:
    """A constant as text that is the same in every process: sets have no order of their own."""
    return repr(sorted(value, key=repr)) if isinstance(value, frozenset) else repr(value)


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
