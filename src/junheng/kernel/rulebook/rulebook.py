"""All rules of a bureau by key, as the indicators see them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from junheng.kernel.errors import NotInForce, Refusal
from junheng.kernel.rulebook.dated import Dated, InForce


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules by key (``topic.rule``). Immutable: a change makes another rulebook."""

    rules: Mapping[str, Dated[Any]]

    @classmethod
    def of(cls, *topics: Any) -> "Rulebook":
        """Collect every rule of the given topic dataclasses."""
        return cls({rule.key: rule for topic in topics for rule in _rules(topic)})

    def __getitem__(self, key: str) -> Dated[Any]:
        if key not in self.rules:
            raise Refusal("unknown-rule", "没有编号为“{key}”的规定。请在规定目录中查找正确的编号。", key=key)
        return self.rules[key]

    def __iter__(self) -> Iterator[Dated[Any]]:
        return iter(self.rules.values())

    def in_force(self, day: date) -> dict[str, InForce[Any]]:
        """Every rule that has a value on the day."""
        found = {}
        for rule in self:
            try:
                found[rule.key] = rule.on(day)
            except NotInForce:
                continue
        return found

    def changed(self, key: str, since: date, value: Any) -> "Rulebook":
        """The same rulebook with one step of one rule set to another value."""
        return Rulebook({**self.rules, key: self[key].changed(since, value)})


def _rules(topic: Any) -> list[Dated[Any]]:
    return [getattr(topic, field.name) for field in fields(topic)]
