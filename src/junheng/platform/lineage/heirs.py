"""What old codes and names mean today: asked by imports and programs about many of them at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F

from junheng.platform.lineage.models import Kind, Succession
from junheng.platform.lineage.panels import UNITS
from junheng.platform.lineage.queries import LONGEST, standing
from junheng.platform.registers import Register
from junheng.platform.registers.finding import among
from junheng.platform.registers.heirs import Heirs
from junheng.platform.registers.keys import key_part

LEAVING = (Kind.MERGE, Kind.RECODE, Kind.SPLIT)
"""What leads from one unit to another."""


def heirs_by(register: Register[Any], texts: Collection[str]) -> Mapping[str, Heirs]:
    """Of these texts those that are former codes or names, and who carries on. A question a generation, and two more."""
    if register.slug not in UNITS:
        return {}
    words = set(texts) | {key_part(text) for text in texts}
    coded = among(Succession, "predecessor_code", words)
    events = list(
        standing()
        .filter(coded | among(Succession, "predecessor_name", words), register=register.slug)
        .order_by("on", "id")
    )
    if not events:
        return {}
    line = Line(register, {key for one in events for key in (one.predecessor, one.successor) if key})
    by_word: defaultdict[str, list[Succession]] = defaultdict(list)
    for event in events:
        for word in {event.predecessor_code, event.predecessor_name} - line.now_called(event.predecessor):
            by_word[word].append(event)
    found = {}
    for text in texts:
        met = {one.pk: one for word in (key_part(text), text) for one in by_word.get(word, ())}
        if met and set((heirs := line.heirs(met.values())).keys) != heirs.was:
            found[text] = heirs
    return found


class Line:
    """The units that some events lead to, step by step, and which of them still are."""

    def __init__(self, register: Register[Any], keys: set[str]) -> None:
        self.steps: defaultdict[str, list[tuple[date, str]]] = defaultdict(list)
        seen, fresh = set(keys), set(keys)
        for _generation in range(LONGEST):
            later = standing().filter(
                among(Succession, "predecessor", fresh), register=register.slug, kind__in=LEAVING
            )
            fresh = set()
            for key, on, heir in (
                later.exclude(successor=F("predecessor"))
                .order_by("on", "id")
                .values_list("predecessor", "on", "successor")
            ):
                self.steps[key].append((on, heir))
                fresh |= {heir} - seen
            seen |= fresh
            if not fresh:
                break
        column = register.model._meta.pk
        here = among(register.model, "pk", [column.to_python(key) for key in seen])
        rows = list(register.model._default_manager.filter(here).values_list("pk", "until", "code", "name"))
        self.names = {str(pk): {code, name} for pk, _until, code, name in rows}
        self.closed = {str(pk) for pk, until, _code, _name in rows if until is not None}

    def now_called(self, key: str) -> set[str]:
        """The words by which a unit is still meant itself; none for one that is closed."""
        return set() if key in self.closed else self.names.get(key, set())

    def final(self, key: str) -> dict[str, None]:
        """Who carries on for a unit in the end: itself while it is not closed, or where nobody does."""
        if key not in self.closed or not self.steps[key]:
            return {key: None}
        return {one: None for _on, heir in self.steps[key] if heir != key for one in self.final(heir)}

    def heirs(self, events: Iterable[Succession]) -> Heirs:
        """Who carries on for what some events say that there was."""
        keys: dict[str, None] = {}
        days = []
        for one in events:
            first = one.predecessor or one.successor
            keys |= self.final(first)
            days += [on for on, _heir in self.steps[first]] if first in self.closed else [one.on]
            days.append(one.on)
        was = frozenset(one.predecessor for one in events if one.predecessor in self.closed)
        return Heirs(max(days), tuple(keys), was)
